package io.nas4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Examples that stand in more than one part of a split: a network that has learned them by heart
 * scores better than it is. Only exact copies are found.
 *
 * @param validation validation examples that are training examples too
 * @param test test examples that are training or validation examples too
 * @param pairs the first hundred, each an index of a copy and of the earlier example
 */
public record Leaks(int validation, int test, List<Pair> pairs) {

    private static final int NAMED = 100;

    /**
     * One example twice.
     *
     * @param copy index in the validation or test part
     * @param original index in an earlier part
     */
    public record Pair(int copy, int original) {}

    public Leaks {
        pairs = List.copyOf(pairs);
    }

    /**
     * Looks for copies; takes about as long as hashing all examples.
     *
     * @param data with its split
     * @return what was found
     */
    public static Leaks of(Data data) {
        Search search = new Search(data);
        search.add(data.split().train());
        int validation = search.copies(data.split().validation());
        search.add(data.split().validation());
        int test = search.copies(data.split().test());
        return new Leaks(validation, test, search.pairs);
    }

    /**
     * Whether there is none.
     *
     * @return true when every example stands in one part only
     */
    public boolean isEmpty() {
        return validation + test == 0;
    }

    /**
     * What should be known before anything is trained: any image that is held back and known
     * already; of rows, which may be equal by chance, more than one in a hundred.
     *
     * @param data that these are of
     * @return a sentence; empty where there is nothing to be told
     */
    public Optional<String> warning(Data data) {
        int held = data.split().validation().length + data.split().test().length;
        if (isEmpty() || (!data.isImages() && 100L * (validation + test) <= held)) {
            return Optional.empty();
        }
        return Optional.of(
                "Of \""
                        + data.name()
                        + "\" "
                        + this
                        + ". Try data.split(Splits.byContent(data, 0.7, 0.15)), which keeps copies"
                        + " together.");
    }

    /** In words. */
    @Override
    public String toString() {
        return isEmpty()
                ? "no example is in two parts of the split"
                : validation
                        + " validation examples are copies of training examples, "
                        + test
                        + " test examples of examples seen before: scores are too high";
    }

    private static final class Search {

        private final Data data;
        private final int length;
        private final Map<Integer, List<Integer>> byHash = new HashMap<>();
        private final List<Pair> pairs = new ArrayList<>();

        Search(Data data) {
            this.data = data;
            length = data.channels() * data.height() * data.width();
        }

        void add(int[] part) {
            for (int index : part) {
                byHash.computeIfAbsent(hash(index), key -> new ArrayList<>(1)).add(index);
            }
        }

        int copies(int[] part) {
            int found = 0;
            for (int index : part) {
                for (int earlier : byHash.getOrDefault(hash(index), List.of())) {
                    if (same(index, earlier)) {
                        found++;
                        if (pairs.size() < NAMED) {
                            pairs.add(new Pair(index, earlier));
                        }
                        break;
                    }
                }
            }
            return found;
        }

        private int hash(int index) {
            if (data.isImages()) {
                return Arrays.hashCode(data.pixels(index));
            }
            int from = index * length;
            int hash = 1;
            for (int i = from; i < from + length; i++) {
                hash = 31 * hash + Float.floatToIntBits(data.values()[i]);
            }
            return hash;
        }

        private boolean same(int a, int b) {
            int first = a * length;
            int second = b * length;
            return data.isImages()
                    ? Arrays.equals(data.pixels(a), data.pixels(b))
                    : Arrays.equals(
                            data.values(),
                            first,
                            first + length,
                            data.values(),
                            second,
                            second + length);
        }
    }
}
