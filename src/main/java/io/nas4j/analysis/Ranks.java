package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How alike two rankings of the same things are. Only the order of the scores matters; equal scores
 * are ties.
 */
final class Ranks {

    private static final long LOW = 0xffffffffL;

    private Ranks() {}

    /**
     * Kendall's tau-b: of all pairs that neither side ties, the share in one order less the share
     * in opposite order, scaled so that ties on one side alone cost something. In O(n log n), as
     * Knight's (1966).
     *
     * @param x one score each, finite
     * @param y as many, finite
     * @return in [-1, 1]; empty where one side is all ties, or there are fewer than two scores
     * @see <a href="https://doi.org/10.1093/biomet/33.3.239">Kendall, 1945</a>
     */
    public static OptionalDouble kendall(double[] x, double[] y) {
        requireEqual(x, y);
        return present(kendall(codes(dense(x), dense(y))));
    }

    /**
     * Spearman's rho: the correlation of the ranks, tied scores having the mean of theirs.
     *
     * @param x one score each, finite
     * @param y as many, finite
     * @return in [-1, 1]; empty where one side is all ties, or there are fewer than two scores
     */
    public static OptionalDouble spearman(double[] x, double[] y) {
        requireEqual(x, y);
        return present(spearman(codes(dense(x), dense(y))));
    }

    /**
     * Precision at k: the share of the k best by {@code x} that are among the k best by {@code y}.
     * Where the k-th place is tied, its mean over all ways to break the ties.
     *
     * @param x one score each, finite; higher is better
     * @param y as many, finite; higher is better
     * @param k in [1, n]
     * @return in [0, 1]; k / n by chance
     */
    public static double precision(double[] x, double[] y, int k) {
        requireEqual(x, y);
        require(
                k >= 1 && k <= x.length,
                "k must be between 1 and the %d scores, but is %d.",
                x.length,
                k);
        return precision(dense(x), dense(y), all(x.length), k);
    }

    /**
     * The share of pairs that have equal scores.
     *
     * @param scores at least 2, finite
     * @return in [0, 1]
     */
    public static double ties(double[] scores) {
        require(scores.length >= 2, "ties need at least 2 scores, but got %d.", scores.length);
        long[] sorted = Arrays.stream(dense(scores)).asLongStream().sorted().toArray();
        return (double) tied(sorted, LOW) / pairs(sorted.length);
    }

    private static void requireEqual(double[] x, double[] y) {
        require(
                x.length == y.length,
                "two rankings must be of the same things, but have %d and %d scores.",
                x.length,
                y.length);
    }

