package io.nas4j.space;

import static io.nas4j.space.Require.require;

import io.nas4j.operation.Operation;
import io.nas4j.operation.Operations;
import io.nas4j.space.Node.Cell;
import io.nas4j.space.Node.Chain;
import io.nas4j.space.Node.Choice;
import io.nas4j.space.Node.Input;
import io.nas4j.space.Node.Join;
import io.nas4j.space.Node.Merge;
import io.nas4j.space.Node.Op;
import io.nas4j.space.Node.Ref;
import io.nas4j.space.Node.Subset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Factories to write a space down in a few lines.
 *
 * <pre>{@code
 * SearchSpace mine = SearchSpace.of("mine",
 *         stem(16),
 *         choice("first", norConv(3), sepConv(5), maxPool(3)),
 *         choice("second", norConv(3), skip()),
 *         classifier());
 * }</pre>
 */
public final class Grammar {

    private Grammar() {}

    /**
     * An operation by name.
     *
     * @param name one of {@link Operations#names()}
     * @param args pairs of a name and an integer
     * @return the leaf
     */
    public static Op op(String name, Object... args) {
        return op(Operations.of(name), args);
    }

    /**
     * An operation of your own.
     *
     * @param operation what it is made of
     * @param args pairs of a name and an integer
     * @return the leaf
     */
    public static Op op(Operation operation, Object... args) {
        require(args.length % 2 == 0, "arguments come in pairs, but there were %d.", args.length);
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            map.put((String) args[i], (Integer) args[i + 1]);
        }
        return new Op(operation, map);
    }

    /**
     * Zeros: no connection.
     *
     * @return an operation
     */
    public static Op none() {
        return op("none");
    }

    /**
     * The identity; with a stride, a factorized reduction.
     *
     * @return an operation
     */
    public static Op skip() {
        return op("skip_connect");
    }

    /**
     * Largest value of a window.
     *
     * @param kernel height and width, odd
     * @return an operation
     */
    public static Op maxPool(int kernel) {
        return op("max_pool", "kernel", kernel);
    }

    /**
     * Mean of a window.
     *
     * @param kernel height and width, odd
     * @return an operation
     */
    public static Op avgPool(int kernel) {
        return op("avg_pool", "kernel", kernel);
    }

    /**
     * ReLU, convolution, batch normalisation: NAS-Bench-201's.
     *
     * @param kernel height and width, odd
     * @return an operation
     */
    public static Op norConv(int kernel) {
        return op("nor_conv", "kernel", kernel);
    }

    /**
     * Depthwise separable convolution, twice: DARTS'.
     *
     * @param kernel height and width, odd
     * @return an operation
     */
    public static Op sepConv(int kernel) {
        return op("sep_conv", "kernel", kernel);
    }

    /**
     * Depthwise separable convolution of dilation 2: DARTS'.
     *
     * @param kernel height and width, odd
     * @return an operation
     */
    public static Op dilConv(int kernel) {
        return op("dil_conv", "kernel", kernel);
    }

    /**
     * Convolution of 1 by kernel, then of kernel by 1: NASNet's.
     *
     * @param kernel height and width, odd
     * @return an operation
     */
    public static Op facConv(int kernel) {
        return op("fac_conv", "kernel", kernel);
    }

    /**
     * A convolution in groups of channels that do not see each other.
     *
     * @param kernel height and width, odd
     * @param groups of channels, at least 1
     * @return an operation
     */
    public static Op groupConv(int kernel, int groups) {
        return op("group_conv", "kernel", kernel, "groups", groups);
    }

    /**
     * An inverted residual of MobileNetV2.
     *
     * @param kernel height and width, odd
     * @param expansion of the channels inside, at least 1
     * @return an operation
     */
    public static Op mbConv(int kernel, int expansion) {
        return op("mbconv", "kernel", kernel, "expansion", expansion);
    }

    /**
     * An inverted residual with squeeze-and-excitation, as in MobileNetV3.
     *
     * @param kernel height and width, odd
     * @param expansion of the channels inside, at least 1
     * @return an operation
     */
    public static Op mbConvSe(int kernel, int expansion) {
        return op("mbconv", "kernel", kernel, "expansion", expansion, "se", 1);
    }

    /**
     * A block of ShuffleNetV2.
     *
     * @param kernel height and width, odd
     * @return an operation
     */
    public static Op shuffleBlock(int kernel) {
        return op("shuffle_block", "kernel", kernel);
    }

    /**
     * Squeeze-and-excitation: channels are scaled by what they all are in the mean.
     *
     * @return an operation
     */
    public static Op squeezeExcite() {
        return op("squeeze_excite");
    }

    /**
     * Layer normalisation.
     *
     * @return an operation
     */
    public static Op layerNorm() {
        return op("layer_norm");
    }

    /**
     * A convolution alone, of stride 1.
     *
     * @param kernel height and width, odd
     * @param channels that come out, at least 1
     * @return an operation
     */
    public static Op conv(int kernel, int channels) {
        return op("conv", "kernel", kernel, "channels", channels);
    }

    /**
     * A convolution alone.
     *
     * @param kernel height and width, odd
     * @param channels that come out, at least 1
     * @param stride in both directions, at least 1
     * @return an operation
     */
    public static Op conv(int kernel, int channels, int stride) {
        return op("conv", "kernel", kernel, "channels", channels, "stride", stride);
    }

    /**
     * Batch normalisation.
     *
     * @return an operation
     */
    public static Op batchNorm() {
        return op("batch_norm");
    }

    /**
     * max(x, 0).
     *
     * @return an operation
     */
    public static Op relu() {
        return op("relu");
    }

    /**
     * Sets values to 0 at random while training.
     *
     * @param percent of the values, from 0 to 99
     * @return an operation
     */
    public static Op dropout(int percent) {
        return op("dropout", "percent", percent);
    }

    /**
     * A fully connected layer.
     *
     * @param units that come out, at least 1
     * @return an operation
     */
    public static Op dense(int units) {
        return op("dense", "units", units);
    }

    /**
     * The first layers of an image network: convolution and batch normalisation.
     *
     * @param channels that come out, at least 1
     * @return an operation
     */
    public static Op stem(int channels) {
        return op("stem", "channels", channels);
    }

    /**
     * The residual block of NAS-Bench-201's reductions.
     *
     * @param channels that come out, at least 1
     * @param stride at least 1
     * @return an operation
     */
    public static Op residual(int channels, int stride) {
        return op("residual", "channels", channels, "stride", stride);
    }

    /**
     * The last layers: global mean, and one output per class.
     *
     * @return an operation
     */
    public static Op classifier() {
        return op("classifier");
    }

    /**
     * Arguments that later operations of the same chain inherit, until another {@code with}.
     *
     * @param args pairs of a name ({@code channels, stride, kernel, height, width, units}) and an
     *     integer
     * @return a step without a value
     */
    public static Op with(Object... args) {
        return op("with", args);
    }

    /**
     * A value inside a cell.
     *
     * @param index from 0: first the cell's inputs, then its vertices
     * @return a node
     */
    public static Input input(int index) {
        return new Input(index);
    }

    /**
     * One after the other.
     *
     * @param first gets the chain's input
     * @param rest each gets what the one before gives
     * @return a node
     */
    public static Chain chain(Node first, Node... rest) {
        return new Chain(list(first, rest));
    }

    /**
     * The sum of branches that get the same input.
     *
     * @param first branch
     * @param rest further branches
     * @return a node
     */
    public static Join sum(Node first, Node... rest) {
        return new Join(Merge.SUM, list(first, rest));
    }

    /**
     * The channels of branches that get the same input, one after the other.
     *
     * @param first branch
     * @param rest further branches
     * @return a node
     */
    public static Join concat(Node first, Node... rest) {
        return new Join(Merge.CONCAT, list(first, rest));
    }

    /**
     * A graph of vertices, each of which sees the inputs and the vertices before it.
     *
     * @param inputs how many values flow in, at least 1
     * @param output how the vertices become one value
     * @param vertices in order
     * @return a node
     */
    public static Cell cell(int inputs, Merge output, Node... vertices) {
        return new Cell(inputs, List.of(vertices), output);
    }

    /**
     * A hole: one of several.
     *
     * @param name of the decision
     * @param options at least one
     * @return a node
     */
    public static Choice choice(String name, Node... options) {
        return new Choice(name, List.of(options));
    }

    /**
     * A hole: one of several.
     *
     * @param name of the decision
     * @param options at least one
     * @return a node
     */
    public static Choice choice(String name, List<? extends Node> options) {
        return new Choice(name, List.copyOf(options));
    }

    /**
     * A hole: the sum of so many different ones of several.
     *
     * @param name of the decision
     * @param picks how many, at least 1
     * @param options at least {@code picks}
     * @return a node
     */
    public static Subset subset(String name, int picks, Node... options) {
        return new Subset(name, picks, Merge.SUM, List.of(options));
    }

    /**
     * A shared definition: decided once, built wherever it is named.
     *
     * @param name of the definition
     * @return a node
     */
    public static Ref ref(String name) {
        return new Ref(name);
    }

    private static List<Node> list(Node first, Node... rest) {
        List<Node> all = new ArrayList<>(rest.length + 1);
        all.add(first);
        all.addAll(List.of(rest));
        return all;
    }
}
