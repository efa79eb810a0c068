package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.space.Spaces;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetrainTest {

    @Test
    void dartsIsTheEvaluationOfItsCode() {
        Retrain darts = Retrain.darts();
        assertThat(darts.epochs()).isEqualTo(600);
        assertThat(darts.auxiliary()).isEqualTo(0.4);
        assertThat(darts.dropPath()).isEqualTo(0.2);
        assertThat(darts.everything()).as("all 50,000 images").isTrue();
        Recipe recipe = darts.recipe();
        assertThat(recipe.batch()).isEqualTo(96);
        assertThat(recipe.optimizer()).isEqualTo(new Sgd(0.9, 3e-4, false));
        assertThat(recipe.rate()).isEqualTo(new Cosine(0.025, 0, 0));
        assertThat(recipe.clip()).isEqualTo(5);
        assertThat(recipe.smoothing()).isZero();
        assertThat(recipe.augmentation())
                .isEqualTo(Augmentation.NONE.shift(4).flip(true).cutout(16));
    }

    @Test
    void nasBench201IsThatOfItsPaper() {
        Retrain bench = Retrain.nasBench201();
        assertThat(bench.epochs()).isEqualTo(200);
        assertThat(bench.auxiliary()).isZero();
        assertThat(bench.dropPath()).isZero();
        Recipe recipe = bench.recipe();
        assertThat(recipe.batch()).isEqualTo(256);
        assertThat(recipe.optimizer()).isEqualTo(new Sgd(0.9, 5e-4, true));
        assertThat(recipe.rate()).isEqualTo(new Cosine(0.1, 0, 0));
        assertThat(recipe.clip()).isZero();
        assertThat(recipe.augmentation()).isEqualTo(Augmentation.NONE.shift(4).flip(true));
    }

    @Test
    void everySettingIsACopyThatKeepsTheOthers() {
        Retrain all =
                Retrain.darts()
                        .epochs(20)
                        .batch(32)
                        .dropPath(0.1)
                        .auxiliary(0.3)
                        .seeds(3)
                        .resolution(14)
                        .device("cpu")
                        .onTrainingSplit()
                        .scaled(36, 20)
                        .checkpoint(Path.of("here"), 5)
                        .listener(progress -> {});
        assertThat(all.epochs()).isEqualTo(20);
        assertThat(all.recipe()).isEqualTo(Retrain.darts().recipe().batch(32));
        assertThat(all.dropPath()).isEqualTo(0.1);
        assertThat(all.auxiliary()).isEqualTo(0.3);
        assertThat(all.seeds()).isEqualTo(3);
        assertThat(all.resolution()).isEqualTo(14);
        assertThat(all.device()).isEqualTo("cpu");
        assertThat(all.everything()).isFalse();
        assertThat(all.scale()).contains(new Retrain.Scale(36, 20));
        assertThat(all.checkpoint()).contains(new Retrain.Saving(Path.of("here"), 5));
        assertThat(all.listeners()).hasSize(1);
        assertThat(Retrain.darts()).isEqualTo(Retrain.darts());
    }

    @Test
    void whatCannotBeIsRefused() {
        Retrain ten = Retrain.of(10);
        assertThatThrownBy(() -> ten.dropPath(1)).hasMessageContaining("in [0, 1), but was 1.0");
        assertThatThrownBy(() -> ten.auxiliary(-1)).hasMessageContaining("but was -1.0");
        assertThatThrownBy(() -> ten.seeds(0)).hasMessageContaining("at least 1, but were 0");
        assertThatThrownBy(() -> ten.checkpoint(Path.of("x"), 0))
                .hasMessageContaining("every 1 epoch or more, but were every 0");
        assertThatThrownBy(
                        () ->
                                ten.scaled(8, 5)
                                        .run(
                                                Spaces.chain(1)
                                                        .network(
                                                                Spaces.chain(1)
                                                                        .sample(
                                                                                new SplittableRandom(
                                                                                        1))),
                                                Squares.data(100),
                                                1))
                .hasMessageContaining("only stacks of cells have another size")
                .hasMessageContaining("\"chain\" is none");
    }
}
