package io.nas4j.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nas4j.nn.Counts;
import io.nas4j.nn.Program;
import io.nas4j.train.Loss;
import io.nas4j.train.TrainingLock;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A network before it has learned anything, and a minibatch to look at it with. Used within an
 * {@code NDScope}.
 *
 * @param program what it computes
 * @param weights initial numbers by slot, those that a training of the same seed starts from
 * @param inputs {@code [batch, channels, height, width]}, normalised; null where no data are needed
 * @param labels {@code [batch]}; null where no data are needed
 * @param loss of its answers to them
 * @param batch how many images a proxy without data draws
 * @param seed of what is drawn besides
 * @param turn held by this thread
 * @param manager of the device
 */
record InitialNetwork(
        Program program,
        List<float[]> weights,
        NDArray inputs,
        NDArray labels,
        Loss loss,
        int batch,
        long seed,
        TrainingLock turn,
        NDManager manager) {

    /** By the network's own initialisation: one generator an array. */
    static List<float[]> draw(Program program, RandomGenerator random) {
        return program.slots().stream()
                .map(slot -> slot.initial(new SplittableRandom(random.nextLong())))
                .toList();
    }

    Counts counts() {
        return Counts.of(program);
    }
}
