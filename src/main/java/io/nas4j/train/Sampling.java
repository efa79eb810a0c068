package io.nas4j.train;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Which examples are trained on, and in which order. */
final class Sampling {

    private Sampling() {}

    /**
     * A share of the examples that keeps the classes' proportions; always the same ones, so that
     * trials are comparable.
     *
     * @param indices into {@code labels}
     * @param labels of all data
     * @param share in (0, 1]
     * @return at least one a class that occurs, in the order of {@code indices}
     */
    static int[] stratified(int[] indices, int[] labels, double share) {
        if (share >= 1) {
            return indices.clone();
        }
        int classes = Arrays.stream(indices).map(i -> labels[i]).max().orElse(-1) + 1;
        int[] left = new int[classes];
        for (int index : indices) {
            left[labels[index]]++;
        }
        for (int c = 0; c < classes; c++) {
            left[c] = left[c] == 0 ? 0 : Math.max(1, (int) Math.round(left[c] * share));
        }
        int[] taken = new int[Arrays.stream(left).sum()];
        int at = 0;
        for (int index : indices) {
            if (left[labels[index]]-- > 0) {
                taken[at++] = index;
            }
        }
        return taken;
    }

    /** A shuffled copy (Fisher and Yates). */
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

    static int[] concat(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
