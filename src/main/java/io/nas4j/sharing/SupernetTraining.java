package io.nas4j.sharing;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;
import io.nas4j.train.Augmentation;
import io.nas4j.train.Cosine;
import io.nas4j.train.Optimizer;
import io.nas4j.train.Sgd;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * How the shared weights of a supernet are trained, whatever the strategy.
 *
 * <p>Without a resolution of its own the training follows the data: images of 28 pixels and more
 * are averaged down to half of their smaller side (28 to 14, 32 to 16), smaller ones are kept as
 * they are. That is for speed on small machines; the papers search at full resolution.
 *
 * @param epochs passes over the part of the training data that the weights learn from, at least 1
 * @param batch images a step, at least 2
 * @param optimizer makes a step from the gradient of the weights
 * @param rate learning rate of the weights, asked before every epoch
 * @param clip largest L2 norm of the weights' gradient; 0: not clipped
 * @param data share of the training data, in (0, 1]
 * @param resolution height and width of the images in pixels; 0 keeps the data's; empty follows the
 *     data
 * @param augmentation random changes to the images that the search learns from, in pixels of that
 *     resolution; empty follows the resolution, {@link Augmentation#mild}; scores are taken on
 *     images as they are
 * @param warmUp share of the epochs, the first ones, in which the weights learn alone, in [0, 1):
 *     what chooses between options (alpha, a controller) would else judge weights that know nothing
 *     yet; without effect where paths are drawn uniformly
 */
public record SupernetTraining(
        int epochs,
        int batch,
        Optimizer optimizer,
        Cosine rate,
        double clip,
        double data,
        OptionalInt resolution,
        Optional<Augmentation> augmentation,
        double warmUp) {

    /** Images of this side or more are halved where no resolution is set. */
    private static final int LARGE = 28;

    /**
     * For small machines: 8 epochs in batches of 64, SGD as in DARTS from 0.05 to 0.001, the norm
     * clipped at 5, all training data, a resolution that follows the data, images as they are, no
     * warm-up.
     */
    public SupernetTraining() {
        this(
                8,
                64,
                Sgd.darts(),
                Cosine.of(0.05, 0.001),
                5,
                1,
                OptionalInt.empty(),
                Optional.of(Augmentation.NONE),
                0);
    }

    public SupernetTraining {
        require(epochs >= 1, "a supernet trains for at least 1 epoch, but has %d.", epochs);
        require(batch >= 2, "a batch must have at least 2 images, but has %d. Try 64.", batch);
        require(clip >= 0, "clip must be at least 0 (off), but was %s. Try 5.", clip);
        require(data > 0 && data <= 1, "data must be in (0, 1], but was %s. Try 0.5.", data);
        require(
                resolution.orElse(0) >= 0,
                "resolution must be at least 0, but was %d.",
                resolution.orElse(0));
        require(
                warmUp >= 0 && warmUp < 1,
                "warmUp must be a share of the epochs in [0, 1), but was %s. Try 0.3.",
                warmUp);
    }

    /**
     * Sets {@link #epochs}.
     *
     * @param other at least 1
     * @return a copy
     */
    public SupernetTraining epochs(int other) {
        return new SupernetTraining(
                other, batch, optimizer, rate, clip, data, resolution, augmentation, warmUp);
    }

    /**
     * Sets {@link #batch}.
     *
     * @param images at least 2
     * @return a copy
     */
    public SupernetTraining batch(int images) {
        return new SupernetTraining(
                epochs, images, optimizer, rate, clip, data, resolution, augmentation, warmUp);
    }

    /**
     * Sets {@link #optimizer}.
     *
     * @param other of the weights
     * @return a copy
     */
    public SupernetTraining optimizer(Optimizer other) {
        return new SupernetTraining(
                epochs, batch, other, rate, clip, data, resolution, augmentation, warmUp);
    }

    /**
     * Sets {@link #rate}.
     *
     * @param other of the weights
     * @return a copy
     */
    public SupernetTraining rate(Cosine other) {
        return new SupernetTraining(
                epochs, batch, optimizer, other, clip, data, resolution, augmentation, warmUp);
    }

    /**
     * Sets {@link #clip}.
     *
     * @param norm at least 0; 0 is off
     * @return a copy
     */
    public SupernetTraining clip(double norm) {
        return new SupernetTraining(
                epochs, batch, optimizer, rate, norm, data, resolution, augmentation, warmUp);
    }

    /**
     * Sets {@link #data}.
     *
     * @param share in (0, 1]
     * @return a copy
     */
    public SupernetTraining data(double share) {
        return new SupernetTraining(
                epochs, batch, optimizer, rate, clip, share, resolution, augmentation, warmUp);
    }

    /**
     * Sets {@link #resolution}.
     *
     * @param pixels at least 0; 0 keeps the data's
     * @return a copy
     */
    public SupernetTraining resolution(int pixels) {
        OptionalInt set = OptionalInt.of(pixels);
        return new SupernetTraining(
                epochs, batch, optimizer, rate, clip, data, set, augmentation, warmUp);
    }

    /**
     * Sets {@link #augmentation}.
     *
     * @param other for example {@code Augmentation.NONE.shift(1).flip(true).cutout(4)}
     * @return a copy
     */
    public SupernetTraining augmentation(Augmentation other) {
        return augmentation(Optional.of(other));
    }

    /**
     * Lets {@link #augmentation} follow the resolution.
     *
     * @return a copy whose images are changed by {@link Augmentation#mild}
     */
    public SupernetTraining augmented() {
        return augmentation(Optional.empty());
    }

    private SupernetTraining augmentation(Optional<Augmentation> other) {
        return new SupernetTraining(
                epochs, batch, optimizer, rate, clip, data, resolution, other, warmUp);
    }

    /**
     * Sets {@link #warmUp}.
     *
     * @param share of the epochs, in [0, 1)
     * @return a copy
     */
    public SupernetTraining warmUp(double share) {
        return new SupernetTraining(
                epochs, batch, optimizer, rate, clip, data, resolution, augmentation, share);
    }

    /**
     * How many epochs the weights learn alone.
     *
     * @return {@link #warmUp} of all epochs, rounded up, but not all of them
     */
    public int warmUpEpochs() {
        return Math.min(epochs - 1, (int) Math.ceil(warmUp * epochs));
    }

    /** Height and width to train on, in pixels; 0: as the images are. */
    public int pixels(Data images) {
        int side = Math.min(images.height(), images.width());
        return resolution.orElse(side >= LARGE ? side / 2 : 0);
    }

    /**
     * How images are changed.
     *
     * @param side of what the supernet sees, in pixels
     * @return what is set, or what follows from the side
     */
    public Augmentation changes(int side) {
        return augmentation.orElseGet(() -> Augmentation.mild(side));
    }

    /** The epochs, and what differs from {@code usual}: part of a strategy's text. */
    public void describe(StringJoiner text, SupernetTraining usual) {
        text.add("epochs=" + epochs);
        add(text, "batch", batch, usual.batch);
        add(text, "optimizer", optimizer, usual.optimizer);
        add(text, "weightRate", rate.peak(), usual.rate.peak());
        add(text, "lastWeightRate", rate.floor(), usual.rate.floor());
        add(text, "weightRateWarmUp", rate.warmUp(), usual.rate.warmUp());
        add(text, "clip", clip, usual.clip);
        add(text, "data", data, usual.data);
        if (!resolution.equals(usual.resolution)) {
            text.add("resolution=" + resolution.orElse(0));
        }
        if (!augmentation.equals(usual.augmentation)) {
            text.add(augmentation.map(set -> "augmentation=" + set).orElse("augmented"));
        }
        add(text, "warmUp", warmUp, usual.warmUp);
    }

    /** Adds a setting that is not as usual. */
    public static void add(StringJoiner text, String name, Object value, Object usual) {
        if (!value.equals(usual)) {
            text.add(name + "=" + value);
        }
    }
}
