package io.nas4j.view;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The picture of a search space, a supernet or a network: its cells and the chain around them,
 * drawn from left to right.
 *
 * @param title what it shows
 * @param graphs cells first
 */
public record Diagram(String title, List<Graph> graphs) implements Picture {

    private static final double GAP = 8;

    public Diagram {
        graphs = List.copyOf(graphs);
    }

    /**
     * Draws a space, every edge with its candidates, or a network ({@link SearchSpace#network}),
     * every edge with its operation.
     *
     * @param spaceOrNetwork with or without holes
     * @return the picture
     */
    public static Diagram of(SearchSpace spaceOrNetwork) {
        return of(spaceOrNetwork, OptionWeights.NONE);
    }

    /**
     * Draws a supernet: every operation as thick as its weight, the strongest by name.
     *
     * @param space with holes
     * @param weights softmax(alpha), or a policy's probabilities
     * @return the picture
     */
    public static Diagram of(SearchSpace space, OptionWeights weights) {
        return new Diagram(space.name(), GraphReader.read(space, weights));
    }

    /**
     * Two networks of one space, with what differs marked: what a mutation did.
     *
     * @param parent a network
     * @param mutant another
     * @return the cells that differ, of both
     */
    public static Grid compare(SearchSpace parent, SearchSpace mutant) {
        return MutationPicture.of(parent, mutant);
    }

    /**
     * DARTS explained in four pictures of the first cell: unknown operations; a mixture on every
     * edge; its weights learned; the cell that is left. Differences of weight are drawn larger than
     * they are.
     *
     * @param space a space of cells
     * @param early weights near the start
     * @param late weights at the end
     * @param derived what is left
     * @return the pictures, two by two, in one layout
     */
    public static Grid dartsPanels(
            SearchSpace space, OptionWeights early, OptionWeights late, Architecture derived) {
        return DartsPanels.of(space, early, late, derived);
    }

    /**
     * A controller unrolled (Zoph and Le, 2017, figure 2): one box per token, in writing order.
     *
     * @param space what the tokens mean
     * @param architecture the tokens
     * @param policy their probabilities; {@link OptionWeights#NONE} when unknown
     * @return one row per layer or cell
     */
    public static Diagram controller(
            SearchSpace space, Architecture architecture, OptionWeights policy) {
        return ControllerPicture.of(space, architecture, policy);
    }

    /**
     * A trial's string as it was written: each token with the probability that the strategy gave it
     * then.
     *
     * @param space what the tokens mean
     * @param trial of a strategy with a policy; of another the tokens only
     * @return one row per layer or cell
     */
    public static Diagram controller(SearchSpace space, Trial trial) {
        return controller(space, trial.architecture(), trial.learned());
    }

    /**
     * Only the cells, without the network around them.
     *
     * @return this, where there are no cells
     */
    public Diagram cells() {
        List<Graph> cells =
                graphs.stream().filter(graph -> !graph.caption().equals("network")).toList();
        return cells.isEmpty() ? this : new Diagram(title, cells);
    }

    /** The picture below a line of words. */
    MimeBundle described(String words) {
        Svg drawing = svg();
        double width = Math.max(drawing.width(), GraphDrawing.MAX_WIDTH);
        Pen pen = new Pen();
        double y = 2;
        for (String line : TextWidth.lines(words, 13, width - 24)) {
            y += 18;
            pen.text(12, y, line, 13, Pen.INK, Pen.Anchor.START);
        }
        pen.place(drawing, 0, y + 6, 1);
        return MimeBundle.picture(
                pen.svg(width, drawing.height() + y + 6, alt()), alt(), words + "\n" + this);
    }

    @Override
    public Svg svg() {
        List<Svg> drawings = graphs.stream().map(GraphDrawing::of).toList();
        double page = GraphDrawing.MAX_WIDTH + 20;
        int last = drawings.size() - 1;
        if (last >= 1 && drawings.get(last).height() > drawings.get(last).width()) {
            // what runs down the page stands beside all the rest
            Svg tall = drawings.get(last);
            List<Svg> rest = drawings.subList(0, last);
            double widest = rest.stream().mapToDouble(Svg::width).max().orElse(0);
            double room = Math.max(widest, page - tall.width() - GAP);
            if (room + GAP + tall.width() <= page) {
                return Stack.flow(List.of(Stack.flow(rest, room, GAP, ""), tall), page, GAP, alt());
            }
        }
        return Stack.flow(drawings, page, GAP, alt());
    }

    @Override
    public String alt() {
        return "Diagram of "
                + title
                + ": "
                + graphs.stream().map(Graph::caption).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return title
                + "\n"
                + graphs.stream().map(GraphText::of).collect(Collectors.joining()).stripTrailing();
    }
}
