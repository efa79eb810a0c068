package io.nas4j.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.controller.RnnController;
import io.nas4j.search.RunResult;
import io.nas4j.sharing.SupernetSearchContract;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Outcome;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class EnasIT extends SupernetSearchContract {

    private static Enas enas(int epochs, double weightRate) {
        return new Enas()
                .epochs(epochs)
                .batch(8)
                .resolution(0)
                .weightRate(weightRate, weightRate)
                .updates(4)
                .samples(2)
                .warmUp(0)
                .controller(new RnnController().batch(5).learningRate(0.01).entropyWeight(1e-3));
    }

    @Override
    protected SearchStrategy strategy(int epochs, double weightRate) {
        return enas(epochs, weightRate);
    }

    /**
     * Of twelve seeds the convolution had a probability of 1.00 and the score was 1; where labels
     * are drawn it had at most 0.37 but for one, and the score was 0.47 to 0.63 on 32 images.
     */
    @Test
    void theControllerLearnsWhichOperationIsRight() {
        for (int seed = 1; seed <= 4; seed++) {
            RunResult finished = run(LEARNING, gratings(false, seed));
            assertThat(operation(finished)).isEqualTo(CONVOLUTION);
            // from a third; it is at 0.998 after its first epoch, and then the entropy bonus pulls
            assertThat(policy(finished, 3).get(CONVOLUTION)).isGreaterThan(0.8);
            assertThat(score(finished)).isGreaterThan(0.9);
        }
    }

    /** It settles all the same, on whatever chance favours; not on the convolution each time. */
    @Test
    void whereLabelsAreDrawnTheControllerSettlesOnAnyOperation() {
        double least = 1;
        for (int seed = 1; seed <= 4; seed++) {
            RunResult finished = run(LEARNING, gratings(true, seed));
            least = Math.min(least, policy(finished, 3).get(CONVOLUTION));
            assertThat(score(finished)).isLessThan(0.85);
        }
        assertThat(least).isLessThan(0.5);
    }

    @Test
    void whileTheWeightsWarmUpTheControllerRests() {
        RunResult finished = run(LEARNING.warmUp(0.5), gratings(false, 1));
        assertThat(policy(finished, 1)).isEqualTo(policy(finished, 0));
        assertThat(policy(finished, 2)).isNotEqualTo(policy(finished, 1));
    }

    private static final Enas LEARNING =
            enas(4, 0.05).updates(20).samples(4).scoredBy(PathScore.ACCURACY);

    private static double score(RunResult finished) {
        return finished.history().trials().get(3).score().orElseThrow();
    }

    private static List<Double> policy(RunResult finished, int trial) {
        Outcome outcome = finished.history().trials().get(trial).outcome();
        return ((Outcome.Completed) outcome).learned().byDecision().get("op");
    }

    @Test
    void aRewardIsMadeOfTheScoresThatWereAskedFor() {
        RunResult byLikelihood = run(LEARNING.scoredBy(PathScore.LIKELIHOOD), gratings(false, 1));
        assertThat(operation(byLikelihood)).isEqualTo(CONVOLUTION);
        RunResult both =
                run(LEARNING.scoredBy(PathScore.ANGLE, PathScore.LIKELIHOOD), gratings(false, 1));
        assertThat(operation(both)).isEqualTo(CONVOLUTION);
        assertThat(facts(both)).isNotEqualTo(facts(byLikelihood));
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> new Enas().updates(0))
                .hasMessageContaining("updates must be at least 1");
        assertThatThrownBy(() -> new Enas().samples(0))
                .hasMessageContaining("samples must be at least 1");
    }
}
