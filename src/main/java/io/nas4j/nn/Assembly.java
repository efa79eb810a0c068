package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A program under construction: the primitives, with their shapes and their slots. */
final class Assembly {

    private final Value input;
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<Integer> channelsLast = new HashSet<>();
    private String place = "";

    Assembly(InputShape shape) {
        input = new Value(0, shape.channels(), shape.height(), shape.width(), shape.isRow(), false);
        values.add(input);
    }

    Value input() {
        return input;
    }

    /** Where the next instructions belong. */
    void at(String newPlace) {
        place = newPlace;
    }

    Program finish(Value output) {
        return new Program(input, instructions, slots, values, output);
    }

    /** "Same" padding: {@code ceil(size / stride)} comes out, for even kernels too. */
    Value conv(String name, Value x, Conv shape) {
        int padHeight = shape.dilation() * (shape.height() - 1);
        int padWidth = shape.dilation() * (shape.width() - 1);
        int outHeight = reduced(x.height(), shape.strideHeight());
        int outWidth = reduced(x.width(), shape.strideWidth());
        List<Integer> used = new ArrayList<>();
        int perGroup = x.channels() / shape.groups();
        int fanIn = perGroup * shape.height() * shape.width();
        used.add(
                slot(
                        name,
                        Slot.Role.WEIGHT,
                        fanIn,
                        shape.channels(),
                        perGroup,
                        shape.height(),
                        shape.width()));
        if (shape.bias()) {
            used.add(slot(name + ".bias", Slot.Role.BIAS, fanIn, shape.channels()));
        }
        Value result =
                emit(
                        new Kernel.Convolution(
                                shape.strideHeight(),
                                shape.strideWidth(),
                                (padHeight + 1) / 2,
                                (padWidth + 1) / 2,
                                shape.dilation(),
                                shape.groups()),
                        List.of(x),
                        used,
                        shape.channels(),
                        excess(x.height(), padHeight, shape.strideHeight()),
                        excess(x.width(), padWidth, shape.strideWidth()));
        result = crop(result, 0, 0, outHeight, outWidth);
        return x.channels() == 1 ? channelsLast(result) : result;
    }

    /** A convolution's sizes. */
    record Conv(
            int channels,
            int height,
            int width,
            int strideHeight,
            int strideWidth,
            int dilation,
            int groups,
            boolean bias) {

        static Conv square(int channels, int kernel, int stride) {
            return new Conv(channels, kernel, kernel, stride, stride, 1, 1, false);
        }

        static Conv depthwise(int channels, int kernel, int stride, int dilation) {
            return new Conv(channels, kernel, kernel, stride, stride, dilation, channels, false);
        }
    }

    Value norm(String name, Value x, boolean affine) {
        List<Integer> used = new ArrayList<>();
        used.add(slot(name + ".mean", Slot.Role.RUNNING_MEAN, 0, x.channels()));
        used.add(slot(name + ".variance", Slot.Role.RUNNING_VARIANCE, 0, x.channels()));
        if (affine) {
            used.add(slot(name + ".gamma", Slot.Role.GAMMA, 0, x.channels()));
            used.add(slot(name + ".beta", Slot.Role.BETA, 0, x.channels()));
        }
        return like(new Kernel.Normalise(affine), x, used);
    }

    Value activation(Value x, Kernel.Activation.Function function) {
        Value result = like(new Kernel.Activation(function), x, List.of());
        return x.zero() && function.keepsZero() ? zero(result) : result;
    }

    Value relu(Value x) {
        return activation(x, Kernel.Activation.Function.RELU);
    }

    Value pool(Value x, boolean max, int kernel, int stride) {
        boolean exact = kernel == stride && kernel % 2 == 0;
        int outHeight = reduced(x.height(), stride);
        int outWidth = reduced(x.width(), stride);
        Kernel pool = new Kernel.Pool(max, kernel, stride, exact ? 0 : kernel / 2, exact);
        Value result =
                exact
                        ? emit(pool, List.of(x), List.of(), x.channels(), outHeight, outWidth)
                        : emit(
                                pool,
                                List.of(x),
                                List.of(),
                                x.channels(),
                                excess(x.height(), kernel - 1, stride),
                                excess(x.width(), kernel - 1, stride));
        result = crop(result, 0, 0, outHeight, outWidth);
        return x.zero() ? zero(result) : result;
    }

