package io.nas4j.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.estimate.NasBench201;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.PerformanceEstimatorContract;
import io.nas4j.estimate.Tabular;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Searches;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictedTest {

    private static final Tabular TABLE = Tabular.of(NasBench201.CIFAR10);
    private static final Predicted PREDICTED = Predicted.of(TABLE);

    @Test
    void theFirstAreRealAndMostOfTheOthersPredicted() {
        List<Trial> all = run(new RandomSearch(), Optional.empty()).trials();
        assertThat(all.subList(0, 20)).noneMatch(PredictedTest::isPredicted);
        assertThat(all.subList(20, 60).stream().filter(PredictedTest::isPredicted).count())
                .isGreaterThan(20);
        for (Trial trial : all) {
            if (isPredicted(trial)) {
                assertThat(uncertainty(trial)).isPositive();
            } else {
                assertThat(trial.score().getAsDouble()).isEqualTo(truth(trial));
            }
        }
    }

    /** Of random cells the table's mean is the guess of who has learned nothing. */
    @Test
    void predictionsAreNearerToTheTruthThanTheMean() {
        List<Trial> all = run(new RandomSearch(), Optional.empty()).trials();
        double mean =
                all.subList(0, 20).stream()
                        .mapToDouble(trial -> trial.score().getAsDouble())
                        .average()
                        .orElseThrow();
        double predicted = 0;
        double guessed = 0;
        for (Trial trial : all) {
            if (isPredicted(trial)) {
                predicted += Math.abs(trial.score().getAsDouble() - truth(trial));
                guessed += Math.abs(mean - truth(trial));
            }
        }
        assertThat(predicted).isLessThan(guessed);
    }

    @Test
    void theBestIsNeverAPrediction() {
        for (SearchStrategy strategy : List.of(new RandomSearch(), new Evolution(10, 3, 0))) {
            Trial best = run(strategy, Optional.empty()).best().orElseThrow();
            assertThat(isPredicted(best)).isFalse();
            assertThat(best.score().getAsDouble()).isEqualTo(truth(best));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 25, 44})
    void resumedAnywhereItPredictsAsIfNeverStopped(int kept, @TempDir Path folder)
            throws IOException {
        Path journal = folder.resolve("journal");
        History whole = run(new Evolution(10, 3, 0), Optional.of(journal));
        List<String> lines = Files.readAllLines(journal);
        Files.write(journal, lines.subList(0, kept + 1));
        History resumed = run(new Evolution(10, 3, 0), Optional.of(journal));
        assertThat(facts(resumed)).isEqualTo(facts(whole));
    }

    private static List<String> facts(History history) {
        return history.trials().stream()
                .map(trial -> trial.architecture() + " " + trial.score() + isPredicted(trial))
                .toList();
    }

    @Test
    void lessThanTheModelsOwnBeginningIsRefused() {
        assertThatThrownBy(() -> PREDICTED.after(9))
                .hasMessageContaining("at least 10 real estimates, but was to begin after 9");
    }

    private static History run(SearchStrategy strategy, Optional<Path> journal) {
        SearchSpec search =
                SearchSpec.of(
                        Searches.task(Spaces.nasBench201(), 3),
                        strategy,
                        PREDICTED,
                        Budget.trials(60));
        return new SearchLoop(journal.map(search::journal).orElse(search)).run().history();
    }

    private static double truth(Trial trial) {
        return TABLE.optimum() - TABLE.regret(trial.architecture());
    }

    private static boolean isPredicted(Trial trial) {
        return ((Outcome.Completed) trial.outcome())
                .estimate()
                .metrics()
                .containsKey(Metrics.UNCERTAINTY);
    }

    private static double uncertainty(Trial trial) {
        return ((Outcome.Completed) trial.outcome()).estimate().metrics().get(Metrics.UNCERTAINTY);
    }

    @Nested
    class Contract extends PerformanceEstimatorContract {
        @Override
        protected PerformanceEstimator estimator() {
            return Predicted.of(TABLE);
        }

        @Override
        protected Task task() {
            return Searches.task(Spaces.nasBench201(), 1);
        }

        @Override
        protected Optional<PerformanceEstimator> other() {
            return Optional.of(PREDICTED.after(30));
        }
    }
}
