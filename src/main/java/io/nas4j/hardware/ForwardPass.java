package io.nas4j.hardware;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.space.SearchSpace;
import io.nas4j.train.Devices;
import io.nas4j.train.TrainingLock;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** The forward pass of a network that has learned nothing, on noise. */
final class ForwardPass {

    private ForwardPass() {}

    static Timing time(SearchSpace network, Setting setting, int batch, LongSupplier clock) {
        return TrainingLock.alone(
                () -> {
                    try (NDManager manager =
                            NDManager.newBaseManager(Devices.of(setting.device()))) {
                        Network block =
                                Networks.compile(network, setting.input(), setting.classes(), 1);
                        block.initialize(manager, new SplittableRandom(0));
                        NDArray x = noise(manager, setting.input(), batch);
                        ParameterStore store = new ParameterStore(manager, false);
                        return Timing.of(() -> pass(block, store, x), clock);
                    }
                });
    }

    /** Until the logits are on the heap: a GPU is still at work when forward(..) returns. */
    private static void pass(Network block, ParameterStore store, NDArray x) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            var unused =
                    block.forward(store, new NDList(x), false).singletonOrThrow().toFloatArray();
        }
    }

    /** {@code [batch, channels, height, width]}. */
    private static NDArray noise(NDManager manager, InputShape input, int batch) {
        Shape shape = new Shape(batch, input.channels(), input.height(), input.width());
        float[] values = new float[Math.toIntExact(shape.size())];
        SplittableRandom random = new SplittableRandom(0);
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return manager.create(values, shape);
    }
}
