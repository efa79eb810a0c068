package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;

/** Means over windows that count the pixels inside the map only. */
public final class AveragePool {

    private AveragePool() {}

    /**
     * DJL hands {@code countIncludePad} on, but its PyTorch engine counts the padding all the same
     * (0.36.0): dividing by the share of each window that lies inside takes that back.
     *
     * @param x {@code [batch, channels, height, width]}
     * @return {@code [batch, channels, reduced height, reduced width]}
     */
    public static NDArray of(NDArray x, int kernel, int stride, int pad, boolean ceil) {
        NDArray mean = pool(x, kernel, stride, pad, ceil);
        if (pad == 0) {
            return mean;
        }
        Shape shape = x.getShape();
        try (NDArray ones =
                        x.getManager()
                                .ones(
                                        new Shape(1, 1, shape.get(2), shape.get(3)),
                                        x.getDataType());
                NDArray inside = pool(ones, kernel, stride, pad, ceil)) {
            return mean.divi(inside);
        }
    }

    private static NDArray pool(NDArray x, int kernel, int stride, int pad, boolean ceil) {
        return Pool.avgPool2d(
                x,
                new Shape(kernel, kernel),
                new Shape(stride, stride),
                new Shape(pad, pad),
                ceil,
                false);
    }
}
