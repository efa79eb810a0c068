package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.History;
import java.util.List;
import java.util.Locale;

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

    public double mean() {
        return scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /**
     * The standard deviation of a sample.
     *
     * @return 0 for a single score
     */
    public double deviation() {
        double mean = mean();
        double squares = scores.stream().mapToDouble(s -> (s - mean) * (s - mean)).sum();
        return scores.size() == 1 ? 0 : Math.sqrt(squares / (scores.size() - 1));
    }

    public double least() {
        return scores.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double most() {
        return scores.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
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
