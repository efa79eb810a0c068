package io.nas4j.view;

import io.nas4j.view.Graph.Strand;
import io.nas4j.view.Pen.Anchor;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of operations, each beside its kind of line.
 *
 * @param names in order
 */
record Legend(List<String> names) implements Picture {

    private static final double WIDTH = 420;
    private static final double SIZE = EdgeLabels.SIZE;
    private static final double SAMPLE = 27;
    private static final double GAP = 15;
    private static final double ROW = 18;

    /** Of all operations on a graph's edges. */
    static Legend of(Graph graph) {
        return new Legend(
                graph.edges().stream()
                        .flatMap(edge -> edge.strands().stream())
                        .map(Strand::operation)
                        .distinct()
                        .toList());
    }

    @Override
    public Svg svg() {
        return svg(WIDTH);
    }

    @Override
    public Svg svg(double width) {
        List<Svg> rows = rows(width);
        Pen pen = new Pen();
        double widest = 0;
        for (int i = 0; i < rows.size(); i++) {
            pen.place(rows.get(i), 0, i * ROW, 1);
            widest = Math.max(widest, rows.get(i).width());
        }
        return pen.svg(widest, rows.size() * ROW + 4, alt());
    }

    /** As many rows as the names need. */
    List<Svg> rows(double width) {
        List<Svg> rows = new ArrayList<>();
        Pen row = new Pen();
        double x = 0;
        for (String name : names) {
            String drawn = TextWidth.fitting(name, SIZE, width - SAMPLE);
            double needed = SAMPLE + TextWidth.of(drawn, SIZE);
            if (x > 0 && x + needed > width) {
                rows.add(row.svg(x - GAP, ROW, ""));
                row = new Pen();
                x = 0;
            }
            String color = Palette.of(name);
            row.stroke("M" + Svg.number(x) + " 8h22", color, 3, 1, Palette.dash(name));
            row.text(x + SAMPLE, 12, drawn, SIZE, color, Anchor.START);
            x += needed + GAP;
        }
        rows.add(row.svg(Math.max(0, x - GAP), ROW + 4, ""));
        return rows;
    }

    @Override
    public String alt() {
        return "Legend of " + String.join(", ", names);
    }

    @Override
    public String toString() {
        return String.join(", ", names);
    }
}
