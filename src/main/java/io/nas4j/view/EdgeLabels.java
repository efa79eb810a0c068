package io.nas4j.view;

import io.nas4j.view.Graph.Edge;
import io.nas4j.view.Graph.Mark;
import io.nas4j.view.Graph.Strand;
import io.nas4j.view.Graph.Style;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What stands on the edges of a graph, and how much room it takes.
 *
 * @param length how long the names are
 * @param counted whether an edge says how many candidates it has; a legend says it where all have
 *     the same
 */
record EdgeLabels(Length length, boolean counted) {

    static final double SIZE = 11.5;

    private static final double PADDING = 8;
    private static final double SLOT = 54;

    /** More mixed edges than this are named briefly. */
    private static final int MANY = 16;

    /** How many times its share an operation must weigh to be named in a small picture. */
    private static final double TELLING = 1.6;

    enum Length {
        /** As papers print them. */
        FULL,
        /** Without what a reader can guess. */
        SHORT,
        /** The same room for every edge, whatever stands there. */
        SLOTS
    }

    /** As long as it is readable: at most so long. */
    static EdgeLabels of(Graph graph, Length most, int legends) {
        long mixed = graph.edges().stream().filter(e -> e.style() == Style.MIXTURE).count();
        boolean many = most == Length.FULL && mixed > MANY;
        return new EdgeLabels(many ? Length.SHORT : most, legends > 1);
    }

    double width(Edge edge) {
        if (edge.strands().isEmpty()) {
            return 0;
        }
        if (length == Length.SLOTS) {
            return SLOT;
        }
        return switch (edge.style()) {
            case PLAIN, OPTIONAL -> 0;
            case CANDIDATES -> counted ? TextWidth.of(text(edge), SIZE) + PADDING : 0;
            // room for the longest, so that nothing jumps when another becomes the strongest
            case MIXTURE ->
                    edge.strands().stream()
                                    .map(strand -> name().apply(strand.operation()) + " 0.00")
                                    .mapToDouble(text -> TextWidth.of(text, SIZE))
                                    .max()
                                    .orElse(0)
                            + PADDING;
            default -> TextWidth.of(text(edge), SIZE) + PADDING;
        };
    }

    String text(Edge edge) {
        if (edge.strands().isEmpty()) {
            return "";
        }
        Strand strand = edge.strongest();
        String name = name().apply(strand.operation());
        if (length == Length.SLOTS) {
            int count = edge.strands().size();
            return count == 1 || strand.weight() * count > TELLING ? name : "";
        }
        return switch (edge.style()) {
            case CANDIDATES -> edge.strands().size() + " operations";
            case MIXTURE -> name + String.format(Locale.ROOT, " %.2f", strand.weight());
            default -> sign(edge.mark()) + name;
        };
    }

    private UnaryOperator<String> name() {
        return length == Length.FULL ? UnaryOperator.identity() : OpText::abbreviated;
    }

    private static String sign(Mark mark) {
        return mark == Mark.ADDED ? "+ " : mark == Mark.REMOVED ? "\u2212 " : "";
    }
}
