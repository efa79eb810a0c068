package io.nas4j.genotype;

import static io.nas4j.space.Require.require;

import io.nas4j.genotype.Genotype.Edge;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads a network's shared cells as edges. */
final class CellReader {

    private CellReader() {}

    static Genotype read(SearchSpace network) {
        List<Edge> normal = edges(network, "normal");
        List<Edge> reduce = edges(network, "reduce");
        return new Genotype(
                normal,
                concat(network, "normal", normal),
                reduce,
                concat(network, "reduce", reduce));
    }

    private static List<Edge> edges(SearchSpace network, String name) {
        List<Edge> edges = new ArrayList<>();
        for (Node vertex : vertices(network, name)) {
            require(
                    vertex instanceof Node.Join join
                            && join.merge() == Node.Merge.SUM
                            && join.branches().size() == 2,
                    "a vertex of a genotype sums two edges, but one of \"%s\" in \"%s\" is %s.",
                    name,
                    network.name(),
                    vertex);
            ((Node.Join) vertex).branches().forEach(branch -> edges.add(edge(network, branch)));
        }
        return edges;
    }

    private static List<Node> vertices(SearchSpace network, String name) {
        Node shared = network.shared().get(name);
        require(
                shared instanceof Node.Cell cell && cell.inputs() == 2,
                "a genotype is of a space whose shared cells \"normal\" and \"reduce\" have two"
                        + " inputs, but \"%s\" has %s. Try darts(), cells() or nasnet().",
                network.name(),
                network.shared().keySet());
        List<Node> vertices = ((Node.Cell) shared).vertices();
        return concatenated(vertices) ? vertices.subList(0, vertices.size() - 1) : vertices;
    }

    /** Whether the last vertex concatenates others, and so is the cell's value. */
    private static boolean concatenated(List<Node> vertices) {
        return vertices.get(vertices.size() - 1) instanceof Node.Join join
                && join.merge() == Node.Merge.CONCAT;
    }

    private static Edge edge(SearchSpace network, Node branch) {
        require(
                branch instanceof Node.Chain chain
                        && chain.steps().size() == 2
                        && chain.steps().get(0) instanceof Node.Input
                        && chain.steps().get(1) instanceof Node.Op,
                "an edge of a genotype is one operation on one value, but one of \"%s\" is %s.",
                network.name(),
                branch);
        List<Node> steps = ((Node.Chain) branch).steps();
        return new Edge(
                EdgeOperations.name((Node.Op) steps.get(1)), ((Node.Input) steps.get(0)).index());
    }

    private static List<Integer> concat(SearchSpace network, String name, List<Edge> edges) {
        Node.Cell cell = (Node.Cell) network.shared().get(name);
        List<Node> vertices = cell.vertices();
        if (concatenated(vertices)) {
            return ((Node.Join) vertices.get(vertices.size() - 1))
                    .branches().stream().map(input -> ((Node.Input) input).index()).toList();
        }
        int end = 2 + vertices.size();
        return switch (cell.output()) {
            case CONCAT -> IntStream.range(2, end).boxed().toList();
            case LOOSE_ENDS -> Genotype.looseEnds(edges);
            case LAST -> List.of(end - 1);
            default ->
                    throw new IllegalArgumentException(
                            "a genotype's cell concatenates vertices, but \""
                                    + name
                                    + "\" merges them by "
                                    + cell.output()
                                    + ".");
        };
    }
}
