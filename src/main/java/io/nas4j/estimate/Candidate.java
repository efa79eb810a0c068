package io.nas4j.estimate;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Fidelity;
import java.util.OptionalInt;

/**
 * An architecture that is to be estimated.
 *
 * @param trial the trial's number
 * @param space the space it belongs to
 * @param architecture the candidate
 * @param fidelity how much to spend
 * @param continues the number of the trial whose training to go on with, or, of an estimator that
 *     {@linkplain PerformanceEstimator#inherits() inherits}, whose weights to start from
 */
public record Candidate(
        int trial,
        SearchSpace space,
        Architecture architecture,
        Fidelity fidelity,
        OptionalInt continues) {

    /**
     * The network.
     *
     * @return a space without holes
     */
    public SearchSpace network() {
        return space.network(architecture);
    }
}