    Value crop(Value x, int top, int left, int height, int width) {
        if (x.height() == height && x.width() == width) {
            return x;
        }
        return emit(
                new Kernel.Crop(top, left, height, width),
                List.of(x),
                List.of(),
                x.channels(),
                height,
                width);
    }

    /** Zeros at the lower right up to a size. */
    Value pad(Value x, int height, int width) {
        if (x.height() == height && x.width() == width) {
            return x;
        }
        return emit(
                new Kernel.Pad(height - x.height(), width - x.width()),
                List.of(x),
                List.of(),
                x.channels(),
                height,
                width);
    }

    Value dense(String name, Value x, int units) {
        List<Integer> used =
                List.of(
                        slot(name, Slot.Role.WEIGHT, x.channels(), units, x.channels()),
                        slot(name + ".bias", Slot.Role.BIAS, x.channels(), units));
        return add(new Kernel.Dense(), List.of(x), used, units, 1, 1, true);
    }

    Value flatten(Value x) {
        if (x.flat()) {
            return x;
        }
        int features = Math.toIntExact(x.elements());
        Value result = add(new Kernel.Flatten(), List.of(x), List.of(), features, 1, 1, true);
        return x.zero() ? zero(result) : result;
    }

    Value globalPool(Value x) {
        if (x.flat()) {
            return x;
        }
        Value result =
                add(new Kernel.GlobalPool(), List.of(x), List.of(), x.channels(), 1, 1, true);
        return x.zero() ? zero(result) : result;
    }

    Value like(Kernel kernel, Value x, List<Integer> used) {
        return add(kernel, List.of(x), used, x.channels(), x.height(), x.width(), x.flat());
    }

    Value merged(Kernel kernel, List<Value> inputs, int channels) {
        Value x = inputs.get(0);
        return add(kernel, inputs, List.of(), channels, x.height(), x.width(), x.flat());
    }

    Value zeros(Value x, int channels, int height, int width) {
        return zero(
                add(
                        new Kernel.Zero(channels, height, width, x.flat()),
                        // register 0 always exists: nothing is computed to be multiplied by zero
                        List.of(input),
                        List.of(),
                        channels,
                        height,
                        width,
                        x.flat()));
    }

    Value channelsLast(Value x) {
        boolean pointless = x.flat() || x.channels() == 1 || !channelsLast.add(x.id());
        return pointless ? x : like(new Kernel.ChannelsLast(), x, List.of());
    }

    static int reduced(int size, int stride) {
        return (size + stride - 1) / stride;
    }

    /** What comes out where an odd total padding is rounded up. */
    private static int excess(int size, int padding, int stride) {
        return (size + 2 * ((padding + 1) / 2) - padding - 1) / stride + 1;
    }

    private Value zero(Value x) {
        Value known = new Value(x.id(), x.channels(), x.height(), x.width(), x.flat(), true);
        values.set(x.id(), known);
        return known;
    }

    private Value emit(
            Kernel kernel,
            List<Value> inputs,
            List<Integer> used,
            int channels,
            int height,
            int width) {
        return add(kernel, inputs, used, channels, height, width, false);
    }

    private Value add(
            Kernel kernel,
            List<Value> inputs,
            List<Integer> used,
            int channels,
            int height,
            int width,
            boolean flat) {
        Value result = new Value(values.size(), channels, height, width, flat, false);
        values.add(result);
        List<Integer> read = new ArrayList<>(inputs.size());
        for (Value value : inputs) {
            read.add(value.id());
        }
        instructions.add(new Instruction(place, kernel, read, result.id(), used));
        return result;
    }

    private int slot(String name, Slot.Role role, int fanIn, Integer... sizes) {
        String full = place.isEmpty() ? name : place + "." + name;
        List<Integer> shape = List.of(sizes);
        require(names.add(full), "two arrays are both called \"%s\".", full);
        slots.add(new Slot(full, role, shape, fanIn));
        return slots.size() - 1;
    }
}
