package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.data.Data;
import io.nas4j.data.Split;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.journal.JournalContent;
import io.nas4j.journal.SearchIdentity;
import io.nas4j.search.Searches.Scripted;
import io.nas4j.space.Grammar;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Asha;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.GridSearch;
import io.nas4j.strategy.Hyperband;
import io.nas4j.strategy.LocalSearch;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.Reinforce;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Tpe;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    /** 27 architectures, so that many proposals repeat an earlier one. */
    static final SearchSpace SMALL =
            SearchSpace.of(
                    "small",
                    Grammar.stem(4),
                    options("a"),
                    options("b"),
                    options("c"),
                    Grammar.classifier());

    /** Some trials fail; repeats come from {@link Searches.Blind}. */
    static final PerformanceEstimator MIXED =
            PerformanceEstimator.of(
                    "mixed",
                    candidate -> {
                        List<Integer> choices = candidate.architecture().choices();
                        if (choices.get(2) == 2) {
                            throw new IllegalStateException("no such edge");
                        }
                        return choices.get(0) / 4.0 + choices.get(1);
                    });

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    static SearchSpec mixed(Path journal) {
        return SearchSpec.of(
                        Searches.task(SMALL, 11), new Searches.Blind(), MIXED, Budget.trials(20))
                .journal(journal);
    }

    @Test
    void aSearchKilledAfterAnyLineAndResumedMakesTheSameTrials() throws IOException {
        for (TrialExecutor executor : List.of(TrialExecutor.serial(), new ShuffledExecutor(3, 1))) {
            Path whole = folder.resolve(executor + ".jsonl");
            List<String> expected = run(mixed(whole).executor(executor));
            byte[] bytes = Files.readAllBytes(whole);
            JournalContent recorded = JournalContent.read(whole);
            assertThat(recorded.history().trials()).anyMatch(Trial::reused);
            assertThat(recorded.history().trials()).hasSize(expected.size());
            for (int k = 0; k < recorded.ends().size(); k++) {
                int end = recorded.ends().get(k).intValue();
                for (int torn : new int[] {0, 40}) {
                    Path journal = folder.resolve("killed.jsonl");
                    Files.write(journal, Arrays.copyOf(bytes, Math.min(bytes.length, end + torn)));
                    assertThat(run(mixed(journal).executor(executor)))
                            .as("killed after line %d and %d bytes", k, torn)
                            .isEqualTo(expected);
                    assertThat(trials(JournalContent.read(journal).history().trials()))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void everyKindOfStrategyIsResumedExactly() throws IOException {
        List<SearchStrategy> strategies =
                List.of(
                        new RandomSearch(),
                        new GridSearch(),
                        new Evolution(),
                        new LocalSearch(),
                        new Tpe(),
                        new Reinforce(),
                        new Hyperband(),
                        new Asha());
        for (SearchStrategy strategy : strategies) {
            for (TrialExecutor executor :
                    List.of(TrialExecutor.serial(), new ShuffledExecutor(3, 1))) {
                Path whole = folder.resolve(executor + strategy.getClass().getSimpleName());
                SearchSpec search =
                        SearchSpec.of(
                                        Searches.task(SMALL, 11),
                                        strategy,
                                        new Searches.Epoched(9),
                                        Budget.trials(18))
                                .executor(executor);
                List<String> expected = run(search.journal(whole));
                assertThat(expected).hasSizeGreaterThanOrEqualTo(18);
                byte[] bytes = Files.readAllBytes(whole);
                JournalContent recorded = JournalContent.read(whole);
                for (int k = 1; k < recorded.ends().size(); k += 3) {
                    Path journal = folder.resolve("killed");
                    Files.write(journal, Arrays.copyOf(bytes, recorded.ends().get(k).intValue()));
                    assertThat(run(search.journal(journal)))
                            .as("%s on %s, killed after line %d", strategy, executor, k)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void aHeaderThatWasTornIsWrittenAgain() throws IOException {
        Path whole = folder.resolve("whole.jsonl");
        List<String> expected = run(mixed(whole));
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {0, 1, 100}) {
            Path journal = folder.resolve("torn.jsonl");
            Files.write(journal, Arrays.copyOf(bytes, length));
            assertThat(run(mixed(journal))).isEqualTo(expected);
        }
    }

    // reading what another process says cannot be interrupted
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aKilledProcessIsResumed() throws IOException, InterruptedException {
        Path journal = folder.resolve("process.jsonl");
        Process child = KilledSearch.start(journal);
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("trial 6 is under way");
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(JournalContent.read(journal).entries()).hasSize(6);
        List<String> expected = run(KilledSearch.search(folder.resolve("other.jsonl"), false));
        assertThat(run(KilledSearch.search(journal, false))).isEqualTo(expected);
    }

    @Test
    void anInterruptedTrialIsRunAgainSoThatNothingIsLost() throws IOException {
        Path journal = folder.resolve("interrupted.jsonl");
        List<String> expected = run(mixed(folder.resolve("whole.jsonl")));
        PerformanceEstimator interrupting =
                new Scripted(
                        "mixed",
                        (candidate, context) -> {
                            if (candidate.trial() == 4) {
                                Thread.currentThread().interrupt();
                                context.proceed();
                            }
                            return MIXED.open(null).estimate(candidate, context);
                        });
        SearchSpec first =
                SearchSpec.of(
                                Searches.task(SMALL, 11),
                                new Searches.Blind(),
                                interrupting,
                                Budget.trials(20))
                        .journal(journal);
        RunResult stopped = new SearchLoop(first).run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.history().size()).isEqualTo(5);
        assertThat(JournalContent.read(journal).entries()).hasSize(4);
        assertThat(run(mixed(journal))).isEqualTo(expected);
    }

    @Test
    void aLargerBudgetGoesOnWithAFinishedSearch() {
        Path journal = folder.resolve("grown.jsonl");
        List<String> expected = run(mixed(folder.resolve("whole.jsonl")).budget(Budget.trials(24)));
        run(mixed(journal));
        assertThat(run(mixed(journal).budget(Budget.trials(24)))).isEqualTo(expected);
    }

    @Test
    void anotherSearchsJournalIsRefusedWithBothShown() {
        Path journal = folder.resolve("first.jsonl");
        run(mixed(journal));
        SearchSpec search = mixed(journal);
        SearchSpec seed =
                SearchSpec.of(Searches.task(SMALL, 12), new Epochs(3), MIXED, search.budget())
                        .journal(journal);
        assertThatIllegalArgumentException()
                .isThrownBy(new SearchLoop(seed)::run)
                .withMessage(
                        "journal "
                                + journal
                                + " belongs to another search: strategy is Blind[] there,"
                                + " but Epochs[epochs=3] here; seed is 11 there, but 12 here. Try"
                                + " another file, or delete this one.");
        SearchSpace wider =
                SearchSpace.of(
                        "small",
                        Grammar.stem(8),
                        options("a"),
                        options("b"),
                        options("c"),
                        Grammar.classifier());
        SearchSpec space =
                SearchSpec.of(
                                Searches.task(wider, 11),
                                new Searches.Blind(),
                                MIXED,
                                search.budget())
                        .journal(journal);
        assertThatIllegalArgumentException()
                .isThrownBy(new SearchLoop(space)::run)
                .withMessageContaining("has other operations or sizes here");
    }

    @Test
    void aJournalOfOtherDataIsRefusedThoughNameAndSizesAgree() {
        Path journal = folder.resolve("data.jsonl");
        SearchSpec search = mixed(journal);
        run(search);
        Task task = search.task();
        Data data = task.data();
        Data other =
                Data.rows("dots", new float[] {0, 1, 2, 4}, 1, data.labels(), data.classes())
                        .split(data.split());
        assertThat(other).hasToString(data.toString());
        assertRefused(
                search,
                other,
                String.format(
                        Locale.ROOT,
                        "data content is %s there, but %s here",
                        data.contentHash(),
                        other.contentHash()));
        Split split = data.split();
        int[] train = split.train().clone();
        int[] validation = {train[0]};
        train[0] = split.validation()[0];
        Data swapped = data.split(new Split(train, validation, split.test()));
        assertThat(swapped).hasToString(data.toString());
        assertRefused(
                search,
                swapped,
                String.format(
                        Locale.ROOT,
                        "data split is %s there, but %s here",
                        split.contentHash(),
                        swapped.split().contentHash()));
    }

    private static void assertRefused(SearchSpec search, Data data, String message) {
        Task task = new Task(search.task().space(), data, search.task().seeds());
        SearchSpec other =
                SearchSpec.of(task, search.strategy(), search.estimator(), search.budget())
                        .journal(search.journal().orElseThrow());
        assertThatIllegalArgumentException()
                .isThrownBy(new SearchLoop(other)::run)
                .withMessageContaining("belongs to another search: " + message + ".")
                .withMessageContaining("Try another file");
    }

    @Test
    void aFileThatIsNoJournalIsLeftAlone() throws IOException {
        Path thesis = folder.resolve("thesis.txt");
        for (String text : List.of("Chapter 1\nLorem ipsum", "Chapter 1", "{\"a\":1}\n")) {
            Files.writeString(thesis, text);
            assertThatIllegalArgumentException()
                    .isThrownBy(new SearchLoop(mixed(thesis))::run)
                    .withMessageContaining("is not a journal of nas4j")
                    .withMessageContaining("Try another file");
            assertThat(thesis).hasContent(text);
            assertThat(folder).isDirectoryNotContaining("glob:**.lock");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(new SearchLoop(mixed(folder))::run)
                .withMessageContaining("must be a file that can be written");
    }

    @Test
    void aDamagedLineIsNamed() throws IOException {
        Path journal = folder.resolve("damaged.jsonl");
        run(mixed(journal));
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        lines.set(5, lines.get(5).replace("\"choices\":[", "\"choices\":[7,"));
        Files.write(journal, lines);
        assertThatIllegalArgumentException()
                .isThrownBy(new SearchLoop(mixed(journal))::run)
                .withMessageContaining("line 6 of journal")
                .withMessageContaining("must be in [0, 3), but was 7");
    }

    @Test
    void aBrokenLastLineIsToldAndItsTrialRunAgain() throws IOException {
        Path journal = folder.resolve("broken.jsonl");
        List<String> expected = run(mixed(journal));
        byte[] bytes = Files.readAllBytes(journal);
        int size = expected.size();
        int end = JournalContent.read(journal).ends().get(size - 1).intValue();
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 10);
        byte[] garbled = bytes.clone();
        garbled[end + 3] = '"';
        for (byte[] broken : List.of(cut, garbled)) {
            Files.write(journal, broken);
            assertThat(JournalContent.read(journal).torn()).isEqualTo(broken.length - end);
            RunResult resumed = new SearchLoop(mixed(journal)).run();
            assertThat(trials(resumed.history().trials())).isEqualTo(expected);
            assertThat(resumed.warnings())
                    .containsExactly(
                            String.format(
                                    Locale.ROOT,
                                    "line %d of journal %s is broken (%d bytes), as when a search is"
                                            + " killed while it writes: it is dropped, and trial %d is"
                                            + " run again",
                                    size + 1,
                                    journal,
                                    broken.length - end,
                                    size - 1));
        }
        assertThat(new SearchLoop(mixed(journal)).run().warnings()).isEmpty();
        Files.write(journal, Arrays.copyOf(bytes, 100));
        assertThat(new SearchLoop(mixed(journal)).run().warnings())
                .singleElement()
                .asString()
                .contains("line 1 of journal")
                .contains("is broken (100 bytes)");
    }

    @Test
    void weightsAreRestoredWhereverTheSearchWasKilled() throws IOException {
        Path whole = folder.resolve("whole.jsonl");
        // the copies that a kill at any moment could leave behind, taken between all writes
        List<Path> copies = new ArrayList<>();
        SearchSpec search =
                epochs(whole, 6)
                        .listener(
                                event ->
                                        copies.add(
                                                copy(whole, folder.resolve("c" + copies.size()))));
        List<String> expected = run(search);
        assertThat(expected).hasSize(7).last().asString().contains(" mixed ");
        assertThat(copies).hasSizeGreaterThan(13);
        for (Path copy : copies) {
            assertThat(run(epochs(copy.resolve("whole.jsonl"), 6))).isEqualTo(expected);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.startsWith("whole"))
                    .containsExactlyInAnyOrder(
                            "whole.jsonl", "whole.jsonl.lock", "whole.jsonl.state.6");
        }
    }

    @Test
    void aStateThatIsAheadOfItsJournalIsNotUsed() throws IOException {
        Path whole = folder.resolve("whole.jsonl");
        List<String> expected = run(epochs(whole, 6));
        Path one = folder.resolve("one.jsonl");
        run(epochs(one, 6).budget(Budget.trials(3)));
        // killed between the state of trial 4 and its line
        Path three = copy(one, folder.resolve("three")).resolve("one.jsonl");
        JournalContent recorded = JournalContent.read(three);
        try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(three.toFile(), "rw")) {
            file.setLength(recorded.ends().get(3));
        }
        Files.write(three.resolveSibling("one.jsonl.state.4"), new byte[] {1, 2, 3});
        assertThat(run(epochs(three, 6)).subList(0, 6)).isEqualTo(expected.subList(0, 6));
    }

    @Test
    void missingWeightsAreAClearErrorAndOlderOnesAreRunOn() throws IOException {
        Path journal = folder.resolve("weights.jsonl");
        List<String> expected = run(epochs(journal, 6));
        Files.move(folder.resolve("weights.jsonl.state.6"), folder.resolve("elsewhere"));
        assertThatIllegalArgumentException()
                .isThrownBy(new SearchLoop(epochs(journal, 6))::run)
                .withMessageContaining("has 7 trials, but the strategy's weights")
                .withMessageContaining("are missing. Try bringing that file back");

        Path older = folder.resolve("older.jsonl");
        run(epochs(older, 6).budget(Budget.trials(2)));
        Files.copy(folder.resolve("older.jsonl.state.2"), folder.resolve("weights.jsonl.state.2"));
        RunResult finished = new SearchLoop(epochs(journal, 6)).run();
        assertThat(trials(finished.history().trials())).isEqualTo(expected);
        assertThat(finished.warnings())
                .singleElement()
                .asString()
                .contains("are those of 2 trials: 5 later trials are run again");
    }

    @Test
    void theDerivedArchitectureIsScoredOnceAndOnTopOfTheBudget() {
        Path journal = folder.resolve("concluded.jsonl");
        SearchSpec search = epochs(journal, 6).budget(Budget.trials(4));
        RunResult finished = new SearchLoop(search).run();
        assertThat(finished.end()).isEqualTo(EndReason.BUDGET);
        assertThat(finished.history().trials())
                .extracting(Trial::measure)
                .containsExactly("supernet", "supernet", "supernet", "supernet", "mixed");
        assertThat(finished.history().best().orElseThrow().number()).isEqualTo(4);
        assertThat(run(search)).isEqualTo(trials(finished.history().trials()));
    }

    @Test
    void anInterruptedSliceLeavesNoTrace() throws IOException {
        List<String> expected = run(epochs(folder.resolve("whole.jsonl"), 6));
        Path journal = folder.resolve("slice.jsonl");
        SearchSpec search =
                epochs(journal, 6)
                        .listener(
                                event -> {
                                    if (event instanceof SearchEvent.TrialStarted started
                                            && started.trial() == 3) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        RunResult stopped = new SearchLoop(search).run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(stopped.history().trials().get(3).outcome()).isInstanceOf(Outcome.Stopped.class);
        assertThat(JournalContent.read(journal).entries()).hasSize(3);
        assertThat(run(epochs(journal, 6))).isEqualTo(expected);
    }

    @Test
    void descriptionsDoNotChangeFromOneJvmOrCellToTheNext() {
        record Wraps(Runnable inner, Object other) {}
        Runnable lambda = () -> {};
        String text = SearchIdentity.description(new Wraps(lambda, new Object()));
        assertThat(text).isEqualTo("Wraps[inner=JournalTest.lambda, other=java.lang.Object]");
        assertThat(SearchIdentity.description("REPL.$JShell$12B$Mine@1b2c3d")).isEqualTo("Mine");
        assertThat(
                        SearchIdentity.description(
                                "REPL.$JShell$7$$Lambda$22/0x0000000800c8c000@5e2de80c"))
                .doesNotContain("Lambda$")
                .doesNotContain("5e2de80c");
        assertThat(SearchIdentity.description("Evolution[population=50]"))
                .isEqualTo("Evolution[population=50]");
    }

    @Test
    void settingsHaveAllOfARecordWhateverItPrintsAs() {
        record Silent(int rate, Object inner) {
            @Override
            public String toString() {
                return "silent";
            }
        }
        assertThat(SearchIdentity.settings(new Silent(3, new Silent(4, "text"))))
                .isEqualTo("Silent[rate=3, inner=Silent[rate=4, inner=text]]");
    }

    private static Node options(String name) {
        return Grammar.choice(name, Grammar.norConv(1), Grammar.norConv(3), Grammar.maxPool(3));
    }

    private static SearchSpec epochs(Path journal, int epochs) {
        PerformanceEstimator whole =
                PerformanceEstimator.of("mixed", candidate -> candidate.trial() + 0.5);
        return SearchSpec.of(
                        Searches.task(SMALL, 11), new Epochs(epochs), whole, Budget.trials(100))
                .journal(journal);
    }

    private Path copy(Path journal, Path to) {
        try (Stream<Path> files = Files.list(journal.getParent())) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(journal.getFileName().toString())) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
            return to;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static List<String> run(SearchSpec search) {
        return trials(new SearchLoop(search).run().history().trials());
    }

    /** All that must be the same: everything but the time that it took. */
    static List<String> trials(List<Trial> trials) {
        return trials.stream()
                .map(
                        trial ->
                                trial.number()
                                        + " "
                                        + trial.architecture()
                                        + " "
                                        + trial.measure()
                                        + " "
                                        + trial.seed()
                                        + " "
                                        + trial.score()
                                        + " "
                                        + trial.reused()
                                        + " "
                                        + trial.outcome().getClass().getSimpleName())
                .toList();
    }
}
