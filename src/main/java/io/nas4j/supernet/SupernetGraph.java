package io.nas4j.supernet;

import static io.nas4j.space.Require.require;

import io.nas4j.nn.Slot;
import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A space, holes and all, lowered once to a list of steps over numbered values: every option of
 * every decision is a step, every decision a mixture.
 */
final class SupernetGraph {

    /**
     * The logits of one decision.
     *
     * @param decision what is decided
     * @param first where they begin in the flat vector of all logits
     * @param count one an option, and one more where {@code none} is implied
     * @param ofEdges whether they weigh the edges of a vertex (PC-DARTS' beta)
     * @param zeros the options that are no edge
     */
    record Logits(Decision decision, int first, int count, boolean ofEdges, Set<Integer> zeros) {

        boolean hasImplicitNone() {
            return count > decision.options();
        }

        Logits at(int other) {
            return new Logits(decision, other, count, ofEdges, zeros);
        }
    }

    final List<Size> values = new ArrayList<>();
    final List<SupernetStep> steps = new ArrayList<>();
    final List<Slot> weights = new ArrayList<>();
    final List<Logits> logits = new ArrayList<>();

    /** Decisions between edges, and the logits that rank each edge. */
    final Map<Decision, List<Integer>> edges = new LinkedHashMap<>();

    /** By value: the step that makes it. */
    final Map<Integer, SupernetStep> made = new LinkedHashMap<>();

    final int output;

    SupernetGraph(SearchSpace space, Size input, int classes, int part) {
        values.add(input);
        output = new SupernetBuilder(this, classes, part).run(space, 0);
        arrange();
        require(
                !logits.isEmpty(),
                "space \"%s\" has no decision to relax. Try a space with a choice.",
                space.name());
        require(
                logits.stream().anyMatch(l -> !l.ofEdges() && l.decision().options() > 1),
                "space \"%s\" has one operation per edge, %s: there is nothing to relax. Try two"
                        + " or more operations, or a strategy without gradients.",
                space.name(),
                logits.stream()
                        .filter(l -> !l.ofEdges())
                        .flatMap(l -> l.decision().labels().stream())
                        .distinct()
                        .collect(Collectors.joining(", ")));
        require(
                values.get(output).equals(new Size(classes, 0, 0)),
                "a network must end in its %d classes, but ends in %s. Try classifier() as the"
                        + " last step.",
                classes,
                values.get(output));
    }

    /** Betas behind all alphas, those of one size side by side: fewer, larger softmaxes. */
    private void arrange() {
        List<Integer> order =
                IntStream.range(0, logits.size())
                        .boxed()
                        .sorted(
                                Comparator.comparingInt(
                                        i -> logits.get(i).ofEdges() ? logits.get(i).count() : 0))
                        .toList();
        int at = 0;
        for (int index : order) {
            logits.set(index, logits.get(index).at(at));
            at += logits.get(index).count();
        }
    }

    /** As they lie in the flat vector. */
    List<Logits> inOrder() {
        return logits.stream().sorted(Comparator.comparingInt(Logits::first)).toList();
    }

    int logitCount() {
        return logits.stream().mapToInt(Logits::count).sum();
    }

    long weightCount() {
        return weights.stream().mapToLong(Slot::size).sum();
    }
}
