package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;

/** The mean of each channel of a map, with a gradient that lies in memory as the map does. */
final class ChannelMeans {

    private ChannelMeans() {}

    /**
     * On a CPU, channels innermost: a product with a row of 1 / pixels. The gradient of libtorch's
     * own pooling is one number repeated without memory of its own, over which the backward pass of
     * a normalisation takes two to five times as long (0.99 ms against 0.41 ms for 8 channels of
     * 28×28, batch 64; 2.7 against 0.57 for 16).
     *
     * @param x {@code [batch, channels, height, width]}
     * @return {@code [batch, channels]}
     */
    static NDArray of(NDArray x) {
        if (x.getDevice().isGpu()) {
            return Pool.globalAvgPool2d(x);
        }
        Shape s = x.getShape();
        long pixels = s.get(2) * s.get(3);
        try (NDArray last = x.transpose(0, 2, 3, 1);
                NDArray rows = last.reshape(s.get(0), pixels, s.get(1));
                NDArray share =
                        x.getManager()
                                .full(
                                        new Shape(s.get(0), 1, pixels),
                                        1f / pixels,
                                        x.getDataType());
                NDArray means = share.matMul(rows)) {
            return means.reshape(s.get(0), s.get(1));
        }
    }
}
