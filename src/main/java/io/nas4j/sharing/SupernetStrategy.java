package io.nas4j.sharing;

import io.nas4j.strategy.SearchStrategy;
import io.nas4j.train.Augmentation;
import io.nas4j.train.Cosine;
import java.util.OptionalInt;

/**
 * A strategy that trains a supernet. Each epoch is a trial of measure {@code supernet}; at the end
 * the architecture that was found is scored by the search's estimator.
 *
 * @param <S> the strategy itself, which every setter returns a copy of
 */
public interface SupernetStrategy<S extends SupernetStrategy<S>> extends SearchStrategy {

    /**
     * How the shared weights are trained.
     *
     * @return all settings that these strategies have in common
     */
    SupernetTraining training();

    /**
     * Sets everything that these strategies have in common.
     *
     * @param other in place of {@link #training()}
     * @return a copy
     */
    S training(SupernetTraining other);

    /**
     * Sets how many epochs the supernet is trained.
     *
     * @param epochs passes over the training data, at least 1
     * @return a copy
     */
    default S epochs(int epochs) {
        return training(training().epochs(epochs));
    }

    /**
     * Sets the size of a batch.
     *
     * @param images a step, at least 2; default 64
     * @return a copy
     */
    default S batch(int images) {
        return training(training().batch(images));
    }

    /**
     * Sets the learning rate of the weights, which falls on a cosine.
     *
     * @param first in the first epoch, above 0; default 0.05
     * @param last behind the last epoch, from 0 to {@code first}; default 0.001
     * @return a copy
     */
    default S weightRate(double first, double last) {
        return training(training().rate(Cosine.of(first, last)));
    }

    /**
     * Sets how much of the training data is used.
     *
     * @param share in (0, 1]; default 1
     * @return a copy
     */
    default S data(double share) {
        return training(training().data(share));
    }

    /**
     * Sets the size of the images that the supernet sees.
     *
     * @param pixels height and width, at least 0; 0 keeps the data's; by default half of images of
     *     28 pixels and more, and the whole of smaller ones
     * @return a copy
     */
    default S resolution(int pixels) {
        return training(training().resolution(pixels));
    }

    /**
     * Sets how the images that the search learns from are changed at random; scores are taken on
     * images as they are.
     *
     * @param other for example {@code Augmentation.NONE.shift(1).flip(true).cutout(4)}, in pixels
     *     of the images that the supernet sees
     * @return a copy
     */
    default S augmentation(Augmentation other) {
        return training(training().augmentation(other));
    }

    /**
     * Changes the images that the search learns from by as much as their size bears.
     *
     * @return a copy with {@link Augmentation#mild} of the resolution that the supernet sees
     */
    default S augmented() {
        return training(training().augmented());
    }

    /**
     * Sets how long the weights learn alone, before alpha or a controller does.
     *
     * @param share of the epochs, in [0, 1)
     * @return a copy
     */
    default S warmUp(double share) {
        return training(training().warmUp(share));
    }

    @Override
    default OptionalInt slices() {
        return OptionalInt.of(training().epochs());
    }
}
