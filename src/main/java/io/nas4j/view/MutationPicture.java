package io.nas4j.view;

import io.nas4j.space.SearchSpace;
import io.nas4j.view.EdgeLabels.Length;
import io.nas4j.view.Graph.Edge;
import io.nas4j.view.Graph.Kind;
import io.nas4j.view.Graph.Mark;
import io.nas4j.view.Graph.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a mutation changed: AmoebaNet's picture (Real et al., 2019, figure 2). */
final class MutationPicture {

    private MutationPicture() {}

    static Grid of(SearchSpace parent, SearchSpace mutant) {
        Map<String, Graph> before = byCaption(parent);
        Map<String, Graph> after = byCaption(mutant);
        List<Graph> left = new ArrayList<>();
        List<Graph> right = new ArrayList<>();
        before.forEach(
                (caption, graph) -> {
                    Graph other = after.get(caption);
                    if (other != null && !other.equals(graph)) {
                        left.add(marked(graph, other, Mark.REMOVED));
                        right.add(marked(other, graph, Mark.ADDED));
                    }
                });
        if (left.isEmpty()) {
            left.addAll(before.values());
            right.addAll(after.values());
        }
        Diagram from = new Diagram(parent.name(), left);
        Diagram to = new Diagram(mutant.name(), right);
        return Grid.row(
                new Grid.Tile("parent", new Half(from, to)),
                new Grid.Tile("child", new Half(to, from)));
    }

    /**
     * One of the two, drawn like the other: from left to right where both are narrow enough, else
     * from top to bottom.
     *
     * @param own what is drawn
     * @param other what stands beside it
     */
    record Half(Diagram own, Diagram other) implements Picture {
        @Override
        public Svg svg() {
            return own.svg();
        }

        @Override
        public Svg svg(double width) {
            for (boolean down : new boolean[] {false, true}) {
                for (Length names : new Length[] {Length.FULL, Length.SHORT}) {
                    Svg drawn = stacked(own, names, down);
                    if (Math.max(drawn.width(), stacked(other, names, down).width()) <= width) {
                        return drawn;
                    }
                }
            }
            return own.svg();
        }

        private static Svg stacked(Diagram diagram, Length names, boolean down) {
            return Stack.flow(
                    diagram.graphs().stream()
                            .map(graph -> GraphDrawing.laid(graph, names, down))
                            .toList(),
                    0,
                    8,
                    diagram.title());
        }

        @Override
        public String alt() {
            return own.alt();
        }

        @Override
        public String toString() {
            return own.toString();
        }
    }

    private static Map<String, Graph> byCaption(SearchSpace network) {
        return Diagram.of(network).graphs().stream()
                .collect(
                        Collectors.toMap(
                                Graph::caption,
                                Function.identity(),
                                (a, b) -> a,
                                java.util.LinkedHashMap::new));
    }

    /** Marks what the other graph has not. */
    private static Graph marked(Graph graph, Graph other, Mark mark) {
        List<String> edges = new ArrayList<>();
        other.edges().forEach(edge -> edges.add(key(other, edge)));
        List<String> boxes = new ArrayList<>();
        other.vertices().forEach(vertex -> boxes.add(key(vertex)));
        List<Edge> markedEdges =
                graph.edges().stream()
                        .map(e -> edges.remove(key(graph, e)) ? e : e.mark(mark))
                        .toList();
        List<Vertex> markedBoxes =
                graph.vertices().stream()
                        .map(v -> boxes.remove(key(v)) ? v : v.mark(mark))
                        .toList();
        return new Graph(graph.caption(), markedBoxes, markedEdges, graph.note());
    }

    private static String key(Graph graph, Edge edge) {
        Vertex from = graph.vertices().get(edge.from());
        Vertex to = graph.vertices().get(edge.to());
        // a box that changed is marked itself, not the lines that reach it
        boolean boxes = from.kind() == Kind.OPERATION || to.kind() == Kind.OPERATION;
        return boxes
                ? edge.from() + ">" + edge.to()
                : from.label() + ">" + to.label() + " " + edge.strands();
    }

    private static String key(Vertex vertex) {
        return vertex.label() + vertex.lines();
    }
}
