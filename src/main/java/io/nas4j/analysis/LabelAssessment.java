package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a network answered where an example may have several labels: a label is said to be there
 * when its probability is at least one half.
 *
 * @param names of the labels
 * @param truth by example, then by label: 1 where it is there, else 0
 * @param probabilities by example, then by label, in [0, 1]
 */
public record LabelAssessment(List<String> names, byte[][] truth, float[][] probabilities) {

    public LabelAssessment {
        names = List.copyOf(names);
        require(
                truth.length > 0 && truth.length == probabilities.length,
                "an assessment needs a truth and an answer an example, but has %d and %d.",
                truth.length,
                probabilities.length);
        for (int i = 0; i < truth.length; i++) {
            require(
                    truth[i].length == names.size() && probabilities[i].length == names.size(),
                    "an answer has a probability for each of %d labels, but has %d for %d.",
                    names.size(),
                    probabilities[i].length,
                    truth[i].length);
        }
    }

    /**
     * How many of the answers "has this label" are right.
     *
     * @param label from 0
     * @return in [0, 1]; NaN where it was never said
     */
    public double precision(int label) {
        return (double) hits(label) / said(label);
    }

    /**
     * How many examples of this label are found.
     *
     * @param label from 0
     * @return in [0, 1]; NaN where no example has it
     */
    public double recall(int label) {
        return (double) hits(label) / there(label);
    }

    /**
     * The harmonic mean of precision and recall.
     *
     * @param label from 0
     * @return in [0, 1]; 1 where it is neither there nor said
     */
    public double f1(int label) {
        return f1(hits(label), said(label) + there(label));
    }

    /**
     * The F1 of all labels' answers as one: frequent labels count for more.
     *
     * @return in [0, 1]
     */
    public double f1Micro() {
        return f1(
                labels().mapToLong(this::hits).sum(),
                labels().mapToLong(label -> said(label) + there(label)).sum());
    }

    /**
     * The mean of the labels' F1: rare labels count as much as frequent ones.
     *
     * @return in [0, 1]
     */
    public double f1Macro() {
        return labels().mapToDouble(this::f1).average().orElseThrow();
    }

    /**
     * The share of examples of which every label is answered rightly.
     *
     * @return in [0, 1]
     */
    public double exact() {
        long exact =
                IntStream.range(0, truth.length)
                        .filter(i -> labels().allMatch(l -> says(i, l) == (truth[i][l] == 1)))
                        .count();
        return (double) exact / truth.length;
    }

    private static double f1(long hits, long saidAndThere) {
        return saidAndThere == 0 ? 1 : 2.0 * hits / saidAndThere;
    }

    private IntStream labels() {
        return IntStream.range(0, names.size());
    }

    private boolean says(int i, int label) {
        return probabilities[i][label] >= 0.5f;
    }

    private long hits(int label) {
        return examples().filter(i -> says(i, label) && truth[i][label] == 1).count();
    }

    private long said(int label) {
        return examples().filter(i -> says(i, label)).count();
    }

    private long there(int label) {
        return examples().filter(i -> truth[i][label] == 1).count();
    }

    private IntStream examples() {
        return IntStream.range(0, truth.length);
    }

    /** Both means, and a line for each label. */
    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "F1 %.4f (micro), %.4f (macro); all labels right for %.4f of %,d examples%n",
                        f1Micro(),
                        f1Macro(),
                        exact(),
                        truth.length)
                + ClassLines.of(names, this::precision, this::recall, this::f1);
    }
}
