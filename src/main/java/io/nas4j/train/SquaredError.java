package io.nas4j.train;

import ai.djl.ndarray.NDArray;

/** The mean squared error, of all outputs alike. */
public record SquaredError() implements Loss {

    @Override
    public NDArray of(NDArray outputs, NDArray targets) {
        return outputs.sub(targets).square().mean();
    }
}
