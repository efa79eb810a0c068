package io.nas4j.estimate;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One measurement of one architecture.
 *
 * @param architecture what was measured
 * @param epochs after how many epochs; 0 where that does not matter
 * @param seed which repetition
 * @param estimate score, metrics, and the cost of training that far
 */
public record TableRow(Architecture architecture, int epochs, long seed, Estimate estimate) {

    /**
     * A row without a cost.
     *
     * @param architecture what was measured
     * @param score finite, higher is better
     * @return a row of one repetition
     */
    public static TableRow of(Architecture architecture, double score) {
        return new TableRow(architecture, 0, 0, Estimate.of(score));
    }

    /**
     * A measurement with its price.
     *
     * @param architecture what was measured
     * @param score higher is better
     * @param seconds what it took
     * @return a row
     */
    public static TableRow of(Architecture architecture, double score, double seconds) {
        return new TableRow(
                architecture,
                0,
                0,
                new Estimate(score, Map.of(), List.of(), Cost.of(duration(seconds))));
    }

    /**
     * The same measurement after some epochs.
     *
     * @param other how many
     * @return a row
     */
    public TableRow epochs(int other) {
        return new TableRow(architecture, other, seed, estimate);
    }

    /**
     * The same measurement as a repetition.
     *
     * @param other which
     * @return a row
     */
    public TableRow seed(long other) {
        return new TableRow(architecture, epochs, other, estimate);
    }

    static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
