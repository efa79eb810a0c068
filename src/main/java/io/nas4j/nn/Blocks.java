package io.nas4j.nn;

import ai.djl.nn.Block;
import io.nas4j.operation.Argument;
import io.nas4j.operation.Arguments;
import io.nas4j.operation.Operation;
import io.nas4j.operation.Primitive.Foreign;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Operations that are blocks of DJL. */
public final class Blocks {

    private Blocks() {}

    /** Makes a block for one place of a network. */
    @FunctionalInterface
    public interface Factory {
        /**
         * A new block from {@code [batch, c, h, w]} to {@code [batch, channels, ceil(h / stride),
         * ceil(w / stride)]}.
         *
         * @param channels that must come out
         * @param stride by which height and width must be divided
         * @return without weights yet
         */
        Block block(int channels, int stride);
    }

    /**
     * An operation that is a block of DJL, for every space, network and supernet.
     *
     * <p>It is made and run once on zeros when a network is compiled or counted, which needs the
     * native library; parameters are counted, saved and restored like all others. Weights and
     * biases start uniform within 1/√fan-in, scales at 1, offsets at 0, whatever the block's own
     * initialisers. Multiply-adds are those of the convolutions and linear layers within. In a
     * supernet, the block runs in its plain form and as in training: batch normalisation within it
     * uses the statistics of each batch, also where a path is evaluated by gathered ones.
     *
     * @param name as messages, diagrams and text forms print it
     * @param factory makes a new block each time
     * @return an operation with the arguments {@code channels} and {@code stride}
     */
    public static Operation operation(String name, Factory factory) {
        return operation(name, in -> factory.block(in.channels(), in.stride()));
    }

    /**
     * An operation that is a block of DJL with further arguments.
     *
     * @param name as messages, diagrams and text forms print it
     * @param factory makes a new block each time, see {@link Factory}
     * @param more arguments besides {@code channels} and {@code stride}
     * @return an operation
     */
    public static Operation operation(
            String name, Function<Arguments, Block> factory, Argument... more) {
        Argument[] all = new Argument[more.length + 2];
        all[0] = Argument.CHANNELS;
        all[1] = Argument.STRIDE;
        System.arraycopy(more, 0, all, 2, more.length);
        return Operation.of(
                name,
                in -> {
                    Supplier<Block> maker = () -> factory.apply(in);
                    return List.of(new Foreign(maker, in.channels(), in.stride()));
                },
                all);
    }
}
