package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Where a number lies with 95 % confidence.
 *
 * @param low its lower end
 * @param high its upper end, at least {@code low}
 */
public record Interval(double low, double high) {

    /** Half of what a confidence interval of 95 % leaves out. */
    private static final double TAIL = 0.025;

    public Interval {
        require(low <= high, "an interval goes from low to high, but from %s to %s.", low, high);
    }

    /**
     * The exact interval of Clopper and Pearson for a share.
     *
     * @param good how many of them, from 0 to {@code n}
     * @param n how many were looked at, at least 1
     * @return within [0, 1]
     */
    public static Interval ofShare(long good, long n) {
        require(
                n >= 1 && good >= 0 && good <= n,
                "a share is of at least one, and none is negative, but was %d of %d.",
                good,
                n);
        return new Interval(lowOfShare(good, n), highOfShare(good, n));
    }

    /**
     * Student's interval for the mean of what the values were drawn from.
     *
     * @param values two or more, finite
     * @return about their mean
     */
    public static Interval ofMean(double... values) {
        require(
                values.length >= 2,
                "an interval of a mean needs two values or more, but got %d. Try more seeds.",
                values.length);
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double error = Math.sqrt(squares / (values.length - 1) / values.length);
        double quantile = TDistribution.of(values.length - 1).inverseSurvivalProbability(TAIL);
        return new Interval(mean - quantile * error, mean + quantile * error);
    }

    static double lowOfShare(long good, long n) {
        return good == 0
                ? 0
                : BetaDistribution.of(good, n - good + 1.0).inverseCumulativeProbability(TAIL);
    }

    static double highOfShare(long good, long n) {
        return good == n
                ? 1
                : BetaDistribution.of(good + 1.0, n - good).inverseSurvivalProbability(TAIL);
    }

    /** For example {@code [0.871, 0.903]}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "[%.3f, %.3f]", low, high);
    }
}
