package io.nas4j.proxy;

import io.nas4j.data.Readers;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.PerformanceEstimatorContract;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** Proxies against the contract of estimators. */
class ProxiesKeepTheContractIT {

    private static Task task(SearchSpace space) {
        return new Task(space, Readers.fashionMnistSample(), new Seeds(1));
    }

    @Nested
    class Naswot extends PerformanceEstimatorContract {
        @Override
        protected PerformanceEstimator estimator() {
            return ZeroCost.of(Proxy.NASWOT).batch(8);
        }

        @Override
        protected Task task() {
            return ProxiesKeepTheContractIT.task(Spaces.nasBench201(4, 1));
        }

        @Override
        protected Optional<PerformanceEstimator> other() {
            return Optional.of(ZeroCost.of(Proxy.NASWOT).batch(9));
        }

        @Override
        protected Optional<Task> unfit() {
            return Optional.of(
                    ProxiesKeepTheContractIT.task(
                            SearchSpace.of("smooth", Grammar.stem(2), Grammar.classifier())));
        }
    }

    @Nested
    class Snip extends PerformanceEstimatorContract {
        @Override
        protected PerformanceEstimator estimator() {
            return ZeroCost.of(Proxy.SNIP).batch(8).inits(2);
        }

        @Override
        protected Task task() {
            return ProxiesKeepTheContractIT.task(Spaces.nasBench201(4, 1));
        }

        @Override
        protected Optional<PerformanceEstimator> other() {
            return Optional.of(ZeroCost.of(Proxy.GRAD_NORM).batch(8).inits(2));
        }
    }

    @Nested
    class Ranked extends PerformanceEstimatorContract {
        @Override
        protected PerformanceEstimator estimator() {
            return RankedProxies.of(
                            List.of(ZeroCost.of(Proxy.SYNFLOW), ZeroCost.of(Proxy.PARAMETERS)))
                    .reference(5);
        }

        @Override
        protected Task task() {
            return ProxiesKeepTheContractIT.task(Spaces.nasBench201(4, 1));
        }

        @Override
        protected Optional<PerformanceEstimator> other() {
            return Optional.of(
                    RankedProxies.of(
                                    List.of(
                                            ZeroCost.of(Proxy.SYNFLOW),
                                            ZeroCost.of(Proxy.PARAMETERS)))
                            .reference(6));
        }
    }
}
