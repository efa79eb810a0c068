package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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
     * @param train share in (0, 1]
     * @param validation share in [0, 1]; the rest is for the test
     * @param seed of the shuffle
     * @return a split
     */
    public static Split shuffled(int size, double train, double validation, long seed) {
        return stratified(new int[size], train, validation, seed);
    }

    /**
     * A shuffled split in which every class has its share of every part, to within one example.
     *
     * @param labels one an example
     * @param train share in (0, 1]
     * @param validation share in [0, 1]; the rest is for the test
     * @param seed of the shuffle
     * @return a split, the same for the same arguments on every JVM
     */
    public static Split stratified(int[] labels, double train, double validation, long seed) {
        requireShares(train, validation);
        RandomGenerator random = new SplittableRandom(seed);
        int[] all = shuffle(IntStream.range(0, labels.length).toArray(), random);
        int[][] first = deal(byLabel(all, labels), train);
        double left = 1 - train;
        int[][] second = deal(first[1], left < 1e-9 ? 0 : Math.min(1, validation / left));
        return new Split(
                shuffle(first[0], random), shuffle(second[0], random), shuffle(second[1], random));
    }

    /**
     * A split for a set that brings a test set of its own, behind the examples for training.
     *
     * @param labels one an example, those of the test set last
     * @param test how many of them are the test set
     * @param validation share of the others, in [0, 1)
     * @param seed of the shuffle
     * @return a split
     */
    public static Split withTest(int[] labels, int test, double validation, long seed) {
        int others = labels.length - test;
        Split split = stratified(Arrays.copyOf(labels, others), 1 - validation, validation, seed);
        return new Split(
                split.train, split.validation, IntStream.range(others, labels.length).toArray());
    }

    /**
     * A share of each part, every class in its proportion to within one example.
     *
     * @param labels of all examples
     * @param share in (0, 1]
     * @param random which examples stay
     * @return at least one example of every part that had one
     */
    public Split fraction(int[] labels, double share, RandomGenerator random) {
        require(share > 0 && share <= 1, "a share must be in (0, 1], but was %s. Try 0.2.", share);
        return new Split(
                thin(train, labels, share, random),
                thin(validation, labels, share, random),
                thin(test, labels, share, random));
    }

    /**
     * A hash of which examples are in which part, in their order.
     *
     * @return 16 hexadecimal digits, the same for the same split on every machine
     */
    public String contentHash() {
        return new ContentHash().add(train).add(validation).add(test).digits();
    }

    /** Every way to split shares out has this rule. */
    static void requireShares(double train, double validation) {
        require(
                train > 0 && validation >= 0 && train + validation <= 1 + 1e-9,
                "shares of train (%s) and validation (%s) must be positive and sum to at most 1."
                        + " Try 0.7 and 0.15.",
                train,
                validation);
    }

    void requireWithin(int size) {
        require(train.length > 0, "a split must train on an example, but has none.");
        BitSet seen = new BitSet(size);
        for (int[] part : List.of(train, validation, test)) {
            for (int index : part) {
                require(
                        index >= 0 && index < size,
                        "a split's indices must be in [0, %d), but one was %d.",
                        size,
                        index);
                require(
                        !seen.get(index),
                        "a split must use an example once, but %d is in it twice.",
                        index);
                seen.set(index);
            }
        }
    }

    private static int[] thin(int[] part, int[] labels, double share, RandomGenerator random) {
        if (part.length == 0 || share == 1) {
            return part;
        }
        int[] shuffled = shuffle(part.clone(), random);
        int[] kept = deal(byLabel(shuffled, labels), share)[0];
        return kept.length == 0 ? new int[] {shuffled[0]} : shuffle(kept, random);
    }

    /** Deals evenly spread places to the first hand, the others to the second. */
    private static int[][] deal(int[] order, double share) {
        int[] first = new int[order.length];
        int[] second = new int[order.length];
        int taken = 0;
        for (int i = 0; i < order.length; i++) {
            if (Math.round((i + 1) * share + 1e-9)
                    > taken) { // 0.15 of 10 is 2 whatever the last bit
                first[taken++] = order[i];
            } else {
                second[i - taken] = order[i];
            }
        }
        return new int[][] {
            Arrays.copyOf(first, taken), Arrays.copyOf(second, order.length - taken)
        };
    }

    private static int[] byLabel(int[] order, int[] labels) {
        return Arrays.stream(order)
                .boxed()
                .sorted(Comparator.comparingInt(i -> labels[i])) // stable: keeps the shuffle
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int[] shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
