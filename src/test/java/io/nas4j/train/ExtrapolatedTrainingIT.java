package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.curve.Extrapolated;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.PerformanceEstimatorContract;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import org.junit.jupiter.api.Test;

/** A training of which the first epochs are done. */
class ExtrapolatedTrainingIT extends PerformanceEstimatorContract {

    private static final PerformanceEstimator WHOLE = TrainingEstimator.lowFidelity(8).data(0.3);

    @Override
    protected PerformanceEstimator estimator() {
        return new Extrapolated(WHOLE).from(5);
    }

    @Override
    protected Task task() {
        return new Task(Spaces.chain(1), Squares.data(400), new Seeds(1));
    }

    @Test
    void itsCurveIsTheBeginningOfTheWholeTrainings() {
        Estimate begun = first(estimator());
        Estimate whole = first(WHOLE);
        assertThat(begun.curve()).isEqualTo(whole.curve().subList(0, 5));
        assertThat(begun.metrics().get(Metrics.LAST_SCORE)).isEqualTo(whole.curve().get(4).score());
        assertThat(begun.score())
                .isBetween(
                        begun.metrics().get(Metrics.SCORE_LOW) - 0.1,
                        begun.metrics().get(Metrics.SCORE_HIGH) + 0.1);
    }

    private Estimate first(PerformanceEstimator estimator) {
        SearchSpec search = SearchSpec.of(task(), new RandomSearch(), estimator, Budget.trials(1));
        Outcome outcome = new SearchLoop(search).run().history().trials().get(0).outcome();
        return ((Outcome.Completed) outcome).estimate();
    }
}
