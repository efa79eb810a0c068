package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * How a search by gradient runs the relaxed network: as a mixture, or along paths drawn from it.
 * The defaults are those of a mixture, whose steps are all alike.
 */
interface Relaxation {

    /**
     * How the next step runs.
     *
     * @param random what is drawn for it
     */
    ForwardPass training(RandomGenerator random);

    /** How the network runs when an epoch is scored, with the alpha of this moment. */
    ForwardPass evaluation();

    /**
     * The share of every option, as the answer is derived from and as an epoch records.
     *
     * @param alpha {@code [logitCount]}
     * @return {@code [logitCount]}
     */
    NDArray shares(NDArray alpha);

    /** A term of alpha's loss, a scalar; most have none. */
    default Optional<UnaryOperator<NDArray>> penalty() {
        return Optional.empty();
    }

    /** For a dry run: the pass that takes the most memory. */
    default ForwardPass largest(RandomGenerator random) {
        return training(random);
    }

    /** For a dry run: how many steps one after the other are a fair sample of all. */
    default int variety() {
        return 1;
    }

    /** Largest L2 norm of alpha's gradient; 0: not clipped. */
    default double alphaClip() {
        return 0;
    }
}
