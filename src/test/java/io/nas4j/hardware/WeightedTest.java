package io.nas4j.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.estimate.NasBench201;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.PerformanceEstimatorContract;
import io.nas4j.estimate.Tabular;
import io.nas4j.search.Budget;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Searches;
import io.nas4j.space.Architecture;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WeightedTest {

    private static final Tabular TABLE = Tabular.of(NasBench201.CIFAR10);

    @Nested
    class Contract extends PerformanceEstimatorContract {
        @Override
        protected PerformanceEstimator estimator() {
            return Weighted.soft(TABLE, Metrics.LATENCY, 5);
        }

        @Override
        protected Task task() {
            return Searches.task(Spaces.nasBench201(), 1);
        }

        @Override
        protected List<Architecture> architectures() {
            return Spaces.nasBench201().stream().limit(5).toList();
        }
    }

    private static Trial best(PerformanceEstimator estimator) {
        RunResult finished =
                new SearchLoop(
                                SearchSpec.of(
                                        Searches.task(Spaces.nasBench201(), 2),
                                        new Evolution(),
                                        estimator,
                                        Budget.trials(300)))
                        .run();
        return finished.history().best().orElseThrow();
    }

    private static Map<String, Double> values(Trial trial) {
        return ((Outcome.Completed) trial.outcome()).estimate().values();
    }

    /** score × (latency / target)^w, equation 2. */
    @Test
    void theScoreIsThePapersProduct() {
        Map<String, Double> one = values(best(TABLE));
        double latency = one.get(Metrics.LATENCY);
        for (double share : List.of(0.5, 2.0)) {
            double target = latency / share;
            Map<String, Double> soft = single(Weighted.soft(TABLE, Metrics.LATENCY, target));
            Map<String, Double> hard = single(Weighted.hard(TABLE, Metrics.LATENCY, target));
            double ratio = soft.get(Metrics.LATENCY) / target;
            double plain = soft.get(Metrics.UNWEIGHTED_SCORE);
            assertThat(soft.get(Metrics.SCORE))
                    .isCloseTo(plain * Math.pow(ratio, -0.07), within(1e-12));
            assertThat(hard.get(Metrics.SCORE))
                    .isCloseTo(ratio <= 1 ? plain : plain / ratio, within(1e-12));
        }
    }

    private static Map<String, Double> single(PerformanceEstimator estimator) {
        return values(
                new SearchLoop(
                                SearchSpec.of(
                                        Searches.task(Spaces.nasBench201(), 2),
                                        new Evolution(),
                                        estimator,
                                        Budget.trials(1)))
                        .run()
                        .history()
                        .trials()
                        .get(0));
    }

    @Test
    void aHardTargetIsMetWhereTheScoreAloneWouldMissIt() {
        double unbound = values(best(TABLE)).get(Metrics.LATENCY);
        double target = unbound / 2;
        assertThat(values(best(Weighted.hard(TABLE, Metrics.LATENCY, target))))
                .satisfies(
                        values ->
                                assertThat(values.get(Metrics.LATENCY))
                                        .isLessThanOrEqualTo(1.05 * target));
    }

    @Test
    void aMetricThatNobodyReportsIsRefusedBeforeAnyTrial() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> single(Weighted.soft(TABLE, "energy", 5)))
                .withMessageContaining("needs an estimator that reports \"energy\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Weighted.soft(TABLE, Metrics.LATENCY, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Weighted(TABLE, Metrics.LATENCY, 5, 0.07, 0))
                .withMessageContaining("Try -0.07");
    }
}
