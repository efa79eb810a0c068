package io.nas4j.sharing;

import static io.nas4j.space.Require.require;

import io.nas4j.train.Memory;
import io.nas4j.trial.ResourceEstimate;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a supernet's steps take, by a few steps with small batches: memory and time of a step are a
 * line over the number of images in it.
 *
 * @param bytes of memory at the peak of a step
 * @param stepSeconds of a step
 * @param evaluationSeconds of an evaluation
 * @param limit bytes that there are
 */
public record DryRun(Line bytes, Line stepSeconds, Line evaluationSeconds, long limit) {

    /** Paths drawn, among which the largest is about as large as any that a search will meet. */
    public static final int DRAWS = 50;

    /** Paths drawn, whose mean time is about that of all. */
    public static final int VARIETY = 4;

    /** The last tenth of the memory is left to others. */
    private static final double SHARE = 0.9;

    /** What is measured; each call frees all that it used. */
    public interface Work {
        /** One step as an epoch does many. */
        void step(int images);

        /** The fewest images that a step can have. */
        default int smallest() {
            return 2;
        }

        /** The step and the evaluation that take the most memory. */
        void largest(int images);

        /** How many steps one after the other are a fair sample of all. */
        int variety();

        /** As an epoch's end does, with several times as many images as a step. */
        void evaluate(int images);
    }

    /**
     * A straight line.
     *
     * @param fixed at no image
     * @param each more for one image more; never negative
     */
    public record Line(double fixed, double each) {
        public static Line through(double x1, double y1, double x2, double y2) {
            double each = Math.max(0, (y2 - y1) / (x2 - x1));
            return new Line(y2 - each * x2, each);
        }

        public double at(double x) {
            return fixed + each * x;
        }
    }

    /**
     * Measures.
     *
     * @param memory of the device
     * @param batch images of a real step, at least 2
     * @param work what to measure
     * @return the lines
     */
    public static DryRun of(Memory memory, int batch, Work work) {
        return of(memory, batch, Sample.first(memory, batch, work), work);
    }

    /**
     * Refuses what would not fit, before anything is trained. The closer look is taken only where a
     * first one, at a small batch, leaves a doubt.
     *
     * @param name of the strategy
     * @param lighter strategies that need less memory, as words of an advice; may be empty
     * @throws IllegalArgumentException with the largest batch that would do
     */
    public static void requireFits(
            Memory memory, int batch, Work work, String name, String lighter) {
        Sample first = Sample.first(memory, batch, work);
        // as if all that the process holds were there once for each small batch in a real one
        if (first.bytes() * batch / first.images() > SHARE * memory.limit()) {
            of(memory, batch, first, work).requireFits(batch, name, lighter);
        }
    }

    private static DryRun of(Memory memory, int batch, Sample first, Work work) {
        long limit = memory.limit();
        int few = first.images();
        int many = Math.max(few + work.smallest(), batch / 2);
        if (first.bytes() * many / few > SHARE * limit) {
            many =
                    few
                            + Math.max(
                                    work.smallest(),
                                    few / 2); // half of the batch might not fit itself
        }
        Sample second = Sample.of(memory, many, work);
        return new DryRun(
                Line.through(few, first.bytes(), many, second.bytes()),
                Line.through(few, first.step(), many, second.step()),
                Line.through(few, first.evaluation(), many, second.evaluation()),
                limit);
    }

    private record Sample(int images, double bytes, double step, double evaluation) {
        public static Sample first(Memory memory, int batch, Work work) {
            work.step(work.smallest()); // libraries are loaded, kernels chosen
            return of(memory, Math.max(work.smallest(), batch / 8), work);
        }

        public static Sample of(Memory memory, int images, Work work) {
            Memory.Watch watch = memory.watch();
            double step;
            double evaluation;
            try (watch) {
                work.largest(images);
                step = seconds(() -> work.step(images), work.variety());
                evaluation = seconds(() -> work.evaluate(images), 1);
            }
            return new Sample(images, watch.peak().orElse(0), step, evaluation);
        }
    }

    private static double seconds(Runnable work, int times) {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return (System.nanoTime() - start) / 1e9 / times;
    }

    /**
     * Estimates so many epochs.
     *
     * @param batch images a step
     * @param epochs how many
     * @param steps of an epoch
     * @param evaluations of an epoch
     */
    public ResourceEstimate estimate(int batch, int epochs, double steps, double evaluations) {
        String what = epochs + (epochs == 1 ? " epoch" : " epochs") + " of the supernet";
        return estimate(batch, epochs, steps, evaluations, what);
    }

    /**
     * The same of anything that is done several times.
     *
     * @param what in words, for example {@code 100 candidates}
     */
    public ResourceEstimate estimate(
            int batch, int times, double steps, double evaluations, String what) {
        double once = stepSeconds.at(batch) * steps + evaluationSeconds.at(batch) * evaluations;
        long peak = Math.round(bytes.at(batch));
        return new ResourceEstimate(
                        peak > 0 ? OptionalLong.of(peak) : OptionalLong.empty(),
                        Math.round(SHARE * limit),
                        Duration.ofNanos(Math.round(1e9 * once)),
                        List.of())
                .times(times, what);
    }

    /**
     * Refuses what would not fit, before anything is trained.
     *
     * @param batch images a step
     * @param name of the strategy
     * @param lighter strategies that need less memory, as words of an advice; may be empty
     * @throws IllegalArgumentException with the largest batch that would do
     */
    public void requireFits(int batch, String name, String lighter) {
        double peak = bytes.at(batch);
        int largest = (int) ((SHARE * limit - bytes.fixed()) / Math.max(1, bytes.each()));
        require(
                peak <= SHARE * limit,
                "%s with batch %d needs about %s of memory at its peak, but there are %s. Try %s.",
                name,
                batch,
                ResourceEstimate.size(peak),
                ResourceEstimate.size(limit),
                (largest >= 4 ? "batch(" + largest + "), " : "")
                        + (lighter.isEmpty() ? "" : lighter + ", ")
                        + "a smaller resolution(..), or a space with fewer channels");
    }
}
