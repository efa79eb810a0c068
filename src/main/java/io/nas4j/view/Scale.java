package io.nas4j.view;

import java.util.ArrayList;
import java.util.List;

/** Where the values of an axis lie, and what is written along it. */
final class Scale {

    /** The factor between two powers along a logarithmic axis. */
    private static final double DECADE = 10;

    private final boolean logarithmic;
    private final double low;
    private final double high;
    private final List<Tick> ticks;

    /**
     * A label.
     *
     * @param share where, from 0 to 1
     * @param text what
     */
    record Tick(double share, String text) {}

    private Scale(boolean logarithmic, double low, double high, List<Tick> ticks) {
        this.logarithmic = logarithmic;
        this.low = low;
        this.high = high;
        this.ticks = List.copyOf(ticks);
    }

    /**
     * The scale of some values.
     *
     * @param axis how it is drawn
     * @param values finite
     * @param beyond how much more than the values is shown on either side, on a linear axis
     * @param zero whether zero is shown in any case
     * @param count about so many labels
     */
    static Scale of(Axis axis, double[] values, double beyond, boolean zero, int count) {
        double low = zero ? 0 : Double.POSITIVE_INFINITY;
        double high = zero ? 0 : Double.NEGATIVE_INFINITY;
        double positive = Double.POSITIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
            positive = value > 0 ? Math.min(positive, value) : positive;
        }
        if (axis.logarithmic() && high > 0) {
            double least = Math.max(positive, axis.least().orElse(positive));
            return logarithmic(low <= 0, least, Math.max(high, least), count);
        }
        if (values.length == 0) {
            low = 0;
            high = 1;
        } else {
            double air = (high - low) * 0.04 + beyond;
            low = axis.least().orElse(zero && low == 0 ? 0 : low - air);
            high = Math.max(low, high + air);
        }
        return linear(Ticks.of(low, high, count));
    }

    private static Scale linear(Ticks ticks) {
        double range = ticks.high() - ticks.low();
        List<Tick> labels = new ArrayList<>();
        for (double value : ticks.values()) {
            String text = Ticks.label(value, ticks.step() * 10);
            labels.add(new Tick((value - ticks.low()) / range, text));
        }
        return new Scale(false, ticks.low(), ticks.high(), labels);
    }

    /** Powers of ten, and their double and fivefold where there is room; the rest is at the end. */
    private static Scale logarithmic(boolean zeros, double least, double most, int count) {
        double low = Math.log10(least) - (zeros ? 0.35 : 0.06);
        double high = Math.max(Math.log10(most), Math.log10(least) + 0.3) + 0.06;
        double decades = high - low;
        double[] leads = decades * 3 <= count * 1.5 ? new double[] {1, 2, 5} : new double[] {1};
        int step = (int) Math.max(1, Math.ceil(decades / count));
        List<Tick> labels = new ArrayList<>();
        if (zeros) {
            labels.add(new Tick(0, "0"));
        }
        double lowest = zeros ? low + 0.2 : low;
        for (int power = (int) Math.floor(low); power <= high; power += step) {
            for (double lead : leads) {
                double value = lead * Math.pow(DECADE, power);
                double at = Math.log10(value);
                if (at >= lowest && at <= high) {
                    labels.add(new Tick((at - low) / decades, Ticks.label(value, value)));
                }
            }
        }
        return new Scale(true, low, high, labels);
    }

    /** From 0 at the lower end to 1 at the upper; what lies below is at the lower end. */
    double share(double value) {
        double at = logarithmic ? (value <= 0 ? low : Math.log10(value)) : value;
        return (Math.max(low, at) - low) / (high - low);
    }

    /** Whether a value lies below the axis, so that it is drawn at its end. */
    boolean isBelow(double value) {
        return logarithmic ? value <= 0 || Math.log10(value) < low : value < low;
    }

    List<Tick> ticks() {
        return ticks;
    }
}
