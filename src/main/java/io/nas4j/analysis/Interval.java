package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import java.util.Locale;
import org.apache.commons.statistics.distribution.BetaDistribution;

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
