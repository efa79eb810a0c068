package io.nas4j.view;

import io.nas4j.view.Graph.Edge;
import io.nas4j.view.Graph.Mark;
import io.nas4j.view.Graph.Strand;
import io.nas4j.view.Graph.Style;
import io.nas4j.view.Graph.Vertex;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;

/** Writes one {@link Graph} for a terminal: a line per edge, or one line for a chain. */
final class GraphText {

    private GraphText() {}

    static String of(Graph graph) {
        StringBuilder text = new StringBuilder();
        if (!graph.caption().isEmpty()) {
            text.append(graph.caption()).append('\n');
        }
        if (isChain(graph)) {
            text.append("  ").append(chain(graph.vertices())).append('\n');
        } else {
            edges(graph, text);
        }
        candidates(graph).forEach(c -> text.append("  operations: ").append(c).append('\n'));
        if (!graph.note().isEmpty()) {
            text.append("  (").append(graph.note()).append(")\n");
        }
        return text.toString();
    }

    private static void edges(Graph graph, StringBuilder text) {
        List<Edge> drawn = graph.edges().stream().filter(e -> e.style() != Style.HIDDEN).toList();
        for (Vertex vertex : graph.vertices()) {
            if (!vertex.lines().isEmpty()) {
                text.append("  ").append(name(vertex)).append('\n');
            }
        }
        int from =
                drawn.stream()
                        .mapToInt(e -> graph.vertices().get(e.from()).label().length())
                        .max()
                        .orElse(0);
        int label = drawn.stream().mapToInt(e -> operation(e).length()).max().orElse(0);
        for (Edge edge : drawn) {
            String operation = operation(edge);
            text.append(sign(edge.mark()))
                    .append(
                            StringUtils.rightPad(
                                    graph.vertices().get(edge.from()).label(), from, ' '))
                    .append(" --")
                    .append(StringUtils.rightPad(operation, label, '-'))
                    .append("-> ")
                    .append(graph.vertices().get(edge.to()).label())
                    .append('\n');
        }
    }

    private static List<String> candidates(Graph graph) {
        return graph.edges().stream()
                .filter(edge -> edge.style() == Style.CANDIDATES)
                .map(
                        edge ->
                                edge.strands().stream()
                                        .map(Strand::operation)
                                        .collect(Collectors.joining(", ")))
                .distinct()
                .toList();
    }

    private static String sign(Mark mark) {
        return mark == Mark.ADDED ? "+ " : mark == Mark.REMOVED ? "- " : "  ";
    }

    private static String operation(Edge edge) {
        if (edge.style() == Style.OPTIONAL) {
            return "?";
        }
        if (edge.strands().isEmpty()) {
            return "";
        }
        Strand strongest = edge.strongest();
        return switch (edge.style()) {
            case CANDIDATES -> edge.strands().size() + " operations";
            case MIXTURE ->
                    String.format(
                            Locale.ROOT, "%s %.2f", strongest.operation(), strongest.weight());
            default -> strongest.operation();
        };
    }

    private static boolean isChain(Graph graph) {
        return graph.edges().size() == graph.vertices().size() - 1
                && graph.edges().stream()
                        .allMatch(e -> e.style() == Style.PLAIN && e.to() == e.from() + 1);
    }

    private static String chain(List<Vertex> vertices) {
        return vertices.stream().map(GraphText::name).collect(Collectors.joining(" -> "));
    }

    private static String name(Vertex vertex) {
        return vertex.lines().isEmpty()
                ? vertex.label()
                : vertex.label() + " (" + String.join("; ", vertex.lines()) + ")";
    }
}
