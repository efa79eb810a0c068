package io.nas4j.view;

import static io.nas4j.space.Require.require;

import java.util.List;

/**
 * What a diagram shows of one cell or one chain: boxes and the edges between them.
 *
 * @param caption for example {@code normal}
 * @param vertices in reading order
 * @param edges between their positions
 * @param note a line below; may be empty
 */
public record Graph(String caption, List<Vertex> vertices, List<Edge> edges, String note) {

    public Graph {
        vertices = List.copyOf(vertices);
        edges = List.copyOf(edges);
        for (Edge edge : edges) {
            require(
                    edge.from >= 0 && edge.from < edge.to && edge.to < vertices.size(),
                    "an edge must lead from an earlier to a later of %d vertices, but leads %d to"
                            + " %d.",
                    vertices.size(),
                    edge.from,
                    edge.to);
        }
    }

    /** What a vertex stands for. */
    public enum Kind {
        /** A value that flows in. */
        INPUT,
        /** A value inside a cell. */
        VALUE,
        /** The value of a cell. */
        OUTPUT,
        /** An operation, or one with open arguments. */
        OPERATION,
        /** A definition that another graph shows. */
        PART
    }

    /** How an edge is drawn. */
    public enum Style {
        /** Passes a value on unchanged. */
        PLAIN,
        /** Does one operation. */
        OPERATION,
        /** Will do one of several operations. */
        CANDIDATES,
        /** Does a mixture, each operation with its weight. */
        MIXTURE,
        /** Is there or not. */
        OPTIONAL,
        /** Takes room, but is not drawn. */
        HIDDEN
    }

    /** What differs from another graph. */
    public enum Mark {
        /** Is in both. */
        NONE,

        /** Is in the first only. */
        REMOVED,

        /** Is in the second only. */
        ADDED
    }

    /**
     * A box.
     *
     * @param label its name
     * @param lines smaller text below; may be empty
     * @param kind what it stands for
     * @param mark what differs
     */
    public record Vertex(String label, List<String> lines, Kind kind, Mark mark) {
        public Vertex {
            lines = List.copyOf(lines);
        }

        static Vertex of(String label, Kind kind) {
            return new Vertex(label, List.of(), kind, Mark.NONE);
        }

        Vertex named(String other) {
            return new Vertex(other, lines, kind, mark);
        }

        Vertex mark(Mark other) {
            return new Vertex(label, lines, kind, other);
        }
    }

    /**
     * One operation on an edge.
     *
     * @param operation its label
     * @param weight in [0, 1]: certainty, softmax(alpha), a probability
     */
    public record Strand(String operation, double weight) {}

    /**
     * An edge.
     *
     * @param from position of its source
     * @param to position of its target, later than {@code from}
     * @param style how it is drawn
     * @param strands its operations; empty where a value is passed on
     * @param mark what differs
     */
    public record Edge(int from, int to, Style style, List<Strand> strands, Mark mark) {
        public Edge {
            strands = List.copyOf(strands);
        }

        Edge style(Style other) {
            return new Edge(from, to, other, strands, mark);
        }

        Edge mark(Mark other) {
            return new Edge(from, to, style, strands, other);
        }

        /**
         * The operation of the largest weight.
         *
         * @return the earlier of equals
         */
        Strand strongest() {
            Strand best = strands.get(0);
            for (Strand strand : strands) {
                if (strand.weight > best.weight) {
                    best = strand;
                }
            }
            return best;
        }
    }
}
