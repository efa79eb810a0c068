package io.nas4j.train;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The order in which examples are trained on. */
public final class Sampling {

    private Sampling() {}

    /**
     * A shuffled copy (Fisher and Yates).
     *
     * @param indices not changed
     * @param random decides the order
     * @return as long as {@code indices}
     */
    public static int[] shuffled(int[] indices, RandomGenerator random) {
        int[] order = indices.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    static int[] concat(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
