package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.data.Data;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything here is refused before DJL's natives are touched. */
class TrainingEstimatorTest {

    @Test
    void theMeasureNamesWhatIsNotUsual() {
        assertThat(TrainingEstimator.train(10).measure()).isEqualTo("train(epochs=10)");
        assertThat(TrainingEstimator.lowFidelity(3).data(0.2).width(0.5).resolution(14))
                .hasToString("train(epochs=3, data=0.2, width=0.5, resolution=14)");
        assertThat(TrainingEstimator.train(2).batch(32).smoothing(0.1).measure())
                .isEqualTo("train(epochs=2, batch=32, smoothing=0.1)");
        assertThat(TrainingEstimator.train(2).device("cpu").measure())
                .as("the device makes no difference to what a score means")
                .isEqualTo("train(epochs=2)");
    }

    @Test
    void settingsAreCopiedNotChanged() {
        TrainingEstimator base = TrainingEstimator.lowFidelity(4);
        assertThat(base.data(0.5).fidelity()).isEqualTo(Fidelity.epochs(4).data(0.5));
        assertThat(base).isEqualTo(TrainingEstimator.lowFidelity(4));
    }

    @Test
    void noEpochsAreRefused() {
        assertThatThrownBy(() -> TrainingEstimator.lowFidelity(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epochs must be at least 1, but were 0. Try 10.");
        assertThatThrownBy(
                        () ->
                                TrainingEstimator.train(1)
                                        .fidelity(Fidelity.NONE)
                                        .open(task(Spaces.cells(), images(28))))
                .hasMessage("epochs must be at least 1, but were 0. Try lowFidelity(10).");
    }

    @Test
    void anEmptyValidationSplitIsRefused() {
        Data data = images(28).split(1, 0);
        assertThatThrownBy(() -> TrainingEstimator.train(1).open(task(Spaces.cells(), data)))
                .hasMessageContaining("validation split of \"squares\" is empty")
                .hasMessageContaining("Try data.split(0.7, 0.15)");
    }

    @Test
    void aSpaceThatDoesNotFitTheDataIsRefused() {
        Data rows =
                Data.rows(
                        "numbers",
                        new float[40],
                        4,
                        new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1},
                        List.of("a", "b"));
        assertThatThrownBy(() -> TrainingEstimator.train(1).open(task(Spaces.cells(), rows)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                TrainingEstimator.train(1)
                                        .resolution(56)
                                        .open(task(Spaces.cells(), images(28))))
                .hasMessage("resolution (56) must be at most that of the data, 28×28. Try 14.");
    }

    @Test
    void aRecipeThatCannotTrainIsRefused() {
        assertThatThrownBy(() -> Recipe.DEFAULT.batch(1)).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> Recipe.DEFAULT.smoothing(1)).hasMessageContaining("smoothing");
        assertThatThrownBy(() -> Recipe.DEFAULT.clip(-1)).hasMessageContaining("clipped");
        assertThatThrownBy(() -> Retrain.of(0)).hasMessageContaining("epochs must be at least 1");
    }

    private static Task task(SearchSpace space, Data data) {
        return new Task(space, data, new Seeds(1));
    }

    private static Data images(int side) {
        int[] labels = new int[40];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 2;
        }
        return Data.images(
                "squares",
                new byte[labels.length * side * side],
                1,
                side,
                side,
                labels,
                List.of("a", "b"));
    }
}
