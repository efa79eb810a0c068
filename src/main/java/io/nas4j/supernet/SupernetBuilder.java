package io.nas4j.supernet;

import static io.nas4j.space.Require.require;

import io.nas4j.nn.Fragment;
import io.nas4j.nn.Slot;
import io.nas4j.operation.Primitive;
import io.nas4j.space.Decision;
import io.nas4j.space.Flow;
import io.nas4j.space.Grammar;
import io.nas4j.space.Node;
import io.nas4j.space.Node.Merge;
import io.nas4j.supernet.SupernetGraph.Logits;
import io.nas4j.supernet.SupernetStep.Apply;
import io.nas4j.supernet.SupernetStep.Leading;
import io.nas4j.supernet.SupernetStep.Merged;
import io.nas4j.supernet.SupernetStep.Mixed;
import io.nas4j.supernet.SupernetStep.Widened;
import io.nas4j.supernet.SupernetStep.Zeros;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lowers a space to the steps of a {@link SupernetGraph}. */
final class SupernetBuilder extends Flow<Integer> {

    private final List<Size> values;
    private final List<SupernetStep> steps;
    private final List<Slot> weights;
    private final List<Logits> logits;
    private final Map<Decision, List<Integer>> edges;
    private final Map<Integer, SupernetStep> made;
    private final int classes;
    private final int part;
    private final Map<String, Integer> known = new LinkedHashMap<>();
    private final PartialChannels partial;

    /** Into an empty graph. */
    SupernetBuilder(SupernetGraph graph, int classes, int part) {
        this.values = graph.values;
        this.steps = graph.steps;
        this.weights = graph.weights;
        this.logits = graph.logits;
        this.edges = graph.edges;
        this.made = graph.made;
        this.classes = classes;
        this.part = part;
        this.partial = new PartialChannels(part);
    }

    @Override
    protected Integer open(Decision decision, List<Node> options, Integer input) {
        if (!partial.opens(decision, options, input, values.get(input))) {
            return input;
        }
        return partial.leading(
                input,
                channels ->
                        add(new Leading(channels, input, values.size()), sized(channels, input)));
    }

    @Override
    protected Integer apply(Node.Op op, Integer input) {
        return apply(partial.narrowed(op), place(), input);
    }

    private Integer apply(Node.Op op, String place, Integer input) {
        Fragment fragment = Fragment.of(op, place, values.get(input).value(), classes);
        if (fragment.isIdentity()) {
            return input;
        }
        Size out = Size.of(fragment.program().output());
        if (fragment.isZero()) {
            return add(new Zeros(out, input, values.size()), out);
        }
        int first = weights.size();
        String prefix = place + "/" + op.label() + "/";
        fragment.weights().forEach(slot -> weights.add(slot.named(prefix + slot.name())));
        int count = weights.size() - first;
        return add(new Apply(op, fragment, first, count, input, values.size()), out);
    }

    @Override
    protected Integer merge(Merge merge, List<Integer> inputs) {
        if (inputs.size() == 1) {
            return inputs.get(0);
        }
        Size first = values.get(inputs.get(0));
        if (merge == Merge.CONCAT) {
            int channels = inputs.stream().mapToInt(i -> values.get(i).channels()).sum();
            requireOneSize("concatenated", inputs, false);
            return add(
                    new Merged(merge, List.copyOf(inputs), values.size()),
                    new Size(channels, first.height(), first.width()));
        }
        requireOneSize("summed", inputs, true);
        return add(new Merged(merge, List.copyOf(inputs), values.size()), first);
    }

