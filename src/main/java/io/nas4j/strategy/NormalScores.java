package io.nas4j.strategy;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** The normal distribution where surrogates need it. */
final class NormalScores {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

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
                result[order[i]] = NORMAL.inverseCumulativeProbability((rank - 0.375) / (n + 0.25));
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
        double improvement = NORMAL.density(z) + z * NORMAL.cumulativeProbability(z);
        return Math.log(spread) + Math.log(Math.max(improvement, 1e-300));
    }
}
