package io.nas4j.supernet;

import io.nas4j.supernet.SupernetStep.Apply;
import io.nas4j.supernet.SupernetStep.Mixed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mixed edges that leave one value with the same candidates: they share its ReLU and its pooled
 * forms, and each kind of convolution runs for all of them at once.
 *
 * @param source the value they leave
 * @param edges the mixtures
 * @param candidates by option, one step an edge; an empty list where the option is the value itself
 */
record FusedGroup(int source, List<Mixed> edges, List<List<Apply>> candidates) {

    private static final Set<String> FUSABLE =
            Set.of(
                    "none",
                    "skip_connect",
                    "max_pool",
                    "avg_pool",
                    "nor_conv",
                    "sep_conv",
                    "dil_conv");

    /** What makes edges alike. */
    private record Key(int source, List<String> operations) {}

    static List<FusedGroup> of(SupernetGraph graph) {
        Map<Key, List<Mixed>> byKey = new LinkedHashMap<>();
        Map<Integer, Integer> readers = new HashMap<>();
        for (SupernetStep step : graph.steps) {
            step.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        for (SupernetStep step : graph.steps) {
            if (step instanceof Mixed mixed) {
                Key key = key(graph, mixed);
                // a value that others read too is no candidate of this mixture alone
                if (key != null
                        && mixed.inputs().stream()
                                .allMatch(i -> i == key.source() || readers.get(i) == 1)) {
                    byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(mixed);
                }
            }
        }
        List<FusedGroup> groups = new ArrayList<>();
        byKey.forEach(
                (key, edges) -> {
                    List<List<Apply>> candidates = new ArrayList<>();
                    for (int option = 0; option < key.operations().size(); option++) {
                        candidates.add(steps(graph, edges, option));
                    }
                    groups.add(new FusedGroup(key.source(), List.copyOf(edges), candidates));
                });
        return groups;
    }

    private static List<Apply> steps(SupernetGraph graph, List<Mixed> edges, int option) {
        List<Apply> steps = new ArrayList<>();
        for (Mixed edge : edges) {
            if (graph.made.get(edge.inputs().get(option)) instanceof Apply apply
                    && apply.input() == source(graph, edge)) {
                steps.add(apply);
            }
        }
        return List.copyOf(steps);
    }

    /** Null where a mixture is not one of known operations on a single value. */
    private static Key key(SupernetGraph graph, Mixed mixed) {
        int source = source(graph, mixed);
        if (source < 0 || graph.values.get(source).height() == 0) {
            return null;
        }
        List<String> operations = new ArrayList<>();
        for (int input : mixed.inputs()) {
            if (input == source) {
                operations.add("identity");
                continue;
            }
            if (!(graph.made.get(input) instanceof Apply apply)
                    || apply.input() != source
                    || !FUSABLE.contains(apply.op().name())
                    || mixed.picks() != 1) {
                return null;
            }
            operations.add(apply.op().name() + apply.op().args());
        }
        if (operations.stream().allMatch(name -> name.startsWith("none"))) {
            return null;
        }
        return new Key(source, List.copyOf(operations));
    }

    /** The value that all options read, taken from the first that is an operation; -1 if none. */
    private static int source(SupernetGraph graph, Mixed mixed) {
        for (int input : mixed.inputs()) {
            if (graph.made.get(input) instanceof Apply apply
                    && FUSABLE.contains(apply.op().name())) {
                return apply.input();
            }
        }
        return -1;
    }

    /** Weights that lie side by side: all edges' arrays of one kind. */
    List<SupernetLayout.Chunk> chunks() {
        List<SupernetLayout.Chunk> chunks = new ArrayList<>();
        for (List<Apply> steps : candidates) {
            int count = steps.isEmpty() ? 0 : steps.get(0).weightCount();
            for (int i = 0; i < count; i++) {
                int weight = i;
                chunks.add(
                        new SupernetLayout.Chunk(
                                steps.stream().map(s -> s.firstWeight() + weight).toList()));
            }
        }
        return chunks;
    }
}
