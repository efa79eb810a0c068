package io.nas4j.search;

import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Small searches for the tests: NAS-Bench-201's space and a made-up score of the answers. */
public final class Searches {

    static final PerformanceEstimator SUM =
            PerformanceEstimator.of(
                    "sum",
                    candidate ->
                            candidate.architecture().choices().stream()
                                            .mapToInt(Integer::intValue)
                                            .sum()
                                    / 24.0);

    private Searches() {}

    public static Task task(SearchSpace space, long seed) {
        Data data =
                Data.rows(
                        "dots",
                        new float[] {0, 1, 2, 3},
                        1,
                        new int[] {0, 1, 0, 1},
                        List.of("a", "b"));
        return new Task(space, data, new Seeds(seed));
    }

    static SearchSpec blind(Budget budget) {
        return SearchSpec.of(task(Spaces.nasBench201(), 7), new Blind(), SUM, budget);
    }

    /** An estimator whose trials cost a minute of simulated compute each. */
    static PerformanceEstimator costly() {
        return new Scripted(
                "costly",
                (candidate, context) ->
                        Estimate.of(
                                candidate.architecture().choices().get(0) / 4.0,
                                Cost.of(Duration.ofMinutes(1))));
    }

    /**
     * An estimator from a session.
     *
     * @param measure its name
     * @param session what estimates
     */
    record Scripted(String measure, PerformanceEstimator.Session session)
            implements PerformanceEstimator {
        @Override
        public PerformanceEstimator.Session open(Task task) {
            return session;
        }

        @Override
        public String toString() {
            return measure;
        }
    }

    /** Draws with replacement, as no shipped strategy does: repeats come. */
    record Blind() implements SearchStrategy {
        @Override
        public SearchStrategy.Session open(Task task, Fidelity fidelity) {
            return (history, random) ->
                    Optional.of(new Proposal.Evaluate(task.space().sample(random), fidelity));
        }
    }

    /**
     * Scores that rise with the epochs spent.
     *
     * @param epochs of a whole training
     */
    record Epoched(int epochs) implements PerformanceEstimator {
        @Override
        public PerformanceEstimator.Session open(Task task) {
            return (candidate, context) ->
                    Estimate.of(
                            Math.floorMod(candidate.architecture().hashCode() * 7919, 1000) / 1e3
                                    + candidate.fidelity().epochs());
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.epochs(epochs);
        }

        @Override
        public String measure() {
            return "train(epochs=" + epochs + ")";
        }
    }

    /** A clock that a test sets; it begins shortly before its numbers turn negative. */
    static final class Hand implements LongSupplier {
        private long now = Long.MAX_VALUE - 1;

        void advance(Duration by) {
            now += by.toNanos();
        }

        @Override
        public long getAsLong() {
            return now;
        }
    }
}
