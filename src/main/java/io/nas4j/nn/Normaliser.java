package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.BatchNorm;

/** Where a batch normalisation without running statistics takes its mean and variance from. */
@FunctionalInterface
public interface Normaliser {

    /** The batch's own statistics. */
    Normaliser BATCH = Normaliser::byBatch;

    /**
     * Normalises the channels of a map.
     *
     * @param x {@code [batch, channels, height, width]}
     * @param gamma {@code [channels]}, or null for ones
     * @param beta {@code [channels]}, or null for zeros
     * @return of the shape of {@code x}
     */
    NDArray normalise(NDArray x, NDArray gamma, NDArray beta);

    /** By the batch's own statistics; the running ones, which nobody reads, go to scratch. */
    static NDArray byBatch(NDArray x, NDArray gamma, NDArray beta) {
        Shape channels = new Shape(x.getShape().get(1));
        NDManager manager = x.getManager();
        return BatchNorm.batchNorm(
                        x,
                        manager.zeros(channels),
                        manager.zeros(channels),
                        gamma == null ? manager.ones(channels) : gamma,
                        beta == null ? manager.zeros(channels) : beta,
                        1,
                        0.1f,
                        1e-5f,
                        true)
                .singletonOrThrow();
    }
}
