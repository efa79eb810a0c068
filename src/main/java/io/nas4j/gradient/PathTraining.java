package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

/**
 * How a supernet is trained on single paths: each batch runs one architecture, with the weights
 * that all share.
 *
 * @param epochs passes over the training data, at least 1
 * @param batch images a step, at least 2
 * @param weightRate learning rate (SGD with momentum)
 * @param lastWeightRate what it falls to, on a cosine over all epochs; at least 0
 * @param data share of the training data, in (0, 1]
 * @param resolution height and width of the images in pixels; 0 keeps the data's
 */
public record PathTraining(
        int epochs,
        int batch,
        double weightRate,
        double lastWeightRate,
        double data,
        int resolution) {

    /** For small machines and the embedded sample. */
    public PathTraining() {
        this(8, 64, 0.05, 0.001, 1, 14);
    }

    public PathTraining {
        require(epochs >= 1, "a supernet trains for at least 1 epoch, but has %d.", epochs);
        require(batch >= 2, "a batch must have at least 2 images, but has %d. Try 64.", batch);
        require(
                weightRate > 0 && lastWeightRate >= 0 && lastWeightRate <= weightRate,
                "learning rates of the weights must fall from above 0 to at least 0, but were %s"
                        + " and %s. Try 0.05 and 0.001.",
                weightRate,
                lastWeightRate);
        require(data > 0 && data <= 1, "data must be in (0, 1], but was %s. Try 0.5.", data);
        require(resolution >= 0, "resolution must be at least 0, but was %d.", resolution);
    }

    public PathTraining epochs(int other) {
        return new PathTraining(other, batch, weightRate, lastWeightRate, data, resolution);
    }

    public PathTraining batch(int other) {
        return new PathTraining(epochs, other, weightRate, lastWeightRate, data, resolution);
    }

    public PathTraining weightRate(double first, double last) {
        return new PathTraining(epochs, batch, first, last, data, resolution);
    }

    public PathTraining data(double share) {
        return new PathTraining(epochs, batch, weightRate, lastWeightRate, share, resolution);
    }

    public PathTraining resolution(int pixels) {
        return new PathTraining(epochs, batch, weightRate, lastWeightRate, data, pixels);
    }
}
