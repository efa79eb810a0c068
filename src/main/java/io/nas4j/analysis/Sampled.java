package io.nas4j.analysis;

import java.util.Locale;

/**
 * A statistic of a sample and its 95% confidence interval.
 *
 * @param value of the sample
 * @param low lower end of the interval
 * @param high upper end
 */
public record Sampled(double value, double low, double high) {

    /**
     * Whether a value lies in the interval: the sample does not tell the statistic from it.
     *
     * @param other in the statistic's unit
     * @return true at the ends too
     */
    public boolean covers(double other) {
        return low <= other && other <= high;
    }

    /**
     * Half of the interval's width.
     *
     * @return at least 0
     */
    public double halfWidth() {
        return (high - low) / 2;
    }

    /** For example {@code 0.62 [0.41, 0.79]}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", value + 0.0, low + 0.0, high + 0.0);
    }
}
