package io.nas4j.search;

import io.nas4j.strategy.SearchStrategy;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * The weights of a strategy beside its journal: {@code <journal>.state.<trials>} is the state after
 * that many trials. The next one is written before the journal's line and the last one deleted
 * after it, so that whenever a search is killed the state of its last line is there.
 */
final class StateFiles {

    private final Path journal;

    StateFiles(Path journal) {
        this.journal = journal.toAbsolutePath();
    }

    Path file(int size) {
        return journal.resolveSibling(journal.getFileName() + ".state." + size);
    }

    /** The largest size up to {@code limit} that has a state; 0 when none has. */
    int newest(int limit) throws IOException {
        return sizes().stream()
                .mapToInt(size -> size)
                .filter(size -> size <= limit)
                .max()
                .orElse(0);
    }

    void save(int size, SearchStrategy.Checkpointed session) throws IOException {
        Path file = file(size);
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
            BufferedOutputStream buffer = new BufferedOutputStream(out, 1 << 16);
            session.save(buffer);
            buffer.flush();
            out.getFD().sync();
        }
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
                            + Attempt.reason(e)
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
        for (int size : sizes()) {
            if (which.test(size)) {
                Files.deleteIfExists(file(size));
            }
        }
    }

    private List<Integer> sizes() throws IOException {
        String prefix = journal.getFileName() + ".state.";
        List<Integer> sizes = new ArrayList<>();
        try (Stream<Path> siblings = Files.list(journal.getParent())) {
            siblings.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length()))
                    .filter(size -> size.matches("\\d{1,9}"))
                    .forEach(size -> sizes.add(Integer.valueOf(size)));
        }
        return sizes;
    }
}
