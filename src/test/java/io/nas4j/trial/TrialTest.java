package io.nas4j.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TrialTest {

    private static final List<Point> CURVE = List.of(new Point(1, 0.4), new Point(2, 0.6));

    private static Trial trial(Outcome outcome) {
        return new Trial(
                0,
                new Architecture("s", List.of(0)),
                "m",
                Fidelity.NONE,
                1,
                OptionalInt.empty(),
                outcome);
    }

    @Test
    void aCompletedTrialTellsAllWithoutAskingForItsKind() {
        OptionWeights learned = new OptionWeights(Map.of("op", List.of(0.25, 0.75)));
        Estimate estimate = new Estimate(0.6, Map.of("skips", 1.0), CURVE, Cost.ZERO);
        Trial trial = trial(new Outcome.Completed(estimate, learned, OptionalInt.empty()));
        assertThat(trial.value()).isEqualTo(0.6);
        assertThat(trial.metrics()).containsExactly(Map.entry("skips", 1.0));
        assertThat(trial.learned()).isEqualTo(learned);
        assertThat(trial.curve()).isEqualTo(CURVE);
        assertThat(trial.stopped()).isFalse();
    }

    @Test
    void aStoppedTrialHasACurveAndNoScore() {
        Trial trial = trial(new Outcome.Stopped("early, since slow", CURVE, Cost.ZERO));
        assertThat(trial.value()).isNaN();
        assertThat(trial.metrics()).isEmpty();
        assertThat(trial.learned()).isEqualTo(OptionWeights.NONE);
        assertThat(trial.curve()).isEqualTo(CURVE);
        assertThat(trial.stopped()).isTrue();
    }

    @Test
    void aFailedTrialHasNeither() {
        Trial trial = trial(new Outcome.Failed("no", "", Cost.ZERO));
        assertThat(trial.value()).isNaN();
        assertThat(trial.curve()).isEmpty();
        assertThat(trial.stopped()).isFalse();
    }

    @Test
    void aHistoryRanksWhatCanBeComparedTheEarlierOfEqualsFirst() {
        History history = History.empty("m");
        double[] scores = {0.4, 0.7, 0.4, 0.9};
        for (int i = 0; i < scores.length; i++) {
            history = history.plus(scored(i, "m", scores[i]));
        }
        history = history.plus(scored(4, "other", 1));
        assertThat(history.ranked()).extracting(Trial::number).containsExactly(3, 1, 0, 2);
        assertThat(History.empty("m").ranked()).isEmpty();
    }

    private static Trial scored(int number, String measure, double score) {
        return new Trial(
                number,
                new Architecture("s", List.of(0)),
                measure,
                Fidelity.NONE,
                1,
                OptionalInt.empty(),
                new Outcome.Completed(Estimate.of(score)));
    }
}
