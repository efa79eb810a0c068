package io.nas4j.strategy;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The normal distribution where surrogates need it. */
final class NormalScores {

    private NormalScores() {}

    /**
     * Normal quantiles of ranks (Blom's), equal values sharing the mean of theirs.
     *
     * @param values any numbers
     * @return one number a value, of mean 0 and deviation about 1
     */
    static double[] of(List<Double> values) {
        int n = values.size();
        int[] order =
                IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble(values::get))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double[] result = new double[n];
        for (int from = 0; from < n; ) {
            int to = from;
            while (to < n && values.get(order[to]).equals(values.get(order[from]))) {
                to++;
            }
            double rank = (from + 1 + to) / 2.0;
            for (int i = from; i < to; i++) {
                result[order[i]] = quantile((rank - 0.375) / (n + 0.25));
            }
            from = to;
        }
        return result;
    }

    /**
     * Of a normal prediction over a threshold.
     *
     * @param mean predicted
     * @param deviation predicted, at least 0
     * @param best to be improved on
     * @return the logarithm, so that hopeless candidates still compare
     */
    static double expectedImprovement(double mean, double deviation, double best) {
        double spread = Math.max(deviation, 1e-9);
        double z = (mean - best) / spread;
        if (z < -25) {
            // asymptotically density / z²
            return Math.log(spread) - z * z / 2 - 2 * Math.log(-z);
        }
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        return Math.log(spread) + Math.log(Math.max(density + z * cumulative(z), 1e-300));
    }

    /** By Abramowitz and Stegun 7.1.26 refined: the tail's continued fraction below -3. */
    static double cumulative(double z) {
        if (z > 0) {
            return 1 - cumulative(-z);
        }
        double x = -z;
        double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        if (x > 3) {
            double fraction = x;
            for (int k = 40; k >= 1; k--) {
                fraction = x + k / fraction;
            }
            return density / fraction;
        }
        double term = x;
        double sum = x;
        for (int k = 1; k < 60; k++) {
            term *= x * x / (2 * k + 1);
            sum += term;
        }
        return 0.5 - density * sum;
    }

    /** Bisection on {@link #cumulative}. */
    static double quantile(double probability) {
        double low = -8;
        double high = 8;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (cumulative(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
