package io.nas4j.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.nas4j.sharing.DryRun.Line;
import io.nas4j.train.Memory;
import io.nas4j.trial.ResourceEstimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DryRunTest {

    /** 100 MB and 10 MB an image, of 1 GB; 10 ms an image. */
    private static final DryRun GIGABYTE =
            new DryRun(new Line(100e6, 10e6), new Line(0, 0.01), new Line(0.5, 0), 1_000_000_000);

    @Test
    void aLineGoesThroughBothPoints() {
        Line line = Line.through(8, 180, 32, 420);
        assertThat(line.at(8)).isEqualTo(180, within(1e-9));
        assertThat(line.at(64)).isEqualTo(740, within(1e-9));
    }

    @Test
    void memoryThatShrinksWithTheBatchIsNoise() {
        assertThat(Line.through(8, 200, 32, 190).at(64)).isEqualTo(190);
    }

    @Test
    void aTenthOfTheMemoryIsLeftAndTheErrorNamesTheLargestBatch() {
        assertThatCode(() -> GIGABYTE.requireFits(80, "DARTS", "PC_DARTS or GDAS"))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GIGABYTE.requireFits(128, "DARTS", "PC_DARTS or GDAS"))
                .withMessage(
                        "DARTS with batch 128 needs about 1.4 GB of memory at its peak, but there"
                                + " are 1.0 GB. Try batch(80), PC_DARTS or GDAS, a smaller resolution(..),"
                                + " or a space with fewer channels.");
    }

    @Test
    void whereNotEvenASmallBatchFitsNoneIsNamed() {
        DryRun full = new DryRun(new Line(1e9, 1e6), new Line(0, 1), new Line(0, 1), 1_000_000_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> full.requireFits(64, "PC-DARTS", ""))
                .withMessageContaining("Try a smaller resolution(..)")
                .withMessageNotContaining("batch(");
    }

    @Test
    void anEstimateCountsStepsAndEvaluationsOfAllEpochs() {
        ResourceEstimate estimate = GIGABYTE.estimate(50, 4, 20, 2);
        assertThat(estimate.duration()).isEqualTo(Duration.ofSeconds(4 * (10 + 1)));
        assertThat(estimate.peak()).hasValue(600_000_000);
        assertThat(estimate.fits()).isTrue();
        assertThat(estimate.toString())
                .isEqualTo(
                        "about 44 s (4 epochs of the supernet, 44 s); peak memory about 600 MB of"
                                + " 900 MB");
        assertThat(GIGABYTE.estimate(100, 1, 1, 0).fits()).isFalse();
    }

    @Test
    void aHalfOfTheBatchIsTriedAndNeverAllOfIt() {
        List<Integer> steps = new ArrayList<>();
        DryRun.of(new Memory(Device.cpu()), 64, recording(steps));
        // where the machine has little memory, not a half but 12 images
        assertThat(steps).contains(8).allMatch(images -> images <= 32);
        assertThat(Collections.max(steps)).isIn(12, 32);
    }

    @Test
    void twoThingsOneAfterTheOtherTakeTheLargerMemory() {
        ResourceEstimate both = GIGABYTE.estimate(10, 1, 1, 0).then(GIGABYTE.estimate(50, 1, 1, 0));
        assertThat(both.peak()).hasValue(600_000_000);
        assertThat(both.duration()).isEqualTo(Duration.ofMillis(600));
        assertThat(both.parts()).hasSize(2);
    }

    private static DryRun.Work recording(List<Integer> steps) {
        return new DryRun.Work() {
            @Override
            public void step(int images) {
                steps.add(images);
            }

            @Override
            public void largest(int images) {
                step(images);
            }

            @Override
            public int variety() {
                return 1;
            }

            @Override
            public void evaluate(int images) {
                // nothing to evaluate
            }
        };
    }
}
