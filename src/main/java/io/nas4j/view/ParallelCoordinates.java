package io.nas4j.view;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trials as lines through their decisions, one axis each, to their score at the right: the best
 * tenth dark and in front.
 *
 * @param title a line above; may be empty
 * @param axes from left to right, at least one
 * @param score the name of the last axis
 * @param lines one a trial
 */
public record ParallelCoordinates(String title, List<Axis> axes, String score, List<Line> lines)
        implements Picture {

    private static final double STEP = 118;
    private static final double TALL = 260;
    private static final double TOP = 66;
    private static final double LEFT = 60;
    private static final double BEST = 0.1;
    private static final int LETTERS = 16;
    private static final String DARK = "#b5400e";
    private static final String LIGHT = "#7f9fb8";

    /**
     * A decision.
     *
     * @param name above the axis
     * @param options from bottom to top, at least one
     */
    public record Axis(String name, List<String> options) {
        public Axis {
            options = List.copyOf(options);
            require(!options.isEmpty(), "axis \"%s\" needs an option, but has none.", name);
        }
    }

    /**
     * A trial.
     *
     * @param options by axis, an index into its options
     * @param score finite
     */
    public record Line(List<Integer> options, double score) {
        public Line {
            options = List.copyOf(options);
            require(Double.isFinite(score), "a score must be finite, but was %s.", score);
        }
    }

    public ParallelCoordinates {
        axes = List.copyOf(axes);
        lines = List.copyOf(lines);
        require(!axes.isEmpty(), "parallel coordinates need an axis, but have none.");
        for (Line line : lines) {
            require(
                    line.options().size() == axes.size(),
                    "a line goes through %d axes, but has %d options.",
                    axes.size(),
                    line.options().size());
            for (int i = 0; i < axes.size(); i++) {
                int option = line.options().get(i);
                int size = axes.get(i).options().size();
                require(
                        option >= 0 && option < size,
                        "axis \"%s\" has %d options, but a line goes through number %d.",
                        axes.get(i).name(),
                        size,
                        option);
            }
        }
    }

    /**
     * Of a search's comparable trials.
     *
     * @param space the search's
     * @param history what was tried
     * @param decisions ids of those that become axes, in this order; for example the most important
     * @return a picture
     */
    public static ParallelCoordinates of(
            SearchSpace space, History history, List<String> decisions) {
        List<Decision> chosen =
                decisions.stream()
                        .map(
                                id ->
                                        space.decisions().stream()
                                                .filter(decision -> decision.id().equals(id))
                                                .findFirst()
                                                .orElseThrow(
                                                        () ->
                                                                new IllegalArgumentException(
                                                                        "a decision of \""
                                                                                + space.name()
                                                                                + "\" must be named,"
                                                                                + " but was \""
                                                                                + id
                                                                                + "\".")))
                        .toList();
        List<Line> lines = new ArrayList<>();
        List<Trial> trials =
                history.comparable().stream().filter(trial -> !trial.reused()).toList();
        for (Trial trial : trials) {
            Map<String, Integer> answers = space.answers(trial.architecture());
            lines.add(
                    new Line(
                            chosen.stream()
                                    .map(d -> answers.getOrDefault(d.id(), d.arity()))
                                    .toList(),
                            trial.score().getAsDouble()));
        }
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            Decision decision = chosen.get(i);
            List<String> options = new ArrayList<>();
            for (int option = 0; option < decision.arity(); option++) {
                options.add(OpText.abbreviated(decision.label(option)));
            }
            int axis = i;
            if (lines.stream().anyMatch(l -> l.options().get(axis) == decision.arity())) {
                options.add("\u2013");
            }
            axes.add(new Axis(decision.id(), options));
        }
        return new ParallelCoordinates("Trials by decision", axes, Metrics.SCORE, lines);
    }

    @Override
    public Svg svg() {
        Pen pen = new Pen();
        if (!title.isEmpty()) {
            pen.text(8, 20, title, 14, Pen.INK, Pen.Anchor.START, true);
        }
        double low = lines.stream().mapToDouble(Line::score).min().orElse(0);
        double high = lines.stream().mapToDouble(Line::score).max().orElse(1);
        Ticks ticks = Ticks.of(low, high, 5);
        List<Line> ranked = lines.stream().sorted(Comparator.comparingDouble(Line::score)).toList();
        int first = (int) Math.floor(ranked.size() * (1 - BEST));
        for (int i = 0; i < ranked.size(); i++) {
            boolean best = i >= first;
            pen.stroke(
                    path(ranked.get(i), i, ticks),
                    best ? DARK : LIGHT,
                    best ? 1.6 : 1,
                    best ? 0.9 : 0.35,
                    "");
        }
        for (int a = 0; a < axes.size(); a++) {
            double x = LEFT + a * STEP;
            axis(pen, x, shortened(axes.get(a).name()), a % 2 == 0);
            for (int o = 0; o < axes.get(a).options().size(); o++) {
                label(pen, x, y(a, o), axes.get(a).options().get(o));
            }
        }
        double x = LEFT + axes.size() * STEP;
        axis(pen, x, shortened(score), axes.size() % 2 == 0);
        for (double tick : ticks.values()) {
            pen.text(
                    x + 6,
                    y(tick, ticks) + 4,
                    Ticks.label(tick, ticks.high() - ticks.low()),
                    11,
                    Pen.INK,
                    Pen.Anchor.START);
        }
        return pen.svg(x + 60, TOP + TALL + 16, alt());
    }

    private static void axis(Pen pen, double x, String name, boolean upper) {
        pen.line(x, TOP, x, TOP + TALL, Pen.FAINT, 1);
        pen.text(x, upper ? TOP - 24 : TOP - 9, name, 11, Pen.INK, Pen.Anchor.MIDDLE, true);
    }

    /** On a ground of its own, or the lines would run through it. */
    private static void label(Pen pen, double x, double y, String option) {
        String text = shortened(option);
        double width = TextWidth.of(text, 11) + 6;
        pen.rect(x - width / 2, y - 8, width, 16, 3, "#ffffff", Pen.HAIR);
        pen.text(x, y + 4, text, 11, Pen.INK, Pen.Anchor.MIDDLE);
    }

    private static String shortened(String text) {
        return text.length() <= LETTERS
                ? text
                : "\u2026" + text.substring(text.length() - LETTERS + 1);
    }

    /** Lines through one option lie beside each other, not upon each other. */
    private String path(Line line, int rank, Ticks ticks) {
        StringBuilder path = new StringBuilder();
        double spread = lines.size() < 2 ? 0 : 10.0 * rank / (lines.size() - 1) - 5;
        for (int a = 0; a < axes.size(); a++) {
            path.append(a == 0 ? "M" : "L")
                    .append(Svg.number(LEFT + a * STEP))
                    .append(' ')
                    .append(Svg.number(y(a, line.options().get(a)) - spread));
        }
        return path.append('L')
                .append(Svg.number(LEFT + axes.size() * STEP))
                .append(' ')
                .append(Svg.number(y(line.score(), ticks)))
                .toString();
    }

    private double y(int axis, int option) {
        int options = axes.get(axis).options().size();
        return TOP
                + TALL
                - 14
                - (options == 1 ? 0.5 : (double) option / (options - 1)) * (TALL - 28);
    }

    private static double y(double value, Ticks ticks) {
        double share = (value - ticks.low()) / (ticks.high() - ticks.low());
        return TOP + TALL - 14 - share * (TALL - 28);
    }

    @Override
    public String alt() {
        return String.format(
                Locale.ROOT,
                "%d trials as lines through %d decisions to their score: %s",
                lines.size(),
                axes.size(),
                title);
    }

    /** What the best trial chose. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(title.isEmpty() ? "" : title + "\n");
        lines.stream()
                .max(Comparator.comparingDouble(Line::score))
                .ifPresent(
                        best -> {
                            text.append(
                                    String.format(
                                            Locale.ROOT,
                                            "best of %d: %.4f%n",
                                            lines.size(),
                                            best.score()));
                            for (int a = 0; a < axes.size(); a++) {
                                text.append("  ")
                                        .append(axes.get(a).name())
                                        .append(": ")
                                        .append(axes.get(a).options().get(best.options().get(a)))
                                        .append('\n');
                            }
                        });
        return text.toString().stripTrailing();
    }
}
