package io.nas4j.bench;

import io.nas4j.Nas;
import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.execute.ThreadExecutor;
import io.nas4j.journal.JournalContent;
import io.nas4j.search.Budget;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a search says on a disk that is full or cannot be written; see {@code kills.md}. */
public final class DiskReport {

    private DiskReport() {}

    /**
     * Searches once, or goes on.
     *
     * @param args the folder of the journal, how many trials, how many threads
     * @throws IOException when the journal cannot be read
     */
    public static void main(String[] args) throws IOException {
        Path journal = Path.of(args[0], "search.jsonl");
        Data dots = Data.rows("dots", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("a", "b"));
        SearchSpec search =
                SearchSpec.of(
                                new Task(Spaces.nasBench201(), dots, new Seeds(5)),
                                Nas.RANDOM,
                                PerformanceEstimator.of("number", candidate -> candidate.trial()),
                                Budget.trials(Integer.parseInt(args[1])))
                        .executor(new ThreadExecutor(Integer.parseInt(args[2])))
                        .journal(journal);
        try {
            RunResult result = new SearchLoop(search).run();
            System.out.println(
                    result.end()
                            + ", "
                            + result.reason()
                            + "; "
                            + result.history().size()
                            + " trials, "
                            + result.warnings());
        } catch (IllegalArgumentException e) {
            System.out.println("refused: " + e.getMessage());
        }
        if (Files.exists(journal)) {
            JournalContent content = JournalContent.read(journal);
            System.out.println(
                    "the journal has "
                            + content.entries().size()
                            + " trials and "
                            + content.torn()
                            + " torn bytes");
        }
    }
}
