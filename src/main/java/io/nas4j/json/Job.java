package io.nas4j.json;

import io.nas4j.data.DataReference;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;

/**
 * Everything that a worker in another process needs to estimate candidates of a search.
 *
 * @param space which architectures exist, without constraints
 * @param data where the examples are
 * @param seeds of the search
 * @param device where networks train
 * @param estimator how good a candidate is
 */
public record Job(
        SearchSpace space,
        DataReference data,
        Seeds seeds,
        String device,
        PerformanceEstimator estimator) {

    /**
     * What the search is about, for the estimator: reads the examples.
     *
     * @return without objectives
     * @throws IllegalArgumentException when the examples are not there, or are others
     */
    public Task task() {
        return new Task(space, data.read(), seeds, device);
    }
}
