package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Products with plain numbers, safe where gradients are recorded. */
public final class Scaling {

    private Scaling() {}

    /**
     * An array times a number.
     *
     * <p>DJL's own {@code x.mul(number)} (and {@code div}) wraps the number in a buffer of the JVM
     * that is let go at once, while the backward pass still reads it there (0.36.0): after a
     * garbage collection in between, the gradient is anything. Here libtorch owns the number.
     *
     * @param x any
     * @param factor any
     * @return a new array of {@code x}'s shape and type
     */
    public static NDArray times(NDArray x, double factor) {
        NDArray number = x.getManager().ones(new Shape(), x.getDataType());
        return x.mul(number.muli(factor));
    }
}
