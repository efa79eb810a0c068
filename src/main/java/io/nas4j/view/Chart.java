package io.nas4j.view;

import static io.nas4j.space.Require.require;

import io.nas4j.analysis.Lineage;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A chart of plain series: lines, steps, points, bars or bands over one pair of axes.
 *
 * @param title a line above; may be empty
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series what is drawn, at least one
 */
public record Chart(String title, Axis x, Axis y, List<Series> series) implements Picture {

    /** How a series is drawn. */
    public enum Mark {
        /** A line through the points. */
        LINE,
        /** Horizontal until the next point. */
        STEPS,

        /** One dot per point. */
        POINTS,
        /** Points two by two: a line from each first to its second. */
        SEGMENTS,
        /** From zero; x counts categories. */
        BARS,
        /** A filled region; the points go around it. */
        BAND
    }

    /**
     * Some points.
     *
     * @param name for the legend; empty where one series needs none, or where it belongs to the
     *     series before it, with whose colour it is drawn below
     * @param mark how they are drawn
     * @param xs horizontal, finite
     * @param ys vertical, finite, as many
     */
    public record Series(String name, Mark mark, List<Double> xs, List<Double> ys) {
        public Series {
            xs = List.copyOf(xs);
            ys = List.copyOf(ys);
            require(
                    xs.size() == ys.size(),
                    "series \"%s\" must have as many x as y, but has %d and %d.",
                    name,
                    xs.size(),
                    ys.size());
            for (Double value : java.util.stream.Stream.concat(xs.stream(), ys.stream()).toList()) {
                require(
                        Double.isFinite(value),
                        "series \"%s\" must be finite, but holds %s. Try leaving it out.",
                        name,
                        value);
            }
        }
    }

    public Chart {
        series = List.copyOf(series);
        require(!series.isEmpty(), "a chart needs at least one series, but had 0.");
    }

    /**
     * A chart over linear axes.
     *
     * @param title a line above; may be empty
     * @param x name of the horizontal axis
     * @param y name of the vertical axis
     * @param series what is drawn, at least one
     */
    public Chart(String title, String x, String y, List<Series> series) {
        this(title, Axis.of(x), Axis.of(y), series);
    }

    /**
     * One line from numbers in order.
     *
     * @param title a line above
     * @param x what is counted, from 1
     * @param y what is measured
     * @param ys the numbers
     * @return the chart
     */
    public static Chart line(String title, String x, String y, List<Double> ys) {
        return new Chart(title, x, y, List.of(counted("", Mark.LINE, ys)));
    }

    /**
     * The score of every scored trial, and the best until then, over the trials' numbers. Where the
     * worst tenth would squeeze the others together, the axis begins at its end and marks them
     * there.
     *
     * @param history what was tried
     * @return points and steps
     */
    public static Chart bestSoFar(History history) {
        List<Double> numbers = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (Trial trial : history.scored()) {
            numbers.add((double) trial.number());
            scores.add(trial.score().orElseThrow());
        }
        return new Chart(
                "Best so far",
                Axis.of("trial"),
                Axis.withoutTheWorst(Measures.words(history), scores),
                List.of(
                        new Series(Metrics.SCORE, Mark.POINTS, numbers, scores),
                        new Series("best so far", Mark.STEPS, numbers, bestOf(history))));
    }

    /**
     * How often values of each size occur.
     *
     * @param title a line above; may be empty
     * @param x what the values are
     * @param y what is counted
     * @param values finite, at least one
     * @param step how wide a bar is, in the values' unit, positive; a bar stands at the middle of
     *     its values
     * @return bars, to which more series can be added by {@link #and}
     */
    public static Chart histogram(
            String title, String x, String y, List<Double> values, double step) {
        return Histogram.of(title, x, y, values, step);
    }

    /**
     * The same with one more series.
     *
     * @param more drawn above the others
     * @return a copy
     */
    public Chart and(Series more) {
        List<Series> all = new ArrayList<>(series);
        all.add(more);
        return new Chart(title, x, y, all);
    }

    /**
     * What a score measures, in words for an axis.
     *
     * @param measure of a history or a trial, for example {@code train(epochs=10)}
     * @return for example {@code validation accuracy after 10 epochs}; another measure as it is
     */
    public static String words(String measure) {
        return Measures.words(measure);
    }

    /**
     * The same, of a search's scores: of numbers R², of several labels F1, as their metrics tell.
     *
     * @param history of the search
     * @return for example {@code validation R² after 10 epochs}
     */
    public static String words(History history) {
        return Measures.words(history);
    }

