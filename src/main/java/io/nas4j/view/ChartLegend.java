package io.nas4j.view;

import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import io.nas4j.view.Pen.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The names of a chart's series, each beside a sample of it, in as many rows as they need. */
final class ChartLegend {

    /** How high a row is. */
    static final double ROW = 22;

    private static final double SIZE = 12;
    private static final double SAMPLE = 22;
    private static final double GAP = 16;

    private ChartLegend() {}

    /**
     * One name.
     *
     * @param name of a series
     * @param mark how it is drawn
     * @param color of the sample
     * @param dash of a line
     * @param x where it begins within its row
     */
    record Entry(String name, Mark mark, String color, String dash, double x) {}

    static List<List<Entry>> rows(
            Chart chart, IntFunction<String> color, IntFunction<String> dash, double width) {
        List<List<Entry>> rows = new ArrayList<>();
        double x = 0;
        for (int i = 0; i < chart.series().size(); i++) {
            Series series = chart.series().get(i);
            if (series.name().isEmpty()) {
                continue;
            }
            String name = TextWidth.fitting(series.name(), SIZE, width - SAMPLE);
            double needed = SAMPLE + TextWidth.of(name, SIZE);
            if (rows.isEmpty() || x + needed > width) {
                rows.add(new ArrayList<>());
                x = 0;
            }
            String shown =
                    switch (series.mark()) {
                        case BAND -> Palette.tint(color.apply(i), 0.3);
                        case SEGMENTS -> Palette.tint(color.apply(i), 0.6);
                        default -> color.apply(i);
                    };
            rows.get(rows.size() - 1).add(new Entry(name, series.mark(), shown, dash.apply(i), x));
            x += needed + GAP;
        }
        return rows;
    }

    static void draw(Pen pen, List<List<Entry>> rows, double left, double top) {
        for (int row = 0; row < rows.size(); row++) {
            double middle = top + row * ROW + 5;
            for (Entry entry : rows.get(row)) {
                double x = left + entry.x();
                switch (entry.mark()) {
                    case POINTS -> pen.circle(x + 8, middle, 3.5, entry.color(), "");
                    case LINE, STEPS, SEGMENTS -> {
                        String path = "M" + Svg.number(x) + " " + Svg.number(middle) + "h18";
                        pen.stroke(path, entry.color(), 2.5, 1, entry.dash());
                    }
                    default -> pen.rect(x, middle - 5.5, 16, 11, 2, entry.color(), "");
                }
                pen.text(x + SAMPLE, middle + 4, entry.name(), SIZE, Pen.INK, Anchor.START);
            }
        }
    }
}
