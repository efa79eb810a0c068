package io.nas4j.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.space.Spaces;
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
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MedianRuleTest {

    private static final Fidelity FOUR = Fidelity.epochs(4);
    private final MedianRule rule = new MedianRule(0, 3);

    /** Means of the first two scores: 0.3, 0.5, 0.7. */
    private static History three() {
        return history(completed(0.2, 0.4, 0.5, 0.6), completed(0.4, 0.6, 0.7, 0.7))
                .plus(trial(2, FOUR, completed(0.6, 0.8, 0.9, 0.9)));
    }

    @Test
    void endsWhatStaysBelowTheMedianOfTheMeans() {
        assertThat(rule.stop(underWay(three(), 0.1, 0.49)))
                .hasValue(
                        "its best by epoch 2 (0.4900) is below the median (0.5000) of the means of"
                                + " 3 earlier trials");
    }

    @Test
    void goesOnAtTheMedianAndAboveIt() {
        assertThat(rule.stop(underWay(three(), 0.1, 0.5))).isEmpty();
        assertThat(rule.stop(underWay(three(), 0.1, 0.9))).isEmpty();
    }

    @Test
    void judgesByTheBestSoFarAndNotByTheLast() {
        assertThat(rule.stop(underWay(three(), 0.55, 0.1))).isEmpty();
    }

    @Test
    void aMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        History four = three().plus(trial(3, FOUR, completed(0.9, 0.9, 0.9, 0.9)));
        assertThat(rule.stop(underWay(four, 0.1, 0.59))).isPresent();
        assertThat(rule.stop(underWay(four, 0.1, 0.61))).isEmpty();
    }

    @Test
    void waitsForItsGraceAndForEnoughEarlierTrials() {
        assertThat(rule.grace(2).stop(underWay(three(), 0.1, 0.1))).isEmpty();
        assertThat(rule.grace(1).stop(underWay(three(), 0.1, 0.1))).isPresent();
        assertThat(rule.least(4).stop(underWay(three(), 0.1, 0.1))).isEmpty();
    }

    @Test
    void comparesOnlyWithTrainingsOfTheSameSchedule() {
        History other =
                three().plus(trial(3, Fidelity.epochs(8), completed(0, 0, 0, 0, 0, 0, 0, 0)))
                        .plus(trial(4, FOUR.data(0.5), completed(0, 0, 0, 0)));
        UnderWay trial = underWay(other, 0.1, 0.49);
        assertThat(trial.peers()).hasSize(3);
        assertThat(rule.stop(trial)).isPresent();
    }

    @Test
    void whatWasStoppedEarlyCountsAsFarAsItCame() {
        Outcome stopped =
                new Outcome.Stopped(
                        Outcome.Stopped.early("its best is low"), points(0.1, 0.1), Cost.ZERO);
        Outcome interrupted = new Outcome.Stopped("interrupted", points(0.1, 0.1), Cost.ZERO);
        History all = three().plus(trial(3, FOUR, stopped)).plus(trial(4, FOUR, interrupted));
        assertThat(underWay(all, 0.3, 0.3).peers()).hasSize(4);
        assertThat(underWay(all, 0.3, 0.3, 0.3).peers()).hasSize(3);
    }

    @Test
    void aFailedTrialAndARungOfTheSameTrainingAreTakenAsTheyAre() {
        History all =
                three().plus(trial(3, FOUR, new Outcome.Failed("NaN", "", Cost.ZERO)))
                        .plus(trial(4, FOUR.cutAt(2), completed(0.1, 0.1)));
        assertThat(underWay(all, 0.3, 0.3).peers()).hasSize(4);
    }

    @Test
    void badSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.grace(-1))
                .withMessageContaining("at least 0 epochs, but was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.least(0))
                .withMessageContaining("at least 1 earlier trial");
    }

    private static History history(Outcome... outcomes) {
        History history = History.empty("train");
        for (int i = 0; i < outcomes.length; i++) {
            history = history.plus(trial(i, FOUR, outcomes[i]));
        }
        return history;
    }

    private static Trial trial(int number, Fidelity fidelity, Outcome outcome) {
        return new Trial(
                number,
                Spaces.nasBench201().sample(new SplittableRandom(number)),
                "train",
                fidelity,
                number,
                OptionalInt.empty(),
                outcome);
    }

    private static Outcome completed(double... scores) {
        return new Outcome.Completed(
                new Estimate(scores[scores.length - 1], Map.of(), points(scores), Cost.ZERO));
    }

    private static List<Point> points(double... scores) {
        List<Point> points = new ArrayList<>();
        for (double score : scores) {
            points.add(new Point(points.size() + 1, score));
        }
        return points;
    }

    private static UnderWay underWay(History history, double... scores) {
        return new UnderWay(FOUR, points(scores), 1, history);
    }
}
