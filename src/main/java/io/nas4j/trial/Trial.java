package io.nas4j.trial;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One candidate and how it fared.
 *
 * @param number from 0, dense
 * @param architecture the candidate
 * @param measure what produced the score, for example {@code train(epochs=10)}; scores are
 *     comparable within one measure only
 * @param fidelity how much was to be spent
 * @param seed what the estimate's randomness came from
 * @param continues the number of the trial whose training it went on with
 * @param outcome how it ended
 */
public record Trial(
        int number,
        Architecture architecture,
        String measure,
        Fidelity fidelity,
        long seed,
        OptionalInt continues,
        Outcome outcome) {

    /**
     * The score.
     *
     * @return present when completed
     */
    public OptionalDouble score() {
        return outcome instanceof Outcome.Completed completed
                ? OptionalDouble.of(completed.estimate().score())
                : OptionalDouble.empty();
    }

    /**
     * The score as a plain number, to sort and to draw by.
     *
     * @return NaN where there is none
     */
    public double value() {
        return score().orElse(Double.NaN);
    }

    /**
     * What else was measured.
     *
     * @return by name; empty unless completed
     */
    public Map<String, Double> metrics() {
        return outcome instanceof Outcome.Completed completed
                ? completed.estimate().metrics()
                : Map.of();
    }

    /**
     * What the strategy believed when the trial was completed.
     *
     * @return empty where it tells of no weights
     */
    public OptionWeights learned() {
        return outcome instanceof Outcome.Completed completed
                ? completed.learned()
                : OptionWeights.NONE;
    }

    /**
     * The scores in the course of its training, as far as it came.
     *
     * @return by step; empty where nothing was reported, or it failed
     */
    public List<Point> curve() {
        if (outcome instanceof Outcome.Completed completed) {
            return completed.estimate().curve();
        }
        return outcome instanceof Outcome.Stopped stopped ? stopped.curve() : List.of();
    }

    /**
     * Whether it was stopped before its end.
     *
     * @return false for a completed or a failed one
     */
    public boolean stopped() {
        return outcome instanceof Outcome.Stopped;
    }

    /**
     * What it cost; nothing where an earlier estimate was reused.
     *
     * @return never null
     */
    public Cost cost() {
        if (outcome instanceof Outcome.Completed completed) {
            Cost cost = completed.estimate().cost();
            return completed.reuses().isEmpty()
                    ? cost
                    : new Cost(java.time.Duration.ZERO, cost.parameters(), cost.multiplyAdds());
        }
        return outcome instanceof Outcome.Stopped stopped
                ? stopped.cost()
                : ((Outcome.Failed) outcome).cost();
    }

    /**
     * The trial that it repeats: whose estimate was served again.
     *
     * @return its number; empty for a trial that was really run
     */
    public OptionalInt repeats() {
        return outcome instanceof Outcome.Completed completed
                ? completed.reuses()
                : OptionalInt.empty();
    }

    /**
     * Whether an earlier estimate of the same network was served again.
     *
     * @return true for a repeat
     */
    public boolean reused() {
        return repeats().isPresent();
    }

    /**
     * Whether its score was really estimated for it: neither served again nor predicted.
     *
     * @return false too where it has no score
     */
    public boolean real() {
        return !reused()
                && outcome instanceof Outcome.Completed completed
                && !completed.estimate().metrics().containsKey(Metrics.UNCERTAINTY);
    }

    /**
     * This trial as a part of the history counts it.
     *
     * @param start the number of the part's first trial, at most {@link #number()}
     * @return a trial that begins to count there; what it continues or repeats from before the part
     *     is left out
     */
    public Trial renumbered(int start) {
        return new Trial(
                number - start,
                architecture,
                measure,
                fidelity,
                seed,
                from(continues, start),
                outcome instanceof Outcome.Completed completed
                        ? new Outcome.Completed(
                                completed.estimate(),
                                completed.learned(),
                                from(completed.reuses(), start))
                        : outcome);
    }

    /**
     * This trial with another number; what it continues or repeats is left as it is.
     *
     * @param other from 0
     * @return a copy
     */
    public Trial numbered(int other) {
        return new Trial(other, architecture, measure, fidelity, seed, continues, outcome);
    }

    private static OptionalInt from(OptionalInt trial, int start) {
        return trial.isPresent() && trial.getAsInt() >= start
                ? OptionalInt.of(trial.getAsInt() - start)
                : OptionalInt.empty();
    }
}
