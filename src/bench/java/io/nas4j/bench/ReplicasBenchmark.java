package io.nas4j.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.nas4j.sharing.BilevelStep;
import io.nas4j.sharing.Replicas;
import io.nas4j.sharing.SupernetProblem;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.supernet.Supernet;
import io.nas4j.train.Adam;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Optimizer;
import io.nas4j.train.Sgd;
import io.nas4j.train.TrainingLock;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Times first-order bilevel steps of one supernet on several replicas on the CPU against one on the
 * same batch, in turn, so that whatever else the machine does meets all alike.
 *
 * <pre>{@code
 * ReplicasBenchmark cells 64 2 15 1 2    space, batch, warm-up steps, timed steps, numbers of replicas
 * }</pre>
 */
public final class ReplicasBenchmark {

    private ReplicasBenchmark() {}

    /**
     * Prints a line a number of replicas.
     *
     * @param args space ({@code cells} or {@code paper}), batch, warm-up, steps, numbers of
     *     replicas
     * @throws InterruptedException when interrupted
     */
    @SuppressWarnings("try") // the turn is held, not used
    public static void main(String[] args) throws InterruptedException {
        boolean paper = args[0].equals("paper");
        SearchSpace space = paper ? Spaces.darts(16, 8) : Spaces.cells();
        int channels = paper ? 3 : 1;
        int side = paper ? 32 : 14;
        int batch = Integer.parseInt(args[1]);
        int warmUp = Integer.parseInt(args[2]);
        int steps = Integer.parseInt(args[3]);
        List<Run> runs = new ArrayList<>();
        try (TrainingLock turn = TrainingLock.take(1);
                NDManager manager = NDManager.newBaseManager();
                Supernet net =
                        Supernet.of(
                                space, channels, side, side, 10, Supernet.Form.FUSED, manager)) {
            for (String count : Arrays.asList(args).subList(4, args.length)) {
                runs.add(new Run(net, Integer.parseInt(count), steps, manager));
            }
            for (int i = -warmUp; i < steps; i++) {
                for (Run run : runs) {
                    run.step(i, batch, channels, side);
                }
            }
            System.out.println(
                    "replicas,batch,steps,median_seconds,median_cpu_seconds,ratio,cpu_ratio");
            for (Run run : runs) {
                System.out.printf(
                        Locale.ROOT,
                        "%d,%d,%d,%.4f,%.4f,%.2f,%.2f%n",
                        run.replicas.count(),
                        batch,
                        steps,
                        median(run.seconds),
                        median(run.cpu),
                        paired(run.seconds, runs.get(0).seconds),
                        paired(run.cpu, runs.get(0).cpu));
                run.replicas.close();
            }
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double paired(double[] some, double[] others) {
        double[] ratios = new double[some.length];
        Arrays.setAll(ratios, i -> some[i] / others[i]);
        return median(ratios);
    }

    private static final class Run {
        private final Replicas replicas;
        private final NDManager manager;
        private final NDArray weights;
        private final NDArray alpha;
        private final Optimizer.State forWeights;
        private final Optimizer.State forAlpha;
        private final double[] seconds;
        private final double[] cpu;

        Run(Supernet net, int count, int steps, NDManager manager) {
            this.manager = manager;
            replicas = Replicas.on(Collections.nCopies(count, "cpu"), net, manager);
            weights = manager.create(net.initialWeights(1));
            alpha = manager.zeros(new Shape(net.logitCount()));
            forWeights = Sgd.darts().start(weights);
            forAlpha = Adam.darts().start(alpha);
            seconds = new double[steps];
            cpu = new double[steps];
        }

        void step(int number, int batch, int channels, int side) {
            long start = System.nanoTime();
            long startCpu = cpuTime();
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray images =
                        manager.randomNormal(new Shape(batch, side, side, channels))
                                .transpose(0, 3, 1, 2);
                NDArray labels = manager.arange(batch).toType(DataType.INT64, false).mod(10);
                Batch data = new Batch(images, labels);
                SupernetProblem problem =
                        new SupernetProblem(
                                replicas, ForwardPass.mixture(), data, data, Optional.empty());
                BilevelStep step = new BilevelStep(problem, weights, alpha);
                forAlpha.step(alpha, step.firstOrder().gradient(), 3e-4);
                step.weights(forWeights, 0.025, 5).getFloat();
            }
            if (number >= 0) {
                seconds[number] = (System.nanoTime() - start) / 1e9;
                cpu[number] = (cpuTime() - startCpu) / 1e9;
            }
        }

        private static long cpuTime() {
            return ((com.sun.management.OperatingSystemMXBean)
                            ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }
    }
}
