package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Point;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    private static final Architecture ONE = new Architecture("s", List.of(0, 3));
    private static final Architecture OTHER = new Architecture("s", List.of(1));
    private static final Fidelity NINE = Fidelity.epochs(9);

    @Test
    void whatIsWrittenIsReadToTheLastBit() throws IOException {
        Checkpoint checkpoint = checkpoint(NINE.cutAt(3).data(0.3).width(1 / 3.0).resolution(8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        checkpoint.write(out);
        Checkpoint back = Checkpoint.read(new ByteArrayInputStream(out.toByteArray()));
        assertThat(back).usingRecursiveComparison().isEqualTo(checkpoint);
    }

    @Test
    void otherBytesAreNoTraining() {
        assertThatThrownBy(() -> Checkpoint.read(new ByteArrayInputStream(new byte[100])))
                .isInstanceOf(IOException.class)
                .hasMessage("this is no saved training");
    }

    @Test
    void onlyWhatLeadsToTheSameResultIsGoneOnWith() {
        Checkpoint checkpoint = checkpoint(NINE.cutAt(3).data(0.5));
        Fidelity goal = NINE.data(0.5);
        assertThat(checkpoint.leadsTo(ONE, goal, false)).isTrue();
        assertThat(checkpoint.leadsTo(ONE, goal.cutAt(4), false)).isTrue();
        assertThat(checkpoint.leadsTo(OTHER, goal, false)).isFalse();
        assertThat(checkpoint.leadsTo(ONE, NINE, false)).as("other examples").isFalse();
        assertThat(checkpoint.leadsTo(ONE, goal.width(0.5), false)).isFalse();
        assertThat(checkpoint.leadsTo(ONE, goal.resolution(14), false)).isFalse();
        assertThat(checkpoint.leadsTo(ONE, goal.cutAt(3), false)).as("nothing to do").isFalse();
        assertThat(checkpoint.leadsTo(ONE, goal.withEpochs(5), false))
                .as("another schedule")
                .isFalse();
        assertThat(checkpoint.leadsTo(ONE, goal.withEpochs(5), true))
                .as("a rate that stays is every schedule")
                .isTrue();
    }

    private static Checkpoint checkpoint(Fidelity fidelity) {
        return new Checkpoint(
                ONE,
                fidelity,
                new TrainingRecord(
                        3, true, 0.25, List.of(new Point(1, 0.5)), List.of(new Point(1, 1 / 3.0))),
                List.of(new float[] {1f / 3, Float.MIN_VALUE}, new float[0]),
                new Optimizer.Moments(7, List.of(new float[] {-0f})));
    }
}
