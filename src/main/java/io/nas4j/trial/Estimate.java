package io.nas4j.trial;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good a candidate is thought to be.
 *
 * @param score higher is better, always; accuracies are in [0, 1]
 * @param metrics further numbers by name, for example {@code latency} in milliseconds
 * @param curve scores while it trained, by epoch; empty where nothing was
 * @param cost what the estimate took and what the network weighs
 */
public record Estimate(double score, Map<String, Double> metrics, List<Point> curve, Cost cost) {

    public Estimate {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        curve = List.copyOf(curve);
    }

    public static Estimate of(double score) {
        return new Estimate(score, Map.of(), List.of(), Cost.ZERO);
    }

    public static Estimate of(double score, Cost cost) {
        return new Estimate(score, Map.of(), List.of(), cost);
    }
}
