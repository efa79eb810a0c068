package io.nas4j.view;

import io.nas4j.space.Node;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.view.Graph.Edge;
import io.nas4j.view.Graph.Kind;
import io.nas4j.view.Graph.Mark;
import io.nas4j.view.Graph.Style;
import io.nas4j.view.Graph.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads one graph out of a space or a network: a shared definition, or the network as a whole. */
final class GraphReader {

    private final Map<String, Tree> trees;
    private final OptionWeights weights;
    private final List<Vertex> vertices = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    private GraphReader(Map<String, Tree> trees, OptionWeights weights) {
        this.trees = trees;
        this.weights = weights;
    }

    /** The definitions that are worth a graph, cells first, then the network around them. */
    static List<Graph> read(SearchSpace space, OptionWeights weights) {
        Map<String, Tree> trees = Tree.of(space);
        List<Graph> graphs = new ArrayList<>();
        trees.forEach(
                (name, tree) -> {
                    boolean part = !name.isEmpty() && (isCell(tree) || tree.isOpen());
                    if (part) {
                        merge(graphs, new GraphReader(trees, weights).part(name, tree));
                    }
                });
        graphs.add(new GraphReader(trees, weights).network(trees.get("")));
        return graphs;
    }

    static boolean isCell(Tree tree) {
        return tree.node() instanceof Node.Cell;
    }

    /** Definitions that look the same, such as an undecided normal and reduce, are drawn once. */
    private static void merge(List<Graph> graphs, Graph graph) {
        for (int i = 0; i < graphs.size(); i++) {
            Graph other = graphs.get(i);
            if (other.vertices().equals(graph.vertices()) && other.edges().equals(graph.edges())) {
                graphs.set(
                        i,
                        new Graph(
                                other.caption() + ", " + graph.caption(),
                                graph.vertices(),
                                graph.edges(),
                                graph.note()));
                return;
            }
        }
        graphs.add(graph);
    }

    private Graph part(String name, Tree tree) {
        if (!(tree.node() instanceof Node.Cell cell)) {
            String note = chain(tree, -1).note;
            return new Graph(name, vertices, edges, note);
        }
        List<Integer> inputs = new ArrayList<>();
        for (int i = cell.inputs(); i >= 1; i--) {
            String label = cell.inputs() == 1 ? "0" : "c_{k-" + i + "}";
            inputs.add(add(Vertex.of(label, Kind.INPUT)));
        }
        int last = cell(tree, cell, inputs);
        if (cell.output() == Node.Merge.LAST) {
            vertices.set(last, Vertex.of(vertices.get(last).label(), Kind.OUTPUT));
        } else {
            int output = vertices.size();
            List<Integer> sources = outputs(cell, inputs.size());
            add(Vertex.of("c_{k}", Kind.OUTPUT));
            sources.forEach(source -> plain(source, output));
        }
        return new Graph(name, vertices, edges, "");
    }

    /** The vertices that make the cell's value. */
    private List<Integer> outputs(Node.Cell cell, int first) {
        List<Integer> sources = new ArrayList<>();
        for (int i = first; i < vertices.size(); i++) {
            int vertex = i;
            boolean certainlyRead =
                    edges.stream()
                            .anyMatch(e -> e.from() == vertex && e.style() == Style.OPERATION);
            if (cell.output() != Node.Merge.LOOSE_ENDS || !certainlyRead) {
                sources.add(vertex);
            }
        }
        return sources;
    }

    /** Adds the vertices of a cell; returns the last. */
    private int cell(Tree tree, Node.Cell cell, List<Integer> inputs) {
        List<Integer> values = new ArrayList<>(inputs);
        for (int i = 0; i < tree.children().size(); i++) {
            Tree vertex = tree.children().get(i);
            String label = Integer.toString(cell.inputs() == 1 ? i + 1 : i);
            List<Term> in = List.of(Term.of(values.get(0)));
            int position = vertices.size();
            Boxes boxes = Boxes.ofVertex(vertex, weights);
            if (boxes.isEmpty()) {
                add(Vertex.of(label, Kind.VALUE));
                connect(Term.read(vertex, values, in, weights), position);
            } else {
                List<Vertex> layer = boxes.vertices();
                add(layer.get(0).named(label + ": " + layer.get(0).label()));
                vertices.addAll(layer.subList(1, layer.size()));
                connect(Term.read(vertex.children().get(0), values, in, weights), position);
                for (int k = position + 1; k < vertices.size(); k++) {
                    plain(k - 1, k);
                }
            }
            values.add(vertices.size() - 1);
        }
        return values.get(values.size() - 1);
    }

    private void connect(List<Term> terms, int to) {
        for (Term term : Term.merged(terms)) {
            edges.add(term.edge(to, !weights.isEmpty()));
        }
    }

    private Graph network(Tree root) {
        int input = add(Vertex.of("input", Kind.INPUT));
        Tail tail = chain(root, input);
        int output = add(Vertex.of("output", Kind.OUTPUT));
        plain(tail.at, output);
        return new Graph("network", vertices, edges, tail.note);
    }

    private record Tail(int at, String note) {}

    /** Adds the steps of a chain behind a vertex; -1 when there is none before. */
    private Tail chain(Tree tree, int before) {
        Boxes boxes = new Boxes(trees, weights);
        int at = before;
        for (Tree step : Boxes.flattened(tree, trees)) {
            if (step.node() instanceof Node.Cell cell) {
                at = flush(boxes, at);
                List<Integer> inputs = new ArrayList<>();
                for (int i = 0; i < cell.inputs(); i++) {
                    inputs.add(at);
                }
                at = cell(step, cell, inputs);
            } else {
                boxes.step(step);
            }
        }
        return new Tail(flush(boxes, at), boxes.note());
    }

    private int flush(Boxes boxes, int before) {
        int at = before;
        for (Vertex vertex : boxes.take()) {
            int next = add(vertex);
            if (at >= 0) {
                plain(at, next);
            }
            at = next;
        }
        return at;
    }

    private int add(Vertex vertex) {
        vertices.add(vertex);
        return vertices.size() - 1;
    }

    private void plain(int from, int to) {
        edges.add(new Edge(from, to, Style.PLAIN, List.of(), Mark.NONE));
    }
}
