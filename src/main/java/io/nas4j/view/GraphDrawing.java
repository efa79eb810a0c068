package io.nas4j.view;

import io.nas4j.view.DagLayout.Box;
import io.nas4j.view.DagLayout.Link;
import io.nas4j.view.Graph.Edge;
import io.nas4j.view.Graph.Kind;
import io.nas4j.view.Graph.Mark;
import io.nas4j.view.Graph.Strand;
import io.nas4j.view.Graph.Style;
import io.nas4j.view.Graph.Vertex;
import io.nas4j.view.Pen.Anchor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Draws one {@link Graph}. */
final class GraphDrawing {

    static final double MAX_WIDTH = 880;
    private static final double LABEL = 11.5;
    private static final double NAME = 13;
    private static final double DETAIL = 11;
    private static final double BRIEF_LABEL = 54;
    private static final double BRIEF_BUNDLE = 12;
    private static final double HEAD = 7;

    /** How many times its share of one an operation must weigh to be named in a small picture. */
    private static final double TELLING = 1.6;

    private static final double MARGIN = 12;

    /** A drawing that is a little too wide is shrunk by its viewer; a wider one is turned. */
    private static final double MOST_SHRINKING = 1.25;

    private final Graph graph;
    private final Set<List<String>> alternatives = new LinkedHashSet<>();
    private final boolean labelled;

    /** Short names, and the same room for every edge whatever it shows. */
    private final boolean brief;

    private GraphDrawing(Graph graph, boolean brief) {
        this.graph = graph;
        this.brief = brief;
        for (Edge edge : graph.edges()) {
            if (isBundle(edge)) {
                alternatives.add(edge.strands().stream().map(Strand::operation).toList());
            }
        }
        // one legend serves all edges that have the same candidates
        labelled = alternatives.size() > 1;
    }

    static Svg of(Graph graph) {
        return new GraphDrawing(graph, false).draw();
    }

    /** Small, and laid out alike for graphs of the same vertices and edges. */
    static Svg brief(Graph graph) {
        return new GraphDrawing(graph, true).draw();
    }

    private Svg draw() {
        double bundle = bundle();
        List<Box> sizes = new ArrayList<>();
        for (int i = 0; i < graph.vertices().size(); i++) {
            sizes.add(size(i, bundle));
        }
        List<Link> links = new ArrayList<>();
        for (Edge edge : graph.edges()) {
            double width = labelWidth(edge);
            links.add(
                    new Link(
                            edge.from(),
                            edge.to(),
                            width == 0 ? Box.sized(0, 0) : Box.sized(width, LABEL + 5)));
        }
        boolean down = false;
        DagLayout layout = DagLayout.of(sizes, links, false, gap(), bundle);
        if (layout.width() > MAX_WIDTH * MOST_SHRINKING) {
            DagLayout upright = DagLayout.of(sizes, links, true, gap(), bundle);
            if (upright.width() < layout.width()) {
                layout = upright;
                down = true;
            }
        }
        Pen lines = new Pen();
        Pen texts = new Pen();
        for (int i = 0; i < graph.edges().size(); i++) {
            Edge edge = graph.edges().get(i);
            if (edge.style() != Style.HIDDEN) {
                edge(lines, edge, new Curve(layout.routes().get(i), down));
                label(texts, edge, layout.labels().get(i));
            }
        }
        for (int i = 0; i < sizes.size(); i++) {
            vertex(texts, graph.vertices().get(i), layout.boxes().get(i));
        }
        return framed(layout, lines, texts);
    }

    private Svg framed(DagLayout layout, Pen lines, Pen texts) {
        Pen page = new Pen();
        double width = layout.width() + 2 * MARGIN;
        List<Svg> legend =
                alternatives.size() == 1 && !brief ? legend(Math.max(width, 420)) : List.of();
        double top = MARGIN;
        if (!graph.caption().isEmpty()) {
            page.text(MARGIN, MARGIN + 12, graph.caption(), 13, Pen.FAINT, Anchor.START, true);
            width = Math.max(width, TextWidth.of(graph.caption(), 14) + 2 * MARGIN);
            top += 26;
        }
        for (Svg row : legend) {
            width = Math.max(width, row.width() + 2 * MARGIN);
        }
        if (!graph.note().isEmpty()) {
            width = Math.max(width, TextWidth.of(graph.note(), DETAIL) + 2 * MARGIN);
        }
        String title = graph.caption();
        double left = (width - layout.width()) / 2;
        Svg drawing = lines.svg(layout.width(), layout.height(), title);
        page.place(drawing, left, top, 1);
        page.place(texts.svg(layout.width(), layout.height(), title), left, top, 1);
        double bottom = top + layout.height() + MARGIN;
        for (Svg row : legend) {
            page.place(row, MARGIN, bottom, 1);
            bottom += row.height();
        }
        if (!graph.note().isEmpty()) {
            page.text(MARGIN, bottom + 10, graph.note(), DETAIL, Pen.FAINT, Anchor.START);
            bottom += 20;
        }
        return page.svg(width, bottom, title);
    }

    private double gap() {
        return graph.edges().stream().allMatch(edge -> edge.style() == Style.PLAIN)
                ? 28
                : labelWidths() > 0 ? 20 : 64;
    }

