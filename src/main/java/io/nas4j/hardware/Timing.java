package io.nas4j.hardware;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How long something takes that is done again and again.
 *
 * <p>The first passes, 10 of them or half a second, warm up and do not count. Then passes are timed
 * until the median is known to 2 percent: until 1.57 interquartile ranges over the root of their
 * number, half a 95 % interval, is within that. That takes 20 at least and 500 at most; after a
 * second five are enough.
 *
 * @param low the lower quartile in milliseconds
 * @param median in milliseconds
 * @param high the upper quartile in milliseconds
 * @param passes how many were timed
 * @see <a href="https://doi.org/10.1080/00031305.1978.10479236">McGill, Tukey and Larsen, 1978:
 *     notches around medians</a>
 */
record Timing(double low, double median, double high, int passes) {

    private static final int WARM_UP = 10;
    private static final int LEAST = 5;
    private static final int JUDGED = 20;
    private static final int MOST = 500;
    private static final double ENOUGH_NANOS = 1e9;
    private static final double PRECISION = 0.02;

    static Timing of(Runnable pass, LongSupplier clock) {
        warmUp(pass, clock);
        double[] nanos = new double[MOST];
        double spent = 0;
        int passes = 0;
        Timing timing = null;
        while (timing == null) {
            long start = clock.getAsLong();
            pass.run();
            nanos[passes] = clock.getAsLong() - start;
            spent += nanos[passes++];
            boolean isLast = passes == MOST || passes >= LEAST && spent >= ENOUGH_NANOS;
            if (isLast || passes >= JUDGED && passes % LEAST == 0) {
                Timing now = quartiles(Arrays.copyOf(nanos, passes));
                timing = isLast || now.isStable() ? now : null;
            }
        }
        return timing;
    }

    private static void warmUp(Runnable pass, LongSupplier clock) {
        long start = clock.getAsLong();
        for (int i = 0; i < WARM_UP && clock.getAsLong() - start < ENOUGH_NANOS / 2; i++) {
            pass.run();
        }
    }

    private static Timing quartiles(double[] nanos) {
        Arrays.sort(nanos);
        return new Timing(
                quantile(nanos, 0.25), quantile(nanos, 0.5), quantile(nanos, 0.75), nanos.length);
    }

    /** Between the two nearest, in milliseconds. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return (sorted[below] + (place - below) * (sorted[above] - sorted[below])) / 1e6;
    }

    /** The interquartile range in milliseconds. */
    double range() {
        return high - low;
    }

    private boolean isStable() {
        return 1.57 * range() / Math.sqrt(passes) <= PRECISION * median;
    }
}
