package io.nas4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a network knows, without learning. The thread must hold a {@link TrainingLock}. */
final class Evaluation {

    /** Bigger than in training, as nothing is kept for a backward pass. */
    static final int BATCH = 256;

    private Evaluation() {}

    /**
     * How well the network predicts some examples.
     *
     * @param block the network, not in training
     * @param store its parameters
     * @param data on the block's device
     * @param examples indices into the data, at least one
     * @param proceed asked before every batch
     * @return empty when told to stop
     */
    public static Optional<Quality> quality(
            Block block,
            ParameterStore store,
            DeviceData data,
            int[] examples,
            BooleanSupplier proceed) {
        Tally tally = Tally.of(data.source());
        for (int from = 0; from < examples.length; from += BATCH) {
            if (!proceed.getAsBoolean()) {
                return Optional.empty();
            }
            int to = Math.min(examples.length, from + BATCH);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                int[] some = Arrays.copyOfRange(examples, from, to);
                NDList inputs = new NDList(data.batch(some).inputs());
                NDArray outputs = block.forward(store, inputs, false).singletonOrThrow();
                tally.add(some, outputs.toFloatArray());
            }
        }
        return Optional.of(tally.quality());
    }
}
