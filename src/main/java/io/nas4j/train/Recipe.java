package io.nas4j.train;

import static io.nas4j.space.Require.require;

import java.util.ArrayList;
import java.util.List;

/**
 * How a network is trained, whatever it is and for however long.
 *
 * @param batch examples per step, at least 2
 * @param optimizer makes a step from a gradient
 * @param rate the learning rate over the training, asked before every step
 * @param clip largest L2 norm of the whole gradient; 0: not clipped
 * @param smoothing of the labels, in [0, 1)
 * @param augmentation of the images
 */
public record Recipe(
        int batch,
        Optimizer optimizer,
        LearningRate rate,
        double clip,
        double smoothing,
        Augmentation augmentation) {

    /** Short trainings of small networks: chosen by measurement, see the bench's results. */
    public static final Recipe DEFAULT =
            new Recipe(64, new Sgd(0.9, 3e-4, true), Cosine.of(0.1), 5, 0, Augmentation.NONE);

    public Recipe {
        require(batch >= 2, "a batch must have at least 2 examples, but had %d. Try 64.", batch);
        require(clip >= 0, "the gradient's norm must be clipped above 0, but at %s. Try 5.", clip);
        require(
                smoothing >= 0 && smoothing < 1,
                "label smoothing must be in [0, 1), but was %s. Try 0.1.",
                smoothing);
    }

    /**
     * Sets {@link #batch}.
     *
     * @param examples per step, at least 2; default 64
     * @return a copy
     */
    public Recipe batch(int examples) {
        return new Recipe(examples, optimizer, rate, clip, smoothing, augmentation);
    }

    /**
     * Sets {@link #optimizer}.
     *
     * @param other default SGD, Nesterov momentum 0.9, weight decay 3e-4
     * @return a copy
     */
    public Recipe optimizer(Optimizer other) {
        return new Recipe(batch, other, rate, clip, smoothing, augmentation);
    }

    /**
     * Sets {@link #rate}.
     *
     * @param other default from 0.1 to 0
     * @return a copy
     */
    public Recipe rate(LearningRate other) {
        return new Recipe(batch, optimizer, other, clip, smoothing, augmentation);
    }

    /**
     * Sets {@link #clip}.
     *
     * @param norm L2, at least 0; 0 is off; default 5
     * @return a copy
     */
    public Recipe clip(double norm) {
        return new Recipe(batch, optimizer, rate, norm, smoothing, augmentation);
    }

    /**
     * Sets {@link #smoothing}.
     *
     * @param share in [0, 1); default 0
     * @return a copy
     */
    public Recipe smoothing(double share) {
        return new Recipe(batch, optimizer, rate, clip, share, augmentation);
    }

    /**
     * Sets {@link #augmentation}.
     *
     * @param other default none
     * @return a copy
     */
    public Recipe augmentation(Augmentation other) {
        return new Recipe(batch, optimizer, rate, clip, smoothing, other);
    }

    /** What differs from the default, each after a comma: part of a measure's name. */
    String differences() {
        List<String> parts = new ArrayList<>();
        add(parts, "batch", batch, DEFAULT.batch);
        add(parts, "optimizer", optimizer, DEFAULT.optimizer);
        add(parts, "rate", rate, DEFAULT.rate);
        add(parts, "clip", clip, DEFAULT.clip);
        add(parts, "smoothing", smoothing, DEFAULT.smoothing);
        add(parts, "augmentation", augmentation, DEFAULT.augmentation);
        return String.join("", parts);
    }

    private static void add(List<String> parts, String name, Object value, Object usual) {
        if (!value.equals(usual)) {
            parts.add(", " + name + "=" + value);
        }
    }
}
