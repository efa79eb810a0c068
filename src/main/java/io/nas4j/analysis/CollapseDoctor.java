package io.nas4j.analysis;

import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Walk;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Has a relaxed search collapsed? One reading an epoch of what shows it: skip connections in the
 * derived cell, how undecided alpha still is, whether the two losses drift apart, how sharply
 * alpha's loss bends.
 *
 * @param epochs oldest first
 * @param rule which guard stopped the search; empty when none did
 * @param kept the epoch whose cell was kept then, from 1; otherwise the last
 */
public record CollapseDoctor(List<Epoch> epochs, String rule, int kept) {

    /**
     * One epoch.
     *
     * @param trial its number
     * @param skips skip connections in the derived cell, the reducing one left out
     * @param operations of that cell, skip connections among them
     * @param entropy of alpha's shares: 1 is undecided, 0 certain
     * @param gap validation loss less training loss
     * @param eigenvalue the largest of alpha's Hessian, where a guard computed it
     */
    public record Epoch(
            int trial,
            int skips,
            int operations,
            double entropy,
            OptionalDouble gap,
            OptionalDouble eigenvalue) {}

    public CollapseDoctor {
        epochs = List.copyOf(epochs);
    }

    /**
     * Reads the epochs of a search.
     *
     * @param space the search's
     * @param history trials of the search's own measure are left out
     * @return without epochs where the strategy learns no shares
     */
    public static CollapseDoctor of(SearchSpace space, History history) {
        List<Epoch> epochs = new ArrayList<>();
        String rule = "";
        int kept = 0;
        for (Trial trial : history.trials()) {
            if (trial.measure().equals(history.measure())
                    || !(trial.outcome() instanceof Outcome.Completed completed)
                    || completed.learned().isEmpty()) {
                continue;
            }
            Estimate estimate = completed.estimate();
            List<String> operations = operations(space.walk(trial.architecture()));
            epochs.add(
                    new Epoch(
                            trial.number(),
                            skips(operations),
                            operations.size(),
                            Exploration.entropy(completed.learned()),
                            gap(estimate),
                            metric(estimate, Metrics.EIGENVALUE)));
            kept = rule.isEmpty() ? epochs.size() : kept;
            for (String name : estimate.metrics().keySet()) {
                Optional<String> fired = Metrics.ruleOf(name);
                if (fired.isPresent()) {
                    rule = fired.get();
                    kept = estimate.metrics().get(name).intValue();
                }
            }
        }
        return new CollapseDoctor(epochs, rule, kept);
    }

    /**
     * Skip connections of an architecture.
     *
     * @param walk of it
     * @return how many operations of its cells are {@code skip_connect}; a reducing cell is left
     *     out, where a skip connection is a convolution
     */
    public static int skips(Walk walk) {
        return skips(operations(walk));
    }

    private static int skips(List<String> operations) {
        return (int) operations.stream().filter(name -> name.equals("skip_connect")).count();
    }

    /** The picked operations of all decisions between operations, the reducing cell left out. */
    private static List<String> operations(Walk walk) {
        return walk.decisions().stream()
                .filter(decision -> !decision.id().startsWith("reduce"))
                .filter(CollapseDoctor::hasSkip)
                .flatMap(
                        decision ->
                                decision.picked(walk.answer(decision.id())).stream()
                                        .map(decision.labels()::get))
                .toList();
    }

    private static boolean hasSkip(Decision decision) {
        return decision.labels().contains("skip_connect");
    }

    private static OptionalDouble gap(Estimate estimate) {
        OptionalDouble train = metric(estimate, Metrics.TRAIN_LOSS);
        OptionalDouble validation = metric(estimate, Metrics.VALIDATION_LOSS);
        return train.isPresent() && validation.isPresent()
                ? OptionalDouble.of(validation.getAsDouble() - train.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble metric(Estimate estimate, String name) {
        Double value = estimate.metrics().get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * Whether the kept cell is nothing but skip connections.
     *
     * @return false without epochs
     */
    public boolean isCollapsed() {
        return !epochs.isEmpty()
                && epochs.get(kept - 1).operations() > 0
                && epochs.get(kept - 1).skips() == epochs.get(kept - 1).operations();
    }

    /**
     * The finding in a sentence or two.
     *
     * @return for example {@code no guard fired; the cell of epoch 6 has 1 skip connection …}
     */
    public String verdict() {
        if (epochs.isEmpty()) {
            return "nothing to examine: the strategy learned no shares of operations";
        }
        Epoch cell = epochs.get(kept - 1);
        String found =
                String.format(
                        Locale.ROOT,
                        "the cell of epoch %d is kept, with %d skip connection%s among %d"
                                + " operations%s",
                        kept,
                        cell.skips(),
                        cell.skips() == 1 ? "" : "s",
                        cell.operations(),
                        isCollapsed() ? ": it has collapsed" : "");
        if (rule.isEmpty()) {
            return "no guard fired; " + found;
        }
        Epoch last = epochs.get(epochs.size() - 1);
        return String.format(
                Locale.ROOT,
                "the %s fired after epoch %d (%d skip connections); %s",
                rule,
                epochs.size(),
                last.skips(),
                found);
    }
}
