package io.nas4j.train;

import java.util.List;

/**
 * A training on the heap: what it takes to go on.
 *
 * @param course how it went so far
 * @param weights as {@link Weights#save} gives them
 * @param moments of the optimizer
 */
record Checkpoint(TrainingRecord course, List<float[]> weights, Optimizer.Moments moments) {

    long bytes() {
        long numbers = 0;
        for (float[] values : weights) {
            numbers += values.length;
        }
        for (float[] values : moments.values()) {
            numbers += values.length;
        }
        return 4 * numbers;
    }
}
