package io.nas4j.trial;

import io.nas4j.space.Architecture;
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
     * Whether an earlier estimate of the same network was served again.
     *
     * @return true for a repeat
     */
    public boolean reused() {
        return outcome instanceof Outcome.Completed completed && completed.reuses().isPresent();
    }
}
