package io.nas4j.view;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.view.Graph.Edge;
import io.nas4j.view.Graph.Mark;
import io.nas4j.view.Graph.Strand;
import io.nas4j.view.Graph.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The four pictures that explain DARTS (Liu et al., 2019, figure 1), from a run. */
final class DartsPanels {

    private static final double LEGIBLE = 700;
    private static final int POWER = 4;

    private DartsPanels() {}

    static Grid of(
            SearchSpace space, OptionWeights early, OptionWeights late, Architecture derived) {
        Graph open = first(space, OptionWeights.NONE);
        Graph cell = first(space.network(derived), OptionWeights.NONE);
        Grid.Tile unknown = tile("(a) operations unknown", each(open, DartsPanels::unknown));
        // beside one another only while their labels stay readable
        int columns = unknown.picture().svg().width() < LEGIBLE ? 2 : 1;
        return new Grid(
                columns,
                List.of(
                        unknown,
                        tile("(b) a mixture on every edge", first(space, early)),
                        tile("(c) weights learned with the network", first(space, late)),
                        tile("(d) the cell that is left", left(open, cell)),
                        new Grid.Tile("operations", Legend.of(open))));
    }

    /**
     * One of the pictures, small: all four have the same layout.
     *
     * @param graph a cell
     */
    private record Panel(Graph graph) implements Picture {
        @Override
        public Svg svg() {
            List<Edge> edges = graph.edges().stream().map(DartsPanels::sharpened).toList();
            return GraphDrawing.brief(new Graph("", graph.vertices(), edges, ""));
        }

        @Override
        public String alt() {
            return "a cell with " + graph.edges().size() + " edges";
        }

        @Override
        public String toString() {
            return GraphText.of(graph);
        }
    }

    private static Grid.Tile tile(String caption, Graph graph) {
        return new Grid.Tile(caption, new Panel(graph));
    }

    private static Graph first(SearchSpace space, OptionWeights weights) {
        return GraphReader.read(space, weights).get(0);
    }

    private static Graph each(Graph graph, UnaryOperator<Edge> change) {
        return new Graph(
                graph.caption(),
                graph.vertices(),
                graph.edges().stream().map(change).toList(),
                graph.note());
    }

    /**
     * The fourth powers of the weights: after a short search they differ by a third or so, which no
     * eye sees in lines a few pixels wide. The text has the weights themselves.
     */
    private static Edge sharpened(Edge edge) {
        if (edge.style() != Style.MIXTURE) {
            return edge;
        }
        double sum = edge.strands().stream().mapToDouble(s -> Math.pow(s.weight(), POWER)).sum();
        List<Strand> strands =
                edge.strands().stream()
                        .map(s -> new Strand(s.operation(), Math.pow(s.weight(), POWER) / sum))
                        .toList();
        return new Edge(edge.from(), edge.to(), edge.style(), strands, edge.mark());
    }

    private static Edge unknown(Edge edge) {
        return edge.strands().isEmpty()
                ? edge
                : new Edge(
                        edge.from(),
                        edge.to(),
                        Style.OPERATION,
                        List.of(new Strand("?", 1)),
                        Mark.NONE);
    }

    /** The derived edges where the open ones were; the rest keeps its room. */
    private static Graph left(Graph open, Graph cell) {
        List<Edge> remaining = new ArrayList<>(cell.edges());
        List<Edge> edges = new ArrayList<>();
        for (Edge edge : open.edges()) {
            Edge found =
                    remaining.stream()
                            .filter(e -> e.from() == edge.from() && e.to() == edge.to())
                            .findFirst()
                            .orElse(null);
            edges.add(found == null ? edge.style(Style.HIDDEN) : found);
            remaining.remove(found);
        }
        edges.addAll(remaining);
        return new Graph(open.caption(), open.vertices(), edges, "");
    }
}
