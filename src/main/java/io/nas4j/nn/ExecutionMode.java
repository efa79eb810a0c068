package io.nas4j.nn;

/**
 * How a {@link Program} is run once.
 *
 * @param training whether dropout and drop-path act and running statistics are updated
 * @param dropPath probability in [0, 1) that a summand is dropped for a sample while training
 * @param normaliser of what has no running statistics: the candidates of a supernet
 */
public record ExecutionMode(boolean training, double dropPath, Normaliser normaliser) {

    /** A network learns. */
    public static final ExecutionMode TRAINING = new ExecutionMode(true, 0, Normaliser.BATCH);

    /** A network predicts. */
    public static final ExecutionMode PREDICTION = new ExecutionMode(false, 0, Normaliser.BATCH);
}
