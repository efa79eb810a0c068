package io.nas4j.sharing;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.strategy.Proposal;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a history tells of a supernet's epochs, so that a resumed search judges as one that was
 * never stopped.
 */
public record EpochHistory(List<Epoch> all) {

    /** One whole epoch. */
    public record Epoch(
            Architecture architecture, OptionWeights learned, Map<String, Double> metrics) {}

    /** The completed epochs of a measure, oldest first. */
    public static EpochHistory of(History history, String measure) {
        List<Epoch> all = new ArrayList<>();
        for (Trial trial : history.trials()) {
            if (trial.measure().equals(measure)
                    && trial.outcome() instanceof Outcome.Completed completed) {
                all.add(
                        new Epoch(
                                trial.architecture(),
                                completed.learned(),
                                completed.estimate().metrics()));
            }
        }
        return new EpochHistory(List.copyOf(all));
    }

    /** What a guard said after the last epoch, in words; empty when none did. */
    public String alarm() {
        if (all.isEmpty()) {
            return "";
        }
        Map<String, Double> metrics = all.get(all.size() - 1).metrics();
        return fired(metrics)
                .map(
                        name ->
                                String.format(
                                        java.util.Locale.ROOT,
                                        "the %s fired after epoch %d (%d skip connections);"
                                                + " the cell of epoch %d is kept",
                                        Metrics.ruleOf(name).orElseThrow(),
                                        all.size(),
                                        metrics.get(Metrics.SKIPS).intValue(),
                                        metrics.get(name).intValue()))
                .orElse("");
    }

    /** The epoch that the answer comes from: the last, or the one that a guard went back to. */
    public Optional<Epoch> kept() {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Epoch last = all.get(all.size() - 1);
        return Optional.of(
                fired(last.metrics())
                        .map(name -> all.get(last.metrics().get(name).intValue() - 1))
                        .orElse(last));
    }

    /**
     * That epoch's architecture, to be estimated.
     *
     * @param fidelity of the estimate
     */
    public Optional<Proposal.Evaluate> answer(Fidelity fidelity) {
        return kept().map(
                        epoch ->
                                new Proposal.Evaluate(
                                        epoch.architecture(),
                                        fidelity,
                                        OptionalInt.empty(),
                                        epoch.learned()));
    }

    private static Optional<String> fired(Map<String, Double> metrics) {
        return metrics.keySet().stream()
                .filter(name -> Metrics.ruleOf(name).isPresent())
                .findFirst();
    }
}
