package io.nas4j.bench;

import com.sun.management.OperatingSystemMXBean;
import io.nas4j.Nas;
import io.nas4j.Search;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.execute.ThreadExecutor;
import io.nas4j.execute.Workers;
import io.nas4j.journal.JournalContent;
import io.nas4j.journal.SearchIdentity;
import io.nas4j.json.JournalJson;
import io.nas4j.search.Budget;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Place;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** What many workers cost and gain; prints the rows of {@code src/bench/results/workers.md}. */
public final class WorkersReport {

    private WorkersReport() {}

    /**
     * Runs parts of it.
     *
     * @param parts of {@code loop}, {@code journal}, {@code process}, {@code threads}, and a
     *     number: so many trainings by one worker and by two
     * @throws IOException when no file can be written
     * @throws InterruptedException when it is interrupted
     */
    public static void main(String[] parts) throws IOException, InterruptedException {
        for (String part : parts) {
            switch (part) {
                case "loop" -> loop();
                case "journal" -> journal();
                case "process" -> process();
                case "threads" -> threads();
                default -> workers(Integer.parseInt(part));
            }
        }
    }

    /** Look-ups of a millisecond: the floor and the search in turn. */
    private static void loop() throws InterruptedException {
        for (int round = 0; round < 3; round++) {
            for (int slots : new int[] {1, 8, 32, 64}) {
                int trials = 1_500 * slots;
                double floor = floor(slots, trials, 0);
                floor(slots, trials, 2 * slots);
                loop(new RandomSearch(), slots, trials, round, floor);
            }
            loop(new Evolution(), 64, 32_000, round, floor(64, 32_000, 0));
        }
    }

    /**
     * What a plain executor manages.
     *
     * @param waiting how many look-ups it has beyond its threads; 0: one is handed over whenever
     *     one has ended
     */
    private static double floor(int slots, int trials, int waiting) throws InterruptedException {
        ExecutorService plain = Executors.newFixedThreadPool(slots);
        BlockingQueue<Integer> ended = new LinkedBlockingQueue<>();
        LongAdder busy = new LongAdder();
        Meter meter = new Meter();
        int handed = 0;
        for (int done = 0; done < trials; done++) {
            while (handed < trials && handed - done < slots + waiting) {
                int number = handed++;
                plain.execute(
                        () -> {
                            lookUp(busy);
                            ended.add(number);
                        });
            }
            ended.take();
        }
        double perSecond = meter.tell("floor, " + waiting + " waiting", slots, trials, busy, 0);
        plain.shutdown();
        return perSecond;
    }

    private static void lookUp(LongAdder busy) {
        long start = System.nanoTime();
        LockSupport.parkNanos(1_000_000);
        busy.add(System.nanoTime() - start);
    }

    private static void loop(
            SearchStrategy strategy, int slots, int trials, int round, double floor) {
        LongAdder busy = new LongAdder();
        PerformanceEstimator millisecond =
                PerformanceEstimator.of(
                        "1 ms",
                        candidate -> {
                            lookUp(busy);
                            return candidate.trial();
                        });
        Data dots = Data.rows("dots", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("a", "b"));
        Task task = new Task(Spaces.cells(), dots, new Seeds(round));
        SearchSpec search =
                SearchSpec.of(task, strategy, millisecond, Budget.trials(trials))
                        .executor(new ThreadExecutor(slots));
        Meter meter = new Meter();
        RunResult result = new SearchLoop(search).run();
        meter.tell(strategy.name(), slots, result.history().size(), busy, floor);
    }

    /** Time by the clock and processor time, from when it is made. */
    private static final class Meter {
        private static final OperatingSystemMXBean MACHINE =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private final long own = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        private final long all = MACHINE.getProcessCpuTime();
        private final long start = System.nanoTime();

