package io.nas4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.trial.Seeds;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static final Seeds SEEDS = new Seeds(1);

    @Test
    void perfectAgreementHasNoWidth() {
        double[] scores = RanksTest.scores(20, 1);
        Agreement found = Agreement.of(scores, scores, 4, SEEDS);
        Sampled one = new Sampled(1, 1, 1);
        assertThat(found.kendall()).isEqualTo(one);
        assertThat(found.spearman()).isEqualTo(one);
        assertThat(found.precision()).isEqualTo(one);
        assertThat(found.chance()).isEqualTo(0.2);
    }

    @Test
    void sameSeedGivesTheSameIntervalsAndAnotherGivesOthers() {
        double[] x = RanksTest.scores(25, 1);
        double[] y = RanksTest.scores(25, 2);
        Agreement found = Agreement.of(x, y, 5, SEEDS);
        assertThat(Agreement.of(x, y, 5, SEEDS)).isEqualTo(found);
        assertThat(Agreement.of(x, y, 5, new Seeds(2)).kendall()).isNotEqualTo(found.kendall());
        assertThat(Agreement.of(x, y, 5, new Seeds(2)).kendall().value())
                .isEqualTo(found.kendall().value());
    }

    /**
     * Of 200 samples of unrelated scores some 95% give an interval that holds 0. Were it 95%, fewer
     * than 173 would have a chance below 1e-5, and all 200 one below 1e-4.
     */
    @Test
    void intervalsOfUnrelatedScoresHoldZeroAsOftenAsTheySay() {
        assertThat(coveringZero(0)).isBetween(173, 199);
    }

    /** The twin: of scores whose tau is 0.59, hardly an interval holds 0. */
    @Test
    void intervalsOfRelatedScoresHardlyEverHoldZero() {
        assertThat(coveringZero(0.8)).isLessThan(10);
    }

    private static int coveringZero(double correlation) {
        RandomGenerator random = new SplittableRandom(7);
        int covering = 0;
        for (int sample = 0; sample < 200; sample++) {
            double[] x = new double[30];
            double[] y = new double[30];
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextGaussian();
                y[i] =
                        correlation * x[i]
                                + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
            }
            Sampled tau = Agreement.kendall(x, y, new Seeds(sample));
            covering += tau.covers(0) ? 1 : 0;
        }
        return covering;
    }

    @Test
    void aGainIsTheDifferenceOfBothTaus() {
        double[] truth = RanksTest.scores(30, 1);
        double[] good = truth.clone();
        good[3] = 0.5;
        double[] poor = RanksTest.scores(30, 2);
        Sampled gain = Agreement.gain(good, poor, truth, SEEDS);
        double expected =
                Ranks.kendall(good, truth).orElseThrow() - Ranks.kendall(poor, truth).orElseThrow();
        assertThat(gain.value()).isCloseTo(expected, within(1e-12));
        assertThat(gain.low()).isPositive();
        assertThat(Agreement.gain(good, good, truth, SEEDS)).isEqualTo(new Sampled(0, 0, 0));
    }

    @Test
    void halfTheWidthNeedsFourTimesTheNetworks() {
        Sampled tau = new Sampled(0.5, 0.3, 0.7);
        Agreement found = new Agreement(30, 5, tau, tau, tau, 0, 0);
        assertThat(found.needed(0.1)).isEqualTo(120);
        assertThat(found.needed(0.9)).isEqualTo(30);
    }

    @Test
    void tooFewNetworksAndConstantScoresAreRefused() {
        assertThatThrownBy(() -> Agreement.of(new double[2], new double[2], 1, SEEDS))
                .hasMessageContaining("at least 3 networks");
        assertThatThrownBy(() -> Agreement.of(new double[4], RanksTest.scores(4, 1), 1, SEEDS))
                .hasMessageContaining("all equal rank nothing");
        assertThatThrownBy(
                        () ->
                                Agreement.of(
                                        RanksTest.scores(4, 1), RanksTest.scores(4, 2), 5, SEEDS))
                .hasMessageContaining("top must be between 1 and 4, but is 5");
    }
}
