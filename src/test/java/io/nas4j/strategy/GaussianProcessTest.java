package io.nas4j.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {

    private static final int[] TWO_GROUPS = {0, 1};

    private static double[][] points(int n) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] x = new double[n][2];
        for (double[] point : x) {
            point[0] = random.nextDouble();
            point[1] = random.nextDouble();
        }
        return x;
    }

    /** k = exp(-w d²): at one observation y = m = 1·y, and σ² = 0 around it. */
    @Test
    void twoObservationsGiveTheClosedForm() {
        double[] logs = {Math.log(1), Math.log(1e-6)};
        GaussianProcess model =
                GaussianProcess.of(
                        new double[][] {{0}, {1}}, new double[] {-1, 1}, new int[] {0}, logs);
        double[][] predicted = model.predict(new double[][] {{0}, {0.5}, {1}});
        double k = Math.exp(-1);
        double near = Math.exp(-0.25);
        // K⁻¹ of [[1, k], [k, 1]]; the quadratic form of y / n is the signal's variance
        double variance = (2 - 2 * (-k)) / (1 - k * k) / 2;
        double explained = near * near * 2 * (1 - k) / (1 - k * k);
        assertThat(predicted[0]).containsExactly(new double[] {-1, 0, 1}, within(1e-4));
        assertThat(predicted[1][1]).isCloseTo(Math.sqrt(variance * (1 - explained)), within(1e-4));
        assertThat(predicted[1][0]).isCloseTo(0, within(2e-3));
    }

    @Test
    void fittedWeightsTellRelevantGroupsFromOthers() {
        double[][] x = points(40);
        double[] y = Arrays.stream(x).mapToDouble(p -> Math.sin(6 * p[0])).toArray();
        double[] logs =
                GaussianProcess.fit(x, y, TWO_GROUPS, GaussianProcess.prior(new double[] {1, 1}));
        assertThat(logs[0]).isGreaterThan(logs[1] + 2);
    }

    @Test
    void predictionsBeatTheMean() {
        double[][] x = points(60);
        double[] y = Arrays.stream(x).mapToDouble(p -> p[0] * p[0] + p[1]).toArray();
        double[][] train = Arrays.copyOf(x, 40);
        double[] seen = Arrays.copyOf(y, 40);
        double[] logs =
                GaussianProcess.fit(
                        train, seen, TWO_GROUPS, GaussianProcess.prior(new double[] {1, 1}));
        double[][] predicted =
                GaussianProcess.of(train, seen, TWO_GROUPS, logs)
                        .predict(Arrays.copyOfRange(x, 40, 60));
        for (int i = 0; i < 20; i++) {
            assertThat(predicted[0][i]).isCloseTo(y[40 + i], within(0.05));
        }
    }

    @Test
    void expectedImprovementAgreesWithTables() {
        // E max(0, Z) of a standard normal
        assertThat(NormalScores.expectedImprovement(0, 1, 0))
                .isCloseTo(Math.log(1 / Math.sqrt(2 * Math.PI)), within(1e-10));
        assertThat(NormalScores.expectedImprovement(-26, 1, 0))
                .isLessThan(NormalScores.expectedImprovement(-24, 1, 0));
    }

    @Test
    void normalScoresFollowRanksAndShareTies() {
        double[] scores = NormalScores.of(List.of(5.0, -1e9, 5.0, 7.0));
        assertThat(scores[0]).isEqualTo(scores[2]);
        assertThat(scores[1]).isLessThan(scores[0]);
        assertThat(scores[3]).isEqualTo(-scores[1], within(1e-9));
    }
}
