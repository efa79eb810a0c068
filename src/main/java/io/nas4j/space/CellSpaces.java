package io.nas4j.space;

import static io.nas4j.space.Grammar.batchNorm;
import static io.nas4j.space.Grammar.chain;
import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.input;
import static io.nas4j.space.Grammar.ref;
import static io.nas4j.space.Grammar.relu;
import static io.nas4j.space.Grammar.residual;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;
import static io.nas4j.space.Grammar.with;
import static io.nas4j.space.Require.require;

import io.nas4j.space.Node.Merge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Spaces of stacked cells. */
final class CellSpaces {

    private CellSpaces() {}

    /**
     * DARTS: each vertex sums two edges from distinct earlier values; all vertices concatenated.
     */
    static SearchSpace darts(
            String name, List<Node> operations, int channels, int cells, int vertices) {
        List<Node> body = new ArrayList<>();
        for (int to = 2; to < vertices + 2; to++) {
            List<Node> edges = new ArrayList<>();
            for (int from = 0; from < to; from++) {
                edges.add(chain(input(from), choice("op", operations)));
            }
            body.add(new Node.Subset("edges", 2, Merge.SUM, edges));
        }
        Node cell = new Node.Cell(2, body, Merge.CONCAT);
        return stacked(name, cell, cell, channels, cells);
    }

    /**
     * NASNet: each vertex sums two operations on any two earlier values; loose ends concatenated.
     */
    static SearchSpace nasnet(
            String name, List<Node> operations, int channels, int cells, int vertices) {
        List<Node> body = new ArrayList<>();
        for (int to = 2; to < vertices + 2; to++) {
            List<Node> inputs = new ArrayList<>();
            for (int from = 0; from < to; from++) {
                inputs.add(input(from));
            }
            body.add(
                    Grammar.sum(
                            chain(choice("left input", inputs), choice("left op", operations)),
                            chain(choice("right input", inputs), choice("right op", operations))));
        }
        Node cell = new Node.Cell(2, body, Merge.LOOSE_ENDS);
        return stacked(name, cell, cell, channels, cells);
    }

    /**
     * NAS-Bench-Graph: each vertex is one operation, or a skip, on one earlier value; loose ends
     * concatenated. Skips alone are no network.
     */
    static SearchSpace tree(String name, List<Node> operations, int vertices) {
        List<Node> options = new ArrayList<>(operations);
        options.add(skip());
        List<Node> body = new ArrayList<>();
        for (int to = 1; to <= vertices; to++) {
            List<Node> inputs = IntStream.range(0, to).<Node>mapToObj(Grammar::input).toList();
            Node from = to == 1 ? input(0) : choice("input", inputs);
            body.add(chain(from, choice("op", options)));
        }
        int skip = operations.size();
        // choices: the first operation, then input and operation of each other vertex
        Constraint learns =
                Constraint.of(
                        "not skips alone",
                        walk -> {
                            List<Integer> choices = walk.architecture().choices();
                            return IntStream.range(0, vertices)
                                    .anyMatch(v -> choices.get(2 * v) != skip);
                        });
        Node cell = new Node.Cell(1, body, Merge.LOOSE_ENDS);
        return SearchSpace.of(name, ref("cell"), Map.of("cell", cell)).where(learns);
    }

    static SearchSpace stacked(String name, Node normal, Node reduce, int channels, int cells) {
        require(channels >= 1, "channels must be at least 1, but were %d.", channels);
        require(cells >= 3, "cells must be at least 3 (two of them reduce), but were %d.", cells);
        Map<String, Node> shared = new LinkedHashMap<>();
        shared.put("normal", normal);
        shared.put("reduce", reduce);
        List<Node> steps = new ArrayList<>();
        // DARTS' stem has three times the channels
        steps.add(stem(3 * channels));
        int width = channels;
        int atWidth = 0;
        int atStride = 0;
        for (int i = 0; i < cells; i++) {
            boolean reduces = i == cells / 3 || i == 2 * cells / 3;
            if (reduces) {
                width *= 2;
            }
            int stride = reduces ? 2 : 1;
            if (width != atWidth || stride != atStride) {
                steps.add(with("channels", width, "stride", stride));
                atWidth = width;
                atStride = stride;
            }
            steps.add(ref(reduces ? "reduce" : "normal"));
        }
        steps.add(classifier());
        return SearchSpace.of(name, new Node.Chain(steps), shared);
    }

