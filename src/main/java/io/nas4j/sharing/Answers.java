package io.nas4j.sharing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.nas4j.train.CrossEntropy;

/**
 * What answers to some images are worth.
 *
 * @param hits how many are right
 * @param logLikelihood sum over the images of the logarithm of the right class' probability
 * @param images how many were asked
 */
public record Answers(long hits, double logLikelihood, int images) {

    /** Nothing asked yet. */
    public static final Answers NONE = new Answers(0, 0, 0);

    private static final CrossEntropy CROSS_ENTROPY = new CrossEntropy(0);

    /**
     * What some answers are worth.
     *
     * @param output {@code [images, classes]}
     * @param labels the right classes, {@code [images]}
     */
    static Answers of(NDArray output, NDArray labels) {
        int images = (int) output.getShape().get(0);
        double loss = CROSS_ENTROPY.of(output, labels).getFloat();
        NDArray right = output.argMax(1).eq(labels);
        return new Answers(
                right.toType(DataType.INT64, false).sum().getLong(), -loss * images, images);
    }

    /** Both together. */
    public Answers plus(Answers other) {
        return new Answers(
                hits + other.hits, logLikelihood + other.logLikelihood, images + other.images);
    }

    /**
     * The share of right answers.
     *
     * @return in [0, 1]
     */
    public double accuracy() {
        return (double) hits / images;
    }

    /**
     * The geometric mean of the probabilities that the right classes got: the exponential of minus
     * the cross-entropy.
     *
     * @return in [0, 1]; chance has one over the number of classes, answers that are no numbers 0
     */
    public double likelihood() {
        double mean = Math.exp(logLikelihood / images);
        return Double.isNaN(mean) ? 0 : mean;
    }
}
