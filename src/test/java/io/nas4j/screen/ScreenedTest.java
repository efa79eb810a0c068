package io.nas4j.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Searches;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Bayesian;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.GridSearch;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.History;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenedTest {

    private static final PerformanceEstimator TRUTH = sum("truth", 1);
    private static final PerformanceEstimator CHEAP = sum("cheap", 2);

    private static PerformanceEstimator sum(String measure, double factor) {
        return PerformanceEstimator.of(
                measure,
                candidate ->
                        factor
                                * candidate.architecture().choices().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum());
    }

    @Test
    void randomSearchEstimatesTheBestOfTheScreenInOrder() {
        List<Trial> all = run(new RandomSearch(), 50, 5, Optional.empty()).trials();
        assertThat(all).hasSize(55);
        assertThat(all.subList(0, 50)).allMatch(trial -> trial.measure().equals("cheap"));
        assertThat(all.subList(0, 50)).extracting(Trial::architecture).doesNotHaveDuplicates();
        List<Trial> best =
                all.subList(0, 50).stream()
                        .sorted(Comparator.comparingDouble(trial -> -trial.score().getAsDouble()))
                        .limit(5)
                        .toList();
        assertThat(all.subList(50, 55))
                .allMatch(trial -> trial.measure().equals("truth"))
                .extracting(Trial::architecture)
                .containsExactlyElementsOf(best.stream().map(Trial::architecture).toList());
    }

    @Test
    void whatWasLookedAtIsNotTheAnswer() {
        History history = run(new RandomSearch(), 50, 5, Optional.empty());
        assertThat(history.best().orElseThrow().measure()).isEqualTo("truth");
        assertThat(history.scored()).hasSize(5);
    }

    @Test
    void evolutionBeginsWithTheBestAndGoesOnWithTheirChildren() {
        List<Trial> all =
                run(new Evolution(4, 2, 0), 50, 12, Optional.empty()).trials().subList(50, 62);
        List<Trial> random = run(new RandomSearch(), 50, 4, Optional.empty()).trials();
        assertThat(all.subList(0, 4))
                .extracting(Trial::architecture)
                .containsExactlyElementsOf(
                        random.subList(50, 54).stream().map(Trial::architecture).toList());
        for (int child = 4; child < 12; child++) {
            List<Integer> choices = all.get(child).architecture().choices();
            assertThat(all.subList(child - 4, child))
                    .anyMatch(parent -> distance(parent, choices) == 1);
        }
    }

    private static int distance(Trial one, List<Integer> other) {
        int differences = 0;
        for (int i = 0; i < other.size(); i++) {
            differences += one.architecture().choices().get(i).equals(other.get(i)) ? 0 : 1;
        }
        return differences;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 19, 20, 21, 23, 31})
    void resumedAnywhereItGoesOnAsIfNeverStopped(int kept, @TempDir Path folder)
            throws IOException {
        for (SearchStrategy strategy : List.of(new Evolution(4, 2, 0), new Bayesian().startup(3))) {
            Path journal = folder.resolve(strategy.name());
            History whole = run(strategy, 20, 12, Optional.of(journal));
            List<String> lines = Files.readAllLines(journal);
            Files.write(journal, lines.subList(0, kept + 1));
            History resumed = run(strategy, 20, 12, Optional.of(journal));
            assertThat(resumed.trials())
                    .extracting(trial -> trial.architecture() + trial.measure() + trial.score())
                    .containsExactlyElementsOf(
                            whole.trials().stream()
                                    .map(t -> t.architecture() + t.measure() + t.score())
                                    .toList());
        }
    }

    @Test
    void aSmallSpaceIsScreenedWholeAndEnds() {
        SearchSpace space =
                SearchSpace.of(
                        "small",
                        Grammar.choice("a", Grammar.skip(), Grammar.norConv(3)),
                        Grammar.choice("b", Grammar.skip(), Grammar.sepConv(3)));
        SearchStrategy strategy = new Screened(new RandomSearch(), CHEAP, 1000);
        SearchSpec search =
                SearchSpec.of(
                        Searches.task(space, 1),
                        strategy,
                        TRUTH,
                        new Budget.After(4, Budget.trials(100)));
        assertThat(new SearchLoop(search).run().history().trials())
                .extracting(Trial::measure)
                .containsExactly(
                        "cheap", "cheap", "cheap", "cheap", "truth", "truth", "truth", "truth");
    }

    @Test
    void theLooksCostIsTold() {
        History history = run(new RandomSearch(), 20, 3, Optional.empty());
        assertThat(history.trials().subList(0, 20))
                .allMatch(trial -> !trial.cost().compute().isZero());
    }

    @Test
    void aStrategyThatDrawsNothingAtRandomIsRefused() {
        assertThatThrownBy(() -> new Screened(new GridSearch(), CHEAP, 10))
                .hasMessageContaining("replaces a strategy's random draws")
                .hasMessageContaining("Try RANDOM or EVOLUTION");
        assertThatThrownBy(() -> new Screened(new RandomSearch(), CHEAP, 1))
                .hasMessageContaining("must draw at least 2");
    }

    private static History run(
            SearchStrategy strategy, int draws, int trials, Optional<Path> journal) {
        SearchSpec search =
                SearchSpec.of(
                        Searches.task(Spaces.nasBench201(), 7),
                        new Screened(strategy, CHEAP, draws),
                        TRUTH,
                        new Budget.After(draws, Budget.trials(trials)));
        return new SearchLoop(journal.map(search::journal).orElse(search)).run().history();
    }
}
