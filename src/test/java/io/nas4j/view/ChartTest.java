package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.analysis.Lineage;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final SearchSpace SPACE = Spaces.nasBench201();

    @Test
    void bestSoFarNeverFalls() {
        Chart chart = Chart.bestSoFar(Samples.history(SPACE, 25));
        List<Double> best = chart.series().get(1).ys();
        assertThat(best).hasSize(22).isSorted();
        assertThat(best.get(best.size() - 1)).isEqualTo(0.74);
        Xml.requireSafe(chart.render());
        Xml.parse(chart.svg().document());
        assertThat(chart.toString()).contains("best so far", "0.5 to 0.74");
    }

    @Test
    void whatRoundingLeavesIsNoRegret() {
        Race race = new Race(Map.of("a", List.of(List.of(0.2, 0.3), List.of(0.2, 0.3))));
        Series regret = race.regret(0.1 + 0.2).series().get(0); // 0.30000000000000004
        assertThat(regret.ys().get(0)).isCloseTo(10, within(1e-9));
        assertThat(regret.ys().get(1)).isZero();
    }

    @Test
    void aHistogramCountsEveryValueOnce() {
        Chart chart =
                Chart.histogram("t", "x", "y", List.of(0.1, 0.19, 0.2, 0.49), 0.1)
                        .and(new Series("here", Mark.LINE, List.of(0.2, 0.2), List.of(0.0, 2.0)));
        Series bars = chart.series().get(0);
        assertThat(bars.ys()).containsExactly(2.0, 1.0, 0.0, 1.0);
        assertThat(bars.xs().get(0)).isCloseTo(0.15, within(1e-12));
        assertThat(chart.series().get(1).name()).isEqualTo("here");
        assertThatThrownBy(() -> Chart.histogram("", "", "", List.of(0.0, 1.0), 1e-6))
                .hasMessageContaining("at most 500 bars");
        assertThatThrownBy(() -> Chart.histogram("", "", "", List.of(1.0), 0))
                .hasMessageContaining("Try 1.");
    }

    @Test
    void barsOfAHistogramStandBesideOneAnother() {
        List<Double> values = DoubleStream.iterate(0.5, v -> v + 1).limit(50).boxed().toList();
        double[] wide = widths(Chart.histogram("", "x", "y", values, 1));
        List<Double> small = values.stream().map(v -> v / 1000).toList();
        double[] narrow = widths(Chart.histogram("", "x", "y", small, 0.001));
        assertThat(wide).hasSize(50).containsExactly(narrow, within(0.2));
        assertThat(wide[0]).isBetween(8.0, 12.0);
        List<Double> far = values.stream().map(v -> v + 1000).toList();
        assertThat(widths(Chart.histogram("", "x", "y", far, 1))[0]).isBetween(8.0, 12.0);
    }

    private static double[] widths(Chart chart) {
        return Pattern.compile("<rect [^>]*width=\"([0-9.]+)\"[^>]*fill=\"#0072b2\"")
                .matcher(chart.svg().document())
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .toArray();
    }

    @Test
    void theAxisSaysWhatTheScoreIs() {
        assertThat(Chart.words(Samples.history(SPACE, 2)))
                .isEqualTo("validation accuracy after 3 epochs");
        assertThat(Chart.words(of(Metrics.RMSE))).isEqualTo("validation R² after 3 epochs");
        assertThat(Chart.words(of(Metrics.F1_MICRO))).isEqualTo("validation F1 after 3 epochs");
        assertThat(Chart.words(of(Metrics.ACCURACY)))
                .isEqualTo("validation balanced accuracy after 3 epochs");
    }

    private static History of(String metric) {
        Estimate estimate = new Estimate(0.5, Map.of(metric, 0.1), List.of(), Cost.ZERO);
        return History.empty(Samples.MEASURE)
                .plus(
                        new Trial(
                                0,
                                SPACE.sample(new SplittableRandom(1)),
                                Samples.MEASURE,
                                Fidelity.epochs(3),
                                0,
                                OptionalInt.empty(),
                                new Outcome.Completed(estimate)));
    }

    @Test
    void anEmptyHistoryIsAnEmptyChart() {
        Chart chart = Chart.bestSoFar(History.empty("train"));
        Xml.parse(chart.svg().document());
        assertThat(chart.toString()).contains("no points");
    }

    @Test
    void theFrontHoldsWhatNoOtherBeatsInBoth() {
        // score and parameters both grow with the number: nothing beats anything
        History history = Samples.history(SPACE, 10);
        Chart chart = Chart.pareto(history, Objective.minimize("parameters"), Objective.SCORE);
        assertThat(chart.series().get(1).xs())
                .containsExactlyInAnyOrderElementsOf(chart.series().get(0).xs());
        // more of both wanted: the last beats all
        Chart both = Chart.pareto(history, Objective.maximize("parameters"), Objective.SCORE);
        assertThat(both.series().get(1).xs()).containsExactly(10_000.0);
    }

    @Test
    void everyMemberOfAPopulationHasOneLife() {
        History history = Samples.history(SPACE, 30);
        Lineage lineage = Lineage.of(SPACE, history, 5);
        Chart chart = Chart.population(lineage);
        int members = history.scored().size();
        assertThat(chart.series().get(0).xs()).hasSize(2 * members);
        // the first five have no parent
        assertThat(chart.series().get(1).xs()).hasSize(2 * (members - 5));
        assertThat(chart.series().get(2).xs()).hasSize(members);
        Series line = chart.series().get(3);
        assertThat(line.ys()).last().isEqualTo(history.best().get().score().getAsDouble());
        Lineage.Member founder = lineage.ancestors(history.best().get()).get(0);
        assertThat(line.xs()).first().isEqualTo((double) founder.trial().number());
        assertThat(line.xs()).isSorted().hasSizeGreaterThan(1);
        Xml.parse(chart.svg().document());
        assertThat(chart.svg().document()).contains("stroke=\"" + Palette.tint("#d55e00", 0.6));
        assertThat(Figures.of(chart).asJavascript("here")).contains("NaN");
    }

    @Test
    void manyPointsAreThinned() {
        List<Double> ys = DoubleStream.iterate(0, y -> y + 1e-5).limit(100_000).boxed().toList();
        Chart chart = new Chart("", "trial", "score", List.of(Chart.counted("", Mark.POINTS, ys)));
        assertThat(chart.svg().document().length()).isLessThan(150_000);
    }

    @Test
    void barsStandOnZero() {
        Chart chart =
                new Chart(
                        "Options",
                        "option",
                        "share",
                        List.of(new Series("a", Mark.BARS, List.of(1.0, 2.0), List.of(0.2, 0.4))));
        String svg = chart.svg().document();
        Xml.parse(svg);
        assertThat(svg).contains(">0<").doesNotContain(">-0<");
    }

    @Test
    void numbersMustBeFinite() {
        assertThatThrownBy(() -> Chart.line("", "x", "y", List.of(1.0, Double.NaN)))
                .hasMessageContaining("must be finite, but holds NaN");
    }

    @Test
    void ticksAreRound() {
        assertThat(Ticks.of(0.512, 0.903, 5).values())
                .extracting(tick -> Ticks.label(tick, 1))
                .containsExactly("0.6", "0.7", "0.8", "0.9");
        assertThat(Ticks.label(1_500_000, 1e6)).isEqualTo("1.5M");
        assertThat(Ticks.of(3, 3, 5).values()).isNotEmpty();
    }

    @Test
    void aGridDrawsItsChartsAnewForTheirPlace() {
        Chart chart = Chart.bestSoFar(Samples.history(SPACE, 5));
        Grid grid = Grid.row(new Grid.Tile("one", chart), new Grid.Tile("two", chart));
        assertThat(grid.svg().width()).isLessThanOrEqualTo(680);
        assertThat(grid.svg().document()).contains(">one<", ">two<").doesNotContain("scale(");
        Xml.requireSafe(grid.render());
        assertThat(grid.toString()).contains("one\nBest so far");
        // of four, as many stand in a row as stay readable
        Grid.Tile tile = new Grid.Tile("a space", Diagram.of(Spaces.cells()));
        assertThat(new Grid(4, List.of(tile, tile, tile, tile)).svg().document())
                .doesNotContain("scale(0.2")
                .contains("a space");
    }

    @Test
    void aLogarithmicAxisTellsSmallValuesApartAndShowsZerosAtItsEnd() {
        List<Double> ys = List.of(10.0, 1.0, 0.1, 0.0);
        List<Double> xs = List.of(1.0, 2.0, 3.0, 4.0);
        List<Series> series = List.of(new Series("", Mark.LINE, xs, ys));
        Chart chart = new Chart("", Axis.of("x"), Axis.of("regret").log(), series);
        Scale scale = Scale.of(chart.y(), new double[] {10, 1, 0.1, 0}, 0, false, 5);
        double decade = scale.share(10) - scale.share(1);
        assertThat(scale.share(1) - scale.share(0.1)).isCloseTo(decade, within(1e-9));
        assertThat(scale.share(0)).isZero();
        assertThat(scale.share(0.1)).isPositive();
        assertThat(scale.ticks()).extracting(Scale.Tick::text).contains("0", "0.1", "1", "10");
        Xml.parse(chart.svg().document());
    }

    @Test
    void whatLiesBelowAnAxisIsMarkedAtItsEnd() {
        List<Double> xs = List.of(1.0, 2.0, 3.0);
        List<Double> ys = List.of(0.1, 0.7, 0.8);
        List<Series> series = List.of(new Series("", Mark.POINTS, xs, ys));
        Chart whole = new Chart("", Axis.of("x"), Axis.of("y"), series);
        Chart cut = new Chart("", Axis.of("x"), Axis.of("y").from(0.6), series);
        assertThat(cut.svg().document().split("<circle", -1)).hasSize(1 + 2);
        assertThat(whole.svg().document().split("<circle", -1)).hasSize(1 + 3);
        Xml.parse(cut.svg().document());
    }

    @Test
    void aLongLegendHasSeveralRows() {
        List<Series> series =
                java.util.stream.IntStream.range(0, 12)
                        .mapToObj(
                                i ->
                                        Chart.counted(
                                                "strategy number " + i,
                                                Mark.LINE,
                                                List.of(1.0 * i)))
                        .toList();
        Svg wide = new Chart("", "x", "y", series).svg();
        List<TextBoxes.Box> names =
                TextBoxes.of(wide).stream().filter(b -> b.text().startsWith("strategy")).toList();
        assertThat(names).hasSize(12).allMatch(box -> box.isWithin(wide.width(), wide.height()));
    }

    @Test
    void aHeatMapHasOneShadeAValue() {
        HeatMap map =
                new HeatMap(
                        "alpha",
                        List.of("edge 0", "edge 1"),
                        List.of("sep_conv_3x3", "skip_connect"),
                        List.of(List.of(0.9, 0.1), List.of(0.5, 0.5)));
        Xml.parse(map.svg().document());
        assertThat(map.svg().document().split("<rect", -1)).hasSize(1 + 1 + 4);
        assertThat(map)
                .hasToString(
                        """
                        alpha
                                sep_conv_3x3  skip_connect
                        edge 0          0.90          0.10
                        edge 1          0.50          0.50""");
        assertThatThrownBy(
                        () ->
                                new HeatMap(
                                        "", List.of("a"), List.of("b", "c"), List.of(List.of(1.0))))
                .hasMessageContaining("1 rows and 2 columns");
    }
}
