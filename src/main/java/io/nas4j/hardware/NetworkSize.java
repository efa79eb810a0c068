package io.nas4j.hardware;

import static io.nas4j.space.Require.require;

import io.nas4j.nn.Counts;
import io.nas4j.space.Constraint;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Metrics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * A size of a network that is counted without building it, as something to limit: {@code
 * parameters().atMost(100_000)}. It is the size at full width and full resolution, of the search's
 * data and classes.
 *
 * @param unit what it counts, for example {@code parameters}
 * @param metric its name among the metrics
 * @param count reads it
 */
public record NetworkSize(String unit, String metric, ToLongFunction<Counts> count)
        implements Demand {

    /** Trained numbers. */
    public static final NetworkSize PARAMETERS =
            new NetworkSize("parameters", Metrics.PARAMETERS, Counts::parameters);

    /** Multiplications in convolutions and dense layers of one sample's forward pass. */
    public static final NetworkSize MULTIPLY_ADDS =
            new NetworkSize("multiply-adds", Metrics.MULTIPLY_ADDS, Counts::multiplyAdds);

    /**
     * No network above a limit.
     *
     * @param most at least 1
     * @return a constraint
     */
    public Constraint atMost(long most) {
        require(most >= 1, "a limit of %s must be at least 1, but was %d.", unit, most);
        return Limit.of(this, 0, most);
    }

    /**
     * No network below a limit.
     *
     * @param least at least 1
     * @return a constraint
     */
    public Constraint atLeast(long least) {
        require(least >= 1, "a limit of %s must be at least 1, but was %d.", unit, least);
        return Limit.of(this, least, Double.POSITIVE_INFINITY);
    }

    /**
     * Only networks within limits.
     *
     * @param least at least 1
     * @param most at least {@code least}
     * @return a constraint
     */
    public Constraint between(long least, long most) {
        require(
                least >= 1 && most >= least,
                "limits of %s must be in order and at least 1, but were %d and %d.",
                unit,
                least,
                most);
        return Limit.of(this, least, most);
    }

    @Override
    public List<String> metrics() {
        return List.of(metric);
    }

    @Override
    public Map<String, Double> of(SearchSpace network, Setting setting) {
        Counts counts = Counts.of(network, setting.input(), setting.classes(), 1);
        return Map.of(metric, (double) count.applyAsLong(counts));
    }

    @Override
    public String number(double value) {
        return String.format(Locale.ROOT, "%,d", (long) value);
    }

    @Override
    public String toString() {
        return unit;
    }
}
