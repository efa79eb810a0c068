package io.nas4j.view;

import static io.nas4j.view.Svg.number;

import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import io.nas4j.view.Pen.Anchor;
import java.util.List;
import java.util.function.Function;

/** Draws a {@link Chart}. */
final class ChartDrawing {

    private static final double WIDTH = 640;
    private static final double HEIGHT = 340;
    private static final double LEFT = 62;
    private static final double RIGHT = 20;
    private static final double BOTTOM = 44;
    private static final int MOST_POINTS = 1500;
    private static final double PALE = 0.6;

    /** Okabe and Ito's colours, which colour-blind readers tell apart; yellow left out. */
    private static final List<String> COLORS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#444444");

    private final Chart chart;
    private final Pen pen = new Pen();
    private final double top;
    private final Ticks xs;
    private final Ticks ys;

    private ChartDrawing(Chart chart) {
        this.chart = chart;
        boolean legend = chart.series().stream().anyMatch(s -> !s.name().isEmpty());
        top = 14 + (chart.title().isEmpty() ? 0 : 22) + (legend ? 22 : 0);
        boolean bars = chart.series().stream().anyMatch(s -> s.mark() == Mark.BARS);
        xs = ticks(Series::xs, bars ? 0.5 : 0, false, 8);
        ys = ticks(Series::ys, 0, bars, 5);
    }

    static Svg of(Chart chart) {
        return new ChartDrawing(chart).draw();
    }

    private Ticks ticks(
            Function<Series, List<Double>> values, double beyond, boolean zero, int count) {
        double[] all =
                chart.series().stream()
                        .flatMap(s -> values.apply(s).stream())
                        .mapToDouble(v -> v)
                        .toArray();
        double low = zero ? 0 : Double.POSITIVE_INFINITY;
        double high = zero ? 0 : Double.NEGATIVE_INFINITY;
        for (double value : all) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (all.length == 0) {
            return Ticks.of(0, 1, count);
        }
        double air = (high - low) * 0.04 + beyond;
        return Ticks.of(zero && low == 0 ? 0 : low - air, high + air, count);
    }

    private Svg draw() {
        if (!chart.title().isEmpty()) {
            pen.text(LEFT, 22, chart.title(), 14, Pen.INK, Anchor.START, true);
        }
        axes();
        legend();
        // what accompanies another series lies below it
        for (boolean nameless : new boolean[] {true, false}) {
            for (int i = 0; i < chart.series().size(); i++) {
                if (accompanies(i) == nameless) {
                    series(chart.series().get(i), color(i), i);
                }
            }
        }
        return pen.svg(WIDTH, HEIGHT, chart.alt());
    }

