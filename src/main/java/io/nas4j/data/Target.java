package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is to be predicted of each example: its class, numbers, or which of several labels it has.
 */
public sealed interface Target {

    /** The kinds of targets. */
    enum Kind {
        /** One of several classes. */
        CLASSES,
        /** One number or several. */
        NUMBERS,
        /** Any of several labels, or none. */
        LABELS
    }

    /**
     * Which kind of target this is.
     *
     * @return decides loss and score
     */
    Kind kind();

    /**
     * What a network's outputs are called.
     *
     * @return the names of the classes, numbers or labels
     */
    List<String> names();

    /**
     * How many examples there are.
     *
     * @return at least 1
     */
    int size();

    /**
     * Groups of examples of which every part of a split should have its share: the classes, ten
     * groups of equal size by the first number, or the rarest label.
     *
     * @return one an example
     */
    int[] strata();

    /**
     * One class an example.
     *
     * @param names by label
     * @param labels one an example, in [0, classes); not copied
     */
    record Classes(List<String> names, int[] labels) implements Target {

        public Classes {
            names = List.copyOf(names);
            requireExamples(labels.length);
            BitSet seen = new BitSet();
            for (int i = 0; i < labels.length; i++) {
                require(
                        labels[i] >= 0 && labels[i] < names.size(),
                        "labels must be in [0, %d), but label %d is %d. Try one class name a label.",
                        names.size(),
                        i,
                        labels[i]);
                seen.set(labels[i]);
            }
            int missing = seen.nextClearBit(0);
            require(
                    missing >= names.size(),
                    "every class must have an example, but \"%s\" (label %d) has none."
                            + " Try leaving it out.",
                    missing < names.size() ? names.get(missing) : "",
                    missing);
        }

        @Override
        public Kind kind() {
            return Kind.CLASSES;
        }

        @Override
        public int size() {
            return labels.length;
        }

        @Override
        public int[] strata() {
            return labels;
        }
    }

    /**
     * Numbers: regression.
     *
     * @param names of the numbers, at least 1
     * @param values {@code [n, names]}, finite; not copied
     */
    record Numbers(List<String> names, float[] values) implements Target {

        private static final int GROUPS = 10;

        public Numbers {
            names = List.copyOf(names);
            require(!names.isEmpty(), "there must be a number to predict, but there is none.");
            require(
                    values.length % names.size() == 0,
                    "every example must have %d numbers, but there are %d in all.",
                    names.size(),
                    values.length);
            requireExamples(values.length);
            for (int i = 0; i < values.length; i++) {
                require(
                        Float.isFinite(values[i]),
                        "what is to be predicted must be finite, but \"%s\" of example %d is %s. Try"
                                + " dropping that example.",
                        names.get(i % names.size()),
                        i / names.size(),
                        values[i]);
            }
        }

        @Override
        public Kind kind() {
            return Kind.NUMBERS;
        }

        @Override
        public int size() {
            return values.length / names.size();
        }

        @Override
        public int[] strata() {
            int n = size();
            int width = names.size();
            int[] order =
                    IntStream.range(0, n)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> values[i * width]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            int[] strata = new int[n];
            for (int rank = 0; rank < n; rank++) {
                strata[order[rank]] = (int) ((long) rank * GROUPS / n);
            }
            return strata;
        }
    }

    /**
     * Any number of labels an example: multi-label classification.
     *
     * @param names of the labels, at least 1
     * @param marks {@code [n, names]}, 1 where the example has the label, else 0; not copied
     */
    record Labels(List<String> names, byte[] marks) implements Target {

        public Labels {
            names = List.copyOf(names);
            require(!names.isEmpty(), "there must be a label to predict, but there is none.");
            require(
                    marks.length % names.size() == 0,
                    "every example must have %d marks, but there are %d in all.",
                    names.size(),
                    marks.length);
            requireExamples(marks.length);
            for (int label = 0; label < names.size(); label++) {
                int marked = count(marks, label, names.size());
                require(
                        marked > 0 && marked < marks.length / names.size(),
                        "every label must be on some examples and not on others, but \"%s\" is on"
                                + " %s. Try leaving it out.",
                        names.get(label),
                        marked == 0 ? "none" : "all");
            }
        }

        private static int count(byte[] marks, int label, int width) {
            int count = 0;
            for (int i = label; i < marks.length; i += width) {
                require(
                        marks[i] == 0 || marks[i] == 1,
                        "marks must be 0 or 1, but label %d of example %d is %d.",
                        label,
                        i / width,
                        marks[i]);
                count += marks[i];
            }
            return count;
        }

        @Override
        public Kind kind() {
            return Kind.LABELS;
        }

        @Override
        public int size() {
            return marks.length / names.size();
        }

        @Override
        public int[] strata() {
            int width = names.size();
            int[] counts =
                    IntStream.range(0, width).map(label -> count(marks, label, width)).toArray();
            int[] strata = new int[size()];
            Arrays.fill(strata, width);
            for (int i = 0; i < strata.length; i++) {
                for (int label = 0; label < width; label++) {
                    boolean has = marks[i * width + label] == 1;
                    if (has && (strata[i] == width || counts[label] < counts[strata[i]])) {
                        strata[i] = label;
                    }
                }
            }
            return strata;
        }
    }

    private static void requireExamples(int length) {
        require(length > 0, "data must have an example, but the target is empty.");
    }
}
