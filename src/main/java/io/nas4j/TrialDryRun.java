package io.nas4j;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.trial.TrialContext;
import java.time.Duration;

/** The beginning of a trial: stops it after a while, and tells how long the whole would take. */
final class TrialDryRun implements TrialContext {

    private static final long SHORT_NANOS = 1_000_000_000;

    /** The first steps are slow, and say little of the others. */
    private static final int WARM = 2;

    private final long seed;
    private int steps;
    private double from;
    private long fromNanos;
    private double done;
    private long doneNanos;
    private boolean stopped;

    TrialDryRun(long seed) {
        this.seed = seed;
    }

    /**
     * Runs the beginning.
     *
     * @return how long the whole takes
     * @throws IllegalStateException when it fails
     */
    Duration run(PerformanceEstimator.Session session, Candidate candidate)
            throws InterruptedException {
        long start = System.nanoTime();
        fromNanos = start;
        try {
            session.estimate(candidate, this);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(
                    "a dry run needs a candidate that can be estimated, but this failed: " + e, e);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted in a dry run");
        }
        double seconds =
                stopped && done > from
                        ? (doneNanos - fromNanos) / 1e9 / (done - from)
                        : (System.nanoTime() - start) / 1e9;
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public boolean report(int step, double score) {
        return proceed();
    }

    @Override
    public boolean proceed() {
        stopped |= steps > WARM && doneNanos - fromNanos > SHORT_NANOS;
        return !stopped && !Thread.currentThread().isInterrupted();
    }

    @Override
    public void progress(double fraction) {
        steps++;
        done = fraction;
        doneNanos = System.nanoTime();
        if (steps == WARM) {
            from = done;
            fromNanos = doneNanos;
        }
    }
}
