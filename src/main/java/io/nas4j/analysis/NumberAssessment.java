package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a network predicted where numbers are to be predicted, and how far off that is.
 *
 * @param names of the numbers
 * @param examples what the predictions are of: indices into the data
 * @param truth by example, then by number
 * @param predictions by example, then by number
 */
public record NumberAssessment(
        List<String> names, int[] examples, float[][] truth, float[][] predictions) {

    public NumberAssessment {
        names = List.copyOf(names);
        require(examples.length > 0, "an assessment needs at least one example, but has none.");
        require(
                truth.length == examples.length && predictions.length == examples.length,
                "there must be a truth and a prediction an example, but there are %d examples, %d"
                        + " truths and %d predictions.",
                examples.length,
                truth.length,
                predictions.length);
        for (int i = 0; i < examples.length; i++) {
            require(
                    truth[i].length == names.size() && predictions[i].length == names.size(),
                    "a prediction is of %d numbers, but has %d for %d.",
                    names.size(),
                    predictions[i].length,
                    truth[i].length);
        }
    }

    /**
     * A prediction that is far off.
     *
     * @param example index into the data
     * @param truth the number
     * @param prediction what was said
     */
    public record Miss(int example, double truth, double prediction) {}

    /**
     * The root of the mean squared error.
     *
     * @param number which, from 0
     * @return in the number's own unit, at least 0
     */
    public double rmse(int number) {
        return Math.sqrt(squares(number) / examples.length);
    }

    /**
     * The mean absolute error.
     *
     * @param number which, from 0
     * @return in the number's own unit, at least 0
     */
    public double mae(int number) {
        return IntStream.range(0, examples.length)
                .mapToDouble(i -> Math.abs(error(i, number)))
                .average()
                .orElseThrow();
    }

    /**
     * The share of the number's variance that the predictions explain.
     *
     * @param number which, from 0
     * @return 1: all; 0: no better than the mean of these examples; below 0: worse. Where all
     *     truths are equal: 1 when they are met, else 0
     */
    public double r2(int number) {
        double mean =
                IntStream.range(0, examples.length)
                        .mapToDouble(i -> truth[i][number])
                        .average()
                        .orElseThrow();
        double spread =
                IntStream.range(0, examples.length)
                        .mapToDouble(i -> (truth[i][number] - mean) * (truth[i][number] - mean))
                        .sum();
        double missed = squares(number);
        if (spread == 0) {
            return missed == 0 ? 1 : 0;
        }
        return 1 - missed / spread;
    }

    /**
     * The mean over all numbers.
     *
     * @return as {@link #rmse(int)}
     */
    public double rmse() {
        return IntStream.range(0, names.size()).mapToDouble(this::rmse).average().orElseThrow();
    }

    /**
     * The mean over all numbers.
     *
     * @return as {@link #mae(int)}
     */
    public double mae() {
        return IntStream.range(0, names.size()).mapToDouble(this::mae).average().orElseThrow();
    }

    /**
     * The mean over all numbers.
     *
     * @return as {@link #r2(int)}
     */
    public double r2() {
        return IntStream.range(0, names.size()).mapToDouble(this::r2).average().orElseThrow();
    }

    private double squares(int number) {
        return IntStream.range(0, examples.length)
                .mapToDouble(i -> error(i, number) * error(i, number))
                .sum();
    }

    private double error(int i, int number) {
        return (double) predictions[i][number] - truth[i][number];
    }

    /**
     * The predictions that are farthest off.
     *
     * @param number which, from 0
     * @param most how many, at least 0
     * @return the worst first
     */
    public List<Miss> worst(int number, int most) {
        List<Miss> misses = new ArrayList<>();
        for (int i = 0; i < examples.length; i++) {
            misses.add(new Miss(examples[i], truth[i][number], predictions[i][number]));
        }
        misses.sort(Comparator.comparingDouble(m -> -Math.abs(m.truth() - m.prediction())));
        return misses.stream().limit(most).toList();
    }

    /** A line for each number. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int j = 0; j < names.size(); j++) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%s: R² %.4f, root mean squared error %.5g, mean absolute error %.5g on"
                                    + " %,d examples%n",
                            names.get(j),
                            r2(j),
                            rmse(j),
                            mae(j),
                            examples.length));
        }
        return text.toString();
    }
}
