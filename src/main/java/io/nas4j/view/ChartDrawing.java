package io.nas4j.view;

import static io.nas4j.view.Svg.number;

import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import io.nas4j.view.Pen.Anchor;
import java.util.List;
import java.util.function.Function;

/** Draws a {@link Chart}; its texts have one size whatever the chart's. */
final class ChartDrawing {

    static final double WIDTH = 640;

    private static final double HEIGHT = 340;
    private static final double SMALLEST = 240;
    private static final double LEFT = 62;

    /** Of the vertical axis' name and the gap beside the numbers. */
    private static final double BESIDE = 31;

    private static final double SIDE_LINE = 15;

    private static final double RIGHT = 20;
    private static final double BOTTOM = 44;
    private static final int MOST_POINTS = 1500;
    private static final double PALE = 0.6;

    /** Okabe and Ito's colours, which colour-blind readers tell apart; yellow left out. */
    private static final List<String> COLORS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#444444");

    /** Lines differ in this too, for those who see no colours; as many as are told apart. */
    private static final List<String> DASHES = List.of("", "8 4", "2 3", "12 3 2 3", "5 2");

    private final Chart chart;
    private final double width;
    private final double height;
    private final Pen pen = new Pen();
    private final double top;
    private final double left;
    private final List<List<ChartLegend.Entry>> legend;
    private final List<String> side;
    private final Scale xs;
    private final Scale ys;

    /** Begins a drawing that is as high as is usual for its width. */
    private ChartDrawing(Chart chart, double width) {
        this(chart, width, Math.max(SMALLEST, HEIGHT * width / WIDTH));
    }

    private ChartDrawing(Chart chart, double width, double usual) {
        this.chart = chart;
        this.width = width;
        boolean bars = chart.series().stream().anyMatch(s -> s.mark() == Mark.BARS);
        ys = Scale.of(chart.y(), values(Series::ys), 0, bars, 5);
        side = side(chart.y().name(), usual - BOTTOM - 8);
        left = Math.max(LEFT, BESIDE + widest(ys)) + SIDE_LINE * (side.size() - 1);
        double room = width - left - RIGHT;
        legend = ChartLegend.rows(chart, this::color, this::dash, room);
        double above = 14 + (chart.title().isEmpty() ? 0 : 22) + legend.size() * ChartLegend.ROW;
        top = above;
        height = usual + Math.max(0, legend.size() - 1) * ChartLegend.ROW;
        int across = (int) Math.max(3, Math.round(room / 70));
        xs = Scale.of(chart.x(), values(Series::xs), bars ? spacing() / 2 : 0, false, across);
    }

    /** In one line where it fits, else in two. */
    private static List<String> side(String name, double room) {
        List<String> lines = TextWidth.lines(name, 12, room);
        return lines.size() <= 2 ? lines : List.of(TextWidth.fitting(name, 12, room));
    }

    private static double widest(Scale scale) {
        return scale.ticks().stream()
                .mapToDouble(tick -> TextWidth.of(tick.text(), 11))
                .max()
                .orElse(0);
    }

    static Svg of(Chart chart, double width) {
        return new ChartDrawing(chart, width).draw();
    }

    /**
     * Begins a drawing of axes and a legend, on which another goes on.
     *
     * @param chart whose values the axes reach around
     * @param width in pixels
     * @param usual height in pixels, with a legend of one row
     */
    static ChartDrawing axes(Chart chart, double width, double usual) {
        ChartDrawing drawing = new ChartDrawing(chart, width, usual);
        drawing.frame();
        return drawing;
    }

    private double[] values(Function<Series, List<Double>> of) {
        return chart.series().stream()
                .flatMap(series -> of.apply(series).stream())
                .mapToDouble(value -> value)
                .toArray();
    }

    private void frame() {
        if (!chart.title().isEmpty()) {
            pen.text(left, 22, chart.title(), 14, Pen.INK, Anchor.START, true);
        }
        axes();
        ChartLegend.draw(pen, legend, left, top - legend.size() * ChartLegend.ROW);
    }

    private Svg draw() {
        frame();
        // what accompanies another series lies below it
        for (boolean nameless : new boolean[] {true, false}) {
            for (int i = 0; i < chart.series().size(); i++) {
                if (accompanies(i) == nameless) {
                    series(chart.series().get(i), i);
                }
            }
        }
        return svg();
    }

    /** All that was drawn until now. */
    Svg svg() {
        return pen.svg(width, height, chart.alt());
    }

    Pen pen() {
        return pen;
    }

    double top() {
        return top;
    }

    double floor() {
        return height - BOTTOM;
    }

