package io.nas4j.bench;

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
import io.nas4j.strategy.RandomSearch;
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

    /** Look-ups of a millisecond, in a space that is not exhausted and in a small one. */
    private static void loop() throws InterruptedException {
        for (int slots : new int[] {8, 16, 32, 64, 64}) {
            double floor = floor(slots, 1_000 * slots);
            loop(Spaces.cells(), slots, 1_000 * slots, floor);
            loop(Spaces.nasBench201(), slots, 3_000, floor);
        }
    }

    /** What a plain executor manages that is handed a look-up whenever one has ended. */
    private static double floor(int slots, int trials) throws InterruptedException {
        ExecutorService plain = Executors.newFixedThreadPool(slots);
        BlockingQueue<Integer> ended = new LinkedBlockingQueue<>();
        LongAdder busy = new LongAdder();
        long start = System.nanoTime();
        int handed = 0;
        for (int done = 0; done < trials; done++) {
            while (handed < trials && handed - done < slots) {
                int number = handed++;
                plain.execute(
                        () -> {
                            lookUp(busy);
                            ended.add(number);
                        });
            }
            ended.take();
        }
        double wall = System.nanoTime() - start;
        plain.shutdown();
        System.out.printf(
                Locale.ROOT,
                "floor: %d threads, %,.0f look-ups a second, idle %.1f %%%n",
                slots,
                trials / wall * 1e9,
                100 * (1 - busy.sum() / (wall * slots)));
        return trials / wall * 1e9;
    }

    private static void lookUp(LongAdder busy) {
        long start = System.nanoTime();
        LockSupport.parkNanos(1_000_000);
        busy.add(System.nanoTime() - start);
    }

    /**
     * Idle: what is not within look-ups, of the time that the slots were there. Of the floor: the
     * trials a second, of those of the plain executor.
     */
    private static void loop(SearchSpace space, int slots, int trials, double floor) {
        LongAdder busy = new LongAdder();
        PerformanceEstimator millisecond =
                PerformanceEstimator.of(
                        "1 ms",
                        candidate -> {
                            lookUp(busy);
                            return candidate.trial();
                        });
        Data dots = Data.rows("dots", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("a", "b"));
        for (int round = 0; round < 3; round++) {
            SearchSpec search =
                    SearchSpec.of(
                                    new Task(space, dots, new Seeds(round)),
                                    new RandomSearch(),
                                    millisecond,
                                    Budget.trials(trials))
                            .executor(new ThreadExecutor(slots));
            busy.reset();
            long own = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            RunResult result = new SearchLoop(search).run();
            double wall = System.nanoTime() - start;
            long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - own;
            int size = result.history().size();
            System.out.printf(
                    Locale.ROOT,
                    "loop: %s, %d slots, %d trials and %d repeats: %,.0f a second, %.0f %% of the"
                            + " floor; slots idle %.1f %%; %.1f µs a trial in the searching"
                            + " thread%n",
                    space.name(),
                    slots,
                    trials,
                    size - trials,
                    size / wall * 1e9,
                    100 * size / wall * 1e9 / floor,
                    100 * (1 - busy.sum() / (wall * slots)),
                    used / 1e3 / size);
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
