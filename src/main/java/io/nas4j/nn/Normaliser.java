package io.nas4j.nn;

import ai.djl.ndarray.NDArray;

/** Where a batch normalisation takes its mean and variance from. */
@FunctionalInterface
interface Normaliser {

    /** The batch's own statistics. */
    Normaliser BATCH = SupernetLayer::norm;

    /**
     * Normalises the channels of a map.
     *
     * @param x {@code [batch, channels, height, width]}
     * @param gamma {@code [channels]}, or null for ones
     * @param beta {@code [channels]}, or null for zeros
     * @return of the shape of {@code x}
     */
    NDArray normalise(NDArray x, NDArray gamma, NDArray beta);
}
