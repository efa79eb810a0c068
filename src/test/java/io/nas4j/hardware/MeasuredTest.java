package io.nas4j.hardware;

import static io.nas4j.Nas.latency;
import static io.nas4j.Nas.measured;
import static io.nas4j.Nas.minimize;
import static io.nas4j.Nas.multiplyAdds;
import static io.nas4j.Nas.parameters;
import static io.nas4j.Nas.peakMemory;
import static io.nas4j.Nas.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.analysis.Pareto;
import io.nas4j.data.Readers;
import io.nas4j.estimate.NasBench201;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.PerformanceEstimatorContract;
import io.nas4j.estimate.Tabular;
import io.nas4j.nn.Footprint;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Networks;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Nsga2;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is counted: without a device, and exact. */
class MeasuredTest {

    private static final SearchSpace SPACE = Spaces.nasBench201(8, 1);
    private static final Tabular TABLE = Tabular.of(NasBench201.CIFAR10);

    private static Task task() {
        return new Task(SPACE, Readers.fashionMnistSample(), new Seeds(5));
    }

    @Nested
    class Contract extends PerformanceEstimatorContract {
        @Override
        protected PerformanceEstimator estimator() {
            return measured(TABLE, peakMemory().batch(32), multiplyAdds());
        }

        @Override
        protected Task task() {
            return MeasuredTest.task();
        }
    }

    private static History search(
            SearchStrategy strategy, PerformanceEstimator estimator, Objective... objectives) {
        SearchSpec search = SearchSpec.of(task(), strategy, estimator, Budget.trials(120));
        return new SearchLoop(objectives.length == 0 ? search : search.objectives(objectives))
                .run()
                .history();
    }

    private static Map<String, Double> values(Trial trial) {
        return ((Outcome.Completed) trial.outcome()).estimate().values();
    }

    private static long bytes(Architecture architecture, int batch) {
        return Footprint.of(
                        Networks.lower(
                                SPACE.network(architecture), new InputShape(1, 28, 28), 10, 1))
                .bytes(batch);
    }

    @Test
    void everyTrialSaysWhatItsNetworkTakesAndKeepsItsScore() {
        History plain = search(new RandomSearch(), TABLE);
        History told =
                search(
                        new RandomSearch(),
                        measured(TABLE, peakMemory(), peakMemory().batch(32), multiplyAdds()));
        assertThat(told.measure()).isEqualTo(plain.measure());
        for (Trial trial : told.trials()) {
            assertThat(values(trial))
                    .containsEntry("peak_memory", (double) bytes(trial.architecture(), 1))
                    .containsEntry("peak_memory_batch_32", (double) bytes(trial.architecture(), 32))
                    .containsKey(Metrics.LATENCY);
            assertThat(trial.architecture())
                    .isEqualTo(plain.trials().get(trial.number()).architecture());
            assertThat(trial.score()).isEqualTo(plain.trials().get(trial.number()).score());
        }
    }

    @Test
    void theObjectiveLeadsToTheFront() {
        Objective memory = minimize(peakMemory().batch(32));
        List<Objective> wanted = List.of(Objective.SCORE, memory);
        History history =
                search(
                        new Nsga2().population(20),
                        measured(TABLE, peakMemory().batch(32)),
                        Objective.SCORE,
                        memory);
        List<Trial> front = Pareto.front(history, wanted);
        assertThat(front).hasSizeGreaterThan(2);
        List<Long> sizes = front.stream().map(t -> bytes(t.architecture(), 32)).toList();
        long least =
                history.scored().stream()
                        .mapToLong(t -> bytes(t.architecture(), 32))
                        .min()
                        .orElseThrow();
        assertThat(sizes).contains(least);
        assertThat(front).contains(history.best().orElseThrow());
        assertThat(front).allMatch(trial -> memory.value(trial).isPresent());
    }

    @Test
    void aScoreIsWeighedAgainstWhatIsCounted() {
        double target = 2e6;
        History history = search(new RandomSearch(), weighted(TABLE, peakMemory(), target));
        for (Trial trial : history.scored()) {
            double ratio = bytes(trial.architecture(), 1) / target;
            assertThat(trial.score().getAsDouble())
                    .isCloseTo(
                            values(trial).get(Metrics.UNWEIGHTED_SCORE) * Math.pow(ratio, -0.07),
                            within(1e-9));
        }
    }

    @Test
    void onlyNetworksWithinTheMemoryAreDrawn() {
        SplittableRandom random = new SplittableRandom(1);
        long most = bytes(new Architecture(SPACE.name(), List.of(1, 1, 1, 1, 1, 1)), 32);
        SearchSpace space = SPACE.where(peakMemory().batch(32).atMost(most));
        int free = 0;
        for (int i = 0; i < 100; i++) {
            assertThat(bytes(space.sample(random), 32)).isLessThanOrEqualTo(most);
            free += bytes(SPACE.sample(random), 32) <= most ? 1 : 0;
        }
        assertThat(free).isBetween(1, 99);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPACE.where(peakMemory().atMost(1000)).sample(random))
                .withMessageContaining("must have at most 1,000 bytes of peak memory, but none of")
                .withMessageMatching("(?s).*the nearest has [\\d,]+ bytes of peak memory\\. Try.*");
    }

    @Test
    void mistakesAreRefusedWhereTheyAreMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> latency().batch(0))
                .withMessage("a batch must be at least 1 sample, but was 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> peakMemory().batch(-2))
                .withMessage("a batch must be at least 1 sample, but was -2.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> latency().batch(8).atMost(0))
                .withMessage("a limit of ms of latency (batch 8) must be above 0, but was 0.0.");
        assertThatIllegalArgumentException().isThrownBy(() -> latency().atMost(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measured(TABLE, latency(), latency().device("cpu")))
                .withMessageContaining("must differ in what they report");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measured(TABLE))
                .withMessage("nothing is to be measured. Try latency().");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                search(
                                        new Nsga2(),
                                        measured(TABLE, peakMemory()),
                                        Objective.SCORE,
                                        minimize(peakMemory().batch(2))))
                .withMessageStartingWith("objective \"peak_memory_batch_2\" is not reported by")
                .withMessageContaining("measured(..)");
    }

    @Test
    void allIsNamedByItsSettings() {
        assertThat(measured(TABLE, latency().batch(32).device("cpu"), peakMemory(), parameters()))
                .hasToString(
                        "measured("
                                + TABLE
                                + ", latency().batch(32).device(cpu), peakMemory(), parameters)");
        assertThat(latency().batch(32).device("cpu").atMost(5.25).name())
                .isEqualTo("at most 5.25 ms of latency (batch 32, cpu)");
        assertThat(latency().atMost(5).name()).isEqualTo("at most 5 ms of latency");
        assertThat(latency().atMost(5).isMeasured()).isTrue();
        assertThat(peakMemory().atMost(5).isMeasured()).isFalse();
    }
}
