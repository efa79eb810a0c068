package io.nas4j.search;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Trial;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which networks have an estimate already: the first trial of each, by key and fidelity. */
final class KnownEstimates {

    private final SearchSpace space;
    private final PerformanceEstimator estimator;
    private final Map<Key, Trial> first = new HashMap<>();

    KnownEstimates(SearchSpace space, PerformanceEstimator estimator) {
        this.space = space;
        this.estimator = estimator;
    }

    Key key(Architecture architecture, Fidelity fidelity) {
        return new Key(estimator.key(space, architecture), fidelity);
    }

    Optional<Trial> find(Key key) {
        return Optional.ofNullable(first.get(key));
    }

    void add(Key key, Trial trial) {
        if (trial.score().isPresent()) {
            first.putIfAbsent(key, trial);
        }
    }

    record Key(Object network, Fidelity fidelity) {}
}
