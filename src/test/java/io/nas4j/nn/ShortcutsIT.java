package io.nas4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortcutsIT {

    /** Of the largest number of an array: sums in another order, through some thirty layers. */
    private static final float TOLERANCE = 1e-3f;

    private record Result(float[] output, List<float[]> gradients, List<float[]> statistics) {}

    /** Even and odd sides, and more channels than a 2×2 kernel is used for. */
    @ParameterizedTest
    @CsvSource({"12,12,4,1", "11,10,4,2", "12,8,20,3"})
    void theSameNumbersAndGradientsComeOut(int height, int width, int channels, long seed) {
        SearchSpace cells = Spaces.cells(channels, 3, 2);
        SplittableRandom random = new SplittableRandom(seed);
        SearchSpace network = cells.network(cells.sample(random));
        Program plain = Lowering.of(network, new InputShape(2, height, width), 5, 1);
        Program fast = Shortcuts.of(plain);
        assertThat(fast.instructions())
                .as("not what this test is about otherwise")
                .hasSizeLessThan(plain.instructions().size());
        Result expected = result(plain, height, width);
        Result actual = result(fast, height, width);
        assertClose(actual.output(), expected.output());
        for (int i = 0; i < plain.slots().size(); i++) {
            assertClose(actual.gradients().get(i), expected.gradients().get(i));
            assertClose(actual.statistics().get(i), expected.statistics().get(i));
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).containsExactly(expected, within(1e-6f + TOLERANCE * largest));
    }

    /** Of one training step: the gradient of every weight, and every running statistic. */
    private static Result result(Program program, int height, int width) {
        try (NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            SplittableRandom random = new SplittableRandom(7);
            boolean[] live = program.live();
            List<NDArray> slots = new ArrayList<>();
            for (Slot slot : program.slots()) {
                NDArray array = manager.create(slot.initial(random), slot.dimensions());
                array.setRequiresGradient(slot.role().isTrained() && live[slots.size()]);
                slots.add(array);
            }
            Shape shape = new Shape(6, 2, height, width);
            NDArray x = manager.arange(0f, shape.size()).mul(0.37f).sin().reshape(shape);
            float[] output;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                ExecutionMode training = new ExecutionMode(true, 0, Normaliser.BATCH);
                NDArray y = Executor.run(program, x, slots, training);
                output = y.toFloatArray();
                NDArray weights = manager.arange(0f, y.size()).mul(0.7f).sin();
                collector.backward(y.mul(weights.reshape(y.getShape())).sum());
            }
            List<float[]> gradients = new ArrayList<>();
            List<float[]> statistics = new ArrayList<>();
            for (NDArray slot : slots) {
                gradients.add(
                        slot.hasGradient() ? slot.getGradient().toFloatArray() : new float[0]);
                statistics.add(slot.toFloatArray());
            }
            return new Result(output, gradients, statistics);
        }
    }
}
