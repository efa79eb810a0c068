package io.nas4j.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtrapolationRuleTest {

    private static final int EPOCHS = 12;
    private static final Fidelity TWELVE = Fidelity.epochs(EPOCHS);
    private final ExtrapolationRule rule = new ExtrapolationRule();

    /** A curve whose last third gains 0.1 more than its first epochs tell, as on a cosine. */
    private static List<Point> curve(double quality, int epochs, long seed) {
        Random random = new Random(seed);
        List<Point> points = new ArrayList<>();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double annealed = 0.1 * Math.max(0, epoch - 8) / 4.0;
            points.add(
                    new Point(
                            epoch,
                            quality
                                    - 0.4 * Math.pow(epoch, -0.8)
                                    + annealed
                                    + 0.005 * random.nextGaussian()));
        }
        return points;
    }

    private static History ended(int trials) {
        History history = History.empty("train");
        for (int i = 0; i < trials; i++) {
            List<Point> curve = curve(0.6 + 0.02 * (i % 8), EPOCHS, i);
            history =
                    history.plus(
                            new Trial(
                                    i,
                                    new Architecture("curves", List.of(i)),
                                    "train",
                                    TWELVE,
                                    i,
                                    OptionalInt.empty(),
                                    new Outcome.Completed(
                                            new Estimate(
                                                    curve.get(EPOCHS - 1).score(),
                                                    Map.of(),
                                                    curve,
                                                    Cost.ZERO))));
        }
        return history;
    }

    private static UnderWay underWay(History history, double quality, int epochs) {
        return new UnderWay(TWELVE, curve(quality, epochs, 99), 1, history);
    }

    @Test
    void endsWhatLeadsToLessThanTheBest() {
        assertThat(rule.stop(underWay(ended(16), 0.6, 5)))
                .hasValueSatisfying(
                        why ->
                                assertThat(why)
                                        .startsWith("it ends above the best score (0.78")
                                        .contains("after epoch 5 it leads to 0.6"));
    }

    @Test
    void letsWhatMayBecomeTheBestGoOn() {
        for (int epochs = 1; epochs < EPOCHS; epochs++) {
            assertThat(rule.stop(underWay(ended(16), 0.75, epochs))).as("%d", epochs).isEmpty();
        }
    }

    /** The negative twin: by the curve alone, even the best would be ended. */
    @Test
    void byTheCurveAloneTheBestWouldBeEnded() {
        History history = ended(16);
        double best = history.best().orElseThrow().score().getAsDouble();
        Forecast forecast = new Extrapolation().forecast(curve(0.75, 7, 99), EPOCHS, new Random(1));
        assertThat(forecast.chanceAbove(best)).isLessThan(0.05);
    }

    @Test
    void waitsForItsGraceAndForEnoughEndedTrials() {
        assertThat(rule.stop(underWay(ended(4), 0.3, 5))).isEmpty();
        assertThat(rule.stop(underWay(ended(5), 0.3, 5))).isPresent();
        assertThat(rule.grace(5).stop(underWay(ended(5), 0.3, 5))).isEmpty();
        assertThat(rule.least(6).stop(underWay(ended(5), 0.3, 5))).isEmpty();
        assertThat(rule.stop(underWay(History.empty("train"), 0.3, 5))).isEmpty();
    }

    @Test
    void aHigherChanceEndsMore() {
        int cautious = 0;
        int bold = 0;
        for (int i = 0; i < 40; i++) {
            UnderWay trial =
                    new UnderWay(TWELVE, curve(0.6 + 0.004 * i, 5, 1000 + i), 1, ended(16));
            cautious += rule.stop(trial).isPresent() ? 1 : 0;
            bold += rule.chance(0.4).stop(trial).isPresent() ? 1 : 0;
        }
        assertThat(cautious).isBetween(5, 35).isLessThan(bold);
    }

    @Test
    void badSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.chance(0))
                .withMessageContaining("must be in (0, 0.5], but was 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.least(2))
                .withMessageContaining("at least 3 ended trials");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.grace(-1))
                .withMessageContaining("at least 0 epochs, but was -1");
    }
}
