package io.nas4j.nn;

/**
 * How a {@link Program} is run once.
 *
 * @param training whether dropout and drop-path act and running statistics are updated
 * @param batchStatistics whether batch normalisation uses the batch's own statistics; true while
 *     training
 * @param dropPath probability in [0, 1) that a summand is dropped for a sample while training
 * @param mixture what happens at holes
 */
public record ExecutionMode(
        boolean training, boolean batchStatistics, double dropPath, Mixture mixture) {

    /** A network without holes learns. */
    public static final ExecutionMode TRAINING = new ExecutionMode(true, true, 0, Mixture.CLOSED);

    /** A network without holes predicts. */
    public static final ExecutionMode PREDICTION =
            new ExecutionMode(false, false, 0, Mixture.CLOSED);
}
