package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Flow;
import io.nas4j.space.Node;
import io.nas4j.space.Node.Merge;
import io.nas4j.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The flow over registers: a tree becomes a {@link Program}. */
final class Lowering extends Flow<Value> {

    private final Assembly out;
    private final Recipes recipes;

    /** Of channels that the width has scaled already. */
    private final Recipes fitted;

    /**
     * Results of operations, which drop-path may drop. By object, not by register: an identity is
     * the same register and not among them.
     */
    private final Set<Value> paths = Collections.newSetFromMap(new IdentityHashMap<>());

    private Lowering(InputShape input, int classes, double width) {
        require(classes >= 1, "a network needs at least 1 output, but classes were %d.", classes);
        require(
                width > 0 && width <= 1,
                "width must be in (0, 1], but was %s. Try 0.5 to halve all channels.",
                width);
        this.out = new Assembly(input);
        this.recipes = new Recipes(out, width, classes);
        this.fitted = new Recipes(out, 1, classes);
    }

    static Program of(SearchSpace space, InputShape input, int classes, double width) {
        Lowering lowering = new Lowering(input, classes, width);
        Value start = lowering.out.channelsLast(lowering.out.input());
        Value end = lowering.run(space, start);
        require(
                end.flat() && end.channels() == classes,
                "a network must end in %d outputs, but \"%s\" ends in %s. Try classifier() as its"
                        + " last step.",
                classes,
                space.name(),
                end.shape());
        return lowering.out.finish(end);
    }

    @Override
    protected Value apply(Node.Op op, Value input) {
        Value result = recipes.apply(op, input, place());
        if (result.id() == input.id()) {
            return result.copy();
        }
        paths.add(result);
        return result;
    }

    @Override
    protected Value merge(Merge merge, List<Value> values) {
        out.at(place(), "merge");
        List<Value> some = values.stream().filter(value -> !value.zero()).toList();
        if (some.size() < 2) {
            return some.isEmpty() ? values.get(0) : some.get(0);
        }
        if (merge == Merge.CONCAT) {
            return concat(some);
        }
        requireOneShape(some, "a sum");
        List<Value> terms = new ArrayList<>();
        for (Value value : some) {
            terms.add(
                    paths.contains(value)
                            ? out.like(new Kernel.DropPath(), value, List.of())
                            : value);
        }
        return out.merged(new Kernel.Sum(merge == Merge.MEAN), terms, some.get(0).channels());
    }

    private Value concat(List<Value> values) {
        require(
                values.stream().allMatch(value -> value.flat() == values.get(0).flat()),
                "a concatenation at %s must not mix feature maps with rows. Try flatten or"
                        + " global_pool on each branch.",
                place());
        int height = values.stream().mapToInt(Value::height).max().orElseThrow();
        int width = values.stream().mapToInt(Value::width).max().orElseThrow();
        int channels = values.stream().mapToInt(Value::channels).sum();
        List<Value> padded = values.stream().map(value -> out.pad(value, height, width)).toList();
        return out.merged(new Kernel.Concat(), padded, channels);
    }

    @Override
    protected List<Value> prepare(List<Value> inputs, int channels) {
        int target =
                channels > 0
                        ? recipes.scaled(channels, "the cell at " + place())
                        : inputs.get(inputs.size() - 1).channels();
        int height = inputs.stream().mapToInt(Value::height).min().orElseThrow();
        List<Value> result = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            result.add(fit(inputs.get(i), place() + "/" + i, target, height));
        }
        requireOneShape(result, "a cell");
        return result;
    }

    private Value fit(Value x, String place, int channels, int height) {
        require(
                !x.flat(),
                "a cell at %s needs feature maps, but gets rows of %d features. Try a cell with"
                        + " one input.",
                place(),
                x.channels());
        if (x.height() <= height) {
            return fitted.apply(fitting(channels), x, place);
        }
        Value halved = fitted.apply(halving(channels), x, place);
        return halved.height() > height ? fit(halved, place + "/half", channels, height) : halved;
    }

    private void requireOneShape(List<Value> values, String what) {
        Value first = values.get(0);
        if (values.stream().allMatch(first::sameShape)) {
            return;
        }
        throw new IllegalArgumentException(
                what
                        + " at "
                        + place()
                        + " adds values of one shape only, but they are "
                        + String.join(
                                " and ", values.stream().map(Value::shape).distinct().toList())
                        + ". Try operations that keep channels and resolution, or a"
                        + " concatenation.");
    }
}
