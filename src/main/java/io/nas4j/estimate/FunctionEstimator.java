package io.nas4j.estimate;

import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Task;
import java.io.Serializable;
import java.time.Duration;
import java.util.Set;

/** An estimator that is a function: {@link PerformanceEstimator#of}. */
final class FunctionEstimator implements PerformanceEstimator, Serializable {

    private static final long serialVersionUID = 1;

    private final String measure;
    private final Score score;

    FunctionEstimator(String measure, Score score) {
        this.measure = measure;
        this.score = score;
    }

    @Override
    public Session open(Task task) {
        return (candidate, context) -> {
            long start = System.nanoTime();
            double value = score.of(candidate);
            return Estimate.of(value, Cost.of(Duration.ofNanos(System.nanoTime() - start)));
        };
    }

    @Override
    public boolean concurrent() {
        return true;
    }

    @Override
    public Set<String> reported() {
        return Estimate.of(0).values().keySet();
    }

    @Override
    public String measure() {
        return measure;
    }

    @Override
    public String toString() {
        return measure;
    }
}
