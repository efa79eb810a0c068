package io.nas4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DilationIT {

    private static final int CHANNELS = 3;

    /** Sums of up to 200 products of numbers below 1, in another order. */
    private static final float TOLERANCE = 1e-4f;

    private record Result(float[] output, float[] inputGradient, float[] weightGradient) {}

    private interface Convolve {
        NDArray run(NDArray x, NDArray weight);
    }

    /** Both parities of both sides, both strides, two kernels. */
    @ParameterizedTest
    @CsvSource({"8,6,1,3", "7,7,1,3", "8,7,1,5", "7,8,1,3", "8,6,2,3", "7,5,2,5", "1,1,1,3"})
    void phasesGiveWhatLibtorchGives(int height, int width, int stride, int kernel) {
        Shape padding = new Shape(kernel - 1, kernel - 1);
        Shape strides = new Shape(stride, stride);
        Result plain =
                result(
                        height,
                        width,
                        kernel,
                        (x, w) ->
                                Conv2d.conv2d(
                                                x,
                                                w,
                                                null,
                                                strides,
                                                padding,
                                                new Shape(2, 2),
                                                CHANNELS)
                                        .singletonOrThrow());
        Result phased =
                result(
                        height,
                        width,
                        kernel,
                        (x, w) -> {
                            assertThat(Dilation.isUndone(x, w, strides, padding, 2, CHANNELS))
                                    .as("not what this test is about otherwise")
                                    .isTrue();
                            return Convolutions.of(x, w, null, strides, padding, 2, CHANNELS);
                        });
        assertThat(phased.output()).containsExactly(plain.output(), within(TOLERANCE));
        assertThat(phased.inputGradient())
                .containsExactly(plain.inputGradient(), within(TOLERANCE));
        assertThat(phased.weightGradient())
                .containsExactly(plain.weightGradient(), within(TOLERANCE));
    }

    private static Result result(int height, int width, int kernel, Convolve convolution) {
        try (NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray x = manager.arange(0f, 2f * CHANNELS * height * width).sin();
            NDArray w = manager.arange(0f, 1f * CHANNELS * kernel * kernel).cos();
            for (NDArray leaf : List.of(x, w)) {
                leaf.setRequiresGradient(true);
            }
            float[] output;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray image = x.reshape(2, height, width, CHANNELS).transpose(0, 3, 1, 2);
                NDArray y = convolution.run(image, w.reshape(CHANNELS, 1, kernel, kernel));
                output = y.toFloatArray();
                NDArray weights = manager.arange(0f, y.size()).mul(0.7f).sin();
                collector.backward(y.mul(weights.reshape(y.getShape())).sum());
            }
            return new Result(
                    output, x.getGradient().toFloatArray(), w.getGradient().toFloatArray());
        }
    }
}