    private double labelWidths() {
        return graph.edges().stream().mapToDouble(this::labelWidth).max().orElse(0);
    }

    private double labelWidth(Edge edge) {
        if (brief) {
            return edge.strands().isEmpty() ? 0 : BRIEF_LABEL;
        }
        return switch (edge.style()) {
            case PLAIN, OPTIONAL -> 0;
            case CANDIDATES -> labelled ? TextWidth.of(text(edge), LABEL) + 8 : 0;
            // room for the longest, so that nothing jumps when another becomes the strongest
            case MIXTURE ->
                    edge.strands().stream()
                                    .mapToDouble(s -> TextWidth.of(s.operation(), LABEL))
                                    .max()
                                    .orElse(0)
                            + TextWidth.of(" 0.00", LABEL)
                            + 8;
            default -> edge.strands().isEmpty() ? 0 : TextWidth.of(text(edge), LABEL) + 8;
        };
    }

    private String text(Edge edge) {
        if (edge.strands().isEmpty()) {
            return "";
        }
        if (brief) {
            Strand strand = edge.strongest();
            boolean telling =
                    edge.strands().size() == 1 || strand.weight() * edge.strands().size() > TELLING;
            return telling ? OpText.abbreviated(strand.operation()) : "";
        }
        if (edge.style() == Style.CANDIDATES) {
            return edge.strands().size() + " operations";
        }
        Strand strand = edge.strongest();
        String mark =
                edge.mark() == Mark.ADDED ? "+ " : edge.mark() == Mark.REMOVED ? "\u2212 " : "";
        return edge.style() == Style.MIXTURE
                ? strand.operation() + String.format(Locale.ROOT, " %.2f", strand.weight())
                : mark + strand.operation();
    }

    /** How thick the thickest edge is. */
    private double bundle() {
        if (brief) {
            return BRIEF_BUNDLE;
        }
        return graph.edges().stream()
                .mapToDouble(
                        edge ->
                                switch (edge.style()) {
                                    case CANDIDATES -> 2.2 * edge.strands().size();
                                    case MIXTURE -> 9 + 0.85 * edge.strands().size();
                                    default -> 0;
                                })
                .max()
                .orElse(0);
    }

    private Box size(int index, double bundle) {
        Vertex vertex = graph.vertices().get(index);
        long in = graph.edges().stream().filter(e -> e.to() == index && isThick(e)).count();
        long out = graph.edges().stream().filter(e -> e.from() == index && isThick(e)).count();
        double ends = (Math.max(in, out) + 1) * bundle * 0.75;
        double text = TextWidth.of(vertex.label(), NAME);
        for (String line : vertex.lines()) {
            text = Math.max(text, TextWidth.of(line, DETAIL));
        }
        boolean small = vertex.kind() == Kind.VALUE || vertex.lines().isEmpty();
        double height = 28 + 15 * vertex.lines().size();
        return Box.sized(Math.max(small ? 34 : 60, text + 18), Math.max(height, ends));
    }

    private boolean isThick(Edge edge) {
        return isBundle(edge) || (brief && !edge.strands().isEmpty());
    }

    private static boolean isBundle(Edge edge) {
        return edge.style() == Style.CANDIDATES || edge.style() == Style.MIXTURE;
    }

    private static void vertex(Pen pen, Vertex vertex, Box box) {
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

    private static String halo(Mark mark) {
        return mark == Mark.ADDED ? "#c9efc9" : "#f9d0cc";
    }

    private void edge(Pen pen, Edge edge, Curve curve) {
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
                String dash = operation.equals("none") ? "2 3" : "";
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
                    "");
            at += widths[i] + space;
        }
        pen.fill(
                curve.head(HEAD + 3),
                weighted ? Palette.of(edge.strongest().operation()) : "#7b8794",
                1);
    }

    private void label(Pen pen, Edge edge, Box box) {
        String text = text(edge);
        if (box.width() == 0 || text.isEmpty()) {
            return;
        }
        double width = TextWidth.of(text, LABEL) + 6;
        String background = edge.mark() == Mark.NONE ? "#ffffff" : halo(edge.mark());
        pen.rect(box.centerX() - width / 2, box.y(), width, box.height(), 4, background, "");
        String color =
                edge.style() == Style.CANDIDATES
                        ? Pen.FAINT
                        : Palette.of(edge.strongest().operation());
        pen.text(box.centerX(), box.centerY() + 4, text, LABEL, color, Anchor.MIDDLE);
    }

    /** Names of the candidates in their colours, in as many rows as they need. */
    private List<Svg> legend(double width) {
        List<String> names = alternatives.iterator().next();
        List<Svg> rows = new ArrayList<>();
        Pen row = new Pen();
        double x = 0;
        double widest = Math.min(width, MAX_WIDTH) - 2 * MARGIN;
        for (String name : names) {
            double step = TextWidth.of(name, LABEL) + 34;
            if (x > 0 && x + step > widest) {
                rows.add(row.svg(x, 18, ""));
                row = new Pen();
                x = 0;
            }
            String color = Palette.of(name);
            row.line(x, 8, x + 14, 8, color, 3);
            row.text(x + 19, 12, name, LABEL, color, Anchor.START);
            x += step;
        }
        rows.add(row.svg(x, 22, ""));
        return rows;
    }
}
