package io.nas4j.train;

import io.nas4j.data.Data;
import io.nas4j.trial.Point;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/** A problem that is learnt in seconds: which quarter of a noisy image is bright. */
final class Squares {

    private Squares() {}

    static Data data(int n) {
        int side = 8;
        SplittableRandom random = new SplittableRandom(11);
        byte[] pixels = new byte[n * side * side];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 4;
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    boolean bright = y / 4 == labels[i] / 2 && x / 4 == labels[i] % 2;
                    int value = random.nextInt(150) + (bright ? 60 : 0);
                    pixels[(i * side + y) * side + x] = (byte) value;
                }
            }
        }
        return Data.images("squares", pixels, 1, side, side, labels, List.of("a", "b", "c", "d"));
    }

    /** A context that writes down what it is told. */
    static class Recorder implements TrialContext {
        final List<Point> reports = new ArrayList<>();
        final List<Double> fractions = new ArrayList<>();
        int asked;
        private final long seed;
        private final IntPredicate proceed;

        /** Proceeds always. */
        Recorder(long seed) {
            this(seed, asked -> true);
        }

        /** Proceeds as long as the number of the question allows it. */
        Recorder(long seed, IntPredicate proceed) {
            this.seed = seed;
            this.proceed = proceed;
        }

        @Override
        public long seed() {
            return seed;
        }

        @Override
        public boolean report(int step, double score) {
            reports.add(new Point(step, score));
            return true;
        }

        @Override
        public boolean proceed() {
            return proceed.test(asked++);
        }

        @Override
        public void progress(double fraction) {
            fractions.add(fraction);
        }
    }
}
