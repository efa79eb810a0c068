package io.nas4j.view;

import io.nas4j.analysis.Agreement;
import io.nas4j.analysis.Trust;
import io.nas4j.view.Pen.Anchor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;

/**
 * Cost against trust: each estimator where its cost a network (on a logarithmic axis) and its
 * Kendall's tau with the reference put it, with the interval of tau. Up and to the left is better.
 * Free counts are hollow, and a dashed line shows the best of them, which others must beat.
 *
 * @param estimators what was found; those without a ranking are left out
 * @param reference what judged them
 * @param referenceCost of one network; zero where it is not known
 */
public record CostAgainstTrust(List<Trust> estimators, String reference, Duration referenceCost)
        implements Picture {

    private static final double WIDTH = 680;
    private static final double HEIGHT = 430;
    private static final double LEFT = 62;
    private static final double RIGHT = 24;
    private static final double TOP = 44;
    private static final double BOTTOM = 46;
    private static final int NAME = 40;
    private static final double SIZE = 12;
    private static final double LINE = 14;
    private static final int MOST_LINES = 12;
    private static final double LEAST_SECONDS = 1e-6;
    private static final List<String> COLORS =
            List.of("#0072b2", "#b84f00", "#007a59", "#a8457c", "#946300", "#29739a", "#444444");

    public CostAgainstTrust {
        estimators = List.copyOf(estimators);
    }

    private List<Trust> ranked() {
        return estimators.stream().filter(trust -> trust.agreement().isPresent()).toList();
    }

    private static double seconds(Duration cost) {
        return Math.max(LEAST_SECONDS, cost.toNanos() / 1e9);
    }

    @Override
    public Svg svg() {
        return new Drawing(ranked()).draw();
    }

    @Override
    public String alt() {
        return "Cost of " + ranked().size() + " estimators against Kendall's tau with " + reference;
    }

    /** A line an estimator, the most trusted first. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Cost against trust, judged by " + reference);
        ranked().stream()
                .sorted(Comparator.comparingDouble((Trust t) -> -tau(t)))
                .forEach(
                        trust ->
                                text.append(
                                        String.format(
                                                Locale.ROOT,
                                                "%n  tau %s  %s  %s",
                                                trust.agreement().orElseThrow().kendall(),
                                                words(trust.cost()),
                                                trust.estimator())));
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private static double tau(Trust trust) {
        return trust.agreement().map(Agreement::kendall).orElseThrow().value();
    }

    /** A duration in its own unit, for example {@code 4.2 ms} or {@code 1.6 h}. */
    static String words(Duration time) {
        double seconds = time.toNanos() / 1e9;
        if (seconds == 0) {
            return "nothing";
        }
        double value = seconds;
        String unit = "s";
        if (seconds < 1e-3) {
            value = seconds * 1e6;
            unit = "\u00b5s";
        } else if (seconds < 1) {
            value = seconds * 1e3;
            unit = "ms";
        } else if (seconds >= 5400) {
            value = seconds / 3600;
            unit = "h";
        } else if (seconds >= 100) {
            value = seconds / 60;
            unit = "min";
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, unit);
    }

    /** One drawing under way. */
    private final class Drawing {
        private final Pen pen = new Pen();
        private final List<Trust> ranked;
        private final double least;
        private final double most;
        private final Ticks ys;
        private final List<double[]> taken = new ArrayList<>();

        Drawing(List<Trust> ranked) {
            this.ranked = ranked;
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            double floor = 0;
            for (Trust trust : ranked) {
                low = Math.min(low, seconds(trust.cost()));
                high = Math.max(high, seconds(trust.cost()));
                floor = Math.min(floor, trust.agreement().orElseThrow().kendall().low());
            }
            if (!referenceCost.isZero()) {
                high = Math.max(high, seconds(referenceCost));
                low = Math.min(low, high);
            }
            boolean empty = low > high;
            least = empty ? -3 : Math.max(-6, Math.floor(Math.log10(low) - 0.15));
            most = empty ? 3 : Math.max(least + 1, Math.ceil(Math.log10(high) + 0.15));
            ys = Ticks.of(floor - 0.05, 1.05, 6);
        }

        Svg draw() {
            pen.text(LEFT, 22, "Cost against trust", 14, Pen.INK, Anchor.START, true);
            axes();
            free().ifPresent(this::threshold);
            if (!referenceCost.isZero()) {
                double at = x(seconds(referenceCost));
                pen.stroke("M" + at + " " + TOP + "V" + floor(), "#7b8794", 1.2, 1, "2 3");
                String name = StringUtils.abbreviate(reference, "\u2026", NAME);
                label(at, TOP + 6, "reference: " + name, Pen.FAINT);
            }
            for (int i = 0; i < ranked.size(); i++) {
                mark(ranked.get(i), COLORS.get(i % COLORS.size()));
            }
            for (int i = 0; i < ranked.size(); i++) {
                Trust trust = ranked.get(i);
                String name = StringUtils.abbreviate(trust.estimator(), "\u2026", NAME);
                label(x(seconds(trust.cost())), y(tau(trust)), name, COLORS.get(i % COLORS.size()));
            }
            return pen.svg(WIDTH, HEIGHT, alt());
        }

        private Optional<Trust> free() {
            return ranked.stream()
                    .filter(Trust::free)
                    .max(Comparator.comparingDouble(CostAgainstTrust::tau));
        }

        private void axes() {
            for (double tick : ys.values()) {
                String color = tick == 0 ? "#b8c1ca" : "#e8ecf0";
                pen.line(LEFT, y(tick), WIDTH - RIGHT, y(tick), color, 1);
                String text = Ticks.label(tick, ys.step() * 10);
                pen.text(LEFT - 7, y(tick) + 4, text, 11, Pen.FAINT, Anchor.END);
            }
            int step = (int) Math.ceil((most - least) / 9);
            for (int power = (int) least; power <= most; power += step) {
                double at = x(Math.pow(10, power));
                pen.line(at, floor(), at, floor() + 4, "#b8c1ca", 1);
                pen.text(at, floor() + 17, power(power), 11, Pen.FAINT, Anchor.MIDDLE);
            }
            pen.line(LEFT, floor(), WIDTH - RIGHT, floor(), "#b8c1ca", 1);
            pen.text(
                    (LEFT + WIDTH - RIGHT) / 2,
                    HEIGHT - 9,
                    "cost of one network (logarithmic)",
                    12,
                    Pen.FAINT,
                    Anchor.MIDDLE);
            String side = "Kendall's tau with the reference";
            pen.turn(
                    new Pen().text(0, 0, side, 12, Pen.FAINT, Anchor.MIDDLE).svg(0, 0, side),
                    16,
                    (TOP + floor()) / 2);
        }

        /** 1, 10 or 100 of microseconds, milliseconds, seconds; then hours. */
        private static String power(int power) {
            if (power >= 3) {
                return String.format(Locale.ROOT, "%,.0f s", Math.pow(10, power));
            }
            int unit = Math.floorDiv(power, 3);
            String name = unit >= 0 ? "s" : unit == -1 ? "ms" : "\u00b5s";
            return Math.round(Math.pow(10, power - 3 * Math.max(-2, unit))) + " " + name;
        }

        private void threshold(Trust free) {
            double at = y(tau(free));
            String path = "M" + LEFT + " " + Svg.number(at) + "H" + (WIDTH - RIGHT);
            pen.stroke(path, "#7b8794", 1.2, 1, "6 4");
        }

        private void mark(Trust trust, String color) {
            Agreement found = trust.agreement().orElseThrow();
            double x = x(seconds(trust.cost()));
            double low = y(found.kendall().low());
            double high = y(found.kendall().high());
            String pale = Palette.tint(color, 0.6);
            pen.line(x, low, x, high, pale, 2);
            pen.line(x - 4, low, x + 4, low, pale, 1.5);
            pen.line(x - 4, high, x + 4, high, pale, 1.5);
            double y = y(found.kendall().value());
            pen.circle(x, y, 5, trust.free() ? "#ffffff" : color, color);
            taken.add(new double[] {x - 6, y - 6, x + 6, y + 6});
        }

        /** Beside its point, at the first height where it covers no other name and no point. */
        private void label(double x, double y, String name, String color) {
            double width = TextWidth.of(name, SIZE);
            for (int i = 0; i < 2 * MOST_LINES; i++) {
                double shift = (i % 2 == 0 ? 1 : -1) * LINE * ((i + 1) / 2);
                for (boolean right : new boolean[] {true, false}) {
                    double left = right ? x + 9 : x - 9 - width;
                    double middle = y + shift;
                    double[] box = {left, middle - 6, left + width, middle + 6};
                    boolean inside =
                            left >= LEFT
                                    && left + width <= WIDTH - 4
                                    && middle >= TOP - 8
                                    && middle <= floor() - 6;
                    if (inside && taken.stream().noneMatch(other -> overlap(box, other))) {
                        taken.add(box);
                        if (Math.abs(shift) > 0) {
                            double end = right ? left - 2 : left + width + 2;
                            pen.line(x, y, end, middle, Palette.tint(Pen.FAINT, 0.5), 0.8);
                        }
                        pen.text(left, middle + 4, name, SIZE, color, Anchor.START);
                        return;
                    }
                }
            }
        }

        private static boolean overlap(double[] a, double[] b) {
            return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
        }

        private double floor() {
            return HEIGHT - BOTTOM;
        }

        private double x(double seconds) {
            double share = (Math.log10(seconds) - least) / (most - least);
            return LEFT + share * (WIDTH - LEFT - RIGHT);
        }

        private double y(double tau) {
            double share = (tau - ys.low()) / (ys.high() - ys.low());
            return floor() - share * (floor() - TOP);
        }
    }
}