    private void axes() {
        for (Scale.Tick tick : ys.ticks()) {
            double at = floor() - tick.share() * (floor() - top);
            pen.line(left, at, width - RIGHT, at, "#e8ecf0", 1);
            pen.text(left - 7, at + 4, tick.text(), 11, Pen.FAINT, Anchor.END);
        }
        for (Scale.Tick tick : xs.ticks()) {
            double at = left + tick.share() * (width - left - RIGHT);
            pen.line(at, floor(), at, floor() + 4, "#b8c1ca", 1);
            pen.text(at, floor() + 17, tick.text(), 11, Pen.FAINT, Anchor.MIDDLE);
        }
        pen.line(left, floor(), width - RIGHT, floor(), "#b8c1ca", 1);
        String below = TextWidth.fitting(chart.x().name(), 12, width - left - RIGHT);
        pen.text((left + width - RIGHT) / 2, height - 9, below, 12, Pen.FAINT, Anchor.MIDDLE);
        for (int i = 0; i < side.size(); i++) {
            String line = side.get(i);
            Svg turned = new Pen().text(0, 0, line, 12, Pen.FAINT, Anchor.MIDDLE).svg(0, 0, "");
            double middle = Math.max((top + floor()) / 2, TextWidth.of(line, 12) / 2 + 4);
            pen.turn(turned, 14 + SIDE_LINE * i, middle);
        }
    }

    private void series(Series series, int index) {
        String color = color(index);
        switch (series.mark()) {
            case LINE, STEPS -> line(series, color, dash(index));
            case POINTS -> points(series, color, index);
            case SEGMENTS -> segments(series, Palette.tint(color, PALE));
            case BAND -> band(series, color);
            default -> bars(series, color, index);
        }
    }

    private void line(Series series, String color, String dash) {
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
            pen.stroke(path.toString(), color, 2, 1, dash);
        }
    }

    private void segments(Series series, String color) {
        for (int i = 1; i < series.xs().size(); i += 2) {
            double fromX = x(series.xs().get(i - 1));
            double fromY = y(series.ys().get(i - 1));
            pen.line(fromX, fromY, x(series.xs().get(i)), y(series.ys().get(i)), color, 1.2);
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

    private int place(int index) {
        int at = 0;
        for (int i = 1; i <= index; i++) {
            at += accompanies(i) ? 0 : 1;
        }
        return at;
    }

    String color(int index) {
        return COLORS.get(place(index) % COLORS.size());
    }

    /** The lines of a chart that has several, in order. */
    private String dash(int index) {
        int lines = 0;
        for (int i = 0; i < index; i++) {
            lines += chart.series().get(i).mark() == Mark.LINE && !accompanies(i) ? 1 : 0;
        }
        boolean line = chart.series().get(index).mark() == Mark.LINE;
        return line ? DASHES.get(lines % DASHES.size()) : "";
    }

    /** Small and pale where there are many or they accompany a line; of very many, only some. */
    private void points(Series series, String color, int index) {
        boolean many = series.xs().size() > 200 || accompanies(index);
        String fill = many ? Palette.tint(color, PALE) : color;
        int step = 1 + series.xs().size() / MOST_POINTS;
        for (int i = 0; i < series.xs().size(); i += step) {
            point(series.xs().get(i), series.ys().get(i), many ? 1.8 : 3, fill);
        }
    }

    /** A dot; an arrow head where the value lies further down. */
    void point(double valueX, double valueY, double radius, String fill) {
        double x = x(valueX);
        double y = y(valueY);
        if (ys.isBelow(valueY)) {
            pen.fill("M" + number(x - 4) + " " + number(y - 7) + "h8l-4 7Z", fill, 1);
        } else {
            pen.circle(x, y, radius, fill, "");
        }
    }

    private void bars(Series series, String color, int index) {
        long together = chart.series().stream().filter(s -> s.mark() == Mark.BARS).count();
        if (series.xs().isEmpty()) {
            return;
        }
        double first = series.xs().get(0);
        double step = x(first + spacing()) - x(first);
        double bar = step * 0.8 / together;
        for (int i = 0; i < series.xs().size(); i++) {
            double start = x(series.xs().get(i)) - step * 0.4 + index * bar;
            double from = y(Math.max(0, series.ys().get(i)));
            double to = y(Math.min(0, series.ys().get(i)));
            pen.rect(start, from, bar, to - from, 0, color, "");
        }
    }

    /** How far apart the bars stand; 1 where there is one. */
    private double spacing() {
        double least = Double.POSITIVE_INFINITY;
        for (Series series : chart.series()) {
            for (int i = 1; series.mark() == Mark.BARS && i < series.xs().size(); i++) {
                least = Math.min(least, series.xs().get(i) - series.xs().get(i - 1));
            }
        }
        return least > 0 && Double.isFinite(least) ? least : 1;
    }

    double x(double value) {
        return left + xs.share(value) * (width - left - RIGHT);
    }

    double y(double value) {
        return floor() - ys.share(value) * (floor() - top);
    }
}
