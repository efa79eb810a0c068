package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a classifier answered to labelled examples, and what follows from it: accuracy, which
 * classes are taken for which, whether its probabilities can be believed, and its worst mistakes.
 */
public final class Assessment {

    private static final int BINS = 10;

    private final List<String> classes;
    private final int[] examples;
    private final int[] labels;
    private final float[][] probabilities;
    private final int[] answers;
    private final Optional<Data> data;

    /**
     * Counts.
     *
     * @param classes names, by label
     * @param examples what the answers are of: indices into the data
     * @param labels the truth, one an example
     * @param probabilities by example, then by class; each in [0, 1]
     * @throws IllegalArgumentException when lengths do not agree, or there is no example
     */
    public Assessment(List<String> classes, int[] examples, int[] labels, float[][] probabilities) {
        this(classes, examples, labels, probabilities, Optional.empty());
    }

    private Assessment(
            List<String> classes,
            int[] examples,
            int[] labels,
            float[][] probabilities,
            Optional<Data> data) {
        this.data = data;
        require(examples.length > 0, "an assessment needs at least one example, but has none.");
        require(
                labels.length == examples.length && probabilities.length == examples.length,
                "there must be a label and an answer an example, but there are %d examples, %d"
                        + " labels and %d answers.",
                examples.length,
                labels.length,
                probabilities.length);
        this.classes = List.copyOf(classes);
        this.examples = examples.clone();
        this.labels = labels.clone();
        this.probabilities = probabilities.clone();
        answers = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            require(
                    probabilities[i].length == classes.size(),
                    "an answer has a probability for each of %d classes, but has %d.",
                    classes.size(),
                    probabilities[i].length);
            require(
                    labels[i] >= 0 && labels[i] < classes.size(),
                    "labels must be in [0, %d), but one is %d.",
                    classes.size(),
                    labels[i]);
            answers[i] = highest(probabilities[i]);
        }
    }

    private static int highest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    /**
     * A wrong answer.
     *
     * @param example index into the data
     * @param label the truth
     * @param answer what was said
     * @param confidence probability of the answer
     */
    public record Mistake(int example, int label, int answer, double confidence) {}

    /**
     * Answers of about one confidence.
     *
     * @param confidence mean probability of the answers
     * @param accuracy share of them that is right
     * @param count how many
     */
    public record Bin(double confidence, double accuracy, int count) {}

    /**
     * The same, with the examples themselves, so that mistakes can be looked at.
     *
     * @param of what the examples are indices into
     * @return a copy
     */
    public Assessment on(Data of) {
        return new Assessment(classes, examples, labels, probabilities, Optional.of(of));
    }

    /**
     * The examples that were answered.
     *
     * @return what the examples' numbers are indices into; empty where it is not known
     */
    public Optional<Data> data() {
        return data;
    }

    /**
     * The classes.
     *
     * @return names, by label
     */
    public List<String> classes() {
        return classes;
    }

    /**
     * How many examples were answered.
     *
     * @return at least 1
     */
    public int count() {
        return labels.length;
    }

    /**
     * The share of right answers.
     *
     * @return in [0, 1]
     */
    public double accuracy() {
        return (double) right() / count();
    }

    /**
     * Where the accuracy on data of this kind lies.
     *
     * @return 95 % confidence, by Clopper and Pearson
     */
    public Interval accuracyInterval() {
        return Interval.ofShare(right(), count());
    }

    private long right() {
        return IntStream.range(0, count()).filter(i -> labels[i] == answers[i]).count();
    }

    /**
     * The mean of the classes' recalls: rare classes count as much as frequent ones.
     *
     * @return in [0, 1]
     */
    public double balancedAccuracy() {
        return IntStream.range(0, classes.size())
                .filter(c -> Arrays.stream(labels).anyMatch(label -> label == c))
                .mapToDouble(this::recall)
                .average()
                .orElseThrow();
    }

    /**
     * Which class was taken for which.
     *
     * @return counts, {@code [label][answer]}
     */
    public int[][] confusion() {
        int[][] counts = new int[classes.size()][classes.size()];
        for (int i = 0; i < count(); i++) {
            counts[labels[i]][answers[i]]++;
        }
        return counts;
    }

    /**
     * How many of the answers "this class" are right.
     *
     * @param label a class
     * @return in [0, 1]; NaN where it was never answered
     */
    public double precision(int label) {
        return share(answers, label);
    }

    /**
     * How many examples of this class are found.
     *
     * @param label a class
     * @return in [0, 1]; NaN where there is no example of it
     */
    public double recall(int label) {
        return share(labels, label);
    }

    /**
     * The harmonic mean of precision and recall.
     *
     * @param label a class
     * @return in [0, 1]; 0 where neither is above 0
     */
    public double f1(int label) {
        long hits = hits(label);
        long said = Arrays.stream(answers).filter(a -> a == label).count();
        long there = Arrays.stream(labels).filter(l -> l == label).count();
        return said + there == 0 ? 0 : 2.0 * hits / (said + there);
    }

    private double share(int[] of, int label) {
        long all = Arrays.stream(of).filter(l -> l == label).count();
        return all == 0 ? Double.NaN : (double) hits(label) / all;
    }

    private long hits(int label) {
        return IntStream.range(0, count())
                .filter(i -> labels[i] == label && answers[i] == label)
                .count();
    }

    /**
     * Whether answers are right as often as their probabilities say: ten bins of equal width.
     *
     * @return those that hold an answer, by rising confidence
     */
    public List<Bin> calibration() {
        double[] confidence = new double[BINS];
        int[] right = new int[BINS];
        int[] counts = new int[BINS];
        for (int i = 0; i < count(); i++) {
            double sure = probabilities[i][answers[i]];
            int bin = Math.min(BINS - 1, (int) (BINS * sure));
            confidence[bin] += sure;
            right[bin] += labels[i] == answers[i] ? 1 : 0;
            counts[bin]++;
        }
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            if (counts[b] > 0) {
                bins.add(
                        new Bin(
                                confidence[b] / counts[b],
                                (double) right[b] / counts[b],
                                counts[b]));
            }
        }
        return List.copyOf(bins);
    }

    /**
     * The expected calibration error: how far confidence and accuracy are apart, on average.
     *
     * @return in [0, 1]; 0 where every probability can be taken at its word
     * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al., 2017, equation 3</a>
     */
    public double calibrationError() {
        return calibration().stream()
                .mapToDouble(b -> b.count() * Math.abs(b.confidence() - b.accuracy()) / count())
                .sum();
    }

    /**
     * The wrong answers that were given with most confidence.
     *
     * @param most how many, at least 0
     * @return the surest first
     */
    public List<Mistake> worst(int most) {
        return IntStream.range(0, count())
                .filter(i -> labels[i] != answers[i])
                .mapToObj(
                        i ->
                                new Mistake(
                                        examples[i],
                                        labels[i],
                                        answers[i],
                                        probabilities[i][answers[i]]))
                .sorted(Comparator.comparingDouble(m -> -m.confidence()))
                .limit(most)
                .toList();
    }

    /** Accuracy and what each class' precision and recall are, a line each. */
    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "accuracy %.4f %s on %,d examples; balanced %.4f; calibration error %.4f%n",
                        accuracy(),
                        accuracyInterval(),
                        count(),
                        balancedAccuracy(),
                        calibrationError())
                + ClassLines.of(classes, this::precision, this::recall, this::f1);
    }
}
