package io.nas4j.trial;

import static io.nas4j.space.Require.require;

import java.util.OptionalDouble;

/**
 * One thing that a search wants.
 *
 * @param metric {@code score}, {@code parameters}, {@code multiply_adds}, {@code compute} (seconds)
 *     or a name in {@link Estimate#metrics()}
 * @param maximize whether more of it is better
 */
public record Objective(String metric, boolean maximize) {

    /** The estimate's score, as large as possible: what a search wants unless told otherwise. */
    public static final Objective SCORE = new Objective(Metrics.SCORE, true);

    public Objective {
        require(!metric.isBlank(), "an objective needs a metric's name, but it was blank.");
    }

    public static Objective maximize(String metric) {
        return new Objective(metric, true);
    }

    public static Objective minimize(String metric) {
        return new Objective(metric, false);
    }

    /**
     * This objective's value, turned so that more is better.
     *
     * @param trial any trial
     * @return empty where it has no estimate, or the estimate lacks the metric
     */
    public OptionalDouble value(Trial trial) {
        if (!(trial.outcome() instanceof Outcome.Completed completed)) {
            return OptionalDouble.empty();
        }
        Estimate estimate = completed.estimate();
        double raw;
        switch (metric) {
            case Metrics.SCORE -> raw = estimate.score();
            case Metrics.PARAMETERS -> raw = estimate.cost().parameters();
            case Metrics.MULTIPLY_ADDS -> raw = estimate.cost().multiplyAdds();
            case Metrics.COMPUTE -> raw = estimate.cost().compute().toNanos() / 1e9;
            default -> {
                Double value = estimate.metrics().get(metric);
                if (value == null) {
                    return OptionalDouble.empty();
                }
                raw = value;
            }
        }
        return OptionalDouble.of(maximize ? raw : -raw);
    }
}
