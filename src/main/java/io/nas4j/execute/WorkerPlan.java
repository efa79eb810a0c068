package io.nas4j.execute;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.ResourceEstimate;

/**
 * What each of several workers gets of a machine.
 *
 * @param workers how many
 * @param heap bytes of each, at most
 * @param threads of its native library
 */
record WorkerPlan(int workers, long heap, int threads) {

    private static final long MIB = 1L << 20;

    /** Classes, code, stacks and, of what trains, libtorch with the arrays of a small network. */
    private static final long PLAIN = 96 * MIB;

    private static final long ENGINE = 640 * MIB;
    private static final long LEAST_HEAP = 128 * MIB;
    private static final long MOST_HEAP = 1024 * MIB;

    /**
     * Shares a machine out.
     *
     * @param workers how many are wanted
     * @param data bytes of the examples
     * @param trains whether they load the engine
     * @param free bytes that may be used
     * @param cores of the machine
     * @throws IllegalArgumentException when the memory is not enough, with how many it is for
     */
    static WorkerPlan of(int workers, long data, boolean trains, long free, int cores) {
        long beside = trains ? ENGINE + data : PLAIN;
        long heap = LEAST_HEAP + 2 * data;
        long each = heap + beside;
        long fit = free / each;
        require(
                workers <= fit,
                "%d workers need about %s of memory, %s each, but %s are free. Try %s.",
                workers,
                ResourceEstimate.size((double) each * workers),
                ResourceEstimate.size(each),
                ResourceEstimate.size(free),
                fit < 1 ? "smaller data, or a search without workers" : ".workers(" + fit + ")");
        long spare = free / workers - beside;
        return new WorkerPlan(
                workers, Math.max(heap, Math.min(MOST_HEAP, spare)), Math.max(1, cores / workers));
    }

    /** The same with so many threads each. */
    WorkerPlan threads(int each) {
        return new WorkerPlan(workers, heap, each);
    }

    /** In the notation of the JVM's option. */
    String maxHeap() {
        return "-Xmx" + Math.max(1, heap / MIB) + "m";
    }
}
