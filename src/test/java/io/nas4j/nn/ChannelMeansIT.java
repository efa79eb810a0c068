package io.nas4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ChannelMeansIT {

    /** Sums of 35 numbers in another order: some units in the last place of a float. */
    private static final float TOLERANCE = 1e-5f;

    private static final Shape SHAPE = new Shape(3, 2, 5, 7);

    @Test
    void theMeanIsThatOfAPooling() {
        float[] expected = run(Pool::globalAvgPool2d, false);
        assertThat(run(ChannelMeans::of, false)).hasSize(6).containsExactly(expected, close());
    }

    @Test
    void theGradientIsThatOfAPooling() {
        float[] expected = run(Pool::globalAvgPool2d, true);
        assertThat(expected[1]).as("second channel, first image").isEqualTo(0.1f / 35, close());
        assertThat(run(ChannelMeans::of, true)).containsExactly(expected, close());
    }

    private static Offset<Float> close() {
        return within(TOLERANCE);
    }

    /** Of a map with channels innermost: the means, or the gradient of their weighted sum. */
    private static float[] run(UnaryOperator<NDArray> means, boolean gradient) {
        try (NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray x = manager.arange(0f, SHAPE.size()).sin();
            x.setRequiresGradient(true);
            NDArray weights = manager.arange(0f, 6f).mul(0.1f).reshape(3, 2);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray map = x.reshape(3, 5, 7, 2).transpose(0, 3, 1, 2);
                NDArray result = means.apply(map);
                if (!gradient) {
                    return result.toFloatArray();
                }
                collector.backward(result.mul(weights).sum());
            }
            return x.getGradient().toFloatArray();
        }
    }
}
