package io.nas4j.supernet;

import io.nas4j.operation.Fusion;
import io.nas4j.space.Node;
import io.nas4j.supernet.SupernetStep.Apply;
import io.nas4j.supernet.SupernetStep.Mixed;
import io.nas4j.supernet.SupernetStep.Zeros;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mixed edges that leave one value with the same candidates, all of which have fast forms: they
 * share its ReLU and its pooled forms, and each kind of convolution runs for all of them at once.
 *
 * @param source the value they leave
 * @param edges the mixtures
 * @param candidates all but zeros, in the order of the options
 */
record FusedGroup(int source, List<Mixed> edges, List<Candidate> candidates) {

    /**
     * An option of all edges.
     *
     * @param option its index in the decision
     * @param fusion its fast form; empty where it is the value itself
     * @param steps one an edge; none where it is the value itself
     */
    record Candidate(int option, Optional<Fusion> fusion, List<Apply> steps) {
        int weightCount() {
            return steps.isEmpty() ? 0 : steps.get(0).weightCount();
        }
    }

    /** What makes edges alike: what each option is, empty for the value itself or for zeros. */
    private record Key(int source, List<Optional<Node.Op>> options, List<Boolean> zeros) {}

    static List<FusedGroup> of(SupernetGraph graph) {
        Map<Key, List<Mixed>> byKey = new LinkedHashMap<>();
        Map<Integer, Integer> readers = new HashMap<>();
        for (SupernetStep step : graph.steps) {
            step.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        for (SupernetStep step : graph.steps) {
            if (step instanceof Mixed mixed) {
                Optional<Key> key = key(graph, mixed);
                // a value that others read too is no candidate of this mixture alone
                if (key.isPresent()
                        && mixed.inputs().stream()
                                .allMatch(i -> i == key.get().source() || readers.get(i) == 1)) {
                    byKey.computeIfAbsent(key.get(), k -> new ArrayList<>()).add(mixed);
                }
            }
        }
        List<FusedGroup> groups = new ArrayList<>();
        byKey.forEach((key, edges) -> groups.add(of(graph, key, edges)));
        return groups;
    }

    private static FusedGroup of(SupernetGraph graph, Key key, List<Mixed> edges) {
        List<Candidate> candidates = new ArrayList<>();
        for (int option = 0; option < key.options().size(); option++) {
            if (key.zeros().get(option)) {
                continue;
            }
            List<Apply> steps = new ArrayList<>();
            for (Mixed edge : edges) {
                int input = edge.inputs().get(option);
                if (input != key.source()) {
                    steps.add((Apply) graph.made.get(input));
                }
            }
            Optional<Fusion> fusion = steps.isEmpty() ? Optional.empty() : steps.get(0).fusion();
            candidates.add(new Candidate(option, fusion, List.copyOf(steps)));
        }
        return new FusedGroup(key.source(), List.copyOf(edges), candidates);
    }

    /** Empty where a mixture is not one of fast forms on a single map. */
    private static Optional<Key> key(SupernetGraph graph, Mixed mixed) {
        int source = source(graph, mixed);
        if (source < 0 || graph.values.get(source).height() == 0) {
            return Optional.empty();
        }
        List<Optional<Node.Op>> options = new ArrayList<>();
        List<Boolean> zeros = new ArrayList<>();
        for (int input : mixed.inputs()) {
            SupernetStep maker = graph.made.get(input);
            boolean itself = input == source;
            boolean zero = maker instanceof Zeros;
            boolean fused =
                    maker instanceof Apply apply
                            && apply.input() == source
                            && apply.fusion().isPresent();
            if (!itself && (mixed.picks() != 1 || !(zero || fused))) {
                return Optional.empty();
            }
            options.add(itself || zero ? Optional.empty() : Optional.of(((Apply) maker).op()));
            zeros.add(zero && !itself);
        }
        return zeros.contains(false)
                ? Optional.of(new Key(source, List.copyOf(options), List.copyOf(zeros)))
                : Optional.empty();
    }

    /** The value that all options read, taken from the first with a fast form; -1 if none. */
    private static int source(SupernetGraph graph, Mixed mixed) {
        for (int input : mixed.inputs()) {
            SupernetStep maker = graph.made.get(input);
            if (maker instanceof Zeros zeros) {
                return zeros.input();
            }
            if (maker instanceof Apply apply && apply.fusion().isPresent()) {
                return apply.input();
            }
        }
        return -1;
    }

    /** Weights that lie side by side: all edges' arrays of one kind. */
    List<SupernetLayout.Chunk> chunks() {
        List<SupernetLayout.Chunk> chunks = new ArrayList<>();
        for (Candidate candidate : candidates) {
            for (int i = 0; i < candidate.weightCount(); i++) {
                int weight = i;
                chunks.add(
                        new SupernetLayout.Chunk(
                                candidate.steps().stream()
                                        .map(s -> s.firstWeight() + weight)
                                        .toList()));
            }
        }
        return chunks;
    }
}
