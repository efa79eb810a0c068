package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The expected numbers are torch 2.7.1's over the same gradients and learning rates. */
class OptimizerIT {

    private static final float[][] GRADIENTS = {
        {0.1f, -0.2f, 0.3f}, {-0.4f, 0.5f, 0.6f}, {0.7f, 0.8f, -0.9f}, {0.05f, -0.15f, 0.25f}
    };
    private static final double[] RATES = {0.1, 0.1, 0.05, 0.02};
    private static final Offset<Float> CLOSE = within(2e-6f);

    @Test
    void sgdIsThatOfPyTorchUnderAChangingRate() {
        assertSteps(new Sgd(0, 0, false), 0.99399996f, -2.06699991f, 0.44999999f);
        assertSteps(new Sgd(0.9, 0.01, false), 0.98643547f, -2.07311797f, 0.38363695f);
        assertSteps(new Sgd(0.9, 0.01, true), 0.97909260f, -2.12741113f, 0.34420398f);
    }

    @Test
    void adamIsThatOfPyTorch() {
        assertSteps(new Adam(), 0.93326759f, -1.99014485f, 0.30534834f);
        assertSteps(Adam.darts(), 0.93953609f, -2.02846479f, 0.31793603f);
    }

    @Test
    void savedMomentsGoOnAsIfNeverStopped() {
        for (Optimizer optimizer : new Optimizer[] {new Sgd(0.9, 0.01, true), Adam.darts()}) {
            try (NDManager manager = NDManager.newBaseManager()) {
                NDArray w = manager.create(new float[] {1, -2, 0.5f});
                Optimizer.State first = optimizer.start(w);
                first.step(w, manager.create(GRADIENTS[0]), 0.1);
                first.step(w, manager.create(GRADIENTS[1]), 0.1);
                NDArray copy = w.duplicate();
                Optimizer.State second = optimizer.start(copy);
                second.restore(first.save());
                first.step(w, manager.create(GRADIENTS[2]), 0.05);
                second.step(copy, manager.create(GRADIENTS[2]), 0.05);
                assertThat(copy.toFloatArray()).containsExactly(w.toFloatArray());
            }
        }
    }

    @Test
    void aStepLeavesNothingBehind() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray w = manager.create(new float[] {1, -2, 0.5f});
            NDArray g = manager.create(GRADIENTS[0]);
            Optimizer.State state = Adam.darts().start(w);
            int before = manager.getManagedArrays().size();
            for (int i = 0; i < 10; i++) {
                Gradients.clip(g, 5);
                state.step(w, g, 0.1);
            }
            assertThat(manager.getManagedArrays()).hasSize(before);
            state.close();
            assertThat(manager.getManagedArrays()).hasSize(before - 2);
        }
    }

    @Test
    void clippingIsByTheNormOfAllAndInBothDirections() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray g = manager.create(new float[] {3, -4, 0, 12});
            Gradients.clip(g, 5);
            assertThat(g.toFloatArray())
                    .containsExactly(
                            new float[] {1.153846025f, -1.538461447f, 0, 4.615384102f}, CLOSE);
            NDArray small = manager.create(new float[] {3, -4});
            Gradients.clip(small, 5.1);
            assertThat(small.toFloatArray()).containsExactly(3, -4);
        }
    }

    @Test
    void crossEntropyIsThatOfPyTorchWithItsGradient() {
        try (NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray logits = manager.create(new float[][] {{2, 1, -1}, {0, 3, 0.5f}});
            NDArray labels = manager.create(new long[] {0, 2});
            assertThat(labels.getDataType()).isEqualTo(DataType.INT64);
            assertThat(new CrossEntropy(0).of(logits, labels).getFloat())
                    .isCloseTo(1.4864425659f, CLOSE);
            logits.setRequiresGradient(true);
            try (var collector = manager.getEngine().newGradientCollector()) {
                NDArray loss = new CrossEntropy(0.1).of(logits, labels);
                assertThat(loss.getFloat()).isCloseTo(1.5197758675f, CLOSE);
                collector.backward(loss);
            }
            assertThat(logits.getGradient().toFloatArray())
                    .containsExactly(
                            new float[] {
                                -0.1139743924f,
                                0.1130815744f,
                                0.0008928478f,
                                0.0053265709f,
                                0.4250793755f,
                                -0.4304059446f
                            },
                            CLOSE);
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Sgd(1, 0, false)).hasMessageContaining("momentum");
        assertThatThrownBy(() -> new Sgd(0, 0, true)).hasMessageContaining("Nesterov");
        assertThatThrownBy(() -> new Sgd(0.9, -1, false)).hasMessageContaining("weight decay");
        assertThatThrownBy(() -> new Adam(0.9, 1, 1e-8, 0)).hasMessageContaining("beta2");
        assertThatThrownBy(() -> new CrossEntropy(1)).hasMessageContaining("label smoothing");
    }

    private static void assertSteps(Optimizer optimizer, float... expected) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray w = manager.create(new float[] {1, -2, 0.5f});
            Optimizer.State state = optimizer.start(w);
            for (int i = 0; i < GRADIENTS.length; i++) {
                state.step(w, manager.create(GRADIENTS[i]), RATES[i]);
            }
            assertThat(w.toFloatArray()).containsExactly(expected, CLOSE);
        }
    }
}
