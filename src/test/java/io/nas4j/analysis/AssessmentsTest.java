package io.nas4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AssessmentsTest {

    /** By hand: errors 1, -1, 2 of the truths 1, 2, 6, whose mean is 3. */
    @Test
    void numbersAreJudgedByTheirErrors() {
        NumberAssessment all =
                new NumberAssessment(
                        List.of("y"),
                        new int[] {7, 8, 9},
                        new float[][] {{1}, {2}, {6}},
                        new float[][] {{2}, {1}, {8}});
        assertThat(all.rmse()).isCloseTo(Math.sqrt(2), within(1e-9));
        assertThat(all.mae()).isCloseTo(4.0 / 3, within(1e-9));
        assertThat(all.r2()).isCloseTo(1 - 6.0 / 14, within(1e-9));
        assertThat(all.worst(0, 1)).containsExactly(new NumberAssessment.Miss(9, 6, 8));
        NumberAssessment mean =
                new NumberAssessment(
                        List.of("y"),
                        new int[3],
                        new float[][] {{1}, {2}, {6}},
                        new float[][] {{3}, {3}, {3}});
        assertThat(mean.r2()).isZero();
    }

    /** By hand: label a has 1 hit, 1 missed; label b 1 hit, 1 false; label c is nowhere. */
    @Test
    void labelsAreJudgedOneByOneAndAllTogether() {
        LabelAssessment all =
                new LabelAssessment(
                        List.of("a", "b", "c"),
                        new byte[][] {{1, 1, 0}, {1, 0, 0}},
                        new float[][] {{0.9f, 0.5f, 0.1f}, {0.2f, 0.7f, 0.4f}});
        assertThat(all.recall(0)).isEqualTo(0.5);
        assertThat(all.precision(0)).isEqualTo(1);
        assertThat(all.f1(1)).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(all.f1Micro()).isCloseTo(4.0 / 6, within(1e-9));
        assertThat(all.f1Macro()).isCloseTo((2.0 / 3 + 2.0 / 3 + 1) / 3, within(1e-9));
        assertThat(all.exact()).isEqualTo(0.5);
    }
}
