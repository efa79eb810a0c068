package io.nas4j.view;

import io.nas4j.view.DagLayout.Box;
import io.nas4j.view.DagLayout.Link;
import io.nas4j.view.EdgeLabels.Length;
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
import java.util.Set;

/** Draws one {@link Graph}. */
final class GraphDrawing {

    static final double MAX_WIDTH = 700;
    private static final double LABEL = EdgeLabels.SIZE;
    private static final double BRIEF_BUNDLE = 12;

    private static final double MARGIN = 12;

    /** A drawing that is a little too wide is shrunk by its viewer; a wider one is turned. */
    private static final double MOST_SHRINKING = 1.05;

    private static final double PAGE_HEIGHT = 900;

    /** One of mixed edges says most by its lines, and would often be as high as two pages. */
    private static final double MOST_SHRINKING_OF_LINES = 1.25;

    private final Graph graph;
    private final Set<List<String>> alternatives = new LinkedHashSet<>();
    private final EdgeLabels labels;

    /** Short names, and the same room for every edge whatever it shows. */
    private final boolean brief;

    private GraphDrawing(Graph graph, boolean brief, Length names) {
        this.graph = graph;
        this.brief = brief;
        for (Edge edge : graph.edges()) {
            if (isBundle(edge)) {
                alternatives.add(edge.strands().stream().map(Strand::operation).toList());
            }
        }
        labels = EdgeLabels.of(graph, names, alternatives.size());
    }

    /** With the longest names on its edges with which it is as wide as a page. */
    static Svg of(Graph graph) {
        return fitting(graph).draw();
    }

    private static GraphDrawing fitting(Graph graph) {
        for (Length names : new Length[] {Length.FULL, Length.SHORT}) {
            GraphDrawing drawing = new GraphDrawing(graph, false, names);
            Laid laid = drawing.lay();
            boolean wide = laid.down || laid.layout.width() > MAX_WIDTH * MOST_SHRINKING;
            if (!wide || graph.edges().stream().noneMatch(e -> e.style() == Style.MIXTURE)) {
                return drawing;
            }
        }
        return new GraphDrawing(graph, false, Length.SLOTS);
    }

    /** In a direction and with names as long as one wants them. */
    static Svg laid(Graph graph, Length names, boolean down) {
        GraphDrawing drawing = new GraphDrawing(graph, false, names);
        return drawing.draw(drawing.lay(down));
    }

    /** Small, and laid out alike for graphs of the same vertices and edges. */
    static Svg brief(Graph graph) {
        return new GraphDrawing(graph, true, Length.SLOTS).draw();
    }

    /** Where the boxes and the labels are, in that order. */
    static List<Box> placed(Graph graph) {
        DagLayout layout = fitting(graph).lay().layout;
        List<Box> all = new ArrayList<>(layout.boxes());
        layout.labels().stream().filter(label -> label.width() > 0).forEach(all::add);
        return all;
    }

    private record Laid(DagLayout layout, boolean down) {}

    private Laid lay() {
        Laid across = lay(false);
        boolean mixed = graph.edges().stream().anyMatch(GraphDrawing::isBundle);
        double most = MAX_WIDTH * (mixed ? MOST_SHRINKING_OF_LINES : MOST_SHRINKING);
        if (across.layout.width() > most) {
            Laid down = lay(true);
            if (down.layout.width() < across.layout.width()
                    && (!mixed || down.layout.height() <= PAGE_HEIGHT)) {
                return down;
            }
        }
        return across;
    }

    private Laid lay(boolean down) {
        double bundle = bundle();
        List<Box> sizes = new ArrayList<>();
        for (int i = 0; i < graph.vertices().size(); i++) {
            sizes.add(size(i, bundle));
        }
        List<Link> links = new ArrayList<>();
        for (Edge edge : graph.edges()) {
            double width = labels.width(edge);
            Box label = width == 0 ? Box.sized(0, 0) : Box.sized(width, LABEL + 5);
            links.add(new Link(edge.from(), edge.to(), label));
        }
        return new Laid(DagLayout.of(sizes, links, down, gap(), bundle), down);
    }

    private Svg draw() {
        return draw(lay());
    }

    private Svg draw(Laid laid) {
        Pen lines = new Pen();
        Pen texts = new Pen();
        for (int i = 0; i < graph.edges().size(); i++) {
            Edge edge = graph.edges().get(i);
            if (edge.style() != Style.HIDDEN) {
                Strokes.edge(lines, edge, new Curve(laid.layout.routes().get(i), laid.down));
                label(texts, edge, laid.layout.labels().get(i));
            }
        }
        for (int i = 0; i < graph.vertices().size(); i++) {
            Strokes.vertex(texts, graph.vertices().get(i), laid.layout.boxes().get(i));
        }
        return framed(laid.layout, lines, texts);
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
            width = Math.max(width, TextWidth.of(graph.note(), Strokes.DETAIL) + 2 * MARGIN);
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
            page.text(MARGIN, bottom + 10, graph.note(), Strokes.DETAIL, Pen.FAINT, Anchor.START);
            bottom += 20;
        }
        return page.svg(width, bottom, title);
    }

    private double gap() {
        if (graph.edges().stream().anyMatch(edge -> labels.width(edge) > 0)) {
            return 20;
        }
        // without a label between the boxes an operation needs room to be seen
        return graph.edges().stream().allMatch(GraphDrawing::isThin) ? 28 : 64;
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
        double text = TextWidth.of(vertex.label(), Strokes.NAME);
        for (String line : vertex.lines()) {
            text = Math.max(text, TextWidth.of(line, Strokes.DETAIL));
        }
        boolean small = vertex.kind() == Kind.VALUE || vertex.lines().isEmpty();
        double height = 28 + 15 * vertex.lines().size();
        return Box.sized(Math.max(small ? 34 : 60, text + 18), Math.max(height, ends));
    }

    private boolean isThick(Edge edge) {
        return isBundle(edge) || (brief && !edge.strands().isEmpty());
    }

    private static boolean isThin(Edge edge) {
        return edge.style() == Style.PLAIN || edge.style() == Style.OPTIONAL;
    }

    private static boolean isBundle(Edge edge) {
        return edge.style() == Style.CANDIDATES || edge.style() == Style.MIXTURE;
    }

    private void label(Pen pen, Edge edge, Box box) {
        String text = labels.text(edge);
        if (box.width() == 0 || text.isEmpty()) {
            return;
        }
        double width = TextWidth.of(text, LABEL) + 6;
        String background = edge.mark() == Mark.NONE ? "#ffffff" : Strokes.halo(edge.mark());
        pen.rect(box.centerX() - width / 2, box.y(), width, box.height(), 4, background, "");
        String color =
                edge.mark() != Mark.NONE
                        ? Pen.INK
                        : edge.style() == Style.CANDIDATES
                                ? Pen.FAINT
                                : Palette.of(edge.strongest().operation());
        pen.text(box.centerX(), box.centerY() + 4, text, LABEL, color, Anchor.MIDDLE);
    }

    /** Names of the candidates in their colours, in as many rows as they need. */
    private List<Svg> legend(double width) {
        return new Legend(alternatives.iterator().next())
                .rows(Math.min(width, MAX_WIDTH) - 2 * MARGIN);
    }
}
