package io.nas4j.hardware;

import static io.nas4j.Nas.latency;
import static io.nas4j.Nas.measured;
import static io.nas4j.Nas.minimize;
import static io.nas4j.Nas.parameters;
import static io.nas4j.space.Grammar.chain;
import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.analysis.Pareto;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.PerformanceEstimatorContract;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Architecture;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Nsga2;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyIT {

    private static final Data IMAGES = Readers.fashionMnistSample();
    private static final SearchSpace SPACE = Spaces.nasBench201(4, 1);

    /** One convolution, or forty of them: work that no noise turns round. */
    private static final SearchSpace DEPTHS =
            SearchSpace.of(
                    "depths", stem(16), choice("depth", layers(1), layers(40)), classifier());

    private static final PerformanceEstimator DEEPER =
            PerformanceEstimator.of("sum", candidate -> candidate.architecture().choices().get(0));

    @TempDir Path folder;

    private static Node layers(int count) {
        List<Node> rest = Collections.nCopies(count - 1, norConv(3));
        return chain(norConv(3), rest.toArray(Node[]::new));
    }

    private static Task task(SearchSpace space) {
        return new Task(space, IMAGES, new Seeds(1)).device("cpu");
    }

    /** A millisecond goes by from one look to the next. */
    private static final class Steps implements LongSupplier {
        private long looks;

        @Override
        public long getAsLong() {
            return 1_000_000 * looks++;
        }
    }

    /** This thread's own time, which stands still while others have its core. */
    private static final LongSupplier OWN_TIME =
            ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;

    private static Map<String, Double> values(Trial trial) {
        return ((Outcome.Completed) trial.outcome()).estimate().values();
    }

    @Nested
    class Contract extends PerformanceEstimatorContract {
        @Override
        protected PerformanceEstimator estimator() {
            return measured(DEEPER, latency().batch(2).clock(new Steps()));
        }

        @Override
        protected Task task() {
            return LatencyIT.task(SPACE);
        }
    }

    @Test
    void fortyLayersTakeLongerThanOne() {
        SearchSpace one = DEPTHS.network(new Architecture("depths", List.of(0)));
        SearchSpace forty = DEPTHS.network(new Architecture("depths", List.of(1)));
        Setting setting = Setting.of(task(DEPTHS));
        assertThat(latency().of(one, setting).get("latency")).as("by default").isPositive();
        for (int batch : List.of(1, 8)) {
            Latency latency = latency().batch(batch).clock(OWN_TIME);
            double fast = latency.of(one, setting).get(latency.metric());
            double slow = latency.of(forty, setting).get(latency.metric());
            assertThat(fast).isPositive().isLessThan(slow);
            // far from either, so that noise does not matter
            double limit = Math.sqrt(fast * slow);
            SearchSpace limited = DEPTHS.where(latency.atMost(limit));
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 10; i++) {
                assertThat(limited.sample(random).choices()).containsExactly(0);
            }
        }
    }

    @Test
    void aLimitBelowEveryNetworkNamesTheNearest() {
        Steps clock = new Steps();
        SearchSpace none = DEPTHS.where(latency().clock(clock).atMost(0.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.sample(new SplittableRandom(1)))
                .withMessage(
                        "an architecture of \"depths\" must have at most 0.5 ms of latency, but"
                                + " none of 200 random ones does; the nearest has 1 ms of latency."
                                + " Try a wider limit.");
        // two networks, each once: its warm-up and twenty passes
        assertThat(clock.looks).isLessThanOrEqualTo(2 * (12 + 2 * 20));
    }

    @Test
    void equalNetworksAreMeasuredOnceAndOthersOnlyWithinTheCountedLimits() {
        Steps clock = new Steps();
        SearchSpace space =
                DEPTHS.where(latency().clock(clock).atMost(2), parameters().atMost(10_000));
        for (int i = 0; i < 20; i++) {
            assertThat(space.sample(new SplittableRandom(i)).choices()).containsExactly(0);
        }
        assertThat(clock.looks).isPositive().isLessThanOrEqualTo(12 + 2 * 20);
    }

    private SearchSpec search(Latency latency, int trials) {
        return SearchSpec.of(
                        task(SPACE),
                        new RandomSearch(),
                        measured(DEEPER, latency),
                        Budget.trials(trials))
                .journal(folder.resolve("search.jsonl"));
    }

    @Test
    void aResumedSearchHasTheMeasuredValuesAndMeasuresNoneAnew() {
        Steps clock = new Steps();
        List<Trial> before =
                new SearchLoop(search(latency().clock(clock), 6)).run().history().trials();
        assertThat(before).allMatch(trial -> values(trial).get("latency") == 1);
        long looks = clock.looks;
        assertThat(looks).isPositive();
        // another clock, on which all takes twice as long
        Steps steps = new Steps();
        LongSupplier slower = () -> 2 * steps.getAsLong();
        List<Trial> same =
                new SearchLoop(search(latency().clock(slower), 6)).run().history().trials();
        assertThat(same).isEqualTo(before);
        assertThat(steps.looks).isZero();
        List<Trial> more =
                new SearchLoop(search(latency().clock(slower), 9)).run().history().trials();
        assertThat(more.subList(0, 6)).isEqualTo(before);
        assertThat(more.subList(6, 9))
                .extracting(trial -> values(trial).get("latency"))
                .containsOnly(2.0);
        assertThat(clock.looks).isEqualTo(looks);
    }

    @Test
    void bothEndsOfTheTradeOffAreOnTheFront() {
        Latency latency = latency().clock(OWN_TIME);
        List<Objective> wanted = List.of(Objective.SCORE, minimize(latency));
        History history =
                new SearchLoop(
                                SearchSpec.of(
                                                task(DEPTHS),
                                                new Nsga2().population(2),
                                                measured(DEEPER, latency),
                                                Budget.trials(2))
                                        .objectives(wanted.toArray(Objective[]::new)))
                        .run()
                        .history();
        assertThat(Pareto.front(history, wanted)).hasSize(2);
        assertThat(history.trials()).allMatch(trial -> values(trial).containsKey("latency_range"));
    }

    @Test
    void aMeasurementMayBeMadeWithinATrainingOfTheSameThread() throws InterruptedException {
        SearchSpace network = DEPTHS.network(new Architecture("depths", List.of(0)));
        try (TrainingLock turn = TrainingLock.take(1)) {
            assertThat(turn).isNotNull();
            assertThat(latency().clock(new Steps()).of(network, Setting.of(task(DEPTHS))))
                    .containsEntry("latency", 1.0);
        }
    }

    @Test
    void aDeviceThatDoesNotExistIsRefusedBeforeAnyTrial() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measured(DEEPER, latency().device("gpu:99")).open(task(SPACE)))
                .withMessageContaining("\"gpu:99\" does not exist");
    }
}
