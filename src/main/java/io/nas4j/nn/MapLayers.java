package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import io.nas4j.operation.Primitive.Foreign;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers that deal with the channels of maps: split, dealt out, scaled, joined; and foreign ones.
 */
final class MapLayers {

    private final Assembly out;

    MapLayers(Assembly out) {
        this.out = out;
    }

    Value slice(Value x, int from, int to) {
        require(
                from >= 0 && from < to && to <= x.channels(),
                "%s reads the channels from %d to %d, but there are %d.",
                out.where(),
                from,
                to,
                x.channels());
        Kernel slice = new Kernel.Slice(from, to);
        Value result = out.emit(slice, List.of(x), List.of(), to - from, x.height(), x.width());
        return x.zero() ? out.zero(result) : result;
    }

    Value shuffle(Value x, int groups) {
        require(
                x.channels() % groups == 0,
                "%s shuffles %d channels of %d groups, which must divide them.",
                out.where(),
                x.channels(),
                groups);
        Value result = out.like(new Kernel.Shuffle(groups), x, List.of());
        return x.zero() ? out.zero(result) : result;
    }

    /** Each channel of a map times a number. */
    Value scaled(Value x, Value factors) {
        require(
                factors.flat() && factors.channels() == x.channels(),
                "%s must scale %d channels by as many numbers, but has %s.",
                out.where(),
                x.channels(),
                factors.shape());
        Value result = out.merged(new Kernel.ScaleChannels(), List.of(x, factors), x.channels());
        return x.zero() ? out.zero(result) : result;
    }

    /** Branches become one. */
    Value joined(boolean concatenated, List<Value> ends) {
        if (ends.size() == 1) {
            return ends.get(0);
        }
        Value first = ends.get(0);
        require(
                ends.stream().allMatch(concatenated ? first::sameResolution : first::sameShape),
                "%s joins branches of one shape only, but they are %s.",
                out.where(),
                String.join(" and ", ends.stream().map(Value::shape).toList()));
        int channels =
                concatenated ? ends.stream().mapToInt(Value::channels).sum() : first.channels();
        Kernel kernel = concatenated ? new Kernel.Concat() : new Kernel.Sum(false);
        Value result = out.merged(kernel, ends, channels);
        return ends.stream().allMatch(Value::zero) ? out.zero(result) : result;
    }

    /** A block of DJL. */
    Value foreign(Foreign layer, Value x) {
        ForeignBlock block = ForeignBlock.of(layer, x, out.where());
        List<Integer> used = new ArrayList<>();
        for (Slot slot : block.slots()) {
            used.add(out.slot(slot));
        }
        return out.emit(
                new Kernel.Foreign(block),
                List.of(x),
                used,
                layer.channels(),
                Assembly.reduced(x.height(), layer.stride()),
                Assembly.reduced(x.width(), layer.stride()));
    }
}