    private void axes() {
        double floor = HEIGHT - BOTTOM;
        for (double tick : ys.values()) {
            pen.line(LEFT, y(tick), WIDTH - RIGHT, y(tick), "#e8ecf0", 1);
            String label = Ticks.label(tick, ys.step() * 10);
            pen.text(LEFT - 7, y(tick) + 4, label, 11, Pen.FAINT, Anchor.END);
        }
        for (double tick : xs.values()) {
            pen.line(x(tick), floor, x(tick), floor + 4, "#b8c1ca", 1);
            String label = Ticks.label(tick, xs.step() * 10);
            pen.text(x(tick), floor + 17, label, 11, Pen.FAINT, Anchor.MIDDLE);
        }
        pen.line(LEFT, floor, WIDTH - RIGHT, floor, "#b8c1ca", 1);
        pen.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 9, chart.x(), 12, Pen.FAINT, Anchor.MIDDLE);
        double size = Math.min(12, 12 * (floor - top) / TextWidth.of(chart.y(), 12));
        Svg side =
                new Pen()
                        .text(0, 0, chart.y(), size, Pen.FAINT, Anchor.MIDDLE)
                        .svg(0, 0, chart.y());
        pen.turn(side, 14, (top + floor) / 2);
    }

    private void legend() {
        double x = LEFT;
        for (int i = 0; i < chart.series().size(); i++) {
            String name = chart.series().get(i).name();
            if (!name.isEmpty()) {
                String color =
                        switch (chart.series().get(i).mark()) {
                            case BAND -> Palette.tint(color(i), 0.3);
                            case SEGMENTS -> Palette.tint(color(i), PALE);
                            default -> color(i);
                        };
                pen.rect(x, top - 22, 11, 11, 2, color, "");
                pen.text(x + 16, top - 12, name, 12, Pen.INK, Anchor.START);
                x += 34 + TextWidth.of(name, 12);
            }
        }
    }

    private void series(Series series, String color, int index) {
        switch (series.mark()) {
            case LINE, STEPS -> line(series, color);
            case POINTS -> points(series, color, index);
            case SEGMENTS -> segments(series, Palette.tint(color, PALE));
            case BAND -> band(series, color);
            default -> bars(series, color, index);
        }
    }

    private void line(Series series, String color) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < series.xs().size(); i++) {
            String x = number(x(series.xs().get(i)));
            String y = number(y(series.ys().get(i)));
            if (i == 0) {
                path.append('M').append(x).append(' ').append(y);
            } else if (series.mark() == Mark.LINE) {
                path.append('L').append(x).append(' ').append(y);
            } else if (!series.ys().get(i).equals(series.ys().get(i - 1))) {
                path.append('H').append(x).append('V').append(y);
            } else if (i == series.xs().size() - 1) {
                path.append('H').append(x);
            }
        }
        if (path.length() > 0) {
            pen.stroke(path.toString(), color, 2, 1, "");
        }
    }

    private void segments(Series series, String color) {
        for (int i = 1; i < series.xs().size(); i += 2) {
            double fromX = x(series.xs().get(i - 1));
            double fromY = y(series.ys().get(i - 1));
            pen.line(fromX, fromY, x(series.xs().get(i)), y(series.ys().get(i)), color, 1.5);
        }
    }

    private void band(Series series, String color) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < series.xs().size(); i++) {
            path.append(i == 0 ? 'M' : 'L').append(number(x(series.xs().get(i))));
            path.append(' ').append(number(y(series.ys().get(i))));
        }
        if (path.length() > 0) {
            pen.fill(path.append('Z').toString(), color, 0.18);
        }
    }

    /** A nameless series belongs to the one before it, and has its colour. */
    private boolean accompanies(int index) {
        return index > 0 && chart.series().get(index).name().isEmpty();
    }

    private String color(int index) {
        int at = 0;
        for (int i = 1; i <= index; i++) {
            at += accompanies(i) ? 0 : 1;
        }
        return COLORS.get(at % COLORS.size());
    }

    /** Small and pale where there are many or they accompany a line; of very many, only some. */
    private void points(Series series, String color, int index) {
        boolean many = series.xs().size() > 200 || accompanies(index);
        String fill = many ? Palette.tint(color, PALE) : color;
        int step = 1 + series.xs().size() / MOST_POINTS;
        for (int i = 0; i < series.xs().size(); i += step) {
            double x = x(series.xs().get(i));
            double y = y(series.ys().get(i));
            pen.circle(x, y, many ? 1.8 : 3, fill, "");
        }
    }

    private void bars(Series series, String color, int index) {
        long together = chart.series().stream().filter(s -> s.mark() == Mark.BARS).count();
        double step = x(1) - x(0);
        double width = step * 0.8 / together;
        for (int i = 0; i < series.xs().size(); i++) {
            double left = x(series.xs().get(i)) - step * 0.4 + index * width;
            double from = y(Math.max(0, series.ys().get(i)));
            double to = y(Math.min(0, series.ys().get(i)));
            pen.rect(left, from, width, to - from, 0, color, "");
        }
    }

    private double x(double value) {
        return LEFT + (value - xs.low()) / (xs.high() - xs.low()) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        double floor = HEIGHT - BOTTOM;
        return floor - (value - ys.low()) / (ys.high() - ys.low()) * (floor - top);
    }
}
