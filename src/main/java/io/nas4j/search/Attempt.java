package io.nas4j.search;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.TrialExecutor.Completion;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.Checkpoints;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Place;
import io.nas4j.trial.Point;
import io.nas4j.trial.TrialContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Runs one trial; whatever happens becomes an {@link Outcome}. For executors. */
public final class Attempt {

    private static final int DETAIL_LINES = 12;

    private Attempt() {}

    /**
     * Estimates.
     *
     * @param session of the estimator
     * @param candidate what to estimate
     * @param context the loop's
     * @return never throws; {@link Completion#fatal()} after a {@link LinkageError}
     */
    public static Completion estimate(
            PerformanceEstimator.Session session, Candidate candidate, TrialContext context) {
        Heard heard = new Heard(context);
        long start = System.nanoTime();
        try {
            Estimate estimate = session.estimate(candidate, heard);
            return new Completion(candidate.trial(), heard.outcome(estimate), false);
        } catch (Throwable thrown) {
            return new Completion(
                    candidate.trial(),
                    heard.outcome(thrown, start),
                    thrown instanceof LinkageError);
        }
    }

    /**
     * Runs a slice of a strategy's own training.
     *
     * @param slice what is trained
     * @param context the loop's
     * @return never throws
     */
    public static Advanced advance(Slice slice, TrialContext context) {
        Heard heard = new Heard(context);
        long start = System.nanoTime();
        try {
            Slice.Step step = slice.advance(heard);
            return new Advanced(Optional.of(step), heard.outcome(step.estimate()), false);
        } catch (Throwable thrown) {
            return new Advanced(
                    Optional.empty(), heard.outcome(thrown, start), thrown instanceof LinkageError);
        }
    }

    /**
     * What became of a slice.
     *
     * @param step empty when it threw
     * @param outcome how it ended
     * @param fatal as {@link Completion#fatal()}
     */
    public record Advanced(Optional<Slice.Step> step, Outcome outcome, boolean fatal) {}

    /** Remembers what passes through it: whether the trial was told to stop, and its curve. */
    static final class Heard implements TrialContext {
        private final TrialContext context;
        private final List<Point> curve = new ArrayList<>(0);
        private boolean refused;

        Heard(TrialContext context) {
            this.context = context;
        }

        @Override
        public long seed() {
            return context.seed();
        }

        @Override
        public boolean report(int step, double score) {
            curve.add(new Point(step, score));
            return heed(context.report(step, score));
        }

        @Override
        public boolean proceed() {
            return heed(context.proceed());
        }

        @Override
        public void progress(double fraction) {
            context.progress(fraction);
        }

        @Override
        public void phase(String phase) {
            context.phase(phase);
        }

        @Override
        public void placed(Place place) {
            context.placed(place);
        }

        @Override
        public Checkpoints checkpoints() {
            return context.checkpoints();
        }

        private boolean heed(boolean proceed) {
            refused |= !proceed;
            return proceed;
        }

        /** An estimate that was not told to stop is a whole one, even if a stop is now wanted. */
        Outcome outcome(Estimate estimate) {
            if (estimate == null) {
                return new Outcome.Failed("the estimator returned null", "", Cost.ZERO);
            }
            if (refused) {
                return new Outcome.Stopped(
                        "stopped",
                        estimate.curve().isEmpty() ? curve : estimate.curve(),
                        estimate.cost());
            }
            if (!Double.isFinite(estimate.score())) {
                return new Outcome.Failed("the score is " + estimate.score(), "", estimate.cost());
            }
            for (Map.Entry<String, Double> metric : estimate.metrics().entrySet()) {
                if (!Double.isFinite(metric.getValue())) {
                    return new Outcome.Failed(
                            "the metric \"" + metric.getKey() + "\" is " + metric.getValue(),
                            "",
                            estimate.cost());
                }
            }
            return new Outcome.Completed(estimate);
        }

        /**
         * Whether it ended because the search is to stop; only the search itself can say so. An
         * interrupt that a blocking call has taken off this thread is put back, for the search to
         * see; one that the search knows nothing of does not reach the next trial.
         */
        private boolean isStopped(Throwable thrown) {
            if (refused) {
                return true;
            }
            if (Interruption.tookFlag(thrown)) {
                Thread.currentThread().interrupt();
            }
            if (!Thread.currentThread().isInterrupted()) {
                return false;
            }
            boolean proceed = proceed();
            if (proceed) {
                Thread.interrupted();
            }
            return !proceed;
        }

        Outcome outcome(Throwable thrown, long start) {
            Cost cost = Cost.of(Duration.ofNanos(System.nanoTime() - start));
            return isStopped(thrown)
                    ? new Outcome.Stopped("stopped", curve, cost)
                    : new Outcome.Failed(Outcome.Failed.reason(thrown), detail(thrown), cost);
        }
    }

    private static String detail(Throwable thrown) {
        Throwable root = Outcome.Failed.root(thrown);
        StringBuilder text = new StringBuilder(thrown.toString());
        if (root != thrown) {
            text.append("\ncaused by ").append(root);
        }
        StackTraceElement[] frames = root.getStackTrace();
        for (int i = 0; i < Math.min(DETAIL_LINES, frames.length); i++) {
            text.append("\n    at ").append(frames[i]);
        }
        if (frames.length > DETAIL_LINES) {
            text.append(
                    String.format(Locale.ROOT, "\n    … %d more", frames.length - DETAIL_LINES));
        }
        return text.toString();
    }
}
