package io.nas4j.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.nas4j.Nas;
import io.nas4j.Search;
import io.nas4j.data.Data;
import io.nas4j.execute.Probe.Conduct;
import io.nas4j.search.Budget;
import io.nas4j.search.EndReason;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Searches;
import io.nas4j.search.TrialExecutor;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Repeated;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several searches of a strategy that trains by itself, in worker processes. */
class SearchesAheadIT {

    @TempDir private Path folder;

    private SearchSpec search(TrialExecutor executor, int times, Walk.Conduct conduct, String name)
            throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Repeated repeated = new Repeated(new Walk(2, own, conduct), times);
        Task task = Searches.task(Spaces.nasBench201(), 3).device("cpu");
        return SearchSpec.of(
                        task,
                        repeated,
                        new Probe(own, Conduct.GOOD),
                        Budget.trials(repeated.slices().orElseThrow()))
                .executor(executor);
    }

    private static RunResult run(SearchSpec search) {
        return new SearchLoop(search).run();
    }

    /** All but the time it took. */
    private static List<String> facts(RunResult result) {
        return result.history().trials().stream()
                .map(
                        trial ->
                                trial.number()
                                        + " "
                                        + trial.architecture()
                                        + trial.measure()
                                        + trial.fidelity()
                                        + trial.seed()
                                        + trial.score())
                .toList();
    }

    private List<String> serial(int times) throws IOException {
        RunResult result =
                run(search(TrialExecutor.serial(), times, Walk.Conduct.GOOD, "serial-" + times));
        assertThat(result.history().size()).isEqualTo(3 * times);
        return facts(result);
    }

    /** The first search waits in its second slice for that of the second, and that for it. */
    @Test
    void searchesRunAtOnceAndGiveTheTrialsOfOneProcess() throws IOException {
        RunResult result = run(search(Workers.of(2), 2, Walk.Conduct.MEETS_THE_NEXT, "meets"));
        assertThat(facts(result)).isEqualTo(serial(2));
        assertThat(Walk.processes(folder.resolve("meets")))
                .hasSize(2)
                .doesNotContain(Long.toString(ProcessHandle.current().pid()));
        RunResult more = run(search(Workers.of(2), 3, Walk.Conduct.GOOD, "more"));
        assertThat(facts(more)).isEqualTo(serial(3));
        assertThat(Walk.processes(folder.resolve("more"))).hasSize(3);
    }

    @Test
    void eachOfSeveralSearchesHasADeviceAndASingleOneHasAll() throws IOException {
        List<String> two = List.of("cpu", "cpu");
        SearchSpec several = search(Workers.of(2), 2, Walk.Conduct.GOOD, "several");
        run(several.task(several.task().devices(two)));
        assertThat(Walk.devices(folder.resolve("several")))
                .hasSizeGreaterThan(2)
                .containsOnly("[cpu]");
        SearchSpec single = search(Workers.of(2), 1, Walk.Conduct.GOOD, "single");
        run(single.task(single.task().devices(two)));
        assertThat(Walk.devices(folder.resolve("single"))).containsExactly("[cpu, cpu]");
    }

    @Test
    void oneWorkerTrainsNothingAhead() throws IOException {
        RunResult result = run(search(Workers.of(1), 2, Walk.Conduct.GOOD, "one"));
        assertThat(facts(result)).isEqualTo(serial(2));
        assertThat(Walk.processes(folder.resolve("one")))
                .containsExactly(Long.toString(ProcessHandle.current().pid()));
    }

    @Test
    void aSearchWhoseWorkerDiesGoesOnHere() throws IOException {
        RunResult result = run(search(Workers.of(2), 2, Walk.Conduct.DIES_ONCE, "dies"));
        assertThat(facts(result)).isEqualTo(serial(2));
        assertThat(Walk.processes(folder.resolve("dies")))
                .hasSize(3)
                .contains(Long.toString(ProcessHandle.current().pid()));
    }

    /** Runs in a thread of its own, which is interrupted once it waits for its worker. */
    private static RunResult stoppedWhileItWaits(
            SearchSpec search, Predicate<List<SearchEvent>> soFar) throws InterruptedException {
        AtomicReference<RunResult> result = new AtomicReference<>();
        List<SearchEvent> events = new CopyOnWriteArrayList<>();
        Thread searching = new Thread(() -> result.set(run(search.listener(events::add))));
        searching.start();
        while (searching.isAlive() && !(soFar.test(events) && waitsForItsWorker(searching))) {
            Thread.onSpinWait();
        }
        searching.interrupt();
        searching.join();
        return result.get();
    }

    private static boolean waitsForItsWorker(Thread searching) {
        return Stream.of(searching.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(SliceProcess.class.getName()));
    }

    private static boolean isStart(SearchEvent event, int trial) {
        return event instanceof SearchEvent.TrialStarted started && started.trial() == trial;
    }

    @Test
    void aStopInASliceEndsWorkersAndAResumedSearchIsTheSame() throws Exception {
        SearchSpec waiting =
                search(Workers.of(2), 2, Walk.Conduct.WAITS, "stops")
                        .journal(folder.resolve("stopped.jsonl"));
        RunResult stopped =
                stoppedWhileItWaits(
                        waiting, events -> events.stream().anyMatch(event -> isStart(event, 1)));
        assertThat(stopped.end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(stopped.history().best()).isEmpty();
        String worker = Files.readString(folder.resolve("stops").resolve("walk-0-3")).strip();
        ProcessHandle.of(Long.parseLong(worker)).ifPresent(left -> left.onExit().join());
        // the second search's slice may not have begun before the stop: it would wait now
        Files.createFile(folder.resolve("stops").resolve(Walk.STOPPED));
        RunResult resumed = run(waiting);
        assertThat(facts(resumed)).isEqualTo(serial(2));
    }

    /** However late the stop comes where this machine is busy: the second slice waits for it. */
    @Test
    void aStopBeforeTheFirstSliceLosesNothing() throws Exception {
        SearchSpec search =
                search(Workers.of(2), 2, Walk.Conduct.WAITS, "early")
                        .journal(folder.resolve("early.jsonl"));
        RunResult stopped = stoppedWhileItWaits(search, events -> true);
        assertThat(stopped.end()).isEqualTo(EndReason.INTERRUPTED);
        Files.createFile(folder.resolve("early").resolve(Walk.STOPPED));
        assertThat(facts(run(search))).isEqualTo(serial(2));
    }

    @Test
    void stoppedBetweenSearchesItResumesAsIfItHadNotBeen() throws IOException {
        SearchSpec search =
                search(Workers.of(2), 3, Walk.Conduct.GOOD, "between")
                        .journal(folder.resolve("between.jsonl"));
        SearchSpec stopped =
                search.listener(
                        event -> {
                            if (event instanceof SearchEvent.TrialFinished finished
                                    && finished.trial().number() == 3) {
                                Thread.currentThread().interrupt();
                            }
                        });
        RunResult half = run(stopped);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(facts(half)).as(half.end() + half.reason() + half.warnings()).hasSize(4);
        assertThat(facts(run(search))).isEqualTo(serial(3));
    }

    private static Data noise() {
        byte[] pixels = new byte[96 * 8 * 8];
        new Random(5).nextBytes(pixels);
        int[] labels = new int[96];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3;
        }
        return Data.images("noise", pixels, 1, 8, 8, labels, List.of("a", "b", "c"));
    }

    @Test
    @Tag("slow")
    void supernetsAreTrainedOneAWorker() {
        Search search =
                Nas.space(Nas.cells(4, 3, 1))
                        .strategy(Nas.DARTS.epochs(2))
                        .seeds(2)
                        .data(noise())
                        .estimator(Nas.lowFidelity(1))
                        .device("cpu")
                        .quiet();
        List<Trial> here = search.run().history().trials();
        List<Trial> there = search.workers(2).run().history().trials();
        assertThat(there).hasSameSizeAs(here);
        for (int i = 0; i < here.size(); i++) {
            assertThat(there.get(i).measure()).isEqualTo(here.get(i).measure());
            assertThat(there.get(i).score().orElseThrow())
                    .isCloseTo(here.get(i).score().orElseThrow(), offset(0.25));
        }
    }
}
