package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.Pair;
import io.nas4j.operation.Primitive.Foreign;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A block of DJL as a function of its input and of its parameters' arrays, which it doesn't own.
 */
final class ForeignBlock {

    private final Block block;
    private final List<Parameter> parameters;
    private final List<Slot> slots = new ArrayList<>();

    private ForeignBlock(Block block) {
        this.block = block;
        this.parameters = block.getParameters().values();
        for (Pair<String, Parameter> entry : block.getParameters()) {
            List<Integer> shape = new ArrayList<>();
            for (long side : entry.getValue().getShape().getShape()) {
                shape.add(Math.toIntExact(side));
            }
            slots.add(slot(entry.getKey(), entry.getValue().getType(), shape));
        }
    }

    private static Slot slot(String name, Parameter.Type type, List<Integer> shape) {
        Slot.Role role =
                switch (type) {
                    case GAMMA -> Slot.Role.GAMMA;
                    case BETA -> Slot.Role.BETA;
                    case RUNNING_MEAN -> Slot.Role.RUNNING_MEAN;
                    case RUNNING_VAR -> Slot.Role.RUNNING_VARIANCE;
                    case BIAS -> Slot.Role.BIAS;
                    case WEIGHT, OTHER -> Slot.Role.WEIGHT;
                };
        int fanIn = shape.stream().skip(1).reduce(1, Math::multiplyExact);
        return new Slot(name, role, shape, fanIn);
    }

    /**
     * Makes the block and runs it once on zeros.
     *
     * @throws IllegalArgumentException when it fails, or its output is of another shape than the
     *     operation promises
     */
    static ForeignBlock of(Foreign layer, Value input, String where) {
        Block block = (Block) ((Supplier<?>) layer.maker()).get();
        require(block != null, "the block of %s must not be null.", where);
        require(
                !block.isInitialized() || block.getParameters().isEmpty(),
                "the block of %s has weights already. Try a factory that makes a new block each"
                        + " time.",
                where);
        // initialisers would draw from the engine's generator
        block.setInitializer(Initializer.ZEROS, parameter -> true);
        Shape in = new Shape(1, input.channels(), input.height(), input.width());
        Shape expected =
                new Shape(
                        1,
                        layer.channels(),
                        Assembly.reduced(input.height(), layer.stride()),
                        Assembly.reduced(input.width(), layer.stride()));
        Shape actual = tried(block, in, where);
        require(
                actual.equals(expected),
                "the block of %s must make %s of %s (channels given, height and width divided by"
                        + " stride %d), but makes %s. Try padding, or the factory's channels and"
                        + " stride.",
                where,
                expected,
                in,
                layer.stride(),
                actual);
        return new ForeignBlock(block);
    }

    private static Shape tried(Block block, Shape in, String where) {
        try (NDManager scratch = NDManager.newBaseManager(Device.cpu())) {
            block.initialize(scratch, DataType.FLOAT32, in);
            NDList zeros = new NDList(scratch.zeros(in));
            return block.forward(new ParameterStore(scratch, false), zeros, false)
                    .singletonOrThrow()
                    .getShape();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "the block of %s fails on %s: %s.",
                            where,
                            in,
                            e.getMessage()),
                    e);
        }
    }

    /** One a parameter, in the block's order. */
    List<Slot> slots() {
        return slots;
    }

    /** Of the convolutions and linear layers within. */
    long multiplyAdds() {
        return multiplyAdds(block);
    }

    private static long multiplyAdds(Block block) {
        long sum = 0;
        for (Block child : block.getChildren().values()) {
            sum += multiplyAdds(child);
        }
        if (block instanceof Convolution || block instanceof Linear) {
            Shape[] in = block.describeInput().values().toArray(new Shape[0]);
            Shape out = block.getOutputShapes(in)[0];
            Shape weight = block.getParameters().get("weight").getShape();
            sum += out.size() / out.get(0) * (weight.size() / weight.get(0));
        }
        return sum;
    }

    NDArray run(NDArray x, List<NDArray> arrays, boolean training) {
        Map<Parameter, NDArray> handed = new IdentityHashMap<>();
        for (int i = 0; i < arrays.size(); i++) {
            handed.put(parameters.get(i), arrays.get(i));
        }
        ParameterStore store =
                new ParameterStore(x.getManager(), false) {
                    @Override
                    public NDArray getValue(Parameter parameter, Device device, boolean train) {
                        return handed.get(parameter);
                    }
                };
        return block.forward(store, new NDList(x), training).singletonOrThrow();
    }
}
