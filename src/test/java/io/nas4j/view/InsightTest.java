package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.Nas;
import io.nas4j.analysis.Baseline;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.Prediction;
import io.nas4j.trial.Trial;
import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InsightTest {

    private static final SearchSpace SPACE = Spaces.nasBench201();

    @Test
    void explorationShowsDistancesAndTheirMean() {
        Chart chart = Insight.exploration(SPACE, Samples.history(SPACE, 30));
        Series distance = chart.series().get(0);
        Series mean = chart.series().get(1);
        assertThat(chart.series()).hasSize(2);
        assertThat(distance.ys()).hasSize(30).first().isEqualTo(1.0);
        assertThat(mean.ys().get(1)).isEqualTo((1 + distance.ys().get(1)) / 2);
        Xml.parse(chart.svg().document());
    }

    @Test
    void explorationShowsThePolicysEntropyWhereThereIsAPolicy() {
        History history = History.empty("table");
        for (int i = 0; i < 5; i++) {
            OptionWeights policy = Samples.weights(SPACE, 3.0 * i, 1);
            history = history.plus(trial(i, policy));
        }
        Series entropy = Insight.exploration(SPACE, history).series().get(2);
        assertThat(entropy.name()).isEqualTo("entropy of the policy");
        assertThat(entropy.xs()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
        assertThat(entropy.ys().get(0)).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(entropy.ys()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void predictionsStandAgainstTheDiagonal() {
        Chart chart =
                Insight.predictions(
                        List.of(
                                new Prediction(10, -1, 0.1, -0.5),
                                new Prediction(11, 0.5, 0.1, 2)));
        assertThat(chart.series().get(0))
                .isEqualTo(
                        new Series("trials", Mark.POINTS, List.of(-1.0, 0.5), List.of(-0.5, 2.0)));
        assertThat(chart.series().get(1).xs()).containsExactly(-1.0, 2.0);
        assertThatThrownBy(() -> Insight.predictions(List.of())).hasMessageContaining("Try");
    }

    @Test
    void aTrainingIsALineAndADotWhereItWasStopped() {
        List<Point> curve = List.of(new Point(1, 0.2), new Point(2, 0.4), new Point(3, 0.5));
        Estimate estimate = new Estimate(0.5, Map.of(), curve, Cost.ZERO);
        Outcome stopped = new Outcome.Stopped("early, since slow", curve.subList(0, 2), Cost.ZERO);
        History history =
                History.empty("table")
                        .plus(trial(0, 3, OptionalInt.empty(), new Outcome.Completed(estimate)))
                        .plus(trial(1, 3, OptionalInt.empty(), stopped));
        Chart chart = Insight.curves(history);
        assertThat(chart.series().get(0).xs()).containsExactly(1.0, 2.0, 2.0, 3.0, 1.0, 2.0);
        assertThat(chart.series().get(1))
                .isEqualTo(new Series("stopped early", Mark.POINTS, List.of(2.0), List.of(0.4)));
        assertThatThrownBy(() -> Insight.curves(Samples.history(SPACE, 3)))
                .hasMessageContaining("Try lowFidelity(5)");
    }

    @Test
    void aLineLeadsToTheTrialThatWentOn() {
        History history =
                History.empty("table")
                        .plus(trial(0, 1, OptionalInt.empty(), completed(0.2)))
                        .plus(trial(1, 1, OptionalInt.empty(), completed(0.3)))
                        .plus(trial(2, 3, OptionalInt.of(1), completed(0.6)));
        Chart chart = Insight.rungs(history);
        assertThat(chart.series().get(0))
                .isEqualTo(
                        new Series("went on", Mark.SEGMENTS, List.of(1.0, 3.0), List.of(0.3, 0.6)));
        assertThat(chart.series().get(1).xs()).containsExactly(1.0, 1.0, 3.0);
        Xml.parse(chart.svg().document());
    }

    @Test
    void trialsOfEveryRungAreShown() {
        History history =
                Nas.space(Spaces.smallBench())
                        .strategy(Nas.ASHA)
                        .estimator(Nas.tabular(Nas.SMALL_BENCH))
                        .budget(Nas.trials(60))
                        .quiet()
                        .run()
                        .history();
        Series dots = Insight.rungs(history).series().get(1);
        assertThat(dots.xs()).hasSize(60);
        assertThat(dots.xs().stream().distinct().count()).isGreaterThanOrEqualTo(3);
    }

    private static Outcome completed(double score) {
        return new Outcome.Completed(Estimate.of(score));
    }

    private static Trial trial(int number, int epochs, OptionalInt continues, Outcome outcome) {
        return new Trial(
                number,
                SPACE.sample(new SplittableRandom(number)),
                "table",
                Fidelity.epochs(epochs),
                0,
                continues,
                outcome);
    }

    @Test
    void theBandIsWhatLuckReaches() {
        Baseline random = Baseline.of(List.of(0.1, 0.2, 0.3));
        Chart chart = Insight.luck(Samples.history(SPACE, 2), random);
        assertThat(chart.series().get(0).mark()).isEqualTo(Mark.BAND);
        assertThat(chart.series().get(0).ys()).containsExactly(0.1, 0.1, 0.3, 0.3);
        assertThat(chart.series().get(1).ys())
                .containsExactly(
                        random.best(1).orElseThrow().expected(),
                        random.best(2).orElseThrow().expected());
        Chart longer = Insight.luck(Samples.history(SPACE, 9), random);
        assertThat(longer.series().get(1).xs()).containsExactly(1.0, 2.0, 3.0);
        assertThat(longer.series().get(2).ys()).hasSizeGreaterThan(3);
        assertThat(chart.series().get(2).ys()).containsExactly(0.5, 0.51);
        String svg = chart.svg().document();
        Xml.parse(svg);
        assertThat(svg).contains("fill-opacity=\"0.18\"");
        assertThat(chart.toString()).contains("this search").doesNotContain("9 in 10");
    }

    @Test
    void aRaceTellsMeansWithTheirErrors() {
        Race race = new Race(Map.of("ours", List.of(List.of(0.5, 0.7), List.of(0.6, 0.9, 1.0))));
        assertThat(race.mean("ours", 2)).isEqualTo(0.8);
        assertThat(race.standardError("ours", 2))
                .isCloseTo(0.1, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(race.regret(1).series().get(0).ys()).hasSize(2);
        assertThat(race.table(1, 1, 2)).contains("45.00 ± 5.00", "20.00 ± 10.00");
        assertThatThrownBy(() -> race.mean("ours", 3)).hasMessageContaining("[1, 2]");
        assertThatThrownBy(() -> race.mean("theirs", 1)).hasMessageContaining("\"theirs\"");
        assertThatThrownBy(() -> Race.of(Map.of("one", List.of(Samples.history(SPACE, 4)))))
                .hasMessageContaining("Try more seeds");
    }

    @Test
    void aRepeatIsNoTrialOfARace() {
        History history = Samples.history(SPACE, 2);
        Outcome repeat =
                new Outcome.Completed(Estimate.of(0.5), OptionWeights.NONE, OptionalInt.of(0));
        Trial first = history.trials().get(0);
        History longer =
                history.plus(
                        new Trial(
                                2,
                                first.architecture(),
                                first.measure(),
                                first.fidelity(),
                                0,
                                OptionalInt.empty(),
                                repeat));
        Race race = Race.of(Map.of("ours", List.of(longer, longer)));
        assertThat(race.best().get("ours").get(0)).containsExactly(0.5, 0.51);
    }

    @Test
    void aNamelessBandHasTheColourOfItsLine() {
        Race race = new Race(Map.of("ours", List.of(List.of(0.5, 0.7), List.of(0.6, 0.9))));
        String svg = race.regret(1).svg().document();
        assertThat(svg).contains("fill=\"#0072b2\" fill-opacity", "stroke=\"#0072b2\"");
        assertThat(svg).doesNotContain("#d55e00");
    }

    @Test
    void whatIsTriedTypicallyStandsBesideRandomSearch() {
        Chart chart = Insight.typical(Samples.history(SPACE, 30), Samples.history(SPACE, 2));
        Series mean = chart.series().get(0);
        Series scores = chart.series().get(1);
        assertThat(scores.mark()).isEqualTo(Mark.POINTS);
        assertThat(mean.ys().get(1)).isEqualTo((scores.ys().get(0) + scores.ys().get(1)) / 2);
        assertThat(chart.series().get(2).xs()).containsExactly(0.0, 1.0);
        String svg = chart.svg().document();
        // the points are pale, in the colour of their line, and below it
        assertThat(svg.indexOf(Palette.tint("#d55e00", 0.6)))
                .isBetween(0, svg.lastIndexOf("fill=\"none\" stroke=\"#0072b2\""));
        assertThatThrownBy(() -> Insight.typical(Samples.history(SPACE, 2), History.empty("other")))
                .hasMessageContaining("\"other\"");
    }

    private static Trial trial(int number, OptionWeights learned) {
        return new Trial(
                number,
                SPACE.sample(new SplittableRandom(number)),
                "table",
                Fidelity.NONE,
                0,
                OptionalInt.empty(),
                new Outcome.Completed(Estimate.of(0.5), learned, OptionalInt.empty()));
    }
}
