package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.analysis.Spread;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.Repeated;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.History;
import io.nas4j.trial.Trial;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same search from several seeds. */
class RepeatedTest {

    @Test
    void everySearchEndsWithItsAnswerAndTheEstimatorChooses() {
        History history = run(new Repeated(new Epochs(2), 3));
        assertThat(history.trials())
                .extracting(Trial::measure)
                .containsExactly(
                        "supernet",
                        "supernet",
                        "sum",
                        "supernet",
                        "supernet",
                        "sum",
                        "supernet",
                        "supernet",
                        "sum");
        for (int answer : new int[] {2, 5, 8}) {
            assertThat(history.trials().get(answer).architecture())
                    .isEqualTo(history.trials().get(answer - 1).architecture());
        }
        Spread spread = Spread.of(history);
        assertThat(spread.scores()).hasSize(3);
        assertThat(history.best().orElseThrow().score()).hasValue(spread.most());
    }

    @Test
    void searchesDifferAndTheFirstIsTheSearchWithoutRepeats() {
        History repeated = run(new Repeated(new Epochs(2), 2));
        assertThat(facts(repeated).subList(0, 3)).isEqualTo(facts(run(new Epochs(2))));
        List<Trial> trials = repeated.trials();
        assertThat(trials.get(3).score()).isNotEqualTo(trials.get(0).score());
    }

    @Test
    void onceIsTheSearchItself() {
        assertThat(facts(run(new Repeated(new Epochs(3), 1)))).isEqualTo(facts(run(new Epochs(3))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void stoppedAnywhereItResumesAsIfItHadNotBeen(int killedAfter, @TempDir Path folder) {
        Repeated strategy = new Repeated(new Epochs(2), 3);
        SearchSpec search = spec(strategy).journal(folder.resolve("seeds.jsonl"));
        SearchSpec stopped =
                search.listener(
                        event -> {
                            if (event instanceof SearchEvent.TrialFinished finished
                                    && finished.trial().number() == killedAfter - 1) {
                                Thread.currentThread().interrupt();
                            }
                        });
        RunResult half = new SearchLoop(stopped).run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(half.end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(half.history().size()).isEqualTo(killedAfter);
        History resumed = new SearchLoop(search).run().history();
        assertThat(facts(resumed)).isEqualTo(facts(run(strategy)));
    }

    @Test
    void theDefaultBudgetHoldsAllSearches() {
        assertThat(new Repeated(new Epochs(7), 4).slices()).hasValue(4 * 7 + 3);
    }

    @Test
    void aStrategyWithoutEndIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Repeated(new RandomSearch(), 4))
                .withMessageContaining("must end by itself")
                .withMessageContaining("Try");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Repeated(new Epochs(7), 0))
                .withMessageContaining("at least 1, but were 0");
    }

    @Test
    void aSpreadHasTheDeviationOfASample() {
        Spread spread = new Spread(List.of(1.0, 2.0, 3.0, 4.0));
        assertThat(spread.mean()).isEqualTo(2.5);
        assertThat(spread.deviation()).isEqualTo(Math.sqrt(5 / 3.0));
        assertThat(spread.toString())
                .isEqualTo("2.5000 ± 1.2910 over 4 answers (1.0000 to 4.0000)");
    }

    /** All but the time it took. */
    private static List<String> facts(History history) {
        return history.trials().stream()
                .map(
                        trial ->
                                trial.number()
                                        + " "
                                        + trial.architecture()
                                        + trial.measure()
                                        + trial.seed()
                                        + trial.score())
                .toList();
    }

    private static History run(SearchStrategy strategy) {
        return new SearchLoop(spec(strategy)).run().history();
    }

    private static SearchSpec spec(SearchStrategy strategy) {
        return SearchSpec.of(
                Searches.task(Spaces.nasBench201(), 5), strategy, Searches.SUM, Budget.trials(100));
    }
}
