package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.nas4j.data.Data;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainingMemoryIT {

    /** Cells have every kind of operation, and parameters without a gradient. */
    @Test
    void noStepLeavesAnArrayBehind() throws InterruptedException {
        SearchSpace space = Spaces.cells(2, 3, 3);
        SearchSpace found = space.network(space.sample(new SplittableRandom(3)));
        Data data = Squares.data(200);
        try (TrainingLock turn = TrainingLock.take(1);
                NDManager manager = NDManager.newBaseManager();
                DeviceData device = new DeviceData(data, 0, manager)) {
            Network network = Networks.compile(found, new InputShape(1, 8, 8), 4, 1);
            network.initialize(manager, new SplittableRandom(1));
            Recipe recipe =
                    Recipe.DEFAULT
                            .batch(16)
                            .smoothing(0.1)
                            .augmentation(new Augmentation(1, true, 2));
            try (Training training =
                    new Training(turn, network, device, data.split().train(), recipe, manager, 1)) {
                List<Integer> counts = new ArrayList<>();
                NDManager root = manager.getParentManager();
                Squares.Recorder context =
                        new Squares.Recorder(1) {
                            @Override
                            public void progress(double fraction) {
                                counts.add(root.getManagedArrays().size());
                            }
                        };
                training.run(3, data.split().validation(), context);
                training.run(5, data.split().validation(), context);
                Set<Integer> different = new HashSet<>(counts);
                assertThat(counts).hasSizeGreaterThan(40);
                assertThat(different).as("arrays between batches: %s", counts).hasSize(1);
            }
            assertThat(manager.getManagedArrays().size()).isEqualTo(expected(network));
        }
    }

    /** The parameters; examples, labels, scale and offset of the data. */
    private static int expected(Network network) {
        return network.getParameters().size() + 4;
    }

    @Test
    void aThreadThatDidNotLoadDjlRecordsNoGradientsInItsTurn() throws Exception {
        Engine.getInstance(); // this thread does
        boolean[] recorded = new boolean[3];
        Thread thread =
                new Thread(
                        () -> {
                            recorded[0] = JniUtils.isGradMode();
                            try (TrainingLock turn = TrainingLock.take(1);
                                    NDManager manager = NDManager.newBaseManager()) {
                                recorded[1] = JniUtils.isGradMode();
                                try (GradientCollector collector = turn.collector()) {
                                    recorded[2] = JniUtils.isGradMode();
                                    collector.backward(leaf(manager).square().sum());
                                }
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        thread.start();
        thread.join();
        assertThat(Arrays.toString(recorded)).isEqualTo("[true, false, true]");
    }

    private static NDArray leaf(NDManager manager) {
        NDArray leaf = manager.create(new float[] {1, 2});
        leaf.setRequiresGradient(true);
        return leaf;
    }
}