    @Override
    protected List<Integer> prepare(List<Integer> inputs, int channels) {
        int width = channels > 0 ? channels : values.get(inputs.get(inputs.size() - 1)).channels();
        int height = inputs.stream().mapToInt(i -> values.get(i).height()).min().orElse(0);
        List<Integer> fitted = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            fitted.add(fit(inputs.get(i), place() + "/" + i, width, height));
        }
        return fitted;
    }

    private Integer fit(Integer input, String place, int channels, int height) {
        if (values.get(input).height() == height) {
            return apply(fitting(channels), place, input);
        }
        Integer halved = apply(halving(channels), place, input);
        return values.get(halved).height() == height
                ? halved
                : fit(halved, place + "/half", channels, height);
    }

    @Override
    protected Integer choose(Decision decision, Merge merge, boolean droppable, List<Integer> all) {
        List<Integer> options = fitted(all);
        requireOneSize("mixed in decision \"" + decision.id() + "\"", options, true);
        int source = partial.closes();
        List<Integer> ranks = options.stream().map(this::edge).toList();
        if (decision.options() > 1 && !ranks.contains(-1)) {
            // DARTS: a vertex sums all its edges; their operations' weights rank them
            edges.putIfAbsent(decision, ranks);
            return part == 1
                    ? merge(Merge.SUM, options)
                    : mix(logits(decision, false, true, options), 1, options);
        }
        int mixed = mix(logits(decision, droppable, false, options), decision.picks(), options);
        return source < 0 ? mixed : widen(mixed, source);
    }

    private int mix(int index, int picks, List<Integer> options) {
        return add(
                new Mixed(index, picks, List.copyOf(options), values.size()),
                values.get(options.get(0)));
    }

    private int widen(int mixed, int source) {
        boolean halves = values.get(mixed).height() < values.get(source).height();
        int whole = halves ? partial.halved(source, () -> halve(source)) : source;
        return add(
                new Widened(part, mixed, whole, values.size()),
                sized(values.get(source).channels(), mixed));
    }

    /** PC-DARTS halves what bypasses the candidates by max pooling. */
    private int halve(int source) {
        Node.Op op = Grammar.maxPool(2).with(Map.of("kernel", 2, "stride", 2));
        Fragment pooling =
                Fragment.of(List.of(new Primitive.Pool(true, 2, 2)), values.get(source).value());
        return add(
                new Apply(op, pooling, weights.size(), 0, source, values.size()),
                Size.of(pooling.program().output()));
    }

    private Size sized(int channels, int like) {
        return new Size(channels, values.get(like).height(), values.get(like).width());
    }

    /** Gives {@code none}, which has no size of its own, that of the other options. */
    private List<Integer> fitted(List<Integer> options) {
        Size size =
                options.stream()
                        .filter(option -> !isNone(option))
                        .findFirst()
                        .map(values::get)
                        .orElseGet(() -> values.get(options.get(0)));
        List<Integer> fitted = new ArrayList<>();
        for (int option : options) {
            if (isNone(option) && !values.get(option).equals(size)) {
                Zeros none = (Zeros) made.get(option);
                steps.remove(none);
                fitted.add(add(new Zeros(size, none.input(), values.size()), size));
            } else {
                fitted.add(option);
            }
        }
        return fitted;
    }

    private boolean isNone(int value) {
        return made.get(value) instanceof Zeros;
    }

    /** The logits of the mixture that makes a value, if these can say "no edge"; else -1. */
    private int edge(int value) {
        SupernetStep maker = made.get(value);
        if (maker instanceof Widened widened) {
            maker = made.get(widened.mixed());
        }
        Mixed mixed = maker instanceof Mixed m ? m : null;
        return mixed != null && logits.get(mixed.logits()).hasImplicitNone() ? mixed.logits() : -1;
    }

    private int logits(
            Decision decision, boolean droppable, boolean ofEdges, List<Integer> options) {
        return known.computeIfAbsent(
                decision.id(),
                id -> {
                    int count = decision.options() + (droppable ? 1 : 0);
                    Set<Integer> zeros = new HashSet<>();
                    for (int i = 0; i < options.size(); i++) {
                        if (isNone(options.get(i))) {
                            zeros.add(i);
                        }
                    }
                    logits.add(new Logits(decision, 0, count, ofEdges, Set.copyOf(zeros)));
                    return logits.size() - 1;
                });
    }

    private Integer add(SupernetStep step, Size size) {
        steps.add(step);
        made.put(step.output(), step);
        values.add(size);
        return step.output();
    }

    private void requireOneSize(String how, List<Integer> inputs, boolean channels) {
        Size first = values.get(inputs.get(0));
        for (int input : inputs) {
            Size other = values.get(input);
            require(
                    other.height() == first.height()
                            && other.width() == first.width()
                            && (!channels || other.channels() == first.channels()),
                    "values that are %s must be of one size, but are %s and %s. Try a space of"
                            + " cells, or a strategy without gradients.",
                    how,
                    first,
                    other);
        }
    }
}
