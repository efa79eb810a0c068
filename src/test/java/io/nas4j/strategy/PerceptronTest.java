package io.nas4j.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PerceptronTest {

    private static double[][] points(int n, int features, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] x = new double[n][features];
        for (double[] point : x) {
            Arrays.setAll(point, i -> random.nextInt(2));
        }
        return x;
    }

    private static double error(Perceptron network, double[][] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.abs(network.predict(x[i]) - y[i]);
        }
        return sum / x.length;
    }

    @Test
    void itsGradientIsThatOfFiniteDifferences() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] x = new double[7][5];
        for (double[] point : x) {
            Arrays.setAll(point, i -> random.nextGaussian());
        }
        double[] y = random.doubles(7).toArray();
        Perceptron network = Perceptron.untrained(5, 3, 4, random);
        double[] parameters = network.parameters();
        // off zero, where a rectifier has no derivative
        Arrays.setAll(parameters, p -> parameters[p] + 0.1 * random.nextGaussian());
        double[] gradient = network.gradient(x, y);
        assertThat(gradient).hasSize(6 * 4 + 5 * 4 + 5 * 4 + 5);
        double step = 1e-6;
        for (int p = 0; p < parameters.length; p++) {
            double at = parameters[p];
            parameters[p] = at + step;
            double above = error(network, x, y);
            parameters[p] = at - step;
            double below = error(network, x, y);
            parameters[p] = at;
            assertThat(gradient[p]).isCloseTo((above - below) / (2 * step), within(1e-7));
        }
        assertThat(Arrays.stream(gradient).map(Math::abs).max().orElseThrow()).isGreaterThan(0.01);
    }

    @Test
    void itForetellsWhatFollowsARule() {
        assertThat(correlation(false)).isGreaterThan(0.8);
    }

    @Test
    void whatIsDealtAtRandomItDoesNot() {
        assertThat(correlation(true)).isBetween(-0.3, 0.3);
    }

    @Test
    void theSameSeedGivesTheSameNetworkAndAnotherAnother() {
        double[][] x = points(40, 6, 1);
        double[] y = new SplittableRandom(2).doubles(40).toArray();
        double[] first = Perceptron.fit(x, y, new SplittableRandom(3)).parameters();
        assertThat(Perceptron.fit(x, y, new SplittableRandom(3)).parameters()).isEqualTo(first);
        assertThat(Perceptron.fit(x, y, new SplittableRandom(4)).parameters()).isNotEqualTo(first);
    }

    /** Of predictions with the truth, on points that it has not seen. */
    private static double correlation(boolean dealt) {
        double[][] x = points(100, 12, 5);
        double[] y = Arrays.stream(x).mapToDouble(PerceptronTest::rule).toArray();
        if (dealt) {
            double[] noise = new SplittableRandom(6).doubles(100).toArray();
            Arrays.setAll(y, i -> noise[i]);
        }
        Perceptron network = Perceptron.fit(x, y, new SplittableRandom(7));
        double[][] unseen = points(300, 12, 8);
        double[] predicted = Arrays.stream(unseen).mapToDouble(network::predict).toArray();
        double[] truth = Arrays.stream(unseen).mapToDouble(PerceptronTest::rule).toArray();
        return correlation(predicted, truth);
    }

    private static double rule(double[] x) {
        return x[0] * x[1] - x[2] + 0.5 * x[3] - x[4] * x[5];
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return aa == 0 ? 0 : ab / Math.sqrt(aa * bb);
    }
}