    private static OptionalDouble present(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Ranks from 0, the same for equal scores. */
    static int[] dense(double[] scores) {
        for (double score : scores) {
            require(
                    Double.isFinite(score),
                    "scores to be ranked must be finite, but got %s.",
                    score);
        }
        // -0 and 0 are one score
        double[] plain = Arrays.stream(scores).map(score -> score + 0.0).toArray();
        double[] values = Arrays.stream(plain).sorted().distinct().toArray();
        return Arrays.stream(plain).mapToInt(s -> Arrays.binarySearch(values, s)).toArray();
    }

    static int[] all(int n) {
        int[] result = new int[n];
        Arrays.setAll(result, i -> i);
        return result;
    }

    /** One number a thing, which sorts by x and then by y. */
    static long[] codes(int[] x, int[] y) {
        long[] codes = new long[x.length];
        Arrays.setAll(codes, i -> (long) x[i] << 32 | y[i]);
        return codes;
    }

    /** NaN where one side is all ties; sorts the argument. */
    static double kendall(long[] codes) {
        Arrays.sort(codes);
        long[] y = Arrays.stream(codes).map(code -> code & LOW).toArray();
        long pairs = pairs(codes.length);
        long tiedX = tied(codes, LOW << 32);
        long tiedBoth = tied(codes, -1);
        long swaps = sort(y, new long[y.length], 0, y.length);
        long tiedY = tied(y, LOW);
        double scale = Math.sqrt((double) (pairs - tiedX) * (pairs - tiedY));
        double tau = (pairs - tiedX - tiedY + tiedBoth - 2.0 * swaps) / scale;
        return scale == 0 ? Double.NaN : Math.max(-1, Math.min(1, tau));
    }

    private static long pairs(long n) {
        return n * (n - 1) / 2;
    }

    /** Pairs of neighbours in a sorted array that are equal in some bits. */
    private static long tied(long[] sorted, long bits) {
        long tied = 0;
        long run = 0;
        for (int i = 1; i < sorted.length; i++) {
            run = (sorted[i] & bits) == (sorted[i - 1] & bits) ? run + 1 : 0;
            tied += run;
        }
        return tied;
    }

    /** Merge sort; returns how many pairs were in the wrong order. */
    private static long sort(long[] values, long[] spare, int from, int to) {
        if (to - from < 2) {
            return 0;
        }
        int middle = (from + to) >>> 1;
        long swaps = sort(values, spare, from, middle) + sort(values, spare, middle, to);
        System.arraycopy(values, from, spare, from, to - from);
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            boolean takesLeft = right == to || (left < middle && spare[left] <= spare[right]);
            swaps += takesLeft ? 0 : middle - left;
            values[at] = takesLeft ? spare[left++] : spare[right++];
        }
        return swaps;
    }

    /** NaN where one side is all ties. */
    static double spearman(long[] codes) {
        double[] x = middles(Arrays.stream(codes).mapToInt(code -> (int) (code >> 32)).toArray());
        double[] y = middles(Arrays.stream(codes).mapToInt(code -> (int) code).toArray());
        double mean = (codes.length - 1) / 2.0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }
        double rho = xy / Math.sqrt(xx * yy);
        return xx == 0 || yy == 0 ? Double.NaN : Math.max(-1, Math.min(1, rho));
    }

    /** Ranks from 0, tied ones having the mean of theirs. */
    private static double[] middles(int[] dense) {
        int[] count = new int[Arrays.stream(dense).max().orElse(0) + 1];
        for (int rank : dense) {
            count[rank]++;
        }
        double[] middle = new double[count.length];
        int below = 0;
        for (int rank = 0; rank < count.length; rank++) {
            middle[rank] = below + (count[rank] - 1) / 2.0;
            below += count[rank];
        }
        return Arrays.stream(dense).mapToDouble(rank -> middle[rank]).toArray();
    }

    /**
     * Of things drawn with replacement; copies of one thing stand in one order in both rankings, so
     * that being drawn twice is no tie.
     */
    static double precision(int[] x, int[] y, int[] drawn, int k) {
        int[] copies = new int[x.length];
        int[] copy = new int[drawn.length];
        for (int i = 0; i < drawn.length; i++) {
            copy[i] = copies[drawn[i]]++;
        }
        double[] byX = chances(x, drawn, copy, k);
        double[] byY = chances(y, drawn, copy, k);
        double both = 0;
        for (int i = 0; i < drawn.length; i++) {
            both += byX[i] * byY[i];
        }
        return both / k;
    }

    /** How probable it is that each is among the k best, ties being broken by chance. */
    private static double[] chances(int[] ranks, int[] drawn, int[] copy, int k) {
        long[] keys = new long[drawn.length];
        Arrays.setAll(keys, i -> (long) -ranks[drawn[i]] << 32 | copy[i]);
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        long edge = sorted[k - 1];
        long before = Arrays.stream(keys).filter(key -> key < edge).count();
        long at = Arrays.stream(keys).filter(key -> key == edge).count();
        double share = (double) (k - before) / at;
        return Arrays.stream(keys)
                .mapToDouble(key -> key < edge ? 1 : key == edge ? share : 0)
                .toArray();
    }
}
