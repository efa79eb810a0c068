package io.nas4j.sharing;

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
