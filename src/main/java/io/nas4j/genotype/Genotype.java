package io.nas4j.genotype;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A normal and a reduction cell as the authors of DARTS write them down: a vertex sums two edges,
 * each an operation on an earlier value; values 0 and 1 are the two cells before, vertices follow
 * from 2 in order.
 *
 * <pre>{@code
 * Genotype cell = Genotype.parse("Genotype(normal=[('sep_conv_3x3', 1), ..");
 * SearchSpace network = cell.network(36, 20);           // the paper's size
 * Architecture point = cell.in(Spaces.darts());         // the same in a space
 * String text = Genotype.of(space, architecture).toString();
 * }</pre>
 *
 * @param normal two edges a vertex, vertex by vertex
 * @param normalConcat the values that are concatenated to the cell's own, ascending
 * @param reduce as {@code normal}, of the cell that halves the map
 * @param reduceConcat as {@code normalConcat}
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu et al., 2019</a>
 */
public record Genotype(
        List<Edge> normal,
        List<Integer> normalConcat,
        List<Edge> reduce,
        List<Integer> reduceConcat) {

    /**
     * An operation on an earlier value.
     *
     * @param operation as papers print it, for example {@code sep_conv_3x3}
     * @param input 0 and 1 are the two cells before, vertices follow from 2
     */
    public record Edge(String operation, int input) {

        public Edge {
            EdgeOperations.node(operation);
            require(input >= 0, "an edge reads value 0 or a later one, but reads %d.", input);
        }

        @Override
        public String toString() {
            return "('" + operation + "', " + input + ")";
        }
    }

    public Genotype {
        normal = List.copyOf(normal);
        reduce = List.copyOf(reduce);
        normalConcat = List.copyOf(normalConcat);
        reduceConcat = List.copyOf(reduceConcat);
        check("normal", normal, normalConcat);
        check("reduce", reduce, reduceConcat);
    }

    private static void check(String cell, List<Edge> edges, List<Integer> concat) {
        require(
                !edges.isEmpty() && edges.size() % 2 == 0,
                "a vertex has two edges, but the %s cell has %d edges.",
                cell,
                edges.size());
        for (int i = 0; i < edges.size(); i++) {
            int vertex = 2 + i / 2;
            require(
                    edges.get(i).input() < vertex,
                    "vertex %d of the %s cell reads earlier values, but edge %s is none.",
                    vertex,
                    cell,
                    edges.get(i));
        }
        int end = 2 + edges.size() / 2;
        require(
                !concat.isEmpty()
                        && concat.stream().distinct().sorted().toList().equals(concat)
                        && concat.get(0) >= 2
                        && concat.get(concat.size() - 1) < end,
                "the %s cell concatenates some of its vertices 2 to %d, ascending, but says %s.",
                cell,
                end - 1,
                concat);
    }

    /**
     * Reads what {@link #toString()}, DARTS and its successors print, a Python value: {@code
     * Genotype(normal=[('sep_conv_3x3', 1), ..], normal_concat=range(2, 6), reduce=[..],
     * reduce_concat=[2, 3, 4, 5])}.
     *
     * @param text at most 20,000 characters
     * @return the cells
     * @throws IllegalArgumentException with the place where it is no genotype
     */
    public static Genotype parse(String text) {
        return new GenotypeReader(text).read();
    }

    /**
     * Reads an architecture off a space whose shared cells {@code normal} and {@code reduce} sum
     * two edges a vertex, as {@link Spaces#darts()}, {@link Spaces#cells()} and {@link
     * Spaces#nasnet()}.
     *
     * @param space of such cells
     * @param architecture of the space
     * @return its cells
     * @throws IllegalArgumentException where the space has other cells
     */
    public static Genotype of(SearchSpace space, Architecture architecture) {
        return CellReader.read(space.network(architecture));
    }

    /**
     * The network of these cells in DARTS' stack; 36 channels and 20 cells are the size at which
     * papers compare on CIFAR-10.
     *
     * @param channels of the first cells, at least 1
     * @param cells how many are stacked, at least 3
     * @return a space of one architecture
     */
    public SearchSpace network(int channels, int cells) {
        return Spaces.stack(
                "genotype",
                cell(normal, normalConcat),
                cell(reduce, reduceConcat),
                channels,
                cells);
    }

    private static Node.Cell cell(List<Edge> edges, List<Integer> concat) {
        List<Node> vertices = new ArrayList<>();
        for (int i = 0; i < edges.size(); i += 2) {
            vertices.add(
                    new Node.Join(
                            Node.Merge.SUM,
                            edges.subList(i, i + 2).stream().map(Genotype::node).toList()));
        }
        if (concat.size() == vertices.size()) {
            return new Node.Cell(2, vertices, Node.Merge.CONCAT);
        }
        if (concat.equals(looseEnds(edges))) {
            return new Node.Cell(2, vertices, Node.Merge.LOOSE_ENDS);
        }
        vertices.add(
                new Node.Join(
                        Node.Merge.CONCAT, concat.stream().<Node>map(Node.Input::new).toList()));
        return new Node.Cell(2, vertices, Node.Merge.LAST);
    }

    private static Node node(Edge edge) {
        return new Node.Chain(
                List.of(new Node.Input(edge.input()), EdgeOperations.node(edge.operation())));
    }

    /** The vertices that no other reads. */
    static List<Integer> looseEnds(List<Edge> edges) {
        return IntStream.range(2, 2 + edges.size() / 2)
                .filter(vertex -> edges.stream().noneMatch(edge -> edge.input() == vertex))
                .boxed()
                .toList();
    }

    /**
     * The same cells as an architecture of a space.
     *
     * @param space as for {@link #of}
     * @return its architecture
     * @throws IllegalArgumentException with what the space does not have
     */
    public Architecture in(SearchSpace space) {
        return new GenotypeChooser(this, space).architecture();
    }

    /** A Python value that DARTS' code reads; {@link #parse} too. */
    @Override
    public String toString() {
        return "Genotype(normal="
                + text(normal)
                + ", normal_concat="
                + normalConcat
                + ", reduce="
                + text(reduce)
                + ", reduce_concat="
                + reduceConcat
                + ")";
    }

    private static String text(List<Edge> edges) {
        return edges.stream().map(Edge::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