        /**
         * Prints a row. Idle: what is not within look-ups, of the time that the slots were there.
         *
         * @param floor trials a second of the floor; 0 where it is that
         * @return trials a second
         */
        double tell(String what, int slots, int trials, LongAdder busy, double floor) {
            double wall = System.nanoTime() - start;
            double used = MACHINE.getProcessCpuTime() - all;
            double here = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - own;
            double perSecond = trials / wall * 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "loop: %s, %d slots: %,.0f a second%s, idle %.1f %%, %.1f µs"
                            + " a trial in the searching thread, %.1f in all, load %.0f%n",
                    what,
                    slots,
                    perSecond,
                    floor == 0
                            ? ""
                            : String.format(
                                    Locale.ROOT, ", %.0f %% of it", 100 * perSecond / floor),
                    100 * (1 - busy.sum() / (wall * slots)),
                    here / 1e3 / trials,
                    used / 1e3 / trials,
                    MACHINE.getSystemLoadAverage());
            return perSecond;
        }
    }

    private static void journal() throws IOException {
        int trials = 100_000;
        SearchSpace space = Spaces.nasBench201();
        Task task = new Task(space, Readers.fashionMnistSample(), new Seeds(1));
        PerformanceEstimator estimator = Nas.tabular(Nas.CIFAR10);
        Path file = Files.createTempFile("nas4j", ".jsonl");
        JournalJson.Header header =
                SearchIdentity.of(
                        task,
                        new RandomSearch(),
                        estimator,
                        true,
                        io.nas4j.curve.StoppingRule.NONE);
        SplittableRandom random = new SplittableRandom(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(JournalJson.write(header) + "\n");
            for (int i = 0; i < trials; i++) {
                Estimate estimate =
                        Nas.tabular(Nas.CIFAR10)
                                .table()
                                .find(space.sample(random), 200, java.util.OptionalLong.empty())
                                .orElseThrow();
                Trial trial =
                        new Trial(
                                i,
                                space.sample(random),
                                estimator.measure(),
                                Fidelity.NONE,
                                random.nextLong(),
                                OptionalInt.empty(),
                                new Outcome.Completed(estimate));
                out.write(
                        JournalJson.write(
                                        new JournalJson.Entry(
                                                trial,
                                                Math.max(0, i - 64),
                                                false,
                                                Duration.ofNanos(i * 1_234_567L),
                                                Optional.of(new Place("worker 12", "gpu:3"))))
                                + "\n");
            }
        }
        for (int round = 0; round < 3; round++) {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            int read = JournalContent.read(file).history().size();
            System.out.printf(
                    Locale.ROOT,
                    "journal: %d trials, %.0f bytes a trial, opened in %.2f s of processor time"
                            + " (%.2f s by the clock)%n",
                    read,
                    Files.size(file) / (double) read,
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9,
                    (System.nanoTime() - start) / 1e9);
        }
        Files.delete(file);
    }

    /** What a process adds to a trial that costs nothing. */
    private static void process() {
        Search search =
                Nas.space(Spaces.smallBench())
                        .strategy(Nas.RANDOM)
                        .estimator(Nas.tabular(Nas.SMALL_BENCH).oneSeed())
                        .quiet();
        for (int trials : new int[] {1, 100}) {
            long start = System.nanoTime();
            search.allowRepeats().budget(Nas.trials(trials)).workers(1).run();
            System.out.printf(
                    Locale.ROOT,
                    "process: 1 worker, %d look-ups: %.2f s%n",
                    trials,
                    (System.nanoTime() - start) / 1e9);
        }
    }

    /** Short trainings by one and by two, in turn. */
    private static void workers(int trials) {
        Search search =
                Nas.space(Spaces.smallBench())
                        .strategy(Nas.RANDOM)
                        .estimator(Nas.lowFidelity(1).data(0.3).resolution(14))
                        .budget(Nas.trials(trials))
                        .device("cpu")
                        .quiet();
        for (int round = 0; round < 3; round++) {
            double[] perSecond = new double[3];
            for (int workers = 1; workers <= 2; workers++) {
                perSecond[workers] = throughput(search.workers(workers));
            }
            System.out.printf(
                    Locale.ROOT,
                    "workers: 1: %.3f trials a second, 2: %.3f, ratio %.2f%n",
                    perSecond[1],
                    perSecond[2],
                    perSecond[2] / perSecond[1]);
        }
    }

    /** One worker of one thread and of two, in turn: small networks, and those of the default. */
    private static void threads() {
        Search small =
                Nas.space(Spaces.smallBench())
                        .estimator(Nas.lowFidelity(1).data(0.3).resolution(14))
                        .budget(Nas.trials(14));
        Search usual =
                Nas.space(Spaces.cells())
                        .estimator(Nas.lowFidelity(1).data(0.1))
                        .budget(Nas.trials(5));
        for (int round = 0; round < 3; round++) {
            for (Search search : List.of(small, usual)) {
                double[] perSecond = new double[3];
                for (int threads = 1; threads <= 2; threads++) {
                    perSecond[threads] =
                            throughput(
                                    search.strategy(Nas.RANDOM)
                                            .device("cpu")
                                            .quiet()
                                            .executor(Workers.of(1).threads(threads)));
                }
                System.out.printf(
                        Locale.ROOT,
                        "threads: %s, 1: %.3f trials a second, 2: %.3f, ratio %.2f%n",
                        search == small ? "small bench at 14 pixels" : "cells at 28 pixels",
                        perSecond[1],
                        perSecond[2],
                        perSecond[2] / perSecond[1]);
            }
        }
    }

    /** From the first trial's end to the last one's, so that the start of JVMs is left out. */
    private static double throughput(Search search) {
        long[] ends = new long[2];
        int[] count = {0};
        search.listener(
                        event -> {
                            if (event instanceof io.nas4j.search.SearchEvent.TrialFinished) {
                                ends[count[0]++ == 0 ? 0 : 1] = System.nanoTime();
                            }
                        })
                .run();
        return (count[0] - 1) / ((ends[1] - ends[0]) / 1e9);
    }
}
