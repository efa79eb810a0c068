package io.nas4j.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nas4j.sharing.BilevelProblem.Along;
import io.nas4j.sharing.BilevelProblem.Loss;
import io.nas4j.train.Optimizer;
import io.nas4j.train.Sgd;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bilevel problem of the paper's figure 2, which has a closed form. */
class BilevelStepIT {

    /** L_val = αw − 2α + 1, L_train = w² − 2αw + α². */
    private static final BilevelProblem FIGURE_2 =
            (loss, along, w, a) ->
                    loss == Loss.VALIDATION
                            ? slope(along, a.mul(w).sub(a.mul(2)).add(1), a, w.sub(2))
                            : slope(along, w.sub(a).square(), w.sub(a).mul(2), a.sub(w).mul(2));

    private static BilevelProblem.Slope slope(
            Along along, NDArray loss, NDArray ofWeights, NDArray ofAlpha) {
        return new BilevelProblem.Slope(
                loss,
                along.weights() ? Optional.of(ofWeights) : Optional.empty(),
                along.alpha() ? Optional.of(ofAlpha) : Optional.empty());
    }

    private final Sgd plain = new Sgd(0, 0, false);
    private NDManager manager;
    private NDArray weights;
    private NDArray alpha;
    private BilevelStep step;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        weights = manager.create(new float[] {-2});
        alpha = manager.create(new float[] {2});
        step = new BilevelStep(FIGURE_2, weights, alpha);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theFirstOrderGradientLeavesTheWeightsWhereTheyAre() {
        assertThat(step.firstOrder().gradient().getFloat()).isEqualTo(-4);
    }

    @Test
    void theSecondOrderGradientIsThatOfTheClosedForm() {
        float xi = 0.01f;
        float w = -2 - xi * (2 * -2 - 2 * 2);
        float expected = w - 2 + 2 * xi * 2;
        try (Optimizer.State state = plain.start(weights)) {
            // float32 differences at radius 0.01
            assertThat(step.secondOrder(state, xi).gradient().getFloat())
                    .isCloseTo(expected, within(1e-3f));
        }
        assertThat(weights.getFloat()).isEqualTo(-2);
    }

    @Test
    void theLookAheadKnowsMomentumAndDecay() {
        Sgd sgd = new Sgd(0.9, 0.1, false);
        try (Optimizer.State state = sgd.start(weights)) {
            state.step(weights, manager.create(new float[] {3}), 0.1);
            float v = 3 + 0.1f * -2;
            float w = -2 - 0.1f * v;
            assertThat(weights.getFloat()).isCloseTo(w, within(1e-6f));
            float xi = 0.05f;
            float ahead = w - xi * (0.9f * v + 2 * (w - 2) + 0.1f * w);
            assertThat(step.secondOrder(state, xi).gradient().getFloat())
                    .isCloseTo(ahead - 2 + 2 * xi * 2, within(2e-3f));
        }
    }

    @Test
    void secondOrderFindsTheAnswerThatFirstOrderMisses() {
        assertThat(distanceAfterDescent(0.5)).isLessThan(0.01);
        assertThat(distanceAfterDescent(0)).isGreaterThan(0.5);
    }

    /** From (1, 1), the solution, by plain descent on both; ξ = 0.5 reaches the inner optimum. */
    private double distanceAfterDescent(double xi) {
        weights.set(new float[] {-2});
        alpha.set(new float[] {2});
        try (Optimizer.State forWeights = plain.start(weights);
                Optimizer.State forAlpha = plain.start(alpha)) {
            for (int i = 0; i < 2000; i++) {
                NDArray gradient =
                        xi == 0
                                ? step.firstOrder().gradient()
                                : step.secondOrder(forWeights, xi).gradient();
                forAlpha.step(alpha, gradient, 0.02);
                step.weights(forWeights, 0.2, 1e6);
            }
        }
        return Math.hypot(alpha.getFloat() - 1, weights.getFloat() - 1);
    }

    /** Of L_train at (w, α) = (−2, 2): 2(w − α) and 2(α − w); neither vector has moved yet. */
    @Test
    void oneTrainingPassServesBothVectors() {
        BilevelProblem.Slope both = step.train();
        assertThat(both.loss().getFloat()).isEqualTo(16);
        assertThat(both.weights().orElseThrow().getFloat()).isEqualTo(-8);
        assertThat(both.alpha().orElseThrow().getFloat()).isEqualTo(8);
        try (Optimizer.State state = plain.start(weights)) {
            // clipped to a norm of 5
            step.move(both.weights().orElseThrow(), state, 0.1, 5);
        }
        assertThat(weights.getFloat()).isCloseTo(-1.5f, within(1e-6f));
        assertThat(alpha.getFloat()).isEqualTo(2);
    }

    @Test
    void eachStepMovesItsOwnVectorOnly() {
        try (Optimizer.State forWeights = Sgd.darts().start(weights);
                Optimizer.State forAlpha = plain.start(alpha)) {
            forAlpha.step(alpha, step.firstOrder().gradient(), 0.1);
            assertThat(weights.getFloat()).isEqualTo(-2);
            assertThat(alpha.getFloat()).isNotEqualTo(2);
            float moved = alpha.getFloat();
            step.weights(forWeights, 0.1, 5);
            assertThat(alpha.getFloat()).isEqualTo(moved);
            assertThat(weights.getFloat()).isNotEqualTo(-2);
        }
    }
}
