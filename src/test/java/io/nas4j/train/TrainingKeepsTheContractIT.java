package io.nas4j.train;

import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.PerformanceEstimatorContract;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import java.util.List;
import java.util.Optional;

/** Training against the contract of estimators. */
class TrainingKeepsTheContractIT extends PerformanceEstimatorContract {

    @Override
    protected PerformanceEstimator estimator() {
        return TrainingEstimator.lowFidelity(2).data(0.3);
    }

    @Override
    protected Task task() {
        return new Task(Spaces.chain(1), Squares.data(400), new Seeds(1));
    }

    @Override
    protected Optional<PerformanceEstimator> other() {
        return Optional.of(TrainingEstimator.lowFidelity(2));
    }

    /** Rows have no height for a convolution. */
    @Override
    protected Optional<Task> unfit() {
        Data rows =
                Data.rows(
                        "rows",
                        new float[20],
                        1,
                        new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1},
                        List.of("a", "b"));
        return Optional.of(new Task(Spaces.cells(), rows, new Seeds(1)));
    }
}
