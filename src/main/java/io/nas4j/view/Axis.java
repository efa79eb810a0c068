package io.nas4j.view;

import static io.nas4j.space.Require.require;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One axis of a chart.
 *
 * @param name what it measures, in words
 * @param logarithmic whether equal ratios are equally far apart; zeros and negative values are then
 *     drawn at the axis' lower end, which is labelled 0
 * @param least where the axis begins; empty, where its values do. Lower values are drawn there
 */
public record Axis(String name, boolean logarithmic, OptionalDouble least) {

    private static final double WORST = 0.1;

    public Axis {
        require(
                least.isEmpty() || Double.isFinite(least.getAsDouble()),
                "an axis must begin at a number, but at %s.",
                least);
    }

    /**
     * A linear axis over all values.
     *
     * @param name what it measures
     * @return the axis
     */
    public static Axis of(String name) {
        return new Axis(name, false, OptionalDouble.empty());
    }

    /** From the worst tenth's end on, where the rest would be squeezed together otherwise. */
    static Axis withoutTheWorst(String name, List<Double> scores) {
        List<Double> sorted = scores.stream().sorted().toList();
        int worst = (int) (WORST * sorted.size());
        if (worst == 0) {
            return of(name);
        }
        double low = sorted.get(worst);
        double high = sorted.get(sorted.size() - 1);
        boolean squeezed = sorted.get(0) < low - (high - low);
        return squeezed ? of(name).from(low - 0.1 * (high - low)) : of(name);
    }

    /**
     * The same, logarithmic.
     *
     * @return a copy
     */
    public Axis log() {
        return new Axis(name, true, least);
    }

    /**
     * The same, beginning at a value.
     *
     * @param value lower ones are drawn at it
     * @return a copy
     */
    public Axis from(double value) {
        return new Axis(name, logarithmic, OptionalDouble.of(value));
    }

    @Override
    public String toString() {
        return name;
    }
}
