package io.nas4j.train;

/** The learning rate over a training, asked before every step. */
public sealed interface LearningRate permits Cosine, Tracked {

    /**
     * The rate of a step.
     *
     * @param progress share of the training that is done, in [0, 1]
     * @param step steps that were made before, those of a continued training included
     * @return above or at 0
     */
    double rate(double progress, int step);

    /**
     * Whether the rate is the same at every moment, so that any schedule is the same.
     *
     * @return false where that is not known
     */
    boolean isConstant();
}
