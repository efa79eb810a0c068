package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsIT {

    @Test
    void theVectorsGradientIsTheParametersGradients() throws InterruptedException {
        try (TrainingLock turn = TrainingLock.take(1);
                NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope()) {
            Block block = block(manager);
            NDArray inputs = manager.randomNormal(new Shape(4, 1, 6, 6));
            NDArray labels = manager.create(new long[] {0, 1, 2, 1});
            List<Float> expected = new ArrayList<>();
            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                collector.backward(loss(block, new ParameterStore(manager, false), inputs, labels));
            }
            for (Parameter parameter : block.getParameters().values()) {
                if (parameter.requiresGradient()) {
                    for (float g : parameter.getArray().getGradient().toFloatArray()) {
                        expected.add(g);
                    }
                }
            }
            try (Weights weights = new Weights(block, manager)) {
                // twice: a gradient of the first pass must not show up in the second
                for (int pass = 0; pass < 2; pass++) {
                    NDArray leaf = weights.leaf();
                    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                        collector.backward(loss(block, weights.store(leaf), inputs, labels));
                    }
                    float[] gradient = leaf.getGradient().toFloatArray();
                    assertThat(gradient).hasSize(expected.size());
                    for (int i = 0; i < gradient.length; i++) {
                        assertThat(gradient[i]).isCloseTo(expected.get(i), within(1e-5f));
                    }
                }
            }
            assertThat(turn).isNotNull();
            scope.suppressNotUsedWarning();
        }
    }

    @Test
    void writingCopiesTheVectorIntoTheBlock() throws InterruptedException {
        try (TrainingLock turn = TrainingLock.take(1);
                NDManager manager = NDManager.newBaseManager()) {
            Block block = block(manager);
            NDArray inputs = manager.randomNormal(new Shape(4, 1, 6, 6));
            try (Weights weights = new Weights(block, manager)) {
                weights.vector().muli(0.5);
                float[] ours = forward(block, weights.store(weights.vector()), inputs);
                assertThat(forward(block, new ParameterStore(manager, false), inputs))
                        .isNotEqualTo(ours);
                weights.write();
                // kernels may add in another order where the weights lie elsewhere in memory
                assertThat(forward(block, new ParameterStore(manager, false), inputs))
                        .containsExactly(ours, within(1e-5f));
            }
            assertThat(turn).isNotNull();
        }
    }

    @Test
    void restoringBringsBackWeightsAndStatistics() throws InterruptedException {
        try (TrainingLock turn = TrainingLock.take(1);
                NDManager manager = NDManager.newBaseManager()) {
            Block block = block(manager);
            NDArray inputs = manager.randomNormal(new Shape(4, 1, 6, 6));
            try (Weights weights = new Weights(block, manager)) {
                float[] before = forward(block, weights.store(weights.vector()), inputs);
                List<float[]> saved = weights.save();
                weights.vector().muli(3);
                // a training pass moves the batch statistics
                block.forward(weights.store(weights.vector()), new NDList(inputs), true);
                assertThat(forward(block, weights.store(weights.vector()), inputs))
                        .isNotEqualTo(before);
                weights.restore(saved);
                assertThat(forward(block, weights.store(weights.vector()), inputs))
                        .isEqualTo(before);
            }
            assertThat(turn).isNotNull();
        }
    }

    @Test
    void trainingsOfOneThreadDoNotNest() throws InterruptedException {
        try (TrainingLock turn = TrainingLock.take(1)) {
            assertThat(turn).isNotNull();
            assertThatThrownBy(() -> TrainingLock.take(2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("one gradient collector");
        }
    }

    @Test
    void theSeedDecidesTheFirstWeights() throws InterruptedException {
        assertThat(firstWeights(7)).isEqualTo(firstWeights(7)).isNotEqualTo(firstWeights(8));
    }

    private static float[] firstWeights(long seed) throws InterruptedException {
        try (TrainingLock turn = TrainingLock.take(seed);
                NDManager manager = NDManager.newBaseManager()) {
            assertThat(turn).isNotNull();
            return new Weights(block(manager), manager).save().get(0);
        }
    }

    private static Block block(NDManager manager) {
        Block block =
                new SequentialBlock()
                        .add(
                                Conv2d.builder()
                                        .setKernelShape(new Shape(3, 3))
                                        .setFilters(2)
                                        .optBias(false)
                                        .build())
                        .add(BatchNorm.builder().build())
                        .add(Activation::relu)
                        .add(list -> new NDList(list.singletonOrThrow().flatten(1, 3)))
                        .add(Linear.builder().setUnits(3).build());
        block.initialize(manager, DataType.FLOAT32, new Shape(4, 1, 6, 6));
        return block;
    }

    private static NDArray loss(Block block, ParameterStore store, NDArray x, NDArray labels) {
        NDArray logits = block.forward(store, new NDList(x), true).singletonOrThrow();
        return new CrossEntropy(0).of(logits, labels);
    }

    private static float[] forward(Block block, ParameterStore store, NDArray x) {
        return block.forward(store, new NDList(x), false).singletonOrThrow().toFloatArray();
    }
}
