package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.trial.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShuffledExecutorTest extends TrialExecutorContract {
    @Override
    protected TrialExecutor executor() {
        return new ShuffledExecutor(3, 5);
    }

    @Test
    void severalSlotsGiveTheSameTrialsWhicheverEndsFirst() {
        SearchSpec search = Searches.blind(Budget.trials(40));
        List<Trial> first = run(search.executor(new ShuffledExecutor(4, 1)));
        assertThat(first.stream().filter(trial -> !trial.reused())).hasSize(40);
        for (long seed = 2; seed < 6; seed++) {
            List<Trial> other = run(search.executor(new ShuffledExecutor(4, seed)));
            assertThat(other).usingRecursiveComparison().ignoringFields("outcome").isEqualTo(first);
            assertThat(other)
                    .extracting(Trial::score)
                    .isEqualTo(first.stream().map(Trial::score).toList());
        }
    }

    private static List<Trial> run(SearchSpec search) {
        return new SearchLoop(search).run().history().trials();
    }
}
