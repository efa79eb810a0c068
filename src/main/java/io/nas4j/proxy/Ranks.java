package io.nas4j.proxy;

import java.util.Arrays;

/** Where a score stands among those of a sample. */
final class Ranks {

    private final double[] sorted;
    private final double spread;

    /**
     * Ranks by a sample.
     *
     * @param sample at least one finite score, any order
     */
    Ranks(double[] sample) {
        sorted = sample.clone();
        Arrays.sort(sorted);
        double quartiles = quantile(0.75) - quantile(0.25);
        double range = sorted[sorted.length - 1] - sorted[0];
        spread = quartiles > 0 ? quartiles : range > 0 ? range : 1;
    }

    private double quantile(double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /**
     * The share of the sample below a score, half of its equals included; straight in between.
     *
     * @return from 0, the sample's least, to 1; a quarter more a distance between its quartiles
     *     beyond
     */
    double of(double score) {
        int last = sorted.length - 1;
        if (score < sorted[0]) {
            return -Math.min(1, (sorted[0] - score) / spread) / 4;
        }
        if (score > sorted[last]) {
            return 1 + (score - sorted[last]) / spread / 4;
        }
        if (last == 0) {
            return 0.5;
        }
        int from = 0;
        while (sorted[from] < score) {
            from++;
        }
        if (sorted[from] > score) {
            double way = (score - sorted[from - 1]) / (sorted[from] - sorted[from - 1]);
            return (from - 1 + way) / last;
        }
        int to = from;
        while (to < last && sorted[to + 1] == score) {
            to++;
        }
        return (from + to) / 2.0 / last;
    }
}
