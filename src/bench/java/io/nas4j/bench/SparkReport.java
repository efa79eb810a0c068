package io.nas4j.bench;

import io.nas4j.Nas;
import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.execute.SparkHome;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.TrialExecutor;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a cluster of Spark on this machine costs and gains; prints the rows of {@code
 * src/bench/results/spark.md}. Spark's jars come first on its class path, and {@code SPARK_HOME} is
 * where they are.
 */
public final class SparkReport {

    private static final int WARM = 20;

    private SparkReport() {}

    /**
     * Starts a master and two workers of a core each, and measures.
     *
     * @param arguments how many rounds, trials that take no time, trials that take half a second, 0
     *     for none
     * @throws IOException when no process can be started
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("nas4j-spark-report");
        try (SparkHome cluster = new SparkHome(folder)) {
            cluster.worker(0);
            cluster.worker(1);
            System.setProperty("spark.master", cluster.master());
            System.setProperty("spark.app.name", "report");
            System.setProperty("spark.ui.enabled", "false");
            System.setProperty("spark.log.level", "ERROR");
            System.setProperty("spark.executor.memory", "512m");
            System.setProperty("spark.executor.cores", "1");
            System.setProperty("spark.executor.extraJavaOptions", "-XX:+UseSerialGC");
            System.setProperty(
                    "spark.executor.extraClassPath", System.getProperty("java.class.path"));
            int rounds = Integer.parseInt(arguments[0]);
            overhead(rounds, Integer.parseInt(arguments[1]));
            int busy = Integer.parseInt(arguments[2]);
            if (busy > 0) {
                throughput(rounds, busy);
            }
        }
        System.exit(0); // the context has threads of its own
    }

    private static SearchSpec search(
            TrialExecutor executor, PerformanceEstimator estimator, int trials, int seed) {
        Data dots = Data.rows("dots", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("a", "b"));
        return SearchSpec.of(
                        new Task(Spaces.nasBench201(), dots, new Seeds(seed)),
                        new RandomSearch(),
                        estimator,
                        Budget.trials(trials))
                .repeats(true)
                .executor(executor);
    }

    /** When each trial ended, in nanoseconds. */
    private static List<Long> ends(SearchSpec search) {
        List<Long> ends = new ArrayList<>();
        new SearchLoop(
                        search.listener(
                                event -> {
                                    if (event instanceof SearchEvent.TrialFinished) {
                                        ends.add(System.nanoTime());
                                    }
                                }))
                .run();
        return ends;
    }

    /** Trials that take no time, one after the other. */
    private static void overhead(int rounds, int trials) {
        PerformanceEstimator nothing = PerformanceEstimator.of("nothing", candidate -> 1);
        for (int round = 0; round < rounds; round++) {
            for (boolean spark : new boolean[] {false, true}) {
                TrialExecutor executor =
                        spark
                                ? Nas.spark().patience(Duration.ofMinutes(5)).slots(1)
                                : TrialExecutor.serial();
                double cpu = cpuSeconds();
                List<Long> ends = ends(search(executor, nothing, trials, round));
                cpu = cpuSeconds() - cpu;
                List<Double> millis = new ArrayList<>();
                for (int i = WARM; i < ends.size(); i++) {
                    millis.add((ends.get(i) - ends.get(i - 1)) / 1e6);
                }
                double second = (ends.get(1) - ends.get(0)) / 1e6;
                Collections.sort(millis);
                System.out.printf(
                        Locale.ROOT,
                        "overhead, round %d, %s: median %.2f ms a trial, mean %.2f, 95 %% below"
                                + " %.2f; the second trial %.1f; %.1f ms of processor time a trial%s%n",
                        round,
                        spark ? "Spark" : "serial",
                        millis.get(millis.size() / 2),
                        millis.stream().mapToDouble(m -> m).average().orElse(0),
                        millis.get(millis.size() * 95 / 100),
                        second,
                        1e3 * cpu / trials,
                        load());
            }
        }
    }

    private static double burn(long steps) {
        double x = 0.5;
        for (long i = 0; i < steps; i++) {
            x = 3.9 * x * (1 - x); // each step needs the one before
        }
        return x;
    }

    /** Trials of about half a second of computing, by one executor and by two, in turn. */
    private static void throughput(int rounds, int trials) {
        long steps = 1_000_000;
        long nanos = 0;
        while (nanos < 250_000_000L) {
            steps *= 2;
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            burn(steps);
            nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        }
        long work = Math.round(steps * 5e8 / nanos);
        PerformanceEstimator busy = PerformanceEstimator.of("busy", candidate -> burn(work));
        ends(search(Nas.spark().patience(Duration.ofMinutes(5)).slots(2), busy, 4, 99));
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double[] perSecond = new double[3];
            String load = load();
            for (int executors = 1; executors <= 2; executors++) {
                List<Long> ends =
                        ends(
                                search(
                                        Nas.spark()
                                                .patience(Duration.ofMinutes(5))
                                                .slots(executors),
                                        busy,
                                        trials,
                                        round));
                perSecond[executors] =
                        (ends.size() - 1) / ((ends.get(ends.size() - 1) - ends.get(0)) / 1e9);
            }
            ratios.add(perSecond[2] / perSecond[1]);
            System.out.printf(
                    Locale.ROOT,
                    "throughput, round %d: 1 executor %.3f trials a second, 2 executors %.3f,"
                            + " ratio %.2f%s%n",
                    round,
                    perSecond[1],
                    perSecond[2],
                    ratios.get(round),
                    load);
        }
        Collections.sort(ratios);
        System.out.printf(Locale.ROOT, "throughput: median ratio %.2f%n", ratios.get(rounds / 2));
    }

    /** Of this process, the master, the workers and the executors. */
    private static double cpuSeconds() {
        return Stream.concat(
                        Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
                .mapToDouble(
                        process ->
                                process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis()
                                        / 1e3)
                .sum();
    }

    private static String load() {
        return String.format(
                Locale.ROOT,
                "; load %.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
