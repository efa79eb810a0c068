package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.History;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Statistic;

/**
 * How much the answers of the same search from several seeds differ.
 *
 * @param scores of the answers, in order, by the search's own measure
 */
public record Spread(List<Double> scores) {

    public Spread {
        scores = List.copyOf(scores);
        require(!scores.isEmpty(), "a spread needs at least 1 score, but has none.");
    }

    /**
     * Of the trials of the search's own measure.
     *
     * @param history of a search with {@code seeds(n)}: each search in it ends with one such trial
     * @return the spread
     * @throws IllegalArgumentException when no trial has a score yet
     */
    public static Spread of(History history) {
        return new Spread(
                history.scored().stream().map(trial -> trial.score().orElseThrow()).toList());
    }

    /**
     * The mean of the scores.
     *
     * @return in the scores' unit
     */
    public double mean() {
        return statistic(Statistic.MEAN);
    }

    /**
     * The standard deviation of a sample.
     *
     * @return 0 for a single score
     */
    public double deviation() {
        return statistic(Statistic.STANDARD_DEVIATION);
    }

    /**
     * The lowest score.
     *
     * @return in the scores' unit
     */
    public double least() {
        return statistic(Statistic.MIN);
    }

    /**
     * The highest score.
     *
     * @return in the scores' unit
     */
    public double most() {
        return statistic(Statistic.MAX);
    }

    private double statistic(Statistic which) {
        double[] values = scores.stream().mapToDouble(Double::doubleValue).toArray();
        return DoubleStatistics.of(EnumSet.of(which), values).getAsDouble(which);
    }

    /** For example {@code 0.8412 ± 0.0034 over 4 answers (0.8375 to 0.8449)}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.4f ± %.4f over %d answers (%.4f to %.4f)",
                mean(),
                deviation(),
                scores.size(),
                least(),
                most());
    }
}
