package io.nas4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReductionIT {

    /** Sums of up to 500 products of numbers below 1, in another order. */
    private static final float TOLERANCE = 1e-3f;

    private record Result(float[] output, List<float[]> gradients) {}

    private interface Reduce {
        NDArray run(NDArray x, NDArray even, NDArray odd);
    }

    /** Both forms: narrow and wide maps; and halves of different size. */
    @ParameterizedTest
    @CsvSource({"3,2,2,8,6", "5,1,4,2,2", "40,3,5,6,4"})
    void oneConvolutionGivesWhatTwoGive(int channels, int evens, int odds, int height, int width) {
        Result two =
                result(
                        channels,
                        evens,
                        odds,
                        height,
                        width,
                        (x, even, odd) -> {
                            NDArray shifted = x.get(":, :, 1:, 1:");
                            return Concatenation.of(
                                    new NDList(
                                            Convolutions.same(x, even, 2, 0, 0, 1, 1),
                                            Convolutions.same(shifted, odd, 2, 0, 0, 1, 1)),
                                    1);
                        });
        Result one = result(channels, evens, odds, height, width, Reduction::of);
        assertThat(one.output()).containsExactly(two.output(), within(TOLERANCE));
        for (int i = 0; i < 3; i++) {
            assertThat(one.gradients().get(i))
                    .containsExactly(two.gradients().get(i), within(TOLERANCE));
        }
    }

    private static Result result(
            int channels, int evens, int odds, int height, int width, Reduce reduce) {
        try (NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray x = manager.arange(0f, 2f * channels * height * width).sin();
            NDArray even = manager.arange(0f, 1f * evens * channels).cos();
            NDArray odd = manager.arange(0f, 1f * odds * channels).mul(0.3f).cos();
            List<NDArray> leaves = List.of(x, even, odd);
            leaves.forEach(leaf -> leaf.setRequiresGradient(true));
            float[] output;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray image = x.reshape(2, height, width, channels).transpose(0, 3, 1, 2);
                NDArray y =
                        reduce.run(
                                image,
                                even.reshape(evens, channels, 1, 1),
                                odd.reshape(odds, channels, 1, 1));
                output = y.toFloatArray();
                NDArray weights = manager.arange(0f, y.size()).mul(0.7f).sin();
                collector.backward(y.mul(weights.reshape(y.getShape())).sum());
            }
            return new Result(
                    output,
                    leaves.stream().map(leaf -> leaf.getGradient().toFloatArray()).toList());
        }
    }
}
