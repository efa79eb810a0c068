package io.nas4j.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Round numbers along an axis.
 *
 * @param low the smallest value
 * @param high the largest, above {@code low}
 * @param step between labels
 */
record Ticks(double low, double high, double step) {

    /** About {@code count} steps of 1, 2 or 5 times a power of ten. */
    static Ticks of(double least, double most, int count) {
        double low = least;
        double high = most;
        if (high - low < 1e-12) {
            double around = Math.max(Math.abs(low), 1) * 0.05;
            low -= around;
            high += around;
        }
        double raw = (high - low) / count;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double lead = raw / power;
        double step = power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
        return new Ticks(low, high, step);
    }

    List<Double> values() {
        List<Double> values = new ArrayList<>();
        for (double at = Math.ceil(low / step - 1e-9) * step;
                at <= high + step * 1e-9;
                at += step) {
            // adding zero turns -0 into 0
            values.add(Math.rint(at / step) * step + 0.0);
        }
        return values;
    }

    /** As many digits as a range needs; thousands and millions are written short. */
    static String label(double value, double range) {
        double size = Math.max(Math.abs(value), range);
        if (size >= 1e6) {
            return trimmed(value / 1e6, range / 1e6) + "M";
        }
        return size >= 1e4 ? trimmed(value / 1e3, range / 1e3) + "k" : trimmed(value, range);
    }

    private static String trimmed(double value, double range) {
        int digits =
                range <= 0 ? 4 : (int) Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(range))));
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
