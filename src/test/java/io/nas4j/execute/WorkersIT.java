package io.nas4j.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.Nas;
import io.nas4j.curve.StoppingRule;
import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.execute.Probe.Conduct;
import io.nas4j.operation.Operation;
import io.nas4j.search.Budget;
import io.nas4j.search.EndReason;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Searches;
import io.nas4j.search.TrialExecutor;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Hyperband;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Place;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, some of which come to a bad end. */
class WorkersIT {

    @TempDir private Path folder;

    private static SearchSpec search(
            TrialExecutor executor, PerformanceEstimator estimator, int trials) {
        return SearchSpec.of(
                        Searches.task(Spaces.nasBench201(), 3),
                        new RandomSearch(),
                        estimator,
                        Budget.trials(trials))
                .executor(executor);
    }

    static RunResult run(TrialExecutor executor, PerformanceEstimator estimator, int trials) {
        return new SearchLoop(search(executor, estimator, trials)).run();
    }

    private static List<Double> scores(RunResult result) {
        return result.history().trials().stream()
                .map(trial -> trial.score().orElse(Double.NaN))
                .toList();
    }

    @Test
    void workersGiveTheTrialsOfOneProcessWhateverIsPrinted() throws IOException {
        Set<Place> places = Collections.synchronizedSet(new java.util.HashSet<>());
        SearchSpec search =
                search(Workers.of(2), new Probe(folder, Conduct.NOISY), 12)
                        .listener(
                                event -> {
                                    if (event instanceof SearchEvent.TrialPlaced placed) {
                                        places.add(placed.place());
                                    }
                                });
        RunResult result = new SearchLoop(search).run();
        assertThat(Probe.processes(folder)).isEqualTo(2);
        assertThat(places).containsExactlyInAnyOrder(place(0), place(1));
        Path other = Files.createDirectory(folder.resolve("serial"));
        RunResult serial = run(TrialExecutor.serial(), new Probe(other, Conduct.GOOD), 12);
        assertThat(scores(result)).isEqualTo(scores(serial)).doesNotContain(Double.NaN);
        assertThat(result.warnings()).isEmpty();
    }

