package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import io.nas4j.operation.Primitive.Activation;
import io.nas4j.operation.Primitive.BatchNorm;
import io.nas4j.operation.Primitive.Convolution;
import io.nas4j.operation.Primitive.Pool;
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
    private final Reading reading;
    private String place = "";
    private String operation = "";

    Assembly(InputShape shape) {
        this(
                new Value(0, shape.channels(), shape.height(), shape.width(), shape.isRow(), false),
                Reading.NETWORK);
    }

    Assembly(Value read, Reading reading) {
        this.input =
                new Value(
                        0, read.channels(), read.height(), read.width(), read.flat(), read.zero());
        this.reading = reading;
        values.add(input);
    }

    Value input() {
        return input;
    }

    /** Where the next instructions belong, and whose they are. */
    void at(String newPlace, String newOperation) {
        place = newPlace;
        operation = newOperation;
    }

    /** The operation under way, as messages name it. */
    String where() {
        return "\"" + operation + "\" at " + place;
    }

    Program finish(Value output) {
        return new Program(input, instructions, slots, values, output);
    }

    /** "Same" padding: {@code ceil(size / stride)} comes out, for even kernels too. */
    Value conv(Convolution conv, Value x) {
        int groups = conv.groups() == Convolution.EACH ? x.channels() : conv.groups();
        int channels = conv.channels() == Convolution.EACH ? x.channels() : conv.channels();
        require(
                x.channels() % groups == 0 && channels % groups == 0,
                "%s convolves %d channels to %d in %d groups, which must divide both.",
                where(),
                x.channels(),
                channels,
                groups);
        int padHeight = conv.dilation() * (conv.height() - 1);
        int padWidth = conv.dilation() * (conv.width() - 1);
        int perGroup = x.channels() / groups;
        int fanIn = perGroup * conv.height() * conv.width();
        List<Integer> used = new ArrayList<>();
        used.add(
                slot(
                        conv.name(),
                        Slot.Role.WEIGHT,
                        fanIn,
                        channels,
                        perGroup,
                        conv.height(),
                        conv.width()));
        if (conv.bias()) {
            used.add(slot(conv.name(), Slot.Role.BIAS, fanIn, channels));
        }
        Value result =
                emit(
                        new Kernel.Convolution(
                                conv.strideHeight(),
                                conv.strideWidth(),
                                (padHeight + 1) / 2,
                                (padWidth + 1) / 2,
                                conv.dilation(),
                                groups),
                        List.of(x),
                        used,
                        channels,
                        excess(x.height(), padHeight, conv.strideHeight()),
                        excess(x.width(), padWidth, conv.strideWidth()));
        result =
                crop(
                        result,
                        0,
                        0,
                        reduced(x.height(), conv.strideHeight()),
                        reduced(x.width(), conv.strideWidth()));
        if (x.zero() && !conv.bias()) {
            return zero(result);
        }
        return x.channels() == 1 ? channelsLast(result) : result;
    }

    Value norm(BatchNorm norm, Value x) {
        boolean learns = reading.learns(norm);
        // zeros are normalised already
        if (!reading.keeps(norm) || (x.zero() && !learns)) {
            return x;
        }
        List<Integer> used = new ArrayList<>();
        if (reading == Reading.NETWORK) {
            used.add(slot(norm.name(), Slot.Role.RUNNING_MEAN, 0, x.channels()));
            used.add(slot(norm.name(), Slot.Role.RUNNING_VARIANCE, 0, x.channels()));
        }
        if (learns) {
            used.add(slot(norm.name(), Slot.Role.GAMMA, 0, x.channels()));
            used.add(slot(norm.name(), Slot.Role.BETA, 0, x.channels()));
        }
        return like(
                reading == Reading.NETWORK ? new Kernel.Normalise() : new Kernel.NormaliseBatch(),
                x,
                used);
    }

    Value layerNorm(String name, Value x) {
        List<Integer> used =
                List.of(
                        slot(name, Slot.Role.GAMMA, 0, x.channels()),
                        slot(name, Slot.Role.BETA, 0, x.channels()));
        return like(new Kernel.NormaliseLayer(), x, used);
    }

    Value activation(Value x, Activation.Function function) {
        Value result = like(new Kernel.Activation(function), x, List.of());
        return x.zero() && function.keepsZero() ? zero(result) : result;
    }

    Value dropout(Value x, int percent) {
        if (reading == Reading.CANDIDATE) {
            return x;
        }
        return like(new Kernel.Dropout(percent), x, List.of());
    }

    Value pool(Value x, Pool pool) {
        int kernel = pool.kernel();
        int stride = pool.stride();
        boolean exact = kernel == stride && kernel % 2 == 0;
        int outHeight = reduced(x.height(), stride);
        int outWidth = reduced(x.width(), stride);
        Value result =
                emit(
                        new Kernel.Pool(pool.max(), kernel, stride, exact ? 0 : kernel / 2, exact),
                        List.of(x),
                        List.of(),
                        x.channels(),
                        exact ? outHeight : excess(x.height(), kernel - 1, stride),
                        exact ? outWidth : excess(x.width(), kernel - 1, stride));
        result = crop(result, 0, 0, outHeight, outWidth);
        return x.zero() ? zero(result) : result;
    }

    Value crop(Value x, int top, int left, int height, int width) {
        return resized(new Kernel.Crop(top, left, height, width), x, height, width);
    }

    /** Zeros at the lower right up to a size. */
    Value pad(Value x, int height, int width) {
        Kernel.Pad pad = new Kernel.Pad(height - x.height(), width - x.width());
        return resized(pad, x, height, width);
    }

    private Value resized(Kernel kernel, Value x, int height, int width) {
        if (x.height() == height && x.width() == width) {
            return x;
        }
        Value result = emit(kernel, List.of(x), List.of(), x.channels(), height, width);
        return x.zero() ? zero(result) : result;
    }

    Value dense(String name, Value x, int units) {
        require(
                x.flat(),
                "%s needs rows for a dense layer, but gets %s. Try a flatten or a global pool"
                        + " before it.",
                where(),
                x.shape());
        List<Integer> used =
                List.of(
                        slot(name, Slot.Role.WEIGHT, x.channels(), units, x.channels()),
                        slot(name, Slot.Role.BIAS, x.channels(), units));
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

    Value zeros(Value x, int stride) {
        int channels = x.channels();
        int height = reduced(x.height(), stride);
        int width = reduced(x.width(), stride);
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
        boolean pointless =
                reading != Reading.NETWORK
                        || x.flat()
                        || x.channels() == 1
                        || !channelsLast.add(x.id());
        return pointless ? x : like(new Kernel.ChannelsLast(), x, List.of());
    }

    static int reduced(int size, int stride) {
        return (size + stride - 1) / stride;
    }

    /** What comes out where an odd total padding is rounded up. */
    private static int excess(int size, int padding, int stride) {
        return (size + 2 * ((padding + 1) / 2) - padding - 1) / stride + 1;
    }

    Value zero(Value x) {
        Value known = new Value(x.id(), x.channels(), x.height(), x.width(), x.flat(), true);
        values.set(x.id(), known);
        return known;
    }

    Value emit(
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
        String full = name.isEmpty() ? role.suffix() : name + "." + role.suffix();
        return slot(new Slot(full, role, List.of(sizes), fanIn));
    }

    int slot(Slot slot) {
        String full = place.isEmpty() ? slot.name() : place + "." + slot.name();
        require(names.add(full), "%s has two arrays \"%s\".", where(), slot.name());
        slots.add(reading == Reading.NETWORK ? slot.named(full) : slot);
        return slots.size() - 1;
    }
}
