package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The training data in two halves: one trains the weights, one alpha.
 *
 * @param weights indices into the data
 * @param alpha other indices into the data
 */
record Halves(int[] weights, int[] alpha) {

    /** Always the same halves of the same share: the first of a fixed shuffle. */
    static Halves of(Data data, double share, int batch) {
        int[] order = shuffled(data.split().train(), new SplittableRandom(1));
        int half = (int) (order.length * share / 2);
        require(
                half >= 2,
                "a supernet trains on two halves of the training data, but %s of %d examples make"
                        + " halves of %d. Try a larger share, or more data.",
                share,
                order.length,
                half);
        require(
                half >= batch,
                "a half of the training data has %d examples, fewer than a batch (%d). Try"
                        + " batch(%d), or a larger share of the data.",
                half,
                batch,
                half);
        return new Halves(
                Arrays.copyOfRange(order, 0, half), Arrays.copyOfRange(order, half, 2 * half));
    }

    static int[] shuffled(int[] indices, RandomGenerator random) {
        int[] order = indices.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    /** Batch number {@code step} of an order; only whole batches. */
    static int[] batch(int[] order, int step, int size) {
        return Arrays.copyOfRange(order, step * size, (step + 1) * size);
    }
}
