package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Decision;
import io.nas4j.space.Flow;
import io.nas4j.space.Node;
import io.nas4j.space.Node.Merge;
import io.nas4j.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The flow over registers: a tree becomes a {@link Program}. */
final class Lowering extends Flow<Value> {

    private final Assembly out;
    private final Recipes recipes;
    private final Setting setting;
    private final int classes;

    /**
     * Results of operations, which drop-path may drop. By object, not by register: an identity is
     * the same register and not among them.
     */
    private final Set<Value> paths = Collections.newSetFromMap(new IdentityHashMap<>());

    private Lowering(InputShape input, int classes, Setting setting) {
        require(classes >= 1, "a network needs at least 1 output, but classes were %d.", classes);
        this.out = new Assembly(input);
        this.setting = setting;
        this.classes = classes;
        this.recipes = new Recipes(out, setting, classes);
    }

    static Program of(SearchSpace space, InputShape input, int classes, Setting setting) {
        Lowering lowering = new Lowering(input, classes, setting);
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
        out.at(place());
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
                channels > 0 ? setting.scaled(channels) : inputs.get(inputs.size() - 1).channels();
        int height = inputs.stream().mapToInt(Value::height).min().orElseThrow();
        List<Value> result = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            out.at(place());
            result.add(prepare("input" + i, inputs.get(i), target, height));
        }
        requireOneShape(result, "a cell");
        return result;
    }

    private Value prepare(String part, Value x, int channels, int height) {
        require(
                !x.flat(),
                "a cell at %s needs feature maps, but gets rows of %d features. Try a cell with"
                        + " one input.",
                place(),
                x.channels());
        if (x.height() <= height) {
            return recipes.reluConvNorm(
                    part + ".conv",
                    part + ".norm",
                    x,
                    Assembly.Conv.square(channels, 1, 1),
                    setting.affine());
        }
        Value result = x;
        for (int i = 0; result.height() > height; i++) {
            String name = i == 0 ? part : part + "." + i;
            result = recipes.reduce(name, result, channels);
        }
        return result;
    }

    @Override
    protected Value choose(Decision decision, Merge merge, boolean droppable, List<Value> options) {
        out.at(place());
        require(
                merge == Merge.SUM || merge == Merge.MEAN,
                "decision \"%s\" merges its picks by %s, which has no continuous relaxation. Try"
                        + " SUM, or a strategy without gradients.",
                decision.id(),
                merge);
        Value first = options.get(0);
        for (int i = 1; i < options.size(); i++) {
            if (!options.get(i).sameShape(first)) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "the options of \"%s\" must make values of one shape to be mixed,"
                                        + " but \"%s\" makes %s and \"%s\" %s. Try a strategy"
                                        + " without gradients.",
                                decision.id(),
                                decision.labels().get(0),
                                first.shape(),
                                decision.labels().get(i),
                                options.get(i).shape()));
            }
        }
        Kernel mix = new Kernel.Mix(decision, merge, droppable);
        return out.merged(mix, options, first.channels());
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
