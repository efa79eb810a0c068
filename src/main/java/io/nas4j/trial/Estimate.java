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
        metrics =
                metrics.isEmpty()
                        ? Map.of()
                        : Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        curve = List.copyOf(curve);
    }

    /**
     * Everything that it reports, as an {@link Objective} can name it: {@code score}, {@code
     * parameters} and {@code multiply_adds} where they are known, {@code compute} in seconds, then
     * its own metrics.
     *
     * @return by name, in that order; unmodifiable
     */
    public Map<String, Double> values() {
        Map<String, Double> all = new LinkedHashMap<>();
        all.put(Metrics.SCORE, score);
        if (cost.parameters() > 0) {
            all.put(Metrics.PARAMETERS, (double) cost.parameters());
        }
        if (cost.multiplyAdds() > 0) {
            all.put(Metrics.MULTIPLY_ADDS, (double) cost.multiplyAdds());
        }
        all.put(Metrics.COMPUTE, cost.compute().toNanos() / 1e9);
        metrics.forEach(all::putIfAbsent);
        return Collections.unmodifiableMap(all);
    }

    /**
     * A score alone.
     *
     * @param score higher is better
     * @return without metrics, curve and cost
     */
    public static Estimate of(double score) {
        return new Estimate(score, Map.of(), List.of(), Cost.ZERO);
    }

    /**
     * A score and what it took.
     *
     * @param score higher is better
     * @param cost of this estimate
     * @return without metrics and curve
     */
    public static Estimate of(double score, Cost cost) {
        return new Estimate(score, Map.of(), List.of(), cost);
    }
}
