package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nas4j.nn.Normaliser;
import io.nas4j.supernet.SupernetStep.Apply;
import io.nas4j.supernet.SupernetStep.Merged;
import io.nas4j.supernet.SupernetStep.Mixed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fast form of a supernet: the same numbers in fewer and larger calls.
 *
 * <p>What it uses, all exact: edges that leave one value share its ReLU and its pooled forms; their
 * convolutions of one kind are one wide convolution; a 1×1 convolution is a product of matrices; a
 * dilated convolution runs undilated on the image's four phases; a share multiplies a normalised
 * candidate as the gamma of its normalisation; {@code none} is never computed; from the stem on,
 * channels lie innermost, in gradients too; what passes beside the candidates is shuffled once a
 * vertex; what is no longer read is freed at once.
 */
final class FusedEdges {

    /** One call and the values it reads and makes. */
    private record Unit(FusedGroup group, SupernetStep step, List<Integer> reads) {}

    private final SupernetGraph graph;
    private final SupernetLayout layout;
    private final List<Unit> units = new ArrayList<>();
    private final List<List<Integer>> lastReads = new ArrayList<>();
    private final Map<FusedGroup, FusedCandidates> candidates = new HashMap<>();
    private final Map<SupernetStep, FusedVertex> vertices;
    private final Set<Integer> plainShares = new HashSet<>();
    private final FusedShares shares;
    private final boolean channelsLast;

    FusedEdges(
            SupernetGraph graph,
            List<FusedGroup> groups,
            SupernetLayout layout,
            NDManager manager) {
        this.graph = graph;
        this.layout = layout;
        this.shares = new FusedShares();
        this.channelsLast = !manager.getDevice().isGpu();
        this.vertices = FusedVertex.of(graph, manager);
        plan(groups);
        for (FusedGroup group : groups) {
            candidates.put(group, new FusedCandidates(graph, group, layout, shares, manager));
        }
        shares.freeze(manager);
    }

    private void plan(List<FusedGroup> groups) {
        Map<Mixed, FusedGroup> groupOf = new HashMap<>();
        Set<Integer> inside = new HashSet<>();
        for (FusedGroup group : groups) {
            group.edges().forEach(edge -> groupOf.put(edge, group));
            group.edges().forEach(edge -> inside.addAll(edge.inputs()));
            inside.remove(group.source());
        }
        vertices.values().forEach(v -> v.edges().forEach(edge -> inside.add(edge.output())));
        Set<FusedGroup> done = new HashSet<>();
        for (SupernetStep step : graph.steps) {
            if (step instanceof Mixed mixed && groupOf.containsKey(mixed)) {
                FusedGroup group = groupOf.get(mixed);
                if (done.add(group)) {
                    units.add(new Unit(group, null, List.of(group.source())));
                }
            } else if (!inside.contains(step.output())) {
                FusedVertex vertex = vertices.get(step);
                units.add(new Unit(null, step, vertex == null ? step.inputs() : vertex.reads()));
                if (step instanceof Mixed mixed) {
                    plainShares.add(mixed.logits());
                }
            }
        }
        Set<Integer> seen = new HashSet<>(List.of(0, graph.output));
        for (int i = units.size() - 1; i >= 0; i--) {
            lastReads.add(0, units.get(i).reads().stream().filter(seen::add).toList());
        }
    }

    NDArray forward(NDArray images, NDArray weights, NDArray mixture) {
        NDArray[] wide = layout.wide(weights);
        NDArray[] wideShares = shares.gather(mixture);
        NDArray[] scalars =
                plainShares.isEmpty()
                        ? null
                        : mixture.split(graph.logitCount()).toArray(new NDArray[0]);
        NDArray[] values = new NDArray[graph.values.size()];
        values[0] = images;
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                if (unit.group() != null) {
                    NDArray source = values[unit.group().source()];
                    NDList results = candidates.get(unit.group()).run(source, wide, wideShares);
                    for (int e = 0; e < results.size(); e++) {
                        values[unit.group().edges().get(e).output()] = results.get(e);
                        NDScope.unregister(results.get(e));
                    }
                } else {
                    NDArray result = run(unit.step(), values, wide, scalars);
                    values[unit.step().output()] = result;
                    NDScope.unregister(result);
                }
            }
            written(unit).forEach(output -> NDScope.register(values[output]));
            for (int dead : lastReads.get(i)) {
                values[dead].close();
                values[dead] = null;
            }
        }
        return values[graph.output];
    }

    private List<Integer> written(Unit unit) {
        return unit.group() == null
                ? List.of(unit.step().output())
                : unit.group().edges().stream().map(Mixed::output).toList();
    }

    private NDArray run(SupernetStep step, NDArray[] values, NDArray[] wide, NDArray[] scalars) {
        if (vertices.containsKey(step)) {
            return vertices.get(step).run(values, scalars);
        }
        if (step instanceof Apply apply) {
            List<NDArray> own = new ArrayList<>();
            for (int i = 0; i < apply.weightCount(); i++) {
                own.add(wide[layout.chunk(apply.firstWeight() + i)]);
            }
            NDArray result = apply.run(values[apply.input()], own, Normaliser.BATCH);
            return result.getShape().dimension() == 4 && channelsLast
                    ? channelsLast(result)
                    : result;
        }
        if (step instanceof Merged merged) {
            return PlainSteps.merge(merged.merge(), merged.inputs(), values);
        }
        if (step instanceof Mixed mixed) {
            return PlainSteps.mix(graph, mixed, values, scalars);
        }
        NDArray result = PlainSteps.other(step, values);
        return channelsLast ? channelsLast(result) : result;
    }

    /**
     * The same numbers with channels innermost: libtorch keeps that through convolutions. Free
     * where they are so already; and the gradient that comes back is laid out so too, without which
     * the backward pass of a normalisation takes twenty times as long.
     */
    static NDArray channelsLast(NDArray x) {
        Shape s = x.getShape();
        // each a hold on the memory, to be let go at once
        try (NDArray rows = x.transpose(0, 2, 3, 1);
                NDArray flat = rows.flatten();
                NDArray back = flat.reshape(s.get(0), s.get(2), s.get(3), s.get(1))) {
            return back.transpose(0, 3, 1, 2);
        }
    }

    /** Every wide call's shares, gathered from the mixture at once. */
    static final class FusedShares {
        private final List<long[]> indices = new ArrayList<>();
        private NDArray index;
        private long[] starts;

        /** Asks for a vector of shares; returns its number. */
        int add(long[] wanted) {
            indices.add(wanted);
            return indices.size() - 1;
        }

        void freeze(NDManager manager) {
            if (indices.isEmpty()) {
                return;
            }
            index = manager.create(indices.stream().flatMapToLong(Arrays::stream).toArray());
            starts = new long[indices.size() - 1];
            long at = 0;
            for (int i = 0; i < starts.length; i++) {
                at += indices.get(i).length;
                starts[i] = at;
            }
        }

        NDArray[] gather(NDArray mixture) {
            if (indices.isEmpty()) {
                return new NDArray[0];
            }
            NDArray all = mixture.gather(index, 0);
            return starts.length == 0
                    ? new NDArray[] {all}
                    : all.split(starts).toArray(new NDArray[0]);
        }
    }
}
