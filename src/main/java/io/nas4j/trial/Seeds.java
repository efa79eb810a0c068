package io.nas4j.trial;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * All randomness of a search: a counter, not a stream, so there is nothing to save.
 *
 * @param master the search's seed
 */
public record Seeds(long master) {

    /**
     * A fresh generator.
     *
     * @param trial the trial's number
     * @param purpose what it is for, for example {@code ask}; other purposes get other numbers
     * @return the same numbers for the same arguments on every JVM
     */
    public RandomGenerator random(int trial, String purpose) {
        return new SplittableRandom(seed(trial, purpose));
    }

    /**
     * A seed for an engine of its own.
     *
     * @param trial the trial's number
     * @param purpose what it is for
     * @return the same number for the same arguments on every JVM
     */
    public long seed(int trial, String purpose) {
        return mix(mix(mix(master) + trial) + purpose.hashCode());
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
