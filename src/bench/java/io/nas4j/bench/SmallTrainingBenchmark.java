package io.nas4j.bench;

import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.sepConv;
import static io.nas4j.space.Grammar.stem;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.space.Architecture;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.train.DeviceData;
import io.nas4j.train.Recipe;
import io.nas4j.train.Training;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.TrialContext;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Times a training step of a small network: a stem, four operations one after the other, and a
 * classifier, on batches of the embedded images of 28 pixels. {@code
 * src/bench/python/small_training.py} trains the same networks in eager PyTorch, and runs both in
 * turn. {@code cell} is a random architecture of {@code Spaces.cells(channels, 5, 3)} in place of
 * the chain.
 *
 * <pre>{@code
 * SmallTrainingBenchmark nor_conv 8 64 20 60   operation, channels, batch, warm-up steps, timed steps
 * }</pre>
 */
public final class SmallTrainingBenchmark {

    private static final int OPERATIONS = 4;

    private SmallTrainingBenchmark() {}

    /**
     * Prints one line of figures: milliseconds a step, wall (median) and processor time (mean).
     *
     * @param args operation, channels, batch, warm-up steps, timed steps
     * @throws InterruptedException when interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        String operation = args[0];
        int channels = Integer.parseInt(args[1]);
        int batch = Integer.parseInt(args[2]);
        int warmUp = Integer.parseInt(args[3]);
        int steps = Integer.parseInt(args[4]);
        Data data = Readers.fashionMnistSample();
        try (TrainingLock turn = TrainingLock.take(1);
                NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope();
                DeviceData device = new DeviceData(data, 0, manager)) {
            scope.suppressNotUsedWarning();
            InputShape shape = new InputShape(1, data.height(), data.width());
            Network network = Networks.compile(chain(operation, channels), shape, 10, 1);
            network.initialize(manager, new SplittableRandom(1));
            int[] examples = data.split().train();
            Stopwatch watch = new Stopwatch(warmUp, steps);
            Recipe recipe = Recipe.DEFAULT.batch(batch);
            try (Training training =
                    new Training(turn, network, device, examples, recipe, manager, 1)) {
                // epochs without end: the watch stops it
                training.run(1000, new int[0], watch);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s,%d,%d,nas4j,%d,%.3f,%.3f%n",
                    operation,
                    channels,
                    batch,
                    ai.djl.pytorch.jni.JniUtils.getNumThreads(),
                    watch.wall(),
                    watch.cpu());
        }
    }

    private static SearchSpace chain(String operation, int channels) {
        if (operation.startsWith("cell")) {
            SearchSpace cells = Spaces.cells(channels, 5, 3);
            return cells.network(
                    operation.equals("cell")
                            ? cells.sample(new SplittableRandom(100))
                            : new Architecture(
                                    cells.name(),
                                    Arrays.stream(operation.substring(5).split(","))
                                            .map(Integer::valueOf)
                                            .toList()));
        }
        Supplier<Node> one =
                switch (operation) {
                    case "nor_conv" -> () -> norConv(3);
                    case "sep_conv" -> () -> sepConv(3);
                    default ->
                            throw new IllegalArgumentException(
                                    "an operation must be nor_conv, sep_conv or cell, but was "
                                            + operation);
                };
        Node[] nodes = new Node[OPERATIONS + 2];
        Arrays.setAll(
                nodes, i -> i == 0 ? stem(channels) : i <= OPERATIONS ? one.get() : classifier());
        return SearchSpace.of("chain", nodes);
    }

    /** Hears of every step before it begins. */
    private static final class Stopwatch implements TrialContext {
        private final int warmUp;
        private final double[] millis;
        private int step = -1;
        private long wall;
        private long cpu;
        private long startCpu;

        Stopwatch(int warmUp, int steps) {
            this.warmUp = warmUp;
            this.millis = new double[steps];
        }

        @Override
        public long seed() {
            return 1;
        }

        @Override
        public boolean report(int epoch, double score) {
            return true;
        }

        @Override
        public boolean proceed() {
            long now = System.nanoTime();
            int timed = step - warmUp;
            if (timed >= 0) {
                millis[timed] = (now - wall) / 1e6;
            }
            step++;
            if (step == warmUp) {
                startCpu = processorTime();
            }
            if (step == warmUp + millis.length) {
                cpu = processorTime() - startCpu;
                return false;
            }
            wall = System.nanoTime();
            return true;
        }

        double wall() {
            double[] sorted = millis.clone();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }

        double cpu() {
            return cpu / 1e6 / millis.length;
        }

        private static long processorTime() {
            return ((com.sun.management.OperatingSystemMXBean)
                            ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }
    }
}
