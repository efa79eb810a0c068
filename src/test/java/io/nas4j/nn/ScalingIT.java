package io.nas4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;

class ScalingIT {

    @Test
    void theGradientIsTheFactorWhateverTheJvmFreesInBetween() {
        try (NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray x = manager.create(new float[] {3, -2});
            x.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray scaled = Scaling.times(x, 0.25);
                Garbage.collect();
                collector.backward(scaled.sum());
                assertThat(scaled.toFloatArray()).containsExactly(0.75f, -0.5f);
            }
            assertThat(x.getGradient().toFloatArray()).containsExactly(0.25f, 0.25f);
        }
    }

    @Test
    void shapeAndTypeStayAsTheyAre() {
        try (NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray number = Scaling.times(manager.create(3.0), 0.1);
            assertThat(number.getShape()).isEqualTo(new Shape());
            assertThat(number.getDataType()).isEqualTo(DataType.FLOAT64);
            assertThat(number.getDouble()).isEqualTo(3.0 * 0.1);
            NDArray floats = Scaling.times(manager.ones(new Shape(2, 3)), 2);
            assertThat(floats.getShape()).isEqualTo(new Shape(2, 3));
            assertThat(floats.getDataType()).isEqualTo(DataType.FLOAT32);
        }
    }
}