    /**
     * NAS-Bench-201: each node sums an operation on every earlier one; the last is the output.
     * Three stages, halved and doubled by residual blocks.
     */
    static SearchSpace dense(
            String name, List<Node> operations, int nodes, int channels, int cells) {
        return dense(name, graph(operations, nodes), channels, cells);
    }

    private static SearchSpace dense(String name, Node cell, int channels, int cells) {
        require(channels >= 1, "channels must be at least 1, but were %d.", channels);
        require(cells >= 1, "a stage must have a cell, but cells were %d.", cells);
        List<Node> steps = new ArrayList<>();
        steps.add(stem(channels));
        for (int stage = 0; stage < 3; stage++) {
            if (stage > 0) {
                steps.add(residual(channels << stage, 2));
            }
            for (int i = 0; i < cells; i++) {
                steps.add(ref("cell"));
            }
        }
        steps.addAll(List.of(batchNorm(), relu(), classifier()));
        return SearchSpace.of(name, new Node.Chain(steps), Map.of("cell", cell));
    }

    /** Recognised by what it was built as: the same stack anew, at another size. */
    static SearchSpace scaled(SearchSpace space, int channels, int cells) {
        Node normal = space.shared().get("normal");
        Node reduce = space.shared().get("reduce");
        Node cell = space.shared().get("cell");
        int found = (int) steps(space).stream().filter(Node.Ref.class::isInstance).count();
        int width = stemChannels(space);
        SearchSpace other = null;
        boolean dense = space.shared().keySet().equals(Set.of("cell"));
        if (normal != null && reduce != null && width % 3 == 0 && width > 0 && found >= 3) {
            SearchSpace same = stacked(space.name(), normal, reduce, width / 3, found);
            other =
                    same(space, same)
                            ? stacked(space.name(), normal, reduce, channels, cells)
                            : null;
        } else if (dense && width > 0 && found >= 3 && found % 3 == 0) {
            SearchSpace same = dense(space.name(), cell, width, found / 3);
            other = same(space, same) ? dense(space.name(), cell, channels, cells) : null;
        }
        require(
                other != null,
                "only stacks of cells have another size, such as cells(), darts(), nasnet() and"
                        + " nasBench201(), but \"%s\" is none. Try building it with more channels.",
                space.name());
        return space.constraints().isEmpty()
                ? other
                : other.where(space.constraints().toArray(new Constraint[0]));
    }

    private static List<Node> steps(SearchSpace space) {
        return space.root() instanceof Node.Chain chain ? chain.steps() : List.of();
    }

    /** Channels of the first step; 0 where it is no stem. */
    private static int stemChannels(SearchSpace space) {
        List<Node> steps = steps(space);
        return !steps.isEmpty() && steps.get(0) instanceof Node.Op op && op.name().equals("stem")
                ? op.args().get("channels")
                : 0;
    }

    private static boolean same(SearchSpace space, SearchSpace built) {
        return space.root().equals(built.root());
    }

    /** Motifs of three vertices over operations, and one graph of three vertices over motifs. */
    static SearchSpace hierarchical(List<Node> operations, int channels) {
        Map<String, Node> shared = new LinkedHashMap<>();
        List<Node> motifs = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            shared.put("motif " + i, graph(operations, 3));
            motifs.add(ref("motif " + i));
        }
        shared.put("cell", graph(motifs, 3));
        return SearchSpace.of(
                "hierarchical",
                chain(
                        stem(channels),
                        ref("cell"),
                        residual(2 * channels, 2),
                        ref("cell"),
                        residual(4 * channels, 2),
                        ref("cell"),
                        batchNorm(),
                        relu(),
                        classifier()),
                shared);
    }

    private static Node graph(List<Node> operations, int nodes) {
        List<Node> vertices = new ArrayList<>();
        for (int to = 1; to < nodes; to++) {
            List<Node> edges = new ArrayList<>();
            for (int from = 0; from < to; from++) {
                edges.add(chain(input(from), choice(to + "<-" + from, operations)));
            }
            vertices.add(new Node.Join(Merge.SUM, edges));
        }
        return new Node.Cell(1, vertices, Merge.LAST);
    }
}
