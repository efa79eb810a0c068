package io.nas4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AssessmentTest {

    private static final List<String> CLASSES = List.of("cat", "dog", "owl");

    /** Cats: two right, one called a dog. Dogs: one right. No owls, one dog called an owl. */
    private static Assessment byHand() {
        return new Assessment(
                CLASSES,
                new int[] {10, 11, 12, 13, 14},
                new int[] {0, 0, 0, 1, 1},
                new float[][] {
                    {0.92f, 0.08f, 0},
                    {0.6f, 0.4f, 0},
                    {0.2f, 0.8f, 0},
                    {0, 1, 0},
                    {0.1f, 0.35f, 0.55f}
                });
    }

    @Test
    void sharesAreThoseCountedByHand() {
        Assessment assessment = byHand();
        assertThat(assessment.accuracy()).isEqualTo(0.6);
        assertThat(assessment.confusion())
                .isDeepEqualTo(new int[][] {{2, 1, 0}, {0, 1, 1}, {0, 0, 0}});
        assertThat(assessment.precision(0)).isEqualTo(1);
        assertThat(assessment.precision(1)).isEqualTo(0.5);
        assertThat(assessment.precision(2)).isEqualTo(0);
        assertThat(assessment.recall(0)).isEqualTo(2 / 3.0);
        assertThat(assessment.recall(2)).isNaN();
        assertThat(assessment.f1(0)).isEqualTo(0.8);
        assertThat(assessment.balancedAccuracy()).isEqualTo((2 / 3.0 + 0.5) / 2);
        assertThat(assessment.toString()).contains("accuracy 0.6000", "owl");
    }

    @Test
    void aClassWithoutANameHasItsLine() {
        Assessment nameless =
                new Assessment(List.of(""), new int[] {0}, new int[] {0}, new float[][] {{1}});
        assertThat(nameless.toString()).contains("precision 1.000");
    }

    @Test
    void theWorstMistakeIsTheSurest() {
        assertThat(byHand().worst(9))
                .extracting(Assessment.Mistake::example)
                .containsExactly(12, 14);
        assertThat(byHand().worst(1)).hasSize(1);
    }

    @Test
    void calibrationComparesConfidenceWithTruth() {
        // confidences .92 right, .6 right, .8 wrong, 1 right, .55 wrong
        double expected = (0.08 + 0.4 + 0.8 + 0.55) / 5;
        Assessment assessment = byHand();
        // .92 and 1 share a bin: |0.96 - 1| for two
        assertThat(assessment.calibrationError()).isCloseTo(expected, within(1e-6));
        assertThat(assessment.calibration()).extracting(Assessment.Bin::count).contains(2);
    }

    /**
     * Clopper and Pearson cover with at least 95 %: of 400 draws at most 5 % plus 2.3 standard
     * errors (0.025) may miss; an interval of half the width misses more often.
     */
    @Test
    void theIntervalCoversTheTruth() {
        SplittableRandom random = new SplittableRandom(11);
        int missed = 0;
        int missedByHalf = 0;
        for (int i = 0; i < 400; i++) {
            int good = 0;
            for (int j = 0; j < 100; j++) {
                good += random.nextDouble() < 0.8 ? 1 : 0;
            }
            Interval interval = Interval.ofShare(good, 100);
            double middle = (interval.low() + interval.high()) / 2;
            double half = (interval.high() - interval.low()) / 4;
            missed += interval.low() > 0.8 || interval.high() < 0.8 ? 1 : 0;
            missedByHalf += Math.abs(middle - 0.8) > half ? 1 : 0;
        }
        assertThat(missed / 400.0).isLessThan(0.075);
        assertThat(missedByHalf / 400.0).isGreaterThan(0.15);
    }

    @Test
    void lengthsMustAgree() {
        assertThatThrownBy(() -> new Assessment(CLASSES, new int[2], new int[1], new float[2][3]))
                .hasMessageContaining("2 examples, 1 labels");
        assertThatThrownBy(() -> new Assessment(CLASSES, new int[0], new int[0], new float[0][3]))
                .hasMessageContaining("at least one");
        assertThatThrownBy(
                        () -> new Assessment(CLASSES, new int[1], new int[] {3}, new float[1][3]))
                .hasMessageContaining("[0, 3)");
    }
}
