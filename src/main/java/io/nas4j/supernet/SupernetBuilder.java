package io.nas4j.supernet;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Decision;
import io.nas4j.space.Flow;
import io.nas4j.space.Node;
import io.nas4j.space.Node.Merge;
import io.nas4j.supernet.SupernetGraph.Logits;
import io.nas4j.supernet.SupernetLayer.Size;
import io.nas4j.supernet.SupernetLayer.Weight;
import io.nas4j.supernet.SupernetStep.Apply;
import io.nas4j.supernet.SupernetStep.Leading;
import io.nas4j.supernet.SupernetStep.Merged;
import io.nas4j.supernet.SupernetStep.Mixed;
import io.nas4j.supernet.SupernetStep.Widened;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lowers a space to the steps of a {@link SupernetGraph}. */
final class SupernetBuilder extends Flow<Integer> {

    private final List<Size> values;
    private final List<SupernetStep> steps;
    private final List<Weight> weights;
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
        Size in = values.get(input);
        List<SupernetLayer> layers = SupernetOperations.of(op, in, classes);
        if (layers.isEmpty()) {
            // an identity is the value itself
            return input;
        }
        int first = weights.size();
        for (Weight weight : SupernetOperations.weights(layers, in)) {
            weights.add(
                    new Weight(
                            place + "/" + op.label() + "/" + weight.name(),
                            weight.shape(),
                            weight.fanIn(),
                            weight.constant()));
        }
        Size out = SupernetOperations.out(layers, in);
        int count = weights.size() - first;
        return add(new Apply(op, place, layers, first, count, input, values.size()), out);
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
        Map<String, Integer> to = Map.of("channels", channels);
        if (values.get(input).height() == height) {
            Map<String, Integer> pointwise = Map.of("channels", channels, "kernel", 1, "stride", 1);
            return apply(new Node.Op("nor_conv", pointwise), place, input);
        }
        Integer halved = apply(new Node.Op("factorized_reduce", to), place, input);
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
                    : mix(logits(decision, false, true), 1, options);
        }
        int mixed = mix(logits(decision, droppable, false), decision.picks(), options);
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
        SupernetLayer pooling = new SupernetLayer.Pooling(true, 2, 2);
        Node.Op op = new Node.Op("max_pool", Map.of("kernel", 2, "stride", 2));
        return add(
                new Apply(op, place(), List.of(pooling), weights.size(), 0, source, values.size()),
                pooling.out(values.get(source)));
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
                Apply none = (Apply) made.get(option);
                steps.remove(none);
                fitted.add(
                        add(
                                new Apply(
                                        none.op(),
                                        none.place(),
                                        List.of(new SupernetLayer.Zero(size)),
                                        none.firstWeight(),
                                        0,
                                        none.input(),
                                        values.size()),
                                size));
            } else {
                fitted.add(option);
            }
        }
        return fitted;
    }

    private boolean isNone(int value) {
        return made.get(value) instanceof Apply apply && apply.op().name().equals("none");
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

    private int logits(Decision decision, boolean droppable, boolean ofEdges) {
        return known.computeIfAbsent(
                decision.id(),
                id -> {
                    int count = decision.options() + (droppable ? 1 : 0);
                    logits.add(new Logits(decision, 0, count, ofEdges));
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
