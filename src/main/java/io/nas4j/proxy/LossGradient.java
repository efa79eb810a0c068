package io.nas4j.proxy;

import ai.djl.training.GradientCollector;
import io.nas4j.nn.ExecutionMode;
import io.nas4j.nn.Executor;
import io.nas4j.nn.Tap;

/** The gradient of the minibatch's loss. */
final class LossGradient {

    private LossGradient() {}

    /** By the weights. */
    static Leaves of(InitialNetwork network) {
        Leaves leaves = Leaves.of(network).recorded();
        backward(network, leaves, (instruction, in, out) -> out);
        return leaves;
    }

    /** By whatever leaves there are: weights, or what the tap adds. */
    static void backward(InitialNetwork network, Leaves leaves, Tap tap) {
        try (GradientCollector collector = network.turn().collector()) {
            collector.backward(
                    network.loss()
                            .of(
                                    Executor.run(
                                            network.program(),
                                            network.inputs(),
                                            leaves.slots(),
                                            ExecutionMode.TRAINING,
                                            tap),
                                    network.labels()));
        }
    }
}
