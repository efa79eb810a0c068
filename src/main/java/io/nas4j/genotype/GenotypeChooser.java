package io.nas4j.genotype;

import static io.nas4j.space.Require.require;

import io.nas4j.genotype.Genotype.Edge;
import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Answers a space's decisions with a genotype's edges. */
final class GenotypeChooser {

    /** {@code normal/v2/edges}, {@code normal/v2/edges/0/op}, {@code normal/v2/left input}. */
    private static final Pattern ID =
            Pattern.compile(
                    "(normal|reduce)/v(\\d{1,3})/(?:edges(?:/(\\d{1,3})/op)?|(left|right)"
                            + " (input|op))");

    private final Genotype genotype;
    private final SearchSpace space;

    GenotypeChooser(Genotype genotype, SearchSpace space) {
        this.genotype = genotype;
        this.space = space;
    }

    Architecture architecture() {
        Architecture architecture = space.choose(this::answer);
        Genotype found = Genotype.of(space, architecture);
        require(
                sorted(found.normal()).equals(sorted(genotype.normal()))
                        && sorted(found.reduce()).equals(sorted(genotype.reduce()))
                        && found.normalConcat().equals(genotype.normalConcat())
                        && found.reduceConcat().equals(genotype.reduceConcat()),
                "\"%s\" has no architecture of these cells: the nearest is %s. Try network(channels,"
                        + " cells).",
                space.name(),
                found);
        return architecture;
    }

    /** The two edges of a vertex have no order. */
    private static List<Edge> sorted(List<Edge> edges) {
        Comparator<Integer> byEdge =
                Comparator.<Integer>comparingInt(i -> i / 2)
                        .thenComparing(i -> edges.get(i).toString());
        return IntStream.range(0, edges.size())
                .boxed()
                .sorted(byEdge)
                .map(i -> normalised(edges.get(i)))
                .toList();
    }

    private static Edge normalised(Edge edge) {
        return new Edge(EdgeOperations.name(EdgeOperations.node(edge.operation())), edge.input());
    }

    private int answer(Decision decision) {
        Matcher id = ID.matcher(decision.id());
        require(
                id.matches(),
                "a genotype decides edges of the cells \"normal\" and \"reduce\", but \"%s\" decides"
                        + " \"%s\". Try darts(), cells() or nasnet().",
                space.name(),
                decision.id());
        List<Edge> cell = id.group(1).equals("normal") ? genotype.normal() : genotype.reduce();
        int first = 2 * (Integer.parseInt(id.group(2)) - 2);
        require(
                first + 2 <= cell.size(),
                "the %s cell of \"%s\" has a vertex %s, but this genotype has %d vertices.",
                id.group(1),
                space.name(),
                id.group(2),
                cell.size() / 2);
        Edge left = cell.get(first);
        Edge right = cell.get(first + 1);
        if (id.group(4) != null) {
            Edge edge = id.group(4).equals("left") ? left : right;
            return id.group(5).equals("input") ? edge.input() : operation(decision, edge);
        }
        if (id.group(3) == null) {
            require(
                    left.input() != right.input(),
                    "edges of a vertex of \"%s\" read two different values, but vertex %s of the %s"
                            + " cell reads value %d twice. Try nasnet(), or network(channels, cells).",
                    space.name(),
                    id.group(2),
                    id.group(1),
                    left.input());
            return decision.answer(List.of(left.input(), right.input()));
        }
        return operation(decision, left.input() == Integer.parseInt(id.group(3)) ? left : right);
    }

    private int operation(Decision decision, Edge edge) {
        for (int i = 0; i < decision.arity(); i++) {
            if (EdgeOperations.same(decision.label(i), edge.operation())) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "\""
                        + decision.id()
                        + "\" of \""
                        + space.name()
                        + "\" must be one of "
                        + decision.labels()
                        + ", but the genotype has "
                        + edge.operation()
                        + ". Try network(channels, cells).");
    }
}
