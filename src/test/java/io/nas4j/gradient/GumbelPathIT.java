package io.nas4j.gradient;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import io.nas4j.sharing.SupernetSearchContract;
import io.nas4j.space.SearchSpace;
import io.nas4j.supernet.Supernet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GumbelPathIT {

    /** 99.9 % of a chi-squared distribution with two degrees of freedom. */
    private static final double CRITICAL = 13.82;

    private static final SearchSpace TWO =
            SearchSpace.of("two", stem(4), choice("op", norConv(1), norConv(3)), classifier());

    private static final SearchSpace THREE = SupernetSearchContract.ONE_OPERATION;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /**
     * With p = softmax((alpha + noise) / tau), k drawn: d share_k / d alpha_k = p (1 - p) / tau.
     */
    @Test
    void alphasGradientIsTheDrawnSharesTimesTheSoftmaxsSlope() {
        double tau = 0.7;
        float[] logits = {0.3f, -0.2f};
        for (long seed = 1; seed <= 6; seed++) {
            try (Supernet net = net(TWO);
                    NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray images = images();
                NDArray weights = manager.create(net.initialWeights(5));
                SplittableRandom noise = new SplittableRandom(seed);
                double[] p = new double[2];
                for (int i = 0; i < 2; i++) {
                    double gumbel = -Math.log(-Math.log(noise.nextDouble()));
                    p[i] = Math.exp((logits[i] + gumbel) / tau);
                }
                double sum = p[0] + p[1];
                int drawn = p[0] > p[1] ? 0 : 1;
                // what the loss says to the share of the drawn option, from the whole supernet
                NDArray shares =
                        manager.create(drawn == 0 ? new float[] {1, 0} : new float[] {0, 1});
                shares.setRequiresGradient(true);
                ForwardPass whole = ForwardPass.mixture((where, alpha) -> shares);
                float output = loss(net, whole, images, weights, shares);
                double slope = shares.getGradient().toFloatArray()[drawn];

                NDArray alpha = manager.create(logits);
                alpha.setRequiresGradient(true);
                ForwardPass path =
                        new GumbelPath.Drawing(net, tau, false, new SplittableRandom(seed));
                assertThat(loss(net, path, images, weights, alpha))
                        .isCloseTo(output, within(1e-4f * Math.abs(output)));
                float[] gradient = alpha.getGradient().toFloatArray();
                double byHand = slope * p[0] * p[1] / (sum * sum) / tau;
                double tolerance = 1e-4 * Math.abs(slope) + 1e-6;
                assertThat((double) gradient[drawn]).isCloseTo(byHand, within(tolerance));
                assertThat((double) gradient[1 - drawn]).isCloseTo(-byHand, within(tolerance));
            }
        }
    }

    private static float loss(
            Supernet net, ForwardPass pass, NDArray images, NDArray weights, NDArray alpha) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray loss = pass.output(net, images, weights, alpha).get(":, 0").sum();
            collector.backward(loss);
            return loss.toFloatArray()[0];
        }
    }

    @Test
    void optionsAreDrawnAsOftenAsTheirSoftmaxSaysAtAnyTemperature() {
        for (double tau : new double[] {10, 0.1}) {
            int[] counts = draws(tau, 0);
            assertThat(chiSquared(counts, softmax())).isLessThan(CRITICAL);
            assertThat(chiSquared(counts, new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}))
                    .isGreaterThan(CRITICAL);
        }
    }

    /** The twin: with one logit off by a tenth the same test finds it. */
    @Test
    void aBiasedDrawIsFoundOut() {
        assertThat(chiSquared(draws(1, 0.1f), softmax())).isGreaterThan(CRITICAL);
    }

    /** Its logit is the largest: half of the draws. */
    @Test
    void noneIsDrawnOnlyWhereItMayBeDerived() {
        assertThat(draws(1, 0, false)[0]).isGreaterThan(DRAWS / 3);
        int[] without = draws(1, 0, true);
        assertThat(without[0]).isZero();
        assertThat(without[1]).isBetween(1, without[2]);
    }

    private static final float[] ALPHA = {0.5f, -0.5f, 0};

    private static double[] softmax() {
        double sum = 0;
        double[] p = new double[3];
        for (int i = 0; i < 3; i++) {
            p[i] = Math.exp(ALPHA[i]);
            sum += p[i];
        }
        for (int i = 0; i < 3; i++) {
            p[i] /= sum;
        }
        return p;
    }

    private static final int DRAWS = 20_000;

    private int[] draws(double tau, float bias) {
        return draws(tau, bias, false);
    }

    private int[] draws(double tau, float bias, boolean withoutNone) {
        int[] counts = new int[3];
        SplittableRandom random = new SplittableRandom(9);
        try (Supernet net = net(THREE);
                NDArray alpha = manager.create(new float[] {ALPHA[0] + bias, ALPHA[1], ALPHA[2]})) {
            for (int i = 0; i < DRAWS; i++) {
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    counts[
                            GumbelPath.draw(net, alpha, tau, withoutNone, random)
                                    .picked()
                                    .get(0)
                                    .get(0)]++;
                }
            }
        }
        return counts;
    }

    private static double chiSquared(int[] counts, double[] expected) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            double mean = expected[i] * DRAWS;
            sum += (counts[i] - mean) * (counts[i] - mean) / mean;
        }
        return sum;
    }

    private Supernet net(SearchSpace space) {
        return Supernet.of(space, 1, 6, 6, 2, Supernet.Form.PLAIN, manager);
    }

    private NDArray images() {
        float[] values = new float[4 * 36];
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(4, 1, 6, 6));
    }
}
