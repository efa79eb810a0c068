package io.nas4j.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnsembleTest {

    static List<Named<Ensemble.Fit>> members() {
        return List.of(
                named("random features", RandomFeatures::fit), named("trained", Perceptron::fit));
    }

    private static double truth(double[] x) {
        return x[0] * x[1] - x[2] + 0.5 * x[3];
    }

    private static double[][] bits(int n, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] x = new double[n][8];
        for (double[] point : x) {
            Arrays.setAll(point, i -> random.nextInt(2));
        }
        return x;
    }

    /** An interaction of two features: a linear model leaves 0.06 of the variance of 0.5. */
    @ParameterizedTest
    @MethodSource("members")
    void itLearnsAnInteraction(Ensemble.Fit member) {
        double[][] x = bits(120, 1);
        double[] y = Arrays.stream(x).mapToDouble(EnsembleTest::truth).toArray();
        Ensemble ensemble = Ensemble.fit(x, y, 5, new SplittableRandom(2), member);
        double error =
                Arrays.stream(bits(200, 3))
                        .mapToDouble(
                                point -> Math.pow(ensemble.predict(point)[0] - truth(point), 2))
                        .average()
                        .orElseThrow();
        assertThat(error).isLessThan(0.02);
    }

    /** Trained networks need not be: that is no property of theirs. */
    @Test
    void itIsLessCertainFarFromItsData() {
        Ensemble.Fit member = RandomFeatures::fit;
        double[][] x = bits(60, 1);
        for (double[] point : x) {
            point[4] = 0;
            point[5] = 0;
        }
        double[] y = Arrays.stream(x).mapToDouble(EnsembleTest::truth).toArray();
        Ensemble ensemble = Ensemble.fit(x, y, 5, new SplittableRandom(2), member);
        double near =
                Arrays.stream(x).mapToDouble(p -> ensemble.predict(p)[1]).average().orElseThrow();
        double far =
                Arrays.stream(x)
                        .mapToDouble(
                                p -> {
                                    double[] other = p.clone();
                                    other[4] = 1;
                                    other[5] = 1;
                                    return ensemble.predict(other)[1];
                                })
                        .average()
                        .orElseThrow();
        assertThat(far).isGreaterThan(2 * near);
    }
}
