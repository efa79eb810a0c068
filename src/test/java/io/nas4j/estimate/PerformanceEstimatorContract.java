package io.nas4j.estimate;

import io.nas4j.search.Attempt;
import io.nas4j.search.TrialExecutor.Completion;
import io.nas4j.space.Architecture;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every estimator must keep. Extend it in a test class, or call {@link #verify} from a
 * notebook cell:
 *
 * <pre>{@code
 * PerformanceEstimatorContract.verify(new MyEstimator(), task);
 * }</pre>
 *
 * <p>It needs no test library at run time.
 */
public abstract class PerformanceEstimatorContract {

    /** The estimator; a new description of one configuration at each call. */
    protected abstract PerformanceEstimator estimator();

    /** A task that the estimator fits. */
    protected abstract Task task();

    /** The estimator configured otherwise, so that its scores mean something else. */
    protected Optional<PerformanceEstimator> other() {
        return Optional.empty();
    }

    /** A task that must be refused before anything is estimated. */
    protected Optional<Task> unfit() {
        return Optional.empty();
    }

    /** What is estimated: three architectures that the estimator knows. */
    protected List<Architecture> architectures() {
        return IntStream.range(0, 3)
                .mapToObj(i -> task().space().sample(new SplittableRandom(i)))
                .toList();
    }

    /**
     * Runs every check on one estimator; throws an {@link AssertionError} at the first broken one.
     *
     * @param estimator with its settings
     * @param task that it fits
     * @throws Exception what the estimator throws
     */
    public static void verify(PerformanceEstimator estimator, Task task) throws Exception {
        PerformanceEstimatorContract contract =
                new PerformanceEstimatorContract() {
                    @Override
                    protected PerformanceEstimator estimator() {
                        return estimator;
                    }

                    @Override
                    protected Task task() {
                        return task;
                    }
                };
        contract.scoresAreFiniteAndCostsAtLeastZero();
        contract.sameCandidateAndSeedSameEstimate();
        contract.earlierCandidatesDoNotMatter();
        contract.anotherThreadMayGoOn();
        contract.refusedReportStops();
        contract.closesTwice();
        contract.measureNamesTheConfiguration();
        contract.useLeavesTheDescriptionAsItWas();
    }

    @Test
    void scoresAreFiniteAndCostsAtLeastZero() throws Exception {
        for (Architecture architecture : architectures()) {
            Estimate estimate = estimate(architecture, new Context(5, Integer.MAX_VALUE));
            check(Double.isFinite(estimate.score()), "a score must be finite: %s.", estimate);
            check(
                    !estimate.cost().compute().isNegative() && estimate.cost().parameters() >= 0,
                    "a cost must be at least 0: %s.",
                    estimate.cost());
        }
    }

    @Test
    void sameCandidateAndSeedSameEstimate() throws Exception {
        Architecture architecture = architectures().get(0);
        Context first = new Context(5, Integer.MAX_VALUE);
        Context second = new Context(5, Integer.MAX_VALUE);
        requireEqual(
                estimate(architecture, first),
                estimate(architecture, second),
                "the same candidate and seed must get the same estimate in two sessions. Try to"
                        + " draw from context.seed() alone");
        check(
                first.reported == second.reported,
                "the same candidate and seed must make the same reports, but made %d and %d.",
                first.reported,
                second.reported);
    }

    @Test
    void earlierCandidatesDoNotMatter() throws Exception {
        List<Architecture> all = architectures();
        Estimate alone = estimate(all.get(0), new Context(5, Integer.MAX_VALUE));
        try (PerformanceEstimator.Session session = estimator().open(task())) {
            session.estimate(candidate(0, all.get(1)), new Context(6, Integer.MAX_VALUE));
            requireEqual(
                    session.estimate(candidate(1, all.get(0)), new Context(5, Integer.MAX_VALUE)),
                    alone,
                    "a candidate that continues none must not depend on what was estimated before");
        }
    }

    @Test
    void anotherThreadMayGoOn() throws Exception {
        Architecture architecture = architectures().get(0);
        Estimate here = estimate(architecture, new Context(5, Integer.MAX_VALUE));
        try (PerformanceEstimator.Session session = estimator().open(task())) {
            CompletableFuture<Completion> there = new CompletableFuture<>();
            Thread worker =
                    new Thread(
                            () ->
                                    there.complete(
                                            Attempt.estimate(
                                                    session,
                                                    candidate(0, architecture),
                                                    new Context(5, Integer.MAX_VALUE))));
            worker.start();
            Outcome outcome = there.get().outcome();
            worker.join();
            check(
                    outcome instanceof Outcome.Completed,
                    "a session must work on a thread that did not open it, but %s.",
                    outcome);
            requireEqual(
                    ((Outcome.Completed) outcome).estimate(), here, "the thread must not matter");
        }
    }

    @Test
    void refusedReportStops() throws Exception {
        Context willing = new Context(5, Integer.MAX_VALUE);
        estimate(architectures().get(0), willing);
        Context refusing = new Context(5, 1);
        try (PerformanceEstimator.Session session = estimator().open(task())) {
            Outcome outcome =
                    Attempt.estimate(session, candidate(0, architectures().get(0)), refusing)
                            .outcome();
            check(
                    refusing.reported <= 1,
                    "no score may be reported after report(..) said false, but %d were.",
                    refusing.reported);
            check(
                    willing.reported > 0
                            ? outcome instanceof Outcome.Stopped
                            : outcome instanceof Outcome.Completed,
                    "a trial that was told to stop must be recorded as stopped, but is %s.",
                    outcome);
        }
    }

    @Test
    void closesTwice() {
        PerformanceEstimator.Session session = estimator().open(task());
        session.close();
        session.close();
    }

    @Test
    void measureNamesTheConfiguration() {
        String measure = estimator().measure();
        check(
                !measure.isBlank() && measure.lines().count() == 1,
                "a measure must be one line of text, but is \"%s\".",
                measure);
        check(
                measure.equals(estimator().measure()),
                "equal configurations must have equal measures, but have \"%s\" and \"%s\".",
                measure,
                estimator().measure());
        check(
                other().isEmpty() || !other().get().measure().equals(measure),
                "another configuration must have another measure, but both have \"%s\".",
                measure);
        String text = estimator().toString();
        check(
                text.equals(estimator().toString()) && !text.matches(".*@[0-9a-f]+"),
                "an estimator must print what it does, but prints %s. Try a record.",
                text);
    }

    @Test
    void useLeavesTheDescriptionAsItWas() throws Exception {
        PerformanceEstimator estimator = estimator();
        String before = estimator.measure() + estimator + estimator.fidelity();
        Object key = estimator.key(task().space(), architectures().get(0));
        try (PerformanceEstimator.Session session = estimator.open(task())) {
            session.estimate(
                    candidate(0, architectures().get(1)), new Context(5, Integer.MAX_VALUE));
        }
        check(
                before.equals(estimator.measure() + estimator + estimator.fidelity())
                        && key.equals(estimator.key(task().space(), architectures().get(0))),
                "a session must not change the estimator that opened it, which was %s.",
                before);
    }

    @Test
    void anUnfitTaskIsRefusedBeforeAnythingIsEstimated() {
        if (unfit().isPresent()) {
            try (PerformanceEstimator.Session session = estimator().open(unfit().get())) {
                throw new AssertionError("opened " + session + " for a task that does not fit.");
            } catch (IllegalArgumentException expected) {
                check(
                        expected.getMessage().contains("must")
                                || expected.getMessage().contains("needs"),
                        "a message must name the rule, but is \"%s\".",
                        expected.getMessage());
            }
        }
    }

    private Estimate estimate(Architecture architecture, TrialContext context) throws Exception {
        try (PerformanceEstimator.Session session = estimator().open(task())) {
            return session.estimate(candidate(0, architecture), context);
        }
    }

    private Candidate candidate(int trial, Architecture architecture) {
        return new Candidate(
                trial, task().space(), architecture, estimator().fidelity(), OptionalInt.empty());
    }

    /** Times differ; nothing else may. */
    private static void requireEqual(Estimate one, Estimate two, String rule) {
        check(
                one.score() == two.score()
                        && one.curve().equals(two.curve())
                        && one.metrics().equals(two.metrics()),
                "%s, but the estimates were %s and %s.",
                rule,
                one,
                two);
    }

    private static void check(boolean condition, String format, Object... args) {
        if (!condition) {
            throw new AssertionError(String.format(java.util.Locale.ROOT, format, args));
        }
    }

    /** Refuses to go on from a report on. */
    private static final class Context implements TrialContext {
        private final long seed;
        private final int refused;
        private int reported;

        Context(long seed, int refused) {
            this.seed = seed;
            this.refused = refused;
        }

        @Override
        public long seed() {
            return seed;
        }

        @Override
        public boolean report(int step, double score) {
            reported++;
            return proceed();
        }

        @Override
        public boolean proceed() {
            return reported < refused;
        }
    }
}