    /** The best score until each scored trial. */
    static List<Double> bestOf(History history) {
        List<Double> best = new ArrayList<>();
        double highest = Double.NEGATIVE_INFINITY;
        for (Trial trial : history.scored()) {
            highest = Math.max(highest, trial.score().orElseThrow());
            best.add(highest);
        }
        return best;
    }

    /**
     * What lies between two lines.
     *
     * @param name for the legend
     * @param xs ascending
     * @param low the lower line
     * @param high the upper line
     * @return a filled series
     */
    public static Series band(String name, List<Double> xs, List<Double> low, List<Double> high) {
        List<Double> aroundX = new ArrayList<>(xs);
        List<Double> aroundY = new ArrayList<>(low);
        for (int i = xs.size() - 1; i >= 0; i--) {
            aroundX.add(xs.get(i));
            aroundY.add(high.get(i));
        }
        return new Series(name, Mark.BAND, aroundX, aroundY);
    }

    /**
     * The lives of an ageing population: each a line at its score, from birth to death, hanging on
     * its parent's. The line of the best member's ancestors stands out. The axis begins where the
     * worst tenth ends, so that the others are told apart; the worst are marked at its end.
     *
     * @param lineage who descends from whom
     * @return segments, points and steps
     */
    public static Chart population(Lineage lineage) {
        return PopulationChart.of(lineage);
    }

    /**
     * The trade-off between two objectives: every trial at full fidelity, and those that no other
     * beats in both.
     *
     * @param history what was tried
     * @param x horizontal, for example fewest parameters
     * @param y vertical, for example the score
     * @return points and steps
     */
    public static Chart pareto(History history, Objective x, Objective y) {
        List<double[]> points = new ArrayList<>();
        for (Trial trial : history.comparable()) {
            if (x.value(trial).isPresent() && y.value(trial).isPresent()) {
                points.add(
                        new double[] {x.value(trial).getAsDouble(), y.value(trial).getAsDouble()});
            }
        }
        List<double[]> sorted =
                points.stream()
                        .sorted(
                                Comparator.comparingDouble((double[] p) -> -p[0])
                                        .thenComparingDouble(p -> -p[1]))
                        .toList();
        List<double[]> front = new ArrayList<>();
        for (double[] point : sorted) {
            if (front.isEmpty() || point[1] > front.get(front.size() - 1)[1]) {
                front.add(point);
            }
        }
        return new Chart(
                "Trade-off",
                x.metric().replace('_', ' '),
                y.metric().replace('_', ' '),
                List.of(turned("trials", points, x, y), turned("not beaten", front, x, y)));
    }

    private static Series turned(String name, List<double[]> points, Objective x, Objective y) {
        return new Series(
                name,
                Mark.POINTS,
                points.stream().map(p -> x.maximize() ? p[0] : -p[0]).toList(),
                points.stream().map(p -> y.maximize() ? p[1] : -p[1]).toList());
    }

    /**
     * Numbers in order.
     *
     * @param name for the legend
     * @param mark how they are drawn
     * @param ys at x = 1, 2, …
     * @return the series
     */
    public static Series counted(String name, Mark mark, List<Double> ys) {
        List<Double> xs = new ArrayList<>();
        for (int i = 1; i <= ys.size(); i++) {
            xs.add((double) i);
        }
        return new Series(name, mark, xs, ys);
    }

    @Override
    public Svg svg() {
        return svg(ChartDrawing.WIDTH);
    }

    @Override
    public Svg svg(double width) {
        return ChartDrawing.of(this, Math.min(width, ChartDrawing.WIDTH));
    }

    @Override
    public String alt() {
        return "Chart of " + y.name() + " over " + x.name() + (title.isEmpty() ? "" : ": " + title);
    }

    @Override
    public String toString() {
        return (title.isEmpty() ? "" : title + "\n")
                + series.stream()
                        .filter(s -> s.mark() != Mark.BAND)
                        .filter(s -> series.size() == 1 || !s.name().isEmpty())
                        .map(
                                s ->
                                        "  "
                                                + (s.name().isEmpty() ? y.name() : s.name())
                                                + "  "
                                                + Sparkline.of(s.ys(), 60)
                                                + range(s.ys()))
                        .collect(Collectors.joining("\n"));
    }

    private static String range(List<Double> values) {
        if (values.isEmpty()) {
            return "(no points)";
        }
        double low = values.stream().mapToDouble(v -> v).min().orElseThrow();
        double high = values.stream().mapToDouble(v -> v).max().orElseThrow();
        return "  " + Ticks.label(low, high - low) + " to " + Ticks.label(high, high - low);
    }
}
