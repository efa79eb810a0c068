package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.nas4j.search.RunResult;
import io.nas4j.sharing.SupernetSearchContract;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Outcome;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DrNasIT extends SupernetSearchContract {

    @Override
    protected SearchStrategy strategy(int epochs, double weightRate) {
        return new DrNas().epochs(epochs).batch(8).resolution(0).weightRate(weightRate, weightRate);
    }

    /** E x_i = c_i / Σ c, so its slopes are (1{i=j} - E x_i) / Σ c times elu's slope. */
    @Test
    void theGradientThroughTheDrawIsThatOfTheMean() {
        float[] alpha = {0.5f, -0.4f, 0.1f};
        int draws = 4000;
        double[] slope = new double[3];
        double mean = 0;
        SplittableRandom random = new SplittableRandom(5);
        try (NDManager manager = NDManager.newBaseManager()) {
            for (int i = 0; i < draws; i++) {
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    NDArray a = manager.create(alpha);
                    a.setRequiresGradient(true);
                    try (GradientCollector collector =
                            Engine.getInstance().newGradientCollector()) {
                        NDArray first = DirichletMixture.Draw.at(a, random).of(a).softmax(0).get(0);
                        mean += first.getFloat() / draws;
                        collector.backward(first);
                    }
                    float[] gradient = a.getGradient().toFloatArray();
                    for (int j = 0; j < 3; j++) {
                        slope[j] += gradient[j] / draws;
                    }
                }
            }
        }
        double[] c = {1.5, Math.exp(-0.4), 1.1};
        double[] elu = {1, Math.exp(-0.4), 1};
        double sum = c[0] + c[1] + c[2];
        double expected = c[0] / sum;
        // standard errors: 0.004 of the mean, 0.002 of the slopes
        assertThat(mean).isCloseTo(expected, within(0.02));
        for (int j = 0; j < 3; j++) {
            double byHand = elu[j] * ((j == 0 ? 1 : 0) - expected) / sum;
            assertThat(slope[j]).isCloseTo(byHand, within(0.01));
        }
        // the twin: the largest slope is far from none
        assertThat(slope[0]).isGreaterThan(0.1);
    }

    /** Here the convolution's share was 0.73; where labels are drawn 0.37, three making 1. */
    @Test
    void alphaLearnsWhichOperationIsRight() {
        RunResult finished = run(strategy(6, 0.05), gratings(false, 1));
        assertThat(operation(finished)).isEqualTo(CONVOLUTION);
        assertThat(shares(finished, 5).get(CONVOLUTION))
                .isGreaterThan(0.5)
                .isGreaterThan(shares(finished, 0).get(CONVOLUTION));
    }

    @Test
    void alphaLearnsNothingWhereLabelsAreDrawn() {
        RunResult finished = run(strategy(6, 0.05), gratings(true, 1));
        assertThat(shares(finished, 5).get(CONVOLUTION)).isLessThan(0.5);
    }

    private static List<Double> shares(RunResult finished, int trial) {
        Outcome outcome = finished.history().trials().get(trial).outcome();
        return ((Outcome.Completed) outcome).learned().byDecision().get("op");
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> new DrNas().anchor(-1)).hasMessageContaining("Try 1e-3");
        assertThatThrownBy(() -> new DrNas().secondOrder()).hasMessageContaining("Try xi(0)");
        assertThatThrownBy(() -> new DrNas().guards(new Guards().dropSkips(0.3)))
                .hasMessageContaining("Try dropSkips(0)");
    }

    @Test
    void theAuthorsSearchOnTheBenchmarkHas100Epochs() {
        assertThat(DrNas.paper().training().epochs()).isEqualTo(100);
        assertThat(DrNas.paper().anchor()).isEqualTo(1e-3);
        assertThat(DrNas.paper().alpha().rate()).isEqualTo(3e-4);
    }
}
