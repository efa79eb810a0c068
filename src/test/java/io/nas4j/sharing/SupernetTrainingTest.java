package io.nas4j.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.data.Data;
import io.nas4j.gradient.Darts;
import io.nas4j.gradient.DifferentiableStrategy;
import io.nas4j.gradient.DrNas;
import io.nas4j.gradient.Gdas;
import io.nas4j.gradient.Guards;
import io.nas4j.gradient.PcDarts;
import io.nas4j.oneshot.Enas;
import io.nas4j.oneshot.OneShot;
import io.nas4j.oneshot.RandomSharing;
import io.nas4j.train.Augmentation;
import io.nas4j.train.Cosine;
import io.nas4j.train.Sgd;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SupernetTrainingTest {

    private static Data images(int height, int width) {
        byte[] pixels = new byte[2 * height * width];
        return Data.images("images", pixels, 1, height, width, new int[] {0, 1}, List.of("a", "b"));
    }

    @Test
    void theResolutionFollowsTheDataUnlessItIsSet() {
        SupernetTraining usual = new SupernetTraining();
        assertThat(usual.pixels(images(28, 28))).isEqualTo(14);
        assertThat(usual.pixels(images(32, 32))).isEqualTo(16);
        assertThat(usual.pixels(images(224, 160))).isEqualTo(80);
        // 0: as they are
        assertThat(usual.pixels(images(27, 40))).isZero();
        assertThat(usual.pixels(images(8, 8))).isZero();
        assertThat(usual.resolution(14).pixels(images(32, 32))).isEqualTo(14);
        assertThat(usual.resolution(0).pixels(images(32, 32))).isZero();
    }

    @Test
    void theChangesToImagesFollowTheResolutionUnlessTheyAreSet() {
        SupernetTraining usual = new SupernetTraining();
        assertThat(usual.changes(14)).isEqualTo(Augmentation.NONE);
        assertThat(usual.augmented().changes(14)).isEqualTo(new Augmentation(1, true, 4));
        assertThat(usual.augmented().changes(16)).isEqualTo(new Augmentation(1, true, 5));
        assertThat(usual.augmented().changes(32)).isEqualTo(new Augmentation(3, true, 9));
        // a side of one pixel has nothing to move or hide
        assertThat(usual.augmented().changes(1)).isEqualTo(new Augmentation(0, true, 0));
        Augmentation own = Augmentation.NONE.cutout(3);
        assertThat(usual.augmented().augmentation(own).changes(32)).isEqualTo(own);
        assertThat(new Darts()).isEqualTo(new Darts().augmented());
        assertThat(new Darts().augmentation(Augmentation.NONE).toString())
                .contains("augmentation=" + Augmentation.NONE);
        assertThat(new OneShot().augmented().toString()).contains(", augmented");
        assertThatThrownBy(() -> Augmentation.mild(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 pixel, but this has 0");
    }

    @Test
    void aWarmUpIsRoundedUpAndLeavesAnEpoch() {
        SupernetTraining usual = new SupernetTraining();
        assertThat(usual.warmUpEpochs()).isZero();
        assertThat(usual.epochs(10).warmUp(0.25).warmUpEpochs()).isEqualTo(3);
        assertThat(usual.warmUp(0.25).epochs(10).warmUpEpochs()).isEqualTo(3);
        assertThat(usual.epochs(3).warmUp(0.99).warmUpEpochs()).isEqualTo(2);
        assertThat(usual.epochs(1).warmUp(0.5).warmUpEpochs()).isZero();
    }

    /** Each strategy's text names every setting that is not its default. */
    @Test
    void everySettingIsTheCopysAndPrints() {
        assertSets(new Darts());
        assertSets(new PcDarts());
        assertSets(new Gdas());
        assertSets(new DrNas());
        assertSets(new Enas());
        assertSets(new OneShot());
        assertSets(new RandomSharing());
    }

    private static <S extends SupernetStrategy<S>> void assertSets(S strategy) {
        Augmentation moved = Augmentation.NONE.shift(1).flip(true);
        S other =
                strategy.epochs(3)
                        .batch(48)
                        .weightRate(0.1, 0.01)
                        .data(0.5)
                        .resolution(12)
                        .augmentation(moved)
                        .warmUp(0.25);
        SupernetTraining training = other.training();
        assertThat(training)
                .isEqualTo(
                        new SupernetTraining(
                                3,
                                48,
                                strategy.training().optimizer(),
                                Cosine.of(0.1, 0.01),
                                5,
                                0.5,
                                java.util.OptionalInt.of(12),
                                java.util.Optional.of(moved),
                                0.25));
        assertThat(other.toString())
                .contains("epochs=3, batch=48, weightRate=0.1, lastWeightRate=0.01")
                .contains("data=0.5, resolution=12, augmentation=" + moved + ", warmUp=0.25");
        assertThat(other.training(strategy.training())).isEqualTo(strategy);
        assertThat(strategy.toString())
                .contains("epochs=" + strategy.training().epochs())
                .doesNotContain("batch", "Rate", "optimizer", "resolution");
        assertThat(strategy.training(training.clip(1).optimizer(new Sgd(0.5, 0, false))).toString())
                .contains("optimizer=Sgd[momentum=0.5", "clip=1.0");
    }

    @Test
    void everySettingOfAlphaIsTheCopysAndPrints() {
        assertSetsAlpha(new Darts());
        assertSetsAlpha(new PcDarts());
        assertSetsAlpha(new Gdas());
        assertSetsAlpha(new DrNas());
        assertThat(new Darts().secondOrder())
                .isEqualTo(new Darts().xi(1))
                .hasToString("darts(epochs=4, xi=1.0, trainLoss=0.0)");
    }

    private static <S extends DifferentiableStrategy<S>> void assertSetsAlpha(S strategy) {
        Guards guards = Guards.NONE.skips(7);
        S other = strategy.alphaRate(0.5).guards(guards).deriveNone(true).trainLoss(0.25);
        assertThat(other.alpha())
                .isEqualTo(
                        strategy.alpha().rate(0.5).guards(guards).deriveNone(true).trainLoss(0.25));
        assertThat(other.training()).isEqualTo(strategy.training());
        assertThat(other.toString())
                .contains("alphaRate=0.5, guards=" + guards + ", deriveNone=true, trainLoss=0.25");
        assertThat(strategy.toString())
                .doesNotContain("alphaRate", "guards", "deriveNone", "trainLoss");
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        SupernetTraining usual = new SupernetTraining();
        assertRefused(usual, training -> training.epochs(0), "at least 1 epoch");
        assertRefused(usual, training -> training.batch(1), "at least 2 images", "Try 64");
        assertRefused(usual, training -> training.clip(-1), "clip", "Try 5");
        assertRefused(usual, training -> training.data(0), "(0, 1]", "Try 0.5");
        assertRefused(usual, training -> training.resolution(-1), "resolution", "-1");
        assertRefused(usual, training -> training.warmUp(1), "[0, 1)", "1.0", "Try 0.3");
        assertThatThrownBy(() -> new Darts().weightRate(0.1, 0.2)).hasMessageContaining("[0, 0.1]");
        assertThatThrownBy(() -> new Darts().alphaRate(0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new Darts().xi(-1)).hasMessageContaining("Try 1");
        assertThatThrownBy(() -> new Darts().trainLoss(1.5))
                .hasMessageContainingAll("[0, 1]", "1.5", "Try 0.5");
        assertThatThrownBy(() -> new Darts().secondOrder().trainLoss(1))
                .hasMessageContainingAll("held-out", "xi 1.0", "Try trainLoss(0.5)");
        assertThatThrownBy(() -> new OneShot().recalibration(1)).hasMessageContaining("Try 256");
    }

    private static void assertRefused(
            SupernetTraining usual, UnaryOperator<SupernetTraining> change, String... parts) {
        assertThatThrownBy(() -> change.apply(usual))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }
}
