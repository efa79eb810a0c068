package io.nas4j.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nas4j.space.Node;
import io.nas4j.space.Node.Merge;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.supernet.Supernet;
import io.nas4j.train.Adam;
import io.nas4j.train.CrossEntropy;
import io.nas4j.train.Gradients;
import io.nas4j.train.Optimizer;
import io.nas4j.train.Sgd;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Times a first-order bilevel step of the supernet, for comparison with {@code
 * src/bench/python/darts_supernet.py --time}, whose configurations and columns it shares.
 *
 * <pre>{@code
 * SupernetBenchmark paper fused 3 11 1   configuration, form, warm-up steps, timed steps, PC-DARTS' K
 * }</pre>
 */
public final class SupernetBenchmark {

    private SupernetBenchmark() {}

    private record Config(SearchSpace space, int batch, int channels, int side) {

        static Config of(String name) {
            switch (name) {
                case "paper":
                    return new Config(Spaces.darts(16, 8), 16, 3, 32);
                case "small":
                    return new Config(darts(8, 5, 3), 32, 1, 28);
                case "cells":
                    return new Config(Spaces.cells(), 64, 1, 14);
                case "tiny":
                    return new Config(darts(4, 3, 2), 4, 3, 12);
                default:
                    throw new IllegalArgumentException(
                            "a configuration must be paper, small, cells or tiny, but was " + name);
            }
        }

        /** DARTS' cells with fewer vertices, which no ready-made space has. */
        private static SearchSpace darts(int channels, int cells, int vertices) {
            SearchSpace whole = Spaces.darts(channels, cells);
            java.util.Map<String, Node> shared = new java.util.LinkedHashMap<>();
            whole.shared()
                    .forEach(
                            (name, node) -> {
                                Node.Cell cell = (Node.Cell) node;
                                shared.put(
                                        name,
                                        new Node.Cell(
                                                2,
                                                cell.vertices().subList(0, vertices),
                                                Merge.CONCAT));
                            });
            return SearchSpace.of("darts-" + vertices, whole.root(), shared);
        }
    }

    /**
     * Prints one line of figures.
     *
     * @param args configuration, form, warm-up, steps, one of how many channels is mixed
     * @throws IOException when the process cannot read its own memory
     */
    public static void main(String[] args) throws IOException {
        String name = args.length > 0 ? args[0] : "paper";
        Supernet.Form form =
                Supernet.Form.valueOf(
                        (args.length > 1 ? args[1] : "fused").toUpperCase(Locale.ROOT));
        int warmUp = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        int steps = args.length > 3 ? Integer.parseInt(args[3]) : 11;
        int part = args.length > 4 ? Integer.parseInt(args[4]) : 1;
        Config config = Config.of(name);
        double[] seconds = new double[steps];
        double[] cpu = new double[steps];
        try (NDManager manager = NDManager.newBaseManager();
                NDScope idle = new NDScope()) {
            idle.suppressNotUsedWarning();
            manager.zeros(new Shape(1)).getFloat();
            long before = kibibytes("VmRSS");
            Steps run = new Steps(config, form, part, manager);
            long warm = 0;
            for (int i = 0; i < warmUp + steps; i++) {
                if (i == warmUp) {
                    warm = kibibytes("VmRSS");
                }
                long start = System.nanoTime();
                long startCpu = cpuTime();
                run.step();
                if (i >= warmUp) {
                    seconds[i - warmUp] = (System.nanoTime() - start) / 1e9;
                    cpu[i - warmUp] = (cpuTime() - startCpu) / 1e9;
                }
            }
            Arrays.sort(seconds);
            Arrays.sort(cpu);
            System.out.println(
                    "config,form,part,steps,median_seconds,min_seconds,median_cpu_seconds,peak_mib,"
                            + "warm_mib,growth_mib");
            System.out.printf(
                    Locale.ROOT,
                    "%s,%s,%d,%d,%.4f,%.4f,%.4f,%d,%d,%d%n",
                    name,
                    form,
                    part,
                    steps,
                    seconds[steps / 2],
                    seconds[0],
                    cpu[steps / 2],
                    (kibibytes("VmHWM") - before) / 1024,
                    warm / 1024,
                    (kibibytes("VmRSS") - warm) / 1024);
        }
    }

    private static long cpuTime() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long kibibytes(String what) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(what + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** The step of a search, on one batch of noise. */
    private static final class Steps {
        private final CrossEntropy entropy = new CrossEntropy(0);
        private final Supernet net;
        private final NDArray images;
        private final NDArray labels;
        private final NDArray weights;
        private final NDArray alpha;
        private final Optimizer.State forWeights;
        private final Optimizer.State forAlpha;

        Steps(Config config, Supernet.Form form, int part, NDManager manager) {
            net =
                    Supernet.of(
                            config.space,
                            config.channels,
                            config.side,
                            config.side,
                            10,
                            form,
                            part,
                            manager);
            SplittableRandom random = new SplittableRandom(1);
            float[] pixels = new float[config.batch * config.channels * config.side * config.side];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (float) random.nextGaussian();
            }
            images =
                    manager.create(
                            pixels,
                            new Shape(config.batch, config.channels, config.side, config.side));
            labels = manager.create(random.longs(config.batch, 0, 10).toArray());
            float[] start = new float[net.logitCount()];
            for (int i = 0; i < start.length; i++) {
                start[i] = (float) (1e-3 * random.nextGaussian());
            }
            weights = manager.create(net.initialWeights(1));
            alpha = manager.create(start);
            forWeights = Sgd.darts().start(weights);
            forAlpha = Adam.darts().start(alpha);
        }

        void step() {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray alphaGradient = gradient(false);
                forAlpha.step(alpha, alphaGradient, 3e-4);
                NDArray weightGradient = gradient(true);
                Gradients.clip(weightGradient, 5);
                forWeights.step(weights, weightGradient, 0.025);
            }
        }

        private NDArray gradient(boolean ofWeights) {
            NDArray w = weights.stopGradient();
            NDArray a = alpha.stopGradient();
            NDArray leaf = ofWeights ? w : a;
            leaf.setRequiresGradient(true);
            try (NDScope scope = new NDScope();
                    GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                scope.suppressNotUsedWarning();
                collector.backward(entropy.of(net.forward(images, w, net.mixture(a)), labels));
            }
            return leaf.getGradient();
        }
    }
}
