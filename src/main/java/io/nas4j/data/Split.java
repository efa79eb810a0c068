package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which examples are trained on, which choose between architectures, which are kept for the end.
 *
 * @param train indices; networks learn their weights on these
 * @param validation indices; scores come from these
 * @param test indices; seen once, at the end
 */
public record Split(int[] train, int[] validation, int[] test) {

    /**
     * A shuffled split.
     *
     * @param size how many examples there are
     * @param train share in [0, 1]
     * @param validation share in [0, 1]; the rest is for the test
     * @param seed of the shuffle
     * @return a split
     */
    public static Split shuffled(int size, double train, double validation, long seed) {
        require(
                train > 0 && validation >= 0 && train + validation <= 1 + 1e-9,
                "shares of train (%s) and validation (%s) must be positive and sum to at most 1.",
                train,
                validation);
        int[] order = new int[size];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        int first = (int) Math.round(size * train);
        int second = Math.min(size, first + (int) Math.round(size * validation));
        return new Split(
                Arrays.copyOfRange(order, 0, first),
                Arrays.copyOfRange(order, first, second),
                Arrays.copyOfRange(order, second, size));
    }
}
