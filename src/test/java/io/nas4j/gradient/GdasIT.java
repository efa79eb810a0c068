package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.search.RunResult;
import io.nas4j.sharing.SupernetSearchContract;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class GdasIT extends SupernetSearchContract {

    @Override
    protected SearchStrategy strategy(int epochs, double weightRate) {
        return new Gdas()
                .epochs(epochs)
                .batch(8)
                .resolution(0)
                .guards(Guards.NONE)
                .warmUp(0)
                .temperature(10, 0.1)
                .weightRate(weightRate, weightRate);
    }

    /**
     * Of twelve seeds the convolution's share was 0.83 to 0.94 and the score 1; where labels are
     * drawn 0.15 to 0.41, and 0.44 to 0.69 on 32 images, whose standard error is 0.09.
     */
    @Test
    void alphaLearnsWhichOperationIsRight() {
        RunResult finished = run(strategy(8, 0.05), gratings(false, 1));
        assertThat(operation(finished)).isEqualTo(CONVOLUTION);
        assertThat(shares(finished, 7).get(CONVOLUTION))
                .isGreaterThan(0.6)
                .isGreaterThan(shares(finished, 0).get(CONVOLUTION));
        assertThat(finished.history().trials().get(7).score().orElseThrow()).isGreaterThan(0.9);
    }

    @Test
    void alphaLearnsNothingWhereLabelsAreDrawn() {
        RunResult finished = run(strategy(8, 0.05), gratings(true, 1));
        assertThat(shares(finished, 7).get(CONVOLUTION)).isLessThan(0.6);
        assertThat(finished.history().trials().get(7).score().orElseThrow()).isLessThan(0.85);
    }

    /**
     * With eight epochs of alpha the last half is four; with none averaged it is the last alone.
     * {@code none}, the first operation, is not derived, however large its share.
     */
    @Test
    void theAnswerIsReadOffTheMeanOfAlphasLastEpochs() {
        RunResult finished = run(strategy(8, 0.05), gratings(true, 3));
        List<Double> mean = new ArrayList<>(Collections.nCopies(shares(finished, 7).size(), 0.0));
        for (int trial = 4; trial < 8; trial++) {
            for (int i = 0; i < mean.size(); i++) {
                mean.set(i, mean.get(i) + shares(finished, trial).get(i));
            }
        }
        int answer = operation(finished);
        assertThat(answer).isPositive();
        // sums of floats there, of doubles here: two operations may tie
        double most = Collections.max(mean.subList(1, mean.size()));
        assertThat(mean.get(answer)).isCloseTo(most, within(1e-5));
    }

    private static List<Double> shares(RunResult finished, int trial) {
        Outcome outcome = finished.history().trials().get(trial).outcome();
        return ((Outcome.Completed) outcome).learned().byDecision().get("op");
    }

    @Test
    void theTemperatureFallsLinearlyFromTheFirstEpochToTheLast() {
        Gdas paper = new Gdas().temperature(10, 0.1).epochs(250);
        assertThat(paper.temperature(0)).isEqualTo(10);
        assertThat(paper.temperature(249)).isCloseTo(0.1, within(1e-12));
        assertThat(new Gdas().temperature(10, 0.1).epochs(4).temperature(2))
                .isCloseTo(3.4, within(1e-12));
        assertThat(new Gdas().epochs(1).temperature(0)).isEqualTo(10);
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> new Gdas().temperature(1, 0))
                .hasMessageContaining("must fall to above 0");
        assertThatThrownBy(() -> new Gdas().temperature(0.1, 1))
                .hasMessageContaining("must fall to above 0");
        assertThatThrownBy(() -> new Gdas().secondOrder()).hasMessageContaining("Try xi(0)");
        assertThatThrownBy(() -> new Gdas().guards(new Guards().dropSkips(0.3)))
                .hasMessageContaining("Try dropSkips(0)");
    }
}
