package io.nas4j.bench;

import ai.djl.ndarray.NDManager;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.train.DeviceData;
import io.nas4j.train.Recipe;
import io.nas4j.train.Training;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Resident memory over 1,100 training steps of a random architecture, printed every 100 (Linux).
 *
 * <p>Arguments: batch (32), resolution (28). It should be flat to 5 % after the first 100 steps.
 */
public final class TrainingMemory {

    private static final int STEPS = 1100;
    private static final int EVERY = 100;

    private TrainingMemory() {}

    public static void main(String[] args) throws InterruptedException {
        int batch = args.length > 0 ? Integer.parseInt(args[0]) : 32;
        int resolution = args.length > 1 ? Integer.parseInt(args[1]) : 28;
        Data data = Readers.fashionMnistSample();
        SearchSpace space = Spaces.cells();
        SearchSpace found = space.network(space.sample(new SplittableRandom(100)));
        try (TrainingLock turn = TrainingLock.take(1);
                NDManager manager = NDManager.newBaseManager();
                DeviceData device = new DeviceData(data, resolution, manager)) {
            System.out.printf(
                    Locale.ROOT,
                    "%s, batch %d, %dx%d, %d threads%n",
                    space.name(),
                    batch,
                    resolution,
                    resolution,
                    ai.djl.pytorch.jni.JniUtils.getNumThreads());
            InputShape shape = new InputShape(1, resolution, resolution);
            Network network = Networks.compile(found, shape, data.classes().size(), 1);
            network.initialize(manager, new SplittableRandom(1));
            // an epoch of 100 steps
            int[] examples = Arrays.copyOf(data.split().train(), batch * EVERY);
            Recipe recipe = Recipe.DEFAULT.batch(batch);
            try (Training training =
                    new Training(turn, network, device, examples, recipe, manager, 1)) {
                training.run(STEPS / EVERY, data.split().validation(), new Printer(manager));
            }
        }
    }

    private static final class Printer implements TrialContext {
        private final NDManager manager;
        private long first;

        Printer(NDManager manager) {
            this.manager = manager;
        }

        @Override
        public long seed() {
            return 1;
        }

        @Override
        public boolean report(int step, double score) {
            long resident = resident();
            first = first == 0 ? resident : first;
            System.out.printf(
                    Locale.ROOT,
                    "%5d steps  %6d MiB resident  %+5.1f %%  %d arrays%n",
                    step * EVERY,
                    resident >> 10,
                    100.0 * (resident - first) / first,
                    manager.getParentManager().getManagedArrays().size());
            return true;
        }

        @Override
        public boolean proceed() {
            return true;
        }
    }

    /** In KiB. */
    private static long resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
