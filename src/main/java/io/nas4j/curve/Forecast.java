package io.nas4j.curve;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a learning curve leads, and how sure that is.
 *
 * @param epoch that is predicted
 * @param score predicted there: the weighted mean of the fits, drawn to the last score where they
 *     are in doubt
 * @param fits one a family that could be fitted; empty where the curve was too short for any, and
 *     the last value stands for the prediction
 * @param weights of the fits, which sum to 1
 * @param samples what a training may score there, in rising order
 */
public record Forecast(
        int epoch,
        double score,
        List<Fit> fits,
        Map<Family, Double> weights,
        List<Double> samples) {

    public Forecast {
        fits = List.copyOf(fits);
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        samples = samples.stream().sorted().toList();
    }

    /**
     * A bound of a central interval.
     *
     * @param share of the samples below it, in [0, 1]
     * @return a score
     */
    public double quantile(double share) {
        double place = share * (samples.size() - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(samples.size() - 1, below + 1);
        double rest = place - below;
        return samples.get(below) * (1 - rest) + samples.get(above) * rest;
    }

    /**
     * The probability of ending above a score.
     *
     * @param score to beat
     * @return in (0, 1): with N samples, at least 1 / (N + 2)
     */
    public double chanceAbove(double score) {
        double[] sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
        long above = Arrays.stream(sorted).filter(sample -> sample > score).count();
        return (above + 1.0) / (sorted.length + 2);
    }
}
