package io.nas4j.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The times of an animated drawing, as SVG's own animation elements: no script. Everything runs on
 * one clock that begins again when it is over, and whatever does not play shows the last picture.
 *
 * @param blank seconds before anything happens, above 0
 * @param play seconds in which all happens, above 0
 * @param rest seconds for which the last picture stays, above 0
 */
record Reel(double blank, double play, double rest) {

    /**
     * When something is seen.
     *
     * @param element what makes it so
     * @param seenAtLast whether it is part of the last picture
     */
    record Times(String element, boolean seenAtLast) {}

    /** A share of the playing time, as one of the whole. */
    private double at(double share) {
        return (blank + share * play) / (blank + play + rest);
    }

    /** Seen from one time on. */
    Times from(double share) {
        return new Times(visibility("hidden;visible", List.of(0.0, at(share))), true);
    }

    /** Seen between two times. */
    Times between(double from, double to) {
        return new Times(
                visibility("hidden;visible;hidden", List.of(0.0, at(from), at(to))), false);
    }

    /** Seen before anything happens. */
    Times before() {
        return new Times(visibility("visible;hidden", List.of(0.0, at(0))), false);
    }

    /**
     * Seen again and again while all happens.
     *
     * @param times how often
     * @param from where in each of the parts, in [0, 1)
     * @param to where it ends, in (from, 1]
     */
    Times pulses(int times, double from, double to) {
        List<String> values = new ArrayList<>(List.of("hidden"));
        List<Double> keys = new ArrayList<>(List.of(0.0));
        for (int i = 0; i < times; i++) {
            values.addAll(List.of("visible", "hidden"));
            keys.addAll(List.of(at((i + from) / times), at((i + to) / times)));
        }
        return new Times(visibility(String.join(";", values), keys), false);
    }

    private String visibility(String values, List<Double> keys) {
        return "<animate attributeName=\"visibility\" values=\""
                + values
                + timed(keys)
                + "\" calcMode=\"discrete\"/>";
    }

    /** An attribute that goes evenly from one value to another. */
    String grow(String attribute, double from, double to) {
        return along(attribute, List.of(0.0, 1.0), List.of(from, to));
    }

    /**
     * An attribute that goes through values.
     *
     * @param shares of the playing time, ascending
     * @param values as many
     */
    String along(String attribute, List<Double> shares, List<Double> values) {
        List<Double> keys = new ArrayList<>(List.of(0.0));
        List<Double> through = new ArrayList<>(List.of(values.get(0)));
        shares.forEach(share -> keys.add(at(share)));
        through.addAll(values);
        keys.add(1.0);
        through.add(values.get(values.size() - 1));
        return "<animate attributeName=\""
                + attribute
                + "\" values=\""
                + through.stream().map(Svg::number).collect(Collectors.joining(";"))
                + timed(keys)
                + "\"/>";
    }

    private String timed(List<Double> keys) {
        return "\" keyTimes=\""
                + keys.stream().map(Reel::decimals).collect(Collectors.joining(";"))
                + "\" dur=\""
                + Svg.number(blank + play + rest)
                + "s\" repeatCount=\"indefinite";
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.4f", value).replaceAll("\\.?0+$", "");
    }
}
