package io.nas4j;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Attempt;
import io.nas4j.search.SearchSpec;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A trial run again: its architecture, at its fidelity, from its seed.
 *
 * @param trial the first time
 * @param again the second time
 * @param noise what two trainings that differ in their rounding alone may differ by: twice the
 *     standard error of the difference of two accuracies on the validation examples; 0 where
 *     nothing is trained
 * @param verdict of both
 */
public record Reproduction(Trial trial, Outcome again, double noise, Verdict verdict) {

    /** How the second score stands to the first. */
    public enum Verdict {
        /** The same number. */
        EQUAL("equal"),
        /** Another number, as close as rounding makes it. */
        WITHIN_NOISE("within noise"),
        /** Another number. */
        DIFFERENT("different"),
        /** No second score. */
        FAILED("failed");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** A trial of no search. */
    private record Again(long seed) implements TrialContext {
        @Override
        public boolean report(int step, double score) {
            return proceed();
        }

        @Override
        public boolean proceed() {
            return !Thread.currentThread().isInterrupted();
        }
    }

    /**
     * Runs a trial again.
     *
     * @param best what is asked for
     * @param origin where its estimate was made: itself, unless it is a repeat
     */
    static Reproduction of(SearchSpec search, Trial best, Trial origin) {
        PerformanceEstimator estimator = search.estimator();
        require(
                origin.measure().startsWith(estimator.measure()),
                "a trial of the strategy's own training (%s) cannot be run again alone. Try the"
                        + " whole search again from its seed.",
                origin.measure());
        if (estimator.inherits()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "a trial of %s cannot be run again alone: it began with the weights of"
                                    + " an earlier one. Try the whole search again from its seed.",
                            estimator.measure()));
        }
        Task task = search.task();
        Outcome again;
        try (PerformanceEstimator.Session session = estimator.open(task)) {
            again =
                    Attempt.estimate(
                                    session,
                                    new Candidate(
                                            origin.number(),
                                            task.space(),
                                            origin.architecture(),
                                            origin.fidelity(),
                                            OptionalInt.empty()),
                                    new Again(origin.seed()))
                            .outcome();
        }
        double noise = noise(task.data(), origin);
        return new Reproduction(best, again, noise, verdict(best, again, noise));
    }

    private static double noise(Data data, Trial trial) {
        double score = trial.score().orElseThrow();
        int examples = data.split().validation().length;
        boolean accuracy = trial.fidelity().epochs() > 0 && score >= 0 && score <= 1;
        return accuracy && examples > 0 ? 2 * Math.sqrt(2 * score * (1 - score) / examples) : 0;
    }

    private static Verdict verdict(Trial trial, Outcome again, double noise) {
        if (!(again instanceof Outcome.Completed completed)) {
            return Verdict.FAILED;
        }
        double difference = Math.abs(completed.estimate().score() - trial.score().orElseThrow());
        return difference == 0
                ? Verdict.EQUAL
                : difference <= noise ? Verdict.WITHIN_NOISE : Verdict.DIFFERENT;
    }

    /**
     * The second score.
     *
     * @return empty where it failed
     */
    public OptionalDouble score() {
        return again instanceof Outcome.Completed completed
                ? OptionalDouble.of(completed.estimate().score())
                : OptionalDouble.empty();
    }

    /** For example {@code trial 17 again: 0.8731 and 0.8731, equal}. */
    @Override
    public String toString() {
        String first = String.format(Locale.ROOT, "%.4f", trial.score().orElseThrow());
        return "trial "
                + trial.number()
                + " again: "
                + first
                + " and "
                + (score().isPresent()
                        ? String.format(Locale.ROOT, "%.4f", score().getAsDouble())
                        : again instanceof Outcome.Failed failed ? failed.reason() : "stopped")
                + ", "
                + verdict
                + (noise > 0 && verdict != Verdict.EQUAL
                        ? String.format(Locale.ROOT, " (± %.4f)", noise)
                        : "");
    }
}
