package io.nas4j.view;

import io.nas4j.view.DagLayout.Box;
import io.nas4j.view.Graph.Edge;
import io.nas4j.view.Graph.Mark;
import io.nas4j.view.Graph.Strand;
import io.nas4j.view.Graph.Vertex;
import io.nas4j.view.Pen.Anchor;
import java.util.List;

/** Draws a vertex, or an edge, where the layout put it. */
final class Strokes {

    static final double NAME = 13;
    static final double DETAIL = 11.5;
    private static final double HEAD = 7;

    private Strokes() {}

    static void vertex(Pen pen, Vertex vertex, Box box) {
        String fill =
                switch (vertex.kind()) {
                    case INPUT -> "#d9ecd9";
                    case VALUE -> "#dbe9f6";
                    case OUTPUT -> "#f6ecc8";
                    case PART -> "#ebe6f4";
                    case OPERATION -> Palette.tint(Palette.of(vertex.label()), 0.12);
                };
        String stroke =
                switch (vertex.kind()) {
                    case INPUT -> "#8fbf8f";
                    case VALUE -> "#93b7da";
                    case OUTPUT -> "#d3bd6a";
                    case PART -> "#b3a5d0";
                    case OPERATION -> Palette.tint(Palette.of(vertex.label()), 0.55);
                };
        if (vertex.mark() != Mark.NONE) {
            pen.rect(
                    box.x() - 4,
                    box.y() - 4,
                    box.width() + 8,
                    box.height() + 8,
                    10,
                    halo(vertex.mark()),
                    "");
        }
        pen.rect(box.x(), box.y(), box.width(), box.height(), 7, fill, stroke);
        double y = box.centerY() + 4.5 - 7.5 * vertex.lines().size();
        pen.text(box.centerX(), y, vertex.label(), NAME, Pen.INK, Anchor.MIDDLE);
        for (String line : vertex.lines()) {
            y += 15;
            pen.text(box.centerX(), y, line, DETAIL, Pen.FAINT, Anchor.MIDDLE);
        }
    }

    static String halo(Mark mark) {
        return mark == Mark.ADDED ? "#c9efc9" : "#f9d0cc";
    }

    static void edge(Pen pen, Edge edge, Curve curve) {
        Curve shaft = curve.shortened(HEAD - 1);
        if (edge.mark() != Mark.NONE) {
            pen.stroke(shaft.path(0), halo(edge.mark()), 12, 1, "");
        }
        switch (edge.style()) {
            case PLAIN -> arrow(pen, curve, "#9aa5b1", 1.4, "");
            case OPTIONAL -> arrow(pen, curve, "#9aa5b1", 1.2, "4 3");
            case CANDIDATES -> strands(pen, edge, curve, false);
            case MIXTURE -> strands(pen, edge, curve, true);
            default -> {
                boolean unknown = edge.strands().isEmpty();
                String operation = unknown ? "" : edge.strongest().operation();
                String dash = unknown ? "" : Palette.dash(operation);
                arrow(pen, curve, unknown ? "#7b8794" : Palette.of(operation), 1.8, dash);
            }
        }
    }

    private static void arrow(Pen pen, Curve curve, String color, double width, String dash) {
        pen.stroke(curve.shortened(HEAD - 1).path(0), color, width, 1, dash);
        pen.fill(curve.head(HEAD), color, 1);
    }

    /** One line an operation, side by side; in a mixture as thick as its weight. */
    private static void strands(Pen pen, Edge edge, Curve curve, boolean weighted) {
        List<Strand> strands = edge.strands();
        double[] widths = new double[strands.size()];
        double total = 0;
        for (int i = 0; i < widths.length; i++) {
            widths[i] = weighted ? 0.35 + 9 * strands.get(i).weight() : 1.1;
            total += widths[i];
        }
        double space = weighted ? 0.5 : 1.1;
        total += space * (widths.length - 1);
        Curve shaft = curve.shortened(HEAD - 1);
        double at = -total / 2;
        for (int i = 0; i < widths.length; i++) {
            double opacity = weighted ? Math.min(1, 0.3 + 1.4 * strands.get(i).weight()) : 0.9;
            pen.stroke(
                    shaft.path(at + widths[i] / 2),
                    Palette.of(strands.get(i).operation()),
                    widths[i],
                    opacity,
                    Palette.dash(strands.get(i).operation()));
            at += widths[i] + space;
        }
        pen.fill(
                curve.head(HEAD + 3),
                weighted ? Palette.of(edge.strongest().operation()) : "#7b8794",
                1);
    }
}
