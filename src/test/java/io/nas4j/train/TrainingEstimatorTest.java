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
    void everyPartOfAFidelityCombines() {
        TrainingEstimator all =
                TrainingEstimator.lowFidelity(10)
                        .schedule(200)
                        .data(0.5)
                        .width(0.5)
                        .resolution(14)
                        .batch(10);
        assertThat(all.fidelity()).isEqualTo(new Fidelity(10, 0.5, 0.5, 14, 200));
        assertThat(all.measure())
                .isEqualTo(
                        "train(epochs=10, schedule=to 200, data=0.5, width=0.5, resolution=14,"
                                + " batch=10)");
        assertThat(TrainingEstimator.lowFidelity(10).resolution(14).batch(10).width(0.5).data(0.5))
                .extracting(e -> e.schedule(200))
                .as("in any order")
                .isEqualTo(all);
        TrainingEstimator.Session session = all.open(task(Spaces.cells(), images(28)));
        session.close();
    }

    @Test
    void aScheduleShorterThanTheTrainingIsRefused() {
        assertThatThrownBy(() -> TrainingEstimator.lowFidelity(10).schedule(9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the schedule must span at least the 10 epochs that are trained, but spans"
                                + " 9. Try schedule(200).");
    }

    @Test
    void aShareOfLessThanABatchIsRefused() {
        TrainingEstimator estimator = TrainingEstimator.train(1).batch(10);
        assertThatThrownBy(() -> estimator.data(0.2).open(task(Spaces.cells(), images(28))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "data=0.2 must leave a batch of 10 of the 28 examples, but leaves 6. Try"
                                + " data(0.36) or batch(6).");
    }

    @Test
    void aShareWithoutAnExampleOfAClassIsRefused() {
        int[] labels = new int[40];
        labels[0] = 1;
        labels[39] = 1;
        Data data = images(28, labels);
        assertThatThrownBy(
                        () ->
                                TrainingEstimator.train(1)
                                        .batch(2)
                                        .data(0.1)
                                        .open(task(Spaces.cells(), data)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "data=0.1 must leave an example of every class, but leaves none of \"b\"."
                                + " Try a larger share.");
    }

    @Test
    void aWidthThatLeavesNoChannelIsRefused() {
        assertThatThrownBy(
                        () ->
                                TrainingEstimator.train(1)
                                        .width(0.01)
                                        .open(task(Spaces.nasBench201(8, 1), images(28))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("width=0.01 must leave one of the 8 channels")
                .hasMessageContaining("Try a width of at least 0.07.");
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
        return images(side, labels);
    }

    private static Data images(int side, int[] labels) {
        return Data.images(
                "squares",
                new byte[labels.length * side * side],
                1,
                side,
                side,
                labels,
                List.of("a", "b"));
    }

    @Test
    void whatAJournalCannotNameIsForRetrainingOnly() {
        Recipe tracked = Recipe.DEFAULT.rate(new Tracked(step -> 0.1f));
        assertThatThrownBy(() -> TrainingEstimator.train(3).recipe(tracked))
                .hasMessageContaining("that a journal can name")
                .hasMessageContaining("Try them in Retrain");
        Recipe djl = Recipe.DEFAULT.optimizer(new DjlOptimizer(() -> null));
        assertThatThrownBy(() -> TrainingEstimator.train(3).recipe(djl))
                .hasMessageContaining("but were DjlOptimizer and Cosine");
    }
}
