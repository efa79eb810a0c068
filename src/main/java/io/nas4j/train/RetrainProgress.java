package io.nas4j.train;

/**
 * How far a retraining is.
 *
 * @param seed which training of several, from 1
 * @param seeds how many there are
 * @param epochs of each
 * @param fraction of all of them, in [0, 1]
 * @param course how the current one went, of finished epochs
 * @param note what a reader should know, for example that a checkpoint could not be written; may be
 *     empty
 */
public record RetrainProgress(
        int seed, int seeds, int epochs, double fraction, TrainingRecord course, String note) {}
