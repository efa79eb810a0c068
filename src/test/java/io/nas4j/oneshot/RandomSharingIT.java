package io.nas4j.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.search.RunResult;
import io.nas4j.sharing.SupernetSearchContract;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Trial;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class RandomSharingIT extends SupernetSearchContract {

    @Override
    protected SearchStrategy strategy(int epochs, double weightRate) {
        return new RandomSharing()
                .epochs(epochs)
                .batch(8)
                .resolution(0)
                .weightRate(weightRate, weightRate)
                .draws(12, 3)
                .scoring(new PathScoring().tuning(1));
    }

    @Test
    void theBestOfTheScreenedIsTheFirstFinalistAndTheBestFinalistTheAnswer() {
        RunResult finished = run(strategy(4, 0.05), gratings(false, 1));
        assertThat(operation(finished)).isEqualTo(CONVOLUTION);
        List<Trial> trials = finished.history().trials();
        Trial screening = trials.get(4);
        assertThat(screening.measure()).isEqualTo("one-batch");
        List<Trial> finalists = trials.subList(5, trials.size() - 1);
        // all three networks of the space
        assertThat(finalists).hasSize(3).allMatch(trial -> trial.measure().equals("one-shot"));
        assertThat(finalists.get(0).architecture()).isEqualTo(screening.architecture());
        double best =
                finalists.stream().mapToDouble(t -> t.score().orElseThrow()).max().orElseThrow();
        assertThat(finalists)
                .filteredOn(trial -> trial.score().orElseThrow() == best)
                .extracting(Trial::architecture)
                .contains(trials.get(trials.size() - 1).architecture());
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> new RandomSharing().draws(9, 10))
                .hasMessageContaining("draws (9) must be at least finalists (10)");
        assertThatThrownBy(() -> new RandomSharing().draws(9, 0))
                .hasMessageContaining("finalists must be at least 1");
        assertThatThrownBy(() -> new RandomSharing().recalibration(1))
                .hasMessageContaining("Try 256");
    }
}