    /** Its score is a pixel of its data. */
    record FirstPixel() implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            return (candidate, context) ->
                    Estimate.of(
                            (task.data().isMapped() ? 100 : 0)
                                    + task.data().pixels(candidate.trial())[0]);
        }

        @Override
        public String measure() {
            return "first pixel";
        }
    }

    @Test
    void imagesThatStayInAFileAreMappedByEachWorker() throws IOException {
        byte[] pixels = new byte[20 * 4];
        for (int i = 0; i < 20; i++) {
            pixels[4 * i] = (byte) i;
        }
        Path file = Files.write(folder.resolve("pixels"), pixels);
        Data mapped = Data.mapped("set", file, 1, 2, 2, new int[20], List.of("a"));
        SearchSpec search =
                SearchSpec.of(
                                new Task(Spaces.nasBench201(), mapped, new Seeds(1)),
                                new RandomSearch(),
                                new FirstPixel(),
                                Budget.trials(4))
                        .executor(Workers.of(2));
        assertThat(scores(new SearchLoop(search).run()))
                .containsExactly(100.0, 101.0, 102.0, 103.0);
    }

    private static Place place(int worker) {
        return new Place("worker " + worker, "");
    }

    @Test
    void theTrialOfAKilledWorkerIsRunOnceMore() throws Exception {
        AtomicReference<RunResult> result = new AtomicReference<>();
        Probe probe = new Probe(folder, Conduct.WAITS_TO_BE_KILLED_ONCE);
        Thread searching = new Thread(() -> result.set(run(Workers.of(1), probe, 3)));
        searching.start();
        Probe.worker(folder, 1).destroyForcibly();
        searching.join();
        assertThat(scores(result.get())).hasSize(3).doesNotContain(Double.NaN);
        assertThat(folder.resolve("trial-1-again")).exists();
    }

    @Test
    void aTrialThatKillsTwoWorkersHasFailedAndTheSearchGoesOn() {
        RunResult result = run(Workers.of(1), new Probe(folder, Conduct.DIES_IN_TRIAL_1), 3);
        List<Trial> trials = result.history().trials();
        assertThat(((Outcome.Failed) trials.get(1).outcome()).reason())
                .startsWith("worker 0 (process ")
                .endsWith("was lost: exit code 7; it was the second one lost with this trial");
        assertThat(trials.get(0).score()).isPresent();
        assertThat(trials.get(2).score()).isPresent();
    }

    /**
     * The clock of the search jumps, once, when the worker stands still: no time is measured. Who
     * reads what a worker said sees the time at which he began, since what was in the pipe may be
     * read after the jump.
     */
    @Test
    void aWorkerWithoutASignOfLifeIsReplaced() throws Exception {
        AtomicLong time = new AtomicLong();
        ThreadLocal<Long> began = ThreadLocal.withInitial(time::get);
        LongSupplier clock =
                () ->
                        Thread.currentThread().getName().startsWith("nas4j-worker-")
                                ? began.get()
                                : time.get();
        Workers workers = new Workers(List.of(""), clock, WorkerMain.class.getName(), folder);
        AtomicReference<RunResult> result = new AtomicReference<>();
        Probe probe = new Probe(folder, Conduct.WAITS_TO_BE_KILLED_ONCE);
        Thread searching = new Thread(() -> result.set(run(workers, probe, 2)));
        searching.start();
        ProcessHandle worker = Probe.worker(folder, 1);
        signal("-STOP", worker.pid());
        time.set(java.time.Duration.ofMinutes(2).toNanos());
        searching.join();
        worker.onExit().get();
        assertThat(scores(result.get())).hasSize(2).doesNotContain(Double.NaN);
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(pid)).inheritIO().start().waitFor();
    }

    @Test
    void aStopEndsWorkersThatDoNotHeedIt() throws Exception {
        AtomicReference<RunResult> result = new AtomicReference<>();
        Probe deaf = new Probe(folder, Conduct.NEVER_HEEDS);
        Thread searching = new Thread(() -> result.set(run(Workers.of(1), deaf, 2)));
        searching.start();
        ProcessHandle worker = Probe.worker(folder, 0);
        searching.interrupt();
        searching.join();
        assertThat(result.get().end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(result.get().history().trials())
                .singleElement()
                .matches(trial -> trial.outcome() instanceof Outcome.Stopped);
        worker.onExit().get();
    }

    @Test
    void noWorkerOutlivesASearchThatIsKilled() throws Exception {
        Process parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledParent.class.getName(),
                                folder.toString())
                        .inheritIO()
                        .start();
        ProcessHandle worker = Probe.worker(folder, 0);
        parent.destroyForcibly().waitFor();
        Ended.await(worker);
    }

    @Test
    void reportsAndEarlyStopsCrossThePipe() {
        StoppingRule third =
                underWay -> underWay.curve().size() == 3 ? Optional.of("enough") : Optional.empty();
        Probe probe = new Probe(folder, Conduct.REPORTS);
        SearchSpec search =
                SearchSpec.of(
                                Searches.task(Spaces.nasBench201(), 3),
                                new RandomSearch(),
                                new Epochs(probe),
                                Budget.trials(2))
                        .executor(Workers.of(1))
                        .stopping(third);
        RunResult result = new SearchLoop(search).run();
        assertThat(result.history().trials())
                .hasSize(2)
                .allSatisfy(
                        trial -> {
                            Outcome.Stopped stopped = (Outcome.Stopped) trial.outcome();
                            assertThat(stopped.isEarly()).isTrue();
                            assertThat(stopped.curve()).hasSize(3);
                        });
    }

    /** With a fidelity, so that a rule is asked. */
    record Epochs(Probe probe) implements PerformanceEstimator {
        @Override
        public Session open(io.nas4j.trial.Task task) {
            return probe.open(task);
        }

        @Override
        public io.nas4j.trial.Fidelity fidelity() {
            return io.nas4j.trial.Fidelity.epochs(100);
        }

        @Override
        public boolean concurrent() {
            return true;
        }

        @Override
        public String measure() {
            return "epochs";
        }
    }

    @Test
    void weightsOfOneWorkerAreContinuedByAnother() {
        SearchStrategy hyperband = new Hyperband();
        SearchSpec search =
                SearchSpec.of(
                                Searches.task(Spaces.nasBench201(), 3),
                                hyperband,
                                new Probe(folder, Conduct.KEEPS_WEIGHTS),
                                Budget.trials(14))
                        .executor(Workers.of(2));
        RunResult result = new SearchLoop(search).run();
        List<Trial> trials = result.history().trials();
        assertThat(trials.stream().filter(trial -> trial.continues().isPresent())).isNotEmpty();
        for (Trial trial : trials) {
            double before =
                    trial.continues().isEmpty()
                            ? 0
                            : trials.get(trial.continues().getAsInt()).score().orElseThrow();
            assertThat(trial.score()).hasValue(before + 1);
        }
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void whatAWorkerCannotEstimateIsRefusedBeforeAnyTrial() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(Workers.of(1), new Probe(folder, Conduct.REFUSES), 2))
                .withMessage("the probe refuses nas-bench-201.");
    }

    @Test
    void aWorkerOfAnotherVersionIsRefused() {
        Workers other = new Workers(List.of(""), () -> 0, OtherVersion.class.getName(), folder);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(other, new Probe(folder, Conduct.GOOD), 2))
                .withMessageStartingWith("worker 0 is nas4j 9.9, but the search is ")
                .withMessageContaining("Try starting the kernel again");
    }

    @Test
    void codeIsRefusedWithTheRemedy() {
        PerformanceEstimator function = PerformanceEstimator.of("sum", candidate -> 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(Workers.of(2), function, 2))
                .withMessageStartingWith("estimator sum runs in this process only: ")
                .withMessageContaining("Try .parallel(2)");
        Operation own = Operation.of("own", in -> List.of());
        SearchSpace space =
                SearchSpace.of("mine", Grammar.choice("a", Grammar.op(own), Grammar.op("relu")));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Nas.space(space)
                                        .workers(2)
                                        .quiet()
                                        .estimator(new Probe(folder, Conduct.GOOD))
                                        .run())
                .withMessageContaining("operations of your own ([own]) runs in this process only");
    }

    @Test
    void countsAndDevicesAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nas.space(Spaces.cells()).workers(0))
                .withMessageStartingWith("workers must be in [1, 256], but were 0. Try ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nas.space(Spaces.cells()).devices("gpu:0", "gpu"))
                .withMessageContaining("\"gpu\" was named twice. Try .workers(2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nas.space(Spaces.cells()).devices("tpu"))
                .withMessageContaining("but was \"tpu\"");
    }

    @Test
    void aDeviceThatAnotherSearchHoldsIsRefused() {
        Workers workers =
                new Workers(List.of("gpu:0"), () -> 0, WorkerMain.class.getName(), folder);
        Probe probe = new Probe(folder, Conduct.GOOD);
        DeviceLock held = DeviceLock.take(List.of("cpu", "gpu"), folder);
        try (held) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run(workers, probe, 1))
                    .withMessageStartingWith(
                            "device \"gpu:0\" is held by the worker of another search");
        }
        DeviceLock.take(List.of("gpu:0"), folder).close();
    }

    @Test
    void thePlanSaysHowManyWorkersTheMemoryIsFor() {
        long gib = 1L << 30;
        WorkerPlan plan = WorkerPlan.of(2, 8 << 20, true, 4 * gib, 4);
        assertThat(plan.threads()).isEqualTo(2);
        assertThat(plan.heap()).isBetween(gib / 2, gib);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerPlan.of(9, 8 << 20, true, 4 * gib, 4))
                .withMessageMatching(
                        "9 workers need about 7\\.\\d GB of memory, \\d+ MB each, but 4\\.3 GB are"
                                + " free\\. Try \\.workers\\(5\\)\\.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerPlan.of(1, 8 << 20, true, gib / 4, 4))
                .withMessageContaining("Try smaller data");
        assertThat(WorkerPlan.of(9, 8 << 20, false, 4 * gib, 4).threads()).isEqualTo(1);
        assertThat(plan.threads(1)).isEqualTo(new WorkerPlan(2, plan.heap(), 1));
    }

    /** What libtorch reads when a worker loads it. */
    @Test
    void aWorkerIsToldHowManyThreadsToTake() {
        assertThat(scores(run(Workers.of(1).threads(3), new ToldThreads(), 1)))
                .containsExactly(33.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Workers.of(1).threads(0))
                .withMessage("threads of a worker must be at least 1, but were 0. Try 1.");
    }

    /** Its score is the threads of libtorch, and ten times those of OpenMP. */
    record ToldThreads() implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            return (candidate, context) ->
                    Estimate.of(
                            Integer.getInteger("ai.djl.pytorch.num_threads")
                                    + 10 * Integer.parseInt(System.getenv("OMP_NUM_THREADS")));
        }

        @Override
        public String measure() {
            return "told threads";
        }
    }

    @Test
    void trainingsRunInProcessesOfTheirOwn() {
        io.nas4j.Search search =
                Nas.space(Spaces.smallBench())
                        .estimator(Nas.lowFidelity(1).data(0.03).resolution(14))
                        .budget(Nas.trials(2))
                        .device("cpu")
                        .quiet();
        List<Trial> trials = search.workers(2).run().history().trials();
        List<Trial> serial = search.run().history().trials();
        for (int i = 0; i < 2; i++) {
            assertThat(trials.get(i).architecture()).isEqualTo(serial.get(i).architecture());
            assertThat(trials.get(i).score().orElseThrow())
                    .isCloseTo(
                            serial.get(i).score().orElseThrow(),
                            org.assertj.core.api.Assertions.offset(0.05));
        }
    }

    @Test
    void jarsOfAKernelsLoadersAreOnTheClassPath() throws Exception {
        Path jar = Files.createFile(folder.resolve("later.jar"));
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        try (java.net.URLClassLoader kernel =
                new java.net.URLClassLoader(new java.net.URL[] {jar.toUri().toURL()}, before)) {
            current.setContextClassLoader(kernel);
            assertThat(ClassPath.of(List.of(Workers.class)).split(java.io.File.pathSeparator))
                    .contains(jar.toString())
                    .contains(
                            Path.of(
                                            Workers.class
                                                    .getProtectionDomain()
                                                    .getCodeSource()
                                                    .getLocation()
                                                    .toURI())
                                    .toString());
        } finally {
            current.setContextClassLoader(before);
        }
    }
}
