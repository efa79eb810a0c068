package io.nas4j.journal;

import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Outcome;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.IntPredicate;

/**
 * The weights of a strategy beside its journal: {@code <journal>.state.<trials>} is the state after
 * that many trials. The next one is written before the journal's line and the last one deleted
 * after it, so that whenever a search is killed the state of its last line is there.
 */
final class StateFiles {

    private final NumberedFiles files;

    StateFiles(Path journal) {
        this.files = new NumberedFiles(journal, "state");
    }

    Path file(int size) {
        return files.file(size);
    }

    /** The largest size up to {@code limit} that has a state; 0 when none has. */
    int newest(int limit) throws IOException {
        return files.numbers().stream()
                .mapToInt(size -> size)
                .filter(size -> size <= limit)
                .max()
                .orElse(0);
    }

    void save(int size, SearchStrategy.Checkpointed session) throws IOException {
        files.write(size, session::save);
    }

    void restore(int size, SearchStrategy.Checkpointed session) {
        try (InputStream in =
                new BufferedInputStream(new FileInputStream(file(size).toFile()), 1 << 16)) {
            session.restore(in);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the strategy's weights in "
                            + file(size).getFileName()
                            + " cannot be read: "
                            + Outcome.Failed.reason(e)
                            + ". Try deleting the journal to start again.",
                    e);
        }
    }

    void deleteBelow(int size) throws IOException {
        delete(other -> other < size);
    }

    void deleteAbove(int size) throws IOException {
        delete(other -> other > size);
    }

    private void delete(IntPredicate which) throws IOException {
        for (int size : files.numbers()) {
            if (which.test(size)) {
                files.delete(size);
            }
        }
    }
}
