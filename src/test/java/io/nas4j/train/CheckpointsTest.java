package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Fidelity;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointsTest {

    private static final Architecture ONE = new Architecture("s", List.of(0));
    private static final Architecture OTHER = new Architecture("s", List.of(1));
    private static final Fidelity NINE = Fidelity.epochs(9);

    @Test
    void theLeastRecentlyUsedGoesFirst() {
        Checkpoints checkpoints = new Checkpoints(2, 1000);
        checkpoints.put(0, ONE, NINE, checkpoint(3, 1));
        checkpoints.put(1, ONE, NINE, checkpoint(3, 1));
        assertThat(checkpoints.find(0, ONE, NINE)).isPresent();
        checkpoints.put(2, ONE, NINE, checkpoint(3, 1));
        assertThat(checkpoints.find(1, ONE, NINE)).isEmpty();
        assertThat(checkpoints.find(0, ONE, NINE)).isPresent();
        assertThat(checkpoints.find(2, ONE, NINE)).isPresent();
    }

    @Test
    void memoryIsBoundedWhateverIsReplaced() {
        // a checkpoint of n weights and n moments takes 8 n bytes
        Checkpoints checkpoints = new Checkpoints(10, 100);
        for (int i = 0; i < 20; i++) {
            checkpoints.put(0, ONE, NINE, checkpoint(3, 5));
        }
        checkpoints.put(1, ONE, NINE, checkpoint(3, 5));
        assertThat(checkpoints.find(0, ONE, NINE)).isPresent();
        checkpoints.put(2, ONE, NINE, checkpoint(3, 5));
        assertThat(checkpoints.find(1, ONE, NINE)).isEmpty();
        checkpoints.put(3, ONE, NINE, checkpoint(3, 1000));
        assertThat(checkpoints.find(3, ONE, NINE)).isEmpty();
    }

    @Test
    void onlyTheSameNetworkWithEpochsToGoIsContinued() {
        Checkpoints checkpoints = new Checkpoints(2, 1000);
        checkpoints.put(0, ONE, Fidelity.epochs(3).data(0.5), checkpoint(3, 1));
        assertThat(checkpoints.find(0, ONE, NINE)).isPresent();
        assertThat(checkpoints.find(0, OTHER, NINE)).isEmpty();
        assertThat(checkpoints.find(0, ONE, NINE.width(0.5))).isEmpty();
        assertThat(checkpoints.find(0, ONE, NINE.resolution(14))).isEmpty();
        assertThat(checkpoints.find(0, ONE, Fidelity.epochs(3))).isEmpty();
        assertThat(checkpoints.find(7, ONE, NINE)).isEmpty();
    }

    private static Checkpoint checkpoint(int epochs, int size) {
        return new Checkpoint(
                new TrainingRecord(epochs, true, 0, List.of(), List.of()),
                List.of(new float[size]),
                new Optimizer.Moments(1, List.of(new float[size])));
    }
}
