package io.nas4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RanksTest {

    /** Of sums of at most some hundred ranks in double precision. */
    private static final double ROUNDING = 1e-12;

    private static final double[] TIED_X = {1, 2, 2, 3};
    private static final double[] TIED_Y = {1, 3, 2, 2};

    @Test
    void kendallCountsPairsInOrderLessPairsOutOfOrder() {
        // 8 of 10 pairs agree, 2 do not
        assertThat(Ranks.kendall(new double[] {1, 2, 3, 4, 5}, new double[] {2, 1, 4, 3, 5}))
                .hasValueCloseTo(0.6, within(ROUNDING));
    }

    @Test
    void kendallCorrectsForTiesOnBothSides() {
        // by hand: 3 pairs agree, 1 does not, 1 is tied in x alone, 1 in y alone: 2 / sqrt(5 * 5)
        assertThat(Ranks.kendall(TIED_X, TIED_Y)).hasValueCloseTo(0.4, within(ROUNDING));
    }

    @Test
    void aPairThatIsTiedOnBothSidesCountsForNeither() {
        // by hand: (0, 1) is tied in both; (0, 2) and (1, 2) agree: 2 / sqrt(2 * 2)
        assertThat(Ranks.kendall(new double[] {1, 1, 2}, new double[] {5, 5, 7}))
                .hasValueCloseTo(1.0, within(ROUNDING));
    }

    @Test
    void spearmanIsOneLessTheSquaredDifferencesOfRanks() {
        // 1 - 6 * 4 / (5 * 24)
        assertThat(Ranks.spearman(new double[] {1, 2, 3, 4, 5}, new double[] {2, 1, 4, 3, 5}))
                .hasValueCloseTo(0.8, within(ROUNDING));
    }

    @Test
    void spearmanGivesTiesTheirMeanRank() {
        // ranks 1, 2.5, 2.5, 4 and 1, 4, 2.5, 2.5: covariance 2.25, variances 4.5
        assertThat(Ranks.spearman(TIED_X, TIED_Y)).hasValueCloseTo(0.5, within(ROUNDING));
    }

    @Test
    void onlyTheOrderMatters() {
        double[] x = scores(40, 3);
        double[] y = scores(40, 4);
        double[] stretched = x.clone();
        for (int i = 0; i < x.length; i++) {
            stretched[i] = Math.exp(5 * x[i]);
        }
        assertThat(Ranks.kendall(stretched, y)).isEqualTo(Ranks.kendall(x, y));
        assertThat(Ranks.spearman(stretched, y)).isEqualTo(Ranks.spearman(x, y));
        assertThat(Ranks.precision(stretched, y, 7)).isEqualTo(Ranks.precision(x, y, 7));
    }

    @Test
    void kendallAgreesWithTheCountOfAllPairs() {
        for (int seed = 0; seed < 50; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            int n = 2 + random.nextInt(60);
            int values = 2 + random.nextInt(20);
            double[] x = random.ints(n, 0, values).asDoubleStream().toArray();
            double[] y = random.ints(n, 0, values).asDoubleStream().toArray();
            double expected = allPairs(x, y);
            if (Double.isNaN(expected)) {
                assertThat(Ranks.kendall(x, y)).isEmpty();
            } else {
                assertThat(Ranks.kendall(x, y)).hasValueCloseTo(expected, within(ROUNDING));
            }
        }
    }

    private static double allPairs(double[] x, double[] y) {
        int agree = 0;
        int inX = 0;
        int inY = 0;
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < i; k++) {
                double one = Math.signum(x[i] - x[k]);
                double other = Math.signum(y[i] - y[k]);
                agree += (int) (one * other);
                inX += one == 0 ? 0 : 1;
                inY += other == 0 ? 0 : 1;
            }
        }
        return agree / Math.sqrt((double) inX * inY);
    }

    @Test
    void precisionIsTheShareOfTheBestThatAreTheBest() {
        // by x the best two are 0 and 1, by y 0 and 2
        assertThat(Ranks.precision(new double[] {5, 4, 3, 2, 1}, new double[] {5, 1, 4, 3, 2}, 2))
                .isEqualTo(0.5);
    }

    @Test
    void precisionIsTheMeanOverAllWaysToBreakTies() {
        // by x, 1 or 2 is second with 0, each in half of the ways; by y, 1 is
        assertThat(Ranks.precision(new double[] {3, 2, 2, 1}, new double[] {4, 3, 2, 1}, 2))
                .isEqualTo(0.75);
    }

    @Test
    void tiesAreCountedByPairs() {
        // 3 of 6 pairs
        assertThat(Ranks.ties(new double[] {1, 2, 2, 2})).isEqualTo(0.5);
        assertThat(Ranks.ties(new double[] {1, -0.0, 0.0})).isEqualTo(1 / 3.0);
    }

    @Test
    void whatIsAllTiesHasNoRanking() {
        assertThat(Ranks.kendall(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isEmpty();
        assertThat(Ranks.spearman(new double[] {1, 2, 3}, new double[] {1, 1, 1})).isEmpty();
        assertThat(Ranks.kendall(new double[0], new double[0])).isEmpty();
        assertThat(Ranks.spearman(new double[] {1}, new double[] {1})).isEmpty();
    }

    @Test
    void badScoresAreRefused() {
        assertThatThrownBy(() -> Ranks.kendall(new double[] {1, Double.NaN}, new double[] {1, 2}))
                .hasMessageContaining("must be finite, but got NaN");
        assertThatThrownBy(() -> Ranks.kendall(new double[] {1}, new double[] {1, 2}))
                .hasMessageContaining("have 1 and 2 scores");
        assertThatThrownBy(() -> Ranks.precision(new double[] {1}, new double[] {1}, 0))
                .hasMessageContaining("k must be between 1 and the 1 scores, but is 0");
    }

    static double[] scores(int n, long seed) {
        return new SplittableRandom(seed).doubles(n).toArray();
    }
}
