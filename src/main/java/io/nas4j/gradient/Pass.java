package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import io.nas4j.supernet.Supernet;
import java.util.function.UnaryOperator;

/** How a supernet runs under alpha: as a whole, or along one path that is drawn from it. */
@FunctionalInterface
interface Pass {

    /**
     * Runs.
     *
     * @param images {@code [batch, channels, height, width]}
     * @param weights of the supernet
     * @param alpha logits of its decisions
     * @return {@code [batch, classes]}
     */
    NDArray output(NDArray images, NDArray weights, NDArray alpha);

    /**
     * Every option, weighted.
     *
     * @param shares from alpha to the share of each option
     */
    static Pass whole(Supernet net, UnaryOperator<NDArray> shares) {
        return (images, weights, alpha) -> net.forward(images, weights, shares.apply(alpha));
    }
}
