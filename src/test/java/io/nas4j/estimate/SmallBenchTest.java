package io.nas4j.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.search.Budget;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Searches;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Asha;
import io.nas4j.strategy.Bohb;
import io.nas4j.strategy.Hyperband;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SmallBenchTest {

    private static final SearchSpace SPACE = Spaces.smallBench();
    private static final SmallBench TABLE = SmallBench.FASHION_MNIST;
    private static final Tabular ESTIMATOR = Tabular.of(TABLE);

    private static Estimate at(Architecture architecture, int epoch) {
        return TABLE.find(architecture, epoch, OptionalLong.empty()).orElseThrow();
    }

    @Test
    void everyArchitectureHasACurveOfTwelveEpochs() {
        assertThat(TABLE.size()).isEqualTo(216);
        assertThat(SPACE.size()).isEqualTo(216);
        assertThat(TABLE.rungs())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
        SPACE.stream()
                .forEach(
                        architecture -> {
                            for (int epoch = 1; epoch <= 12; epoch++) {
                                Estimate estimate = at(architecture, epoch);
                                assertThat(estimate.score()).isBetween(0.05, 1.0);
                                assertThat(estimate.metrics().get(Metrics.TRAIN_LOSS)).isPositive();
                            }
                        });
    }

    @Test
    void architecturesThatBuildOneNetworkShareItsTraining() {
        // nothing passes 1←0, so 2←1 reads nothing
        Architecture one = new Architecture(SPACE.name(), List.of(0, 3, 1));
        Architecture other = new Architecture(SPACE.name(), List.of(0, 3, 5));
        assertThat(SPACE.fingerprint(one)).isEqualTo(SPACE.fingerprint(other));
        assertThat(at(one, 12)).isEqualTo(at(other, 12));
        assertThat(SPACE.stream().map(SPACE::fingerprint).distinct()).hasSize(117);
    }

    @Test
    void aNetworkThroughWhichNothingPassesGuessesAndTheBestDoesNot() {
        Architecture dead = new Architecture(SPACE.name(), List.of(0, 0, 0));
        assertThat(at(dead, 12).score()).isBetween(0.08, 0.12);
        assertThat(TABLE.optimum()).isGreaterThan(0.8);
        // ten classes; the test images are others, but as many of each class
        assertThat(at(TABLE.best(), 12).metrics().get(Metrics.TEST_ACCURACY))
                .isBetween(TABLE.optimum() - 0.05, TABLE.optimum() + 0.02);
    }

    @Test
    void anEpochCostsItsShareOfTheTraining() {
        Architecture best = TABLE.best();
        double whole = at(best, 12).cost().compute().toNanos();
        assertThat(at(best, 3).cost().compute().toNanos() / whole)
                .isCloseTo(0.25, org.assertj.core.data.Offset.offset(1e-6));
    }

    private static final List<String> PROXIES =
            List.of(
                    Metrics.SYNFLOW,
                    Metrics.NASWOT,
                    Metrics.JACOB_COV,
                    Metrics.SNIP,
                    Metrics.GRAD_NORM,
                    Metrics.FISHER,
                    Metrics.ZEN,
                    Metrics.PARAMETERS,
                    Metrics.MULTIPLY_ADDS);

    @Test
    void everyProxyOfEveryNetworkIsThereAfterAnyEpoch() {
        assertThat(ESTIMATOR.reported()).containsAll(PROXIES);
        SPACE.stream()
                .forEach(
                        architecture -> {
                            for (int epoch : List.of(1, 12)) {
                                assertThat(at(architecture, epoch).values().keySet())
                                        .containsAll(PROXIES);
                            }
                            assertThat(at(architecture, 1).metrics().get(Metrics.SYNFLOW))
                                    .isEqualTo(at(architecture, 12).metrics().get(Metrics.SYNFLOW));
                        });
    }

    static Stream<SearchStrategy> fidelities() {
        return Stream.of(new Hyperband(), new Asha(), new Bohb());
    }

    /** On the table an epoch is an epoch: for the price of 20 trainings they try more than 40. */
    @ParameterizedTest
    @MethodSource("fidelities")
    void strategiesOfSeveralFidelitiesTryMoreForTheSamePrice(SearchStrategy strategy) {
        Budget budget = Budget.compute(at(TABLE.best(), 12).cost().compute().multipliedBy(20));
        long random = tried(run(new RandomSearch(), budget));
        RunResult found = run(strategy, budget);
        assertThat(tried(found)).isGreaterThan(random);
        assertThat(found.history().trials())
                .anyMatch(trial -> trial.fidelity().epochs() < 12)
                .anyMatch(trial -> trial.continues().isPresent());
        assertThat(found.history().best().orElseThrow().score().orElseThrow())
                .isGreaterThan(TABLE.optimum() - 0.05);
    }

    private static long tried(RunResult finished) {
        return finished.history().trials().stream()
                .map(trial -> trial.architecture())
                .distinct()
                .count();
    }

    private static RunResult run(SearchStrategy strategy, Budget budget) {
        return new SearchLoop(SearchSpec.of(Searches.task(SPACE, 5), strategy, ESTIMATOR, budget))
                .run();
    }

    @Test
    void oneSeedIsOneTrainingAndTheScoreIsTheirMean() {
        Architecture best = TABLE.best();
        double sum = 0;
        for (int seed = 0; seed < 2; seed++) {
            sum += TABLE.find(best, 12, OptionalLong.of(seed)).orElseThrow().score();
        }
        assertThat(sum / 2).isCloseTo(TABLE.optimum(), org.assertj.core.data.Offset.offset(1e-9));
        assertThat(at(best, 12).cost().compute()).isGreaterThan(Duration.ZERO);
    }
}
