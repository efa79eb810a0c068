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

    /**
     * More is better.
     *
     * @param metric a metric's name
     * @return an objective
     */
    public static Objective maximize(String metric) {
        return new Objective(metric, true);
    }

    /**
     * Less is better.
     *
     * @param metric a metric's name
     * @return an objective
     */
    public static Objective minimize(String metric) {
        return new Objective(metric, false);
    }

    /**
     * This objective's value, turned so that more is better.
     *
     * @param trial any trial
     * @return empty where it has no estimate, or the estimate does not report the metric: {@link
     *     Estimate#values()}
     */
    public OptionalDouble value(Trial trial) {
        if (!(trial.outcome() instanceof Outcome.Completed completed)) {
            return OptionalDouble.empty();
        }
        Double value = completed.estimate().values().get(metric);
        return value == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(maximize ? value : -value);
    }

    /** For example {@code minimize parameters}. */
    @Override
    public String toString() {
        return (maximize ? "maximize " : "minimize ") + metric;
    }
}
