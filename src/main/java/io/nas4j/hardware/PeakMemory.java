package io.nas4j.hardware;

import static io.nas4j.space.Require.require;

import io.nas4j.nn.Footprint;
import io.nas4j.nn.Networks;
import io.nas4j.space.Constraint;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Metrics;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The most memory that a prediction holds at once, in bytes: all weights, and of the batch's
 * activations those that are still needed while the largest layers run. It is counted off the
 * network, not measured: the same on every machine and without noise. What an engine takes besides
 * is not in it: a layer's own working space, packed weights, what an allocator keeps.
 *
 * @param batch samples that are predicted together, at least 1
 * @see Footprint
 */
public record PeakMemory(int batch) implements Demand {

    public PeakMemory {
        require(batch >= 1, "a batch must be at least 1 sample, but was %d.", batch);
    }

    /** Of one sample. */
    public PeakMemory() {
        this(1);
    }

    /**
     * Sets {@link #batch}.
     *
     * @param samples at least 1; default 1
     * @return a copy
     */
    public PeakMemory batch(int samples) {
        return new PeakMemory(samples);
    }

    /**
     * No network above a limit.
     *
     * @param bytes at least 1
     * @return a constraint
     */
    public Constraint atMost(long bytes) {
        require(bytes >= 1, "a limit of %s must be at least 1, but was %d.", unit(), bytes);
        return Limit.of(this, 0, bytes);
    }

    @Override
    public List<String> metrics() {
        return List.of(Metrics.ofBatch(Metrics.PEAK_MEMORY, batch));
    }

    @Override
    public Map<String, Double> of(SearchSpace network, Setting setting) {
        Footprint footprint =
                Footprint.of(Networks.lower(network, setting.input(), setting.classes(), 1));
        return Map.of(metric(), (double) footprint.bytes(batch));
    }

    @Override
    public String number(double value) {
        return String.format(Locale.ROOT, "%,d", (long) value);
    }

    @Override
    public String unit() {
        return "bytes of peak memory" + (batch == 1 ? "" : " (batch " + batch + ")");
    }

    /** For example {@code peakMemory().batch(32)}; defaults are left out. */
    @Override
    public String toString() {
        return "peakMemory()" + (batch == 1 ? "" : ".batch(" + batch + ")");
    }
}
