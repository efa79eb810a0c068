package io.nas4j.export;

import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Networks and spaces for Graphviz: a cluster for each shared definition, boxes for operations,
 * edges as the values flow.
 *
 * @see <a href="https://graphviz.org/doc/info/lang.html">the DOT language</a>
 */
public final class DotSource {

    private DotSource() {}

    /**
     * Writes a graph.
     *
     * @param space with or without holes; a hole is a diamond with its options
     * @return DOT, in printable ASCII
     */
    public static String of(SearchSpace space) {
        Writer writer = new Writer();
        writer.line("digraph " + Literal.dot(space.name()) + " {");
        writer.line("  rankdir=LR; node [shape=box, style=rounded];");
        for (Map.Entry<String, Node> shared : space.shared().entrySet()) {
            writer.line("  subgraph " + Literal.dot("cluster_" + shared.getKey()) + " {");
            writer.line("    label=" + Literal.dot(shared.getKey()) + ";");
            writer.flow(shared.getValue(), List.of(writer.node("input", "ellipse")));
            writer.line("  }");
        }
        writer.line("  subgraph \"cluster\" {");
        writer.line("    label=" + Literal.dot(space.name()) + ";");
        String end = writer.flow(space.root(), List.of(writer.node("input", "ellipse")));
        writer.edge(end, writer.node("output", "ellipse"));
        writer.line("  }");
        return writer.line("}").text.toString();
    }

    private static final class Writer {

        private final StringBuilder text = new StringBuilder();
        private int nodes;

        Writer line(String line) {
            text.append(line).append('\n');
            return this;
        }

        String node(String label, String shape) {
            String id = "n" + nodes++;
            line("    " + id + " [label=" + Literal.dot(label) + ", shape=" + shape + "];");
            return id;
        }

        void edge(String from, String to) {
            line("    " + from + " -> " + to + ";");
        }

        /**
         * Draws a node behind the values that there are.
         *
         * @param values what {@code input(i)} means here; the last one flows in
         * @return the node that its value comes from
         */
        String flow(Node node, List<String> values) {
            String in = values.get(values.size() - 1);
            if (node instanceof Node.Input input) {
                return values.get(Math.min(input.index(), values.size() - 1));
            }
            if (node instanceof Node.Chain chain) {
                String at = in;
                for (Node step : chain.steps()) {
                    List<String> here = new ArrayList<>(values);
                    here.set(here.size() - 1, at);
                    // an input names a value of the cell, whatever flows
                    at = step instanceof Node.Input ? flow(step, values) : flow(step, here);
                }
                return at;
            }
            if (node instanceof Node.Join join) {
                String merged = node(join.merge().name().toLowerCase(Locale.ROOT), "circle");
                join.branches().forEach(branch -> edge(flow(branch, values), merged));
                return merged;
            }
            if (node instanceof Node.Cell cell) {
                return cell(cell, in);
            }
            String shape = node instanceof Node.Op || node instanceof Node.Ref ? "box" : "diamond";
            String drawn = node(label(node), shape);
            edge(in, drawn);
            return drawn;
        }

        private String cell(Node.Cell cell, String in) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < cell.inputs(); i++) {
                String input = i == cell.inputs() - 1 ? in : node("input " + i, "ellipse");
                values.add(input);
            }
            for (Node vertex : cell.vertices()) {
                values.add(flow(vertex, values));
            }
            String end = node(cell.output().name().toLowerCase(Locale.ROOT), "circle");
            List<String> vertices = values.subList(cell.inputs(), values.size());
            (cell.output() == Node.Merge.LAST
                            ? vertices.subList(vertices.size() - 1, vertices.size())
                            : vertices)
                    .forEach(vertex -> edge(vertex, end));
            return end;
        }

        private static String label(Node node) {
            if (node instanceof Node.Ref ref) {
                return ref.name();
            }
            if (node instanceof Node.Choice choice) {
                return choice.name() + ": " + choice.options();
            }
            if (node instanceof Node.Subset subset) {
                return subset.name() + ": " + subset.options();
            }
            return String.valueOf(node);
        }
    }
}
