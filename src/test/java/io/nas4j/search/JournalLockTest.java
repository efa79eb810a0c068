package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.journal.JournalContent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may write a journal, in this process and in others. */
// reading what another process says cannot be interrupted
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JournalLockTest {

    /** Twelve, and one that is known from an earlier one. */
    private static final int TRIALS = 13;

    @TempDir Path folder;

    private interface Step {
        void run() throws Exception;
    }

    /** Runs a step while a search in this process writes the journal. */
    private static void whileWritten(Path journal, Step step) {
        List<Exception> thrown = new ArrayList<>();
        SearchSpec search =
                KilledSearch.search(journal, false)
                        .listener(
                                event -> {
                                    if (event instanceof SearchEvent.Started) {
                                        try {
                                            step.run();
                                        } catch (Exception e) {
                                            thrown.add(e);
                                        }
                                    }
                                });
        RunResult finished = new SearchLoop(search).run();
        assertThat(thrown).isEmpty();
        assertThat(finished.warnings()).isEmpty();
        assertThat(finished.history().size()).isEqualTo(TRIALS);
    }

    private static void assertRefused(Path journal, String where) {
        assertThatIllegalArgumentException()
                .isThrownBy(new SearchLoop(KilledSearch.search(journal, false))::run)
                .withMessage(refusal(journal, where));
    }

    private static String refusal(Path journal, String where) {
        return "journal "
                + journal
                + " must be written by one search, but another one is running "
                + where
                + ". Try again when it has ended, or another file.";
    }

    @Test
    void twoSearchesOfAProcessCannotWriteOneJournalAtATime() {
        Path journal = folder.resolve("shared.jsonl");
        whileWritten(journal, () -> assertRefused(journal, "here"));
        assertThat(JournalTest.run(KilledSearch.search(journal, false))).hasSize(TRIALS);
    }

    /** POSIX drops a process's locks on a file when any descriptor of it is closed. */
    @Test
    void whatThisProcessDoesMeanwhileLetsNoOtherProcessIn() throws IOException {
        Path journal = folder.resolve("kept.jsonl");
        String here = "in process " + ProcessHandle.current().pid();
        whileWritten(
                journal,
                () -> {
                    assertThat(KilledSearch.said(journal)).isEqualTo(refusal(journal, here));
                    assertRefused(journal, "here");
                    assertThat(JournalContent.read(journal).entries()).isEmpty();
                    assertThat(KilledSearch.said(journal)).isEqualTo(refusal(journal, here));
                });
        assertThat(JournalContent.read(journal).entries()).hasSize(TRIALS);
    }

    @Test
    void anotherProcessHasTheJournalUntilItIsKilled() throws IOException, InterruptedException {
        Path journal = folder.resolve("killed.jsonl");
        Process child = KilledSearch.start(journal);
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("trial 6 is under way");
            assertRefused(journal, "in process " + child.pid());
            assertThat(JournalContent.read(journal).entries()).hasSize(6);
            assertRefused(journal, "in process " + child.pid());
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(folder.resolve("killed.jsonl.lock")).exists();
        assertThat(KilledSearch.said(journal)).isEqualTo(TRIALS + " trials");
    }

    @Test
    void aJournalIsTheSameByEveryNameOfIts() throws IOException {
        Path journal = folder.resolve("one.jsonl");
        Files.createFile(journal);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path symbolic = Files.createSymbolicLink(elsewhere.resolve("symbolic.jsonl"), journal);
        Path hard = Files.createLink(elsewhere.resolve("hard.jsonl"), journal);
        Path relative = Path.of("").toAbsolutePath().relativize(journal.toRealPath());
        Path dotted = elsewhere.resolve("..").resolve("one.jsonl");
        whileWritten(
                journal,
                () -> {
                    for (Path name : List.of(symbolic, relative, dotted)) {
                        assertThat(KilledSearch.said(name)).contains("running in process");
                    }
                    assertThat(KilledSearch.said(hard)).contains("running under another name");
                    for (Path name : List.of(symbolic, hard, relative, dotted)) {
                        assertRefused(name, "here");
                    }
                });
        assertThat(elsewhere).isDirectoryNotContaining("glob:**.lock");
        assertThat(JournalTest.run(KilledSearch.search(symbolic, false))).hasSize(TRIALS);
    }
}
