package io.nas4j.hardware;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Constraint;
import io.nas4j.space.SearchSpace;
import io.nas4j.train.Devices;
import io.nas4j.trial.Metrics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long a prediction takes on a device of this machine, in milliseconds a batch: the median over
 * repeated forward passes of the network as it is before training, in evaluation mode, until the
 * logits have arrived on the heap, which also waits for a GPU. The interquartile range is a metric
 * beside it. See {@link Timing} for how many passes that takes: some tens of them, and at most
 * about one and a half seconds unless a single one takes longer.
 *
 * <p>No other training of this process runs meanwhile; what other processes do shows in the times.
 *
 * @param batch samples that are predicted together, at least 1
 * @param device {@code auto} (the search's), {@code cpu}, {@code gpu} or {@code gpu:1}: another one
 *     than the networks train on, if wanted
 * @param clock nanoseconds that only go forward
 */
public record Latency(int batch, String device, LongSupplier clock) implements Demand {

    private static final LongSupplier CLOCK = System::nanoTime;

    public Latency {
        require(batch >= 1, "a batch must be at least 1 sample, but was %d.", batch);
    }

    /** Of one sample, on the search's device. */
    public Latency() {
        this(1, Devices.AUTO, CLOCK);
    }

    /**
     * Sets {@link #batch}.
     *
     * @param samples at least 1; default 1
     * @return a copy
     */
    public Latency batch(int samples) {
        return new Latency(samples, device, clock);
    }

    /**
     * Sets {@link #device}.
     *
     * @param name {@code auto}, the default, {@code cpu}, {@code gpu} or {@code gpu:1}
     * @return a copy
     */
    public Latency device(String name) {
        return new Latency(batch, name, clock);
    }

    /**
     * Sets {@link #clock}.
     *
     * @param nanoseconds that only go forward; default {@link System#nanoTime}
     * @return a copy
     */
    public Latency clock(LongSupplier nanoseconds) {
        return new Latency(batch, device, nanoseconds);
    }

    /**
     * No network that takes longer.
     *
     * <p>This is costly: every network that a strategy draws, varies or looks at, and that meets
     * the space's other constraints, is measured before it may be tried, for some tens of passes.
     * Equal networks are measured once, as long as the space is held. So limit {@code
     * multiplyAdds()} or {@code parameters()} as well, which are looked at first; after 200
     * measured networks without one that is fast enough the space is given up. Near the limit it is
     * chance who meets it, so that two runs of one seed, or a resumed one, may try different
     * networks.
     *
     * @param milliseconds above 0
     * @return a constraint
     */
    public Constraint atMost(double milliseconds) {
        require(
                milliseconds > 0 && milliseconds < Double.POSITIVE_INFINITY,
                "a limit of %s must be above 0, but was %s.",
                unit(),
                milliseconds);
        return Limit.of(this, 0, milliseconds);
    }

    @Override
    public List<String> metrics() {
        return List.of(
                Metrics.ofBatch(Metrics.LATENCY, batch),
                Metrics.ofBatch(Metrics.LATENCY_RANGE, batch));
    }

    @Override
    public boolean isMeasured() {
        return true;
    }

    @Override
    public Map<String, Double> of(SearchSpace network, Setting setting) {
        Timing timing = ForwardPass.time(network, on(setting), batch, clock);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(metrics().get(0), timing.median());
        values.put(metrics().get(1), timing.range());
        return values;
    }

    Setting on(Setting setting) {
        return device.equals(Devices.AUTO)
                ? setting
                : new Setting(setting.input(), setting.classes(), device);
    }

    @Override
    public String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(4, java.math.RoundingMode.HALF_UP);
        return rounded.stripTrailingZeros().toPlainString();
    }

    @Override
    public String unit() {
        List<String> where = new ArrayList<>();
        if (batch != 1) {
            where.add("batch " + batch);
        }
        if (!device.equals(Devices.AUTO)) {
            where.add(device);
        }
        return "ms of latency" + (where.isEmpty() ? "" : " (" + String.join(", ", where) + ")");
    }

    /** For example {@code latency().batch(32)}; defaults are left out. */
    @Override
    public String toString() {
        return "latency()"
                + (batch == 1 ? "" : String.format(Locale.ROOT, ".batch(%d)", batch))
                + (device.equals(Devices.AUTO) ? "" : ".device(" + device + ")");
    }
}
