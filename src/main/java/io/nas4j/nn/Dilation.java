package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;

/**
 * Depthwise convolutions of dilation 2 as undilated ones: each output reads pixels of one parity
 * only, so the four images of every other pixel of every other row are convolved by themselves. The
 * same sums; libtorch's backward pass of a dilated depthwise convolution takes some 15 times as
 * long as that of an undilated one (7.7 ms against 0.5 for 8 channels of 28×28, batch 64).
 */
final class Dilation {

    private Dilation() {}

    /**
     * Whether a convolution is of that kind, and worth it: on a CPU.
     *
     * @param x {@code [batch, channels, height, width]}
     * @param weight {@code [channels, 1, k, k]} of an odd k
     */
    static boolean isUndone(
            NDArray x, NDArray weight, Shape stride, Shape padding, int dilation, int groups) {
        long side = weight.getShape().get(2);
        return dilation == 2
                && !x.getDevice().isGpu()
                && groups == x.getShape().get(1)
                && groups == weight.getShape().get(0)
                && side % 2 == 1
                && weight.getShape().get(3) == side
                && padding.equals(new Shape(side - 1, side - 1))
                && (stride.equals(new Shape(1, 1)) || stride.equals(new Shape(2, 2)));
    }

    /**
     * Convolves.
     *
     * @param x {@code [batch, channels, height, width]}
     * @param stride 1 or 2
     * @param undilated the same convolution at stride 1, with half the padding and no dilation
     * @return {@code [batch, channels, ceil(height / stride), ceil(width / stride)]}
     */
    static NDArray run(NDArray x, long stride, UnaryOperator<NDArray> undilated) {
        if (stride == 2) {
            // it reads the pixels of one parity only
            try (NDArray read = x.get(new NDIndex(":, :, ::2, ::2"))) {
                return undilated.apply(read);
            }
        }
        Shape s = x.getShape();
        long odd = s.get(2) % 2;
        long oddWidth = s.get(3) % 2;
        if (odd + oddWidth == 0) {
            return phases(x, undilated);
        }
        // a convolution pads with zeros anyway
        try (NDArray even = x.pad(new Shape(0, oddWidth, 0, odd), 0);
                NDArray whole = phases(even, undilated)) {
            return whole.get(
                    new NDIndex().addAllDim(2).addSliceDim(0, s.get(2)).addSliceDim(0, s.get(3)));
        }
    }

    private static NDArray phases(NDArray x, UnaryOperator<NDArray> undilated) {
        Shape s = x.getShape();
        long batch = s.get(0);
        long channels = s.get(1);
        long height = s.get(2) / 2;
        long width = s.get(3) / 2;
        // each a hold on the memory, to be let go at once
        try (NDArray last = x.transpose(0, 2, 3, 1);
                NDArray pairs = last.reshape(batch, height, 2, width, 2, channels);
                NDArray sorted = pairs.transpose(2, 4, 0, 1, 3, 5);
                NDArray four = sorted.reshape(4 * batch, height, width, channels);
                NDArray images = four.transpose(0, 3, 1, 2);
                NDArray convolved = undilated.apply(images);
                NDArray lastAgain = convolved.transpose(0, 2, 3, 1);
                NDArray apart = lastAgain.reshape(2, 2, batch, height, width, channels);
                NDArray back = apart.transpose(2, 3, 0, 4, 1, 5);
                NDArray together = back.reshape(batch, 2 * height, 2 * width, channels)) {
            return together.transpose(0, 3, 1, 2);
        }
    }
}
