package io.nas4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/** What a network knows, without learning. The thread must hold a {@link TrainingLock}. */
final class Evaluation {

    /** Bigger than in training, as nothing is kept for a backward pass. */
    static final int BATCH = 256;

    private Evaluation() {}

    /**
     * The share of examples whose highest logit is that of the label.
     *
     * @param block the network, not in training
     * @param store its parameters
     * @param data on the block's device
     * @param examples indices into the data, at least one
     * @param proceed asked before every batch
     * @return in [0, 1]; empty when told to stop
     */
    public static OptionalDouble accuracy(
            Block block,
            ParameterStore store,
            DeviceData data,
            int[] examples,
            BooleanSupplier proceed) {
        long hits = 0;
        for (int from = 0; from < examples.length; from += BATCH) {
            if (!proceed.getAsBoolean()) {
                return OptionalDouble.empty();
            }
            int to = Math.min(examples.length, from + BATCH);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                DeviceData.Batch batch = data.batch(Arrays.copyOfRange(examples, from, to));
                NDArray logits =
                        block.forward(store, new NDList(batch.inputs()), false).singletonOrThrow();
                hits += hits(logits, batch.labels()).getLong();
            }
        }
        return OptionalDouble.of((double) hits / examples.length);
    }

    /** How many labels have the highest logit: a scalar, int64. */
    static NDArray hits(NDArray logits, NDArray labels) {
        return logits.argMax(1).eq(labels).sum();
    }
}
