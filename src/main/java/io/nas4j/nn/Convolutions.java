package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;

/** The one place that calls the engine's convolution. */
public final class Convolutions {

    private Convolutions() {}

    /**
     * Convolves.
     *
     * <p>A 1×1 convolution with a stride reads every stride-th pixel only, so these are taken first
     * and convolved without one: the same numbers. libtorch 2.7.1 must not see the stride: with a
     * few channels in channels-last strides, oneDNN writes the gradient of such a weight past the
     * end of its buffer (wrong gradients with AVX2, a corrupted heap with AVX-512).
     *
     * @param x {@code [batch, channels, height, width]}
     * @param weight {@code [out, channels / groups, kernel height, kernel width]}
     * @param bias {@code [out]}, or null
     * @param stride height, width
     * @param padding height, width
     * @param dilation of the kernel
     * @param groups 1, or as many as channels
     * @return {@code [batch, out, height', width']}
     */
    static NDArray of(
            NDArray x,
            NDArray weight,
            NDArray bias,
            Shape stride,
            Shape padding,
            int dilation,
            int groups) {
        Shape one = new Shape(1, 1);
        if (Dilation.isUndone(x, weight, stride, padding, dilation, groups)) {
            Shape half = new Shape(padding.get(0) / 2, padding.get(1) / 2);
            return Dilation.run(
                    x, stride.get(0), image -> convolve(image, weight, bias, one, half, 1, groups));
        }
        boolean pointwise =
                weight.getShape().slice(2).equals(one) && padding.equals(new Shape(0, 0));
        if (!pointwise || stride.equals(one)) {
            return convolve(x, weight, bias, stride, padding, dilation, groups);
        }
        try (NDArray read = Pool.avgPool2d(x, one, stride, new Shape(0, 0), false, true)) {
            return convolve(read, weight, bias, one, padding, dilation, groups);
        }
    }

    /** Without bias, one stride and one dilation for both sides. */
    public static NDArray same(
            NDArray x,
            NDArray weight,
            int stride,
            int paddingHeight,
            int paddingWidth,
            int dilation,
            int groups) {
        return of(
                x,
                weight,
                null,
                new Shape(stride, stride),
                new Shape(paddingHeight, paddingWidth),
                dilation,
                groups);
    }

    private static NDArray convolve(
            NDArray x,
            NDArray weight,
            NDArray bias,
            Shape stride,
            Shape padding,
            int dilation,
            int groups) {
        return Conv2d.conv2d(
                        x, weight, bias, stride, padding, new Shape(dilation, dilation), groups)
                .singletonOrThrow();
    }
}
