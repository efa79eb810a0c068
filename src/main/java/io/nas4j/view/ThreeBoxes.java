package io.nas4j.view;

import io.nas4j.view.Pen.Anchor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The three components of Neural Architecture Search as Elsken, Metzen and Hutter draw them: a
 * search space, a strategy that picks an architecture from it, and a performance estimation whose
 * score goes back to the strategy. While a search runs, the part that is at work is lit.
 *
 * @param space what it is, a line each, broken where a box is too narrow; at most four are drawn
 * @param strategy the same
 * @param estimation the same
 * @param architecture which one goes to the estimation; may be empty
 * @param estimate what comes back; may be empty
 * @param lit the part that is at work; empty where nothing runs
 * @see <a href="https://arxiv.org/abs/1808.05377">Elsken et al., 2019, figure 1</a>
 */
public record ThreeBoxes(
        List<String> space,
        List<String> strategy,
        List<String> estimation,
        String architecture,
        String estimate,
        Optional<Part> lit)
        implements Picture {

    private static final double WIDTH = 680;
    private static final double HEIGHT = 130;
    private static final double BOX = 157;
    private static final double TOP = 22;
    private static final double TALL = 96;
    private static final double[] LEFT = {4, 241, 519};
    private static final double NAME = 13;
    private static final double LINE = 11.5;
    private static final int MOST_LINES = 4;
    private static final String ARROW = "#5f6b7a";

    /** One of the three. */
    public enum Part {
        /** Which architectures exist. */
        SPACE("Search space", "#8fbf8f", "#edf6ed", "#cfe8cf", "#4d9a4d"),
        /** Which to try next. */
        STRATEGY("Search strategy", "#93b7da", "#eef5fb", "#cfe2f5", "#3f7fbf"),
        /** How good it is. */
        ESTIMATION("Performance estimation", "#d3bd6a", "#fcf8e8", "#f5e7b0", "#b08d1e");

        private final String title;
        private final String edge;
        private final String dim;
        private final String bright;
        private final String glow;

        Part(String title, String edge, String dim, String bright, String glow) {
            this.title = title;
            this.edge = edge;
            this.dim = dim;
            this.bright = bright;
            this.glow = glow;
        }
    }

    public ThreeBoxes {
        space = List.copyOf(space);
        strategy = List.copyOf(strategy);
        estimation = List.copyOf(estimation);
    }

    /**
     * The same with another part lit.
     *
     * @param part which is at work
     * @return a copy
     */
    public ThreeBoxes lit(Part part) {
        return new ThreeBoxes(
                space, strategy, estimation, architecture, estimate, Optional.of(part));
    }

    @Override
    public Svg svg() {
        Pen pen = new Pen();
        box(pen, Part.SPACE, space);
        box(pen, Part.STRATEGY, strategy);
        box(pen, Part.ESTIMATION, estimation);
        double middle = TOP + TALL / 2;
        double end = LEFT[1] - 6;
        arrow(pen, LEFT[0] + BOX + 4, end, middle);
        label(pen, (LEFT[0] + BOX + LEFT[1]) / 2, middle - 8, "architectures", LEFT[1] - LEFT[0]);
        double from = LEFT[1] + BOX + 4;
        double to = LEFT[2] - 6;
        double center = (from + to) / 2;
        arrow(pen, from, to, TOP + 26);
        label(pen, center, TOP + 18, "architecture", to - from);
        label(pen, center, TOP + 40, architecture, to - from);
        arrow(pen, to + 2, from + 2, TOP + TALL - 20);
        label(pen, center, TOP + TALL - 27, "estimate", to - from);
        label(pen, center, TOP + TALL - 6, estimate, to - from);
        return pen.svg(WIDTH, HEIGHT, alt());
    }

    /** A text in as many lines as a box holds. */
    static List<String> lines(String text) {
        return TextWidth.lines(text, LINE, BOX - 10);
    }

    /** A frame around a part that is at work, to be laid over the drawing. */
    static Svg glow(Part part) {
        double x = LEFT[part.ordinal()] - 2;
        Pen pen = new Pen();
        String around =
                String.format(
                        Locale.ROOT,
                        "M%1$s %2$sh%3$sq9 0 9 9v%4$sq0 9 -9 9h-%3$sq-9 0 -9 -9v-%4$sq0 -9 9 -9Z",
                        Svg.number(x + 9),
                        Svg.number(TOP - 2),
                        Svg.number(BOX - 14),
                        Svg.number(TALL - 14));
        pen.stroke(around, part.glow, 3.5, 1, "");
        return pen.svg(WIDTH, HEIGHT, "");
    }

    private void box(Pen pen, Part part, List<String> lines) {
        boolean bright = lit.filter(part::equals).isPresent();
        double x = LEFT[part.ordinal()];
        String fill = bright ? part.bright : part.dim;
        pen.rect(x, TOP, BOX, TALL, 9, fill, part.edge);
        if (bright) {
            pen.rect(x - 3, TOP - 3, BOX + 6, TALL + 6, 11, "none", part.edge);
        }
        double center = x + BOX / 2;
        pen.text(center, TOP + 22, part.title, bold(part.title), Pen.INK, Anchor.MIDDLE, true);
        List<String> drawn = broken(lines);
        double step = drawn.size() < MOST_LINES ? 17 : 15;
        for (int i = 0; i < drawn.size(); i++) {
            double y = TOP + (drawn.size() < MOST_LINES ? 43 : 40) + step * i;
            pen.text(center, y, drawn.get(i), LINE, Pen.FAINT, Anchor.MIDDLE);
        }
    }

    /** Whole words where there is room for them, else the beginning of each line. */
    private static List<String> broken(List<String> lines) {
        List<String> all =
                lines.stream()
                        .flatMap(line -> TextWidth.lines(line, LINE, BOX - 10).stream())
                        .toList();
        return all.size() <= MOST_LINES
                ? all
                : lines.stream()
                        .limit(MOST_LINES)
                        .map(line -> TextWidth.fitting(line, LINE, BOX - 10))
                        .toList();
    }

    /** As large as fits; bold letters are a tenth wider. */
    private static double bold(String title) {
        return Math.min(NAME, NAME * (BOX - 8) / (1.1 * TextWidth.of(title, NAME)));
    }

    private static void arrow(Pen pen, double from, double to, double y) {
        double back = to > from ? -7 : 7;
        String shaft = "M" + Svg.number(from) + " " + Svg.number(y) + "H" + Svg.number(to + back);
        pen.stroke(shaft, ARROW, 1.6, 1, "");
        String head =
                "M" + Svg.number(to) + " " + Svg.number(y) + "l" + Svg.number(back) + " -4v8Z";
        pen.fill(head, ARROW, 1);
    }

    private static void label(Pen pen, double x, double y, String text, double room) {
        if (!text.isEmpty()) {
            String drawn = TextWidth.fitting(text, LINE, room);
            pen.text(x, y, drawn, LINE, Pen.FAINT, Anchor.MIDDLE);
        }
    }

    @Override
    public String alt() {
        return "The three components: " + toString().replace('\n', ';');
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "search space (%s) -> search strategy (%s) <-> performance estimation (%s)%s",
                words(space),
                words(strategy),
                words(estimation),
                architecture.isEmpty() && estimate.isEmpty()
                        ? ""
                        : "\narchitecture " + architecture + ", estimate " + estimate);
    }

    private static String words(List<String> lines) {
        return lines.stream().collect(Collectors.joining(", "));
    }
}
