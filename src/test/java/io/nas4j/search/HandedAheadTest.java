package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.curve.MedianRule;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trials are handed over before a slot is free only where that changes none. */
class HandedAheadTest {

    /**
     * Two slots, and what waits for them; the trial that came last ends first.
     *
     * @param ahead how many may wait
     * @param most the most that were under way at once
     */
    private record Stack(int ahead, int[] most) implements TrialExecutor {
        @Override
        public Session open(Task task, PerformanceEstimator estimator) {
            PerformanceEstimator.Session session = estimator.open(task);
            return new Session() {
                private final List<Candidate> candidates = new ArrayList<>();
                private final List<TrialContext> contexts = new ArrayList<>();

                @Override
                public int slots() {
                    return 2;
                }

                @Override
                public int window() {
                    return 128;
                }

                @Override
                public int ahead() {
                    return ahead;
                }

                @Override
                public void submit(Candidate candidate, TrialContext context) {
                    candidates.add(candidate);
                    contexts.add(context);
                    most[0] = Math.max(most[0], candidates.size());
                }

                @Override
                public Completion next() {
                    int last = Math.min(2, candidates.size()) - 1;
                    return Attempt.estimate(
                            session, candidates.remove(last), contexts.remove(last));
                }

                @Override
                public void close() {
                    session.close();
                }
            };
        }
    }

    /** Trials of a minute of simulated compute each. */
    private record Costly(boolean concurrent) implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            return Searches.costly().open(task);
        }

        @Override
        public String measure() {
            return "costly";
        }
    }

    private static SearchSpec search(SearchStrategy strategy, Budget budget) {
        return search(strategy, new Costly(true), budget);
    }

    private static SearchSpec search(
            SearchStrategy strategy, PerformanceEstimator estimator, Budget budget) {
        return SearchSpec.of(Searches.task(Spaces.smallBench(), 5), strategy, estimator, budget);
    }

    private static int most(SearchSpec search) {
        int[] most = {0};
        new SearchLoop(search.executor(new Stack(5, most))).run();
        return most[0];
    }

    @Test
    void whatLearnsNothingAndCountsTrialsIsHandedAhead() {
        assertThat(most(search(new RandomSearch(), Budget.trials(40)))).isEqualTo(7);
    }

    @Test
    void theTrialsAreThoseOfOneAfterTheOtherAndNoneMore() {
        SearchSpec search = search(new RandomSearch(), Budget.trials(40));
        List<Trial> serial = new SearchLoop(search).run().history().trials();
        List<Trial> ahead =
                new SearchLoop(search.executor(new Stack(5, new int[1]))).run().history().trials();
        assertThat(ahead).isEqualTo(serial);
        assertThat(ahead.stream().filter(trial -> !trial.reused())).hasSize(40);
    }

    @Test
    void whatLearnsIsNot() {
        assertThat(most(search(new Evolution(), Budget.trials(40)))).isEqualTo(2);
        assertThat(most(search(new Searches.Blind(), Budget.trials(40)))).isEqualTo(2);
    }

    /** In one thread it may learn from the trials that it hears of. */
    @Test
    void whatOnlyOneThreadEstimatesIsNot() {
        SearchSpec search = search(new RandomSearch(), new Costly(false), Budget.trials(40));
        assertThat(most(search)).isEqualTo(2);
    }

    /** More trials under way would spend more than the budget. */
    @Test
    void whatEndsByCostOrScoreIsNot() {
        Budget minutes = Budget.compute(Duration.ofMinutes(20));
        assertThat(most(search(new RandomSearch(), minutes))).isEqualTo(2);
        assertThat(most(search(new RandomSearch(), Budget.steady(20)))).isEqualTo(2);
        Budget either = Budget.trials(40).or(minutes);
        assertThat(most(search(new RandomSearch(), either))).isEqualTo(2);
    }

    /** A rule compares with the trials that have ended. */
    @Test
    void whatIsStoppedByOthersIsNot() {
        SearchSpec search = search(new RandomSearch(), Budget.trials(40));
        assertThat(most(search.stopping(new MedianRule(1, 3)))).isEqualTo(2);
    }
}
