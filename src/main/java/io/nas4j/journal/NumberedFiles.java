package io.nas4j.journal;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files beside a journal, {@code <journal>.<kind>.<number>}: each is there as a whole or not at
 * all, whenever the search is killed.
 */
final class NumberedFiles {

    private static final String DRAFT = ".tmp";

    private final Path journal;
    private final String prefix;

    NumberedFiles(Path journal, String kind) {
        this.journal = journal.toAbsolutePath();
        this.prefix = journal.getFileName() + "." + kind + ".";
    }

    Path file(int number) {
        return journal.resolveSibling(prefix + number);
    }

    /** What writes a file's content; the stream is buffered and not to be closed. */
    @FunctionalInterface
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Replaces; the content is on the disk when this returns. */
    void write(int number, Content content) throws IOException {
        Path file = file(number);
        Path draft = journal.resolveSibling(prefix + number + DRAFT);
        try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
            BufferedOutputStream buffer = new BufferedOutputStream(out, 1 << 16);
            content.write(buffer);
            buffer.flush();
            out.getFD().sync();
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete(int number) throws IOException {
        Files.deleteIfExists(file(number));
    }

    /** Those of whole files, ascending. */
    List<Integer> numbers() throws IOException {
        try (Stream<Path> siblings = Files.list(journal.getParent())) {
            return siblings.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length()))
                    .filter(number -> number.matches("\\d{1,9}"))
                    .map(Integer::valueOf)
                    .sorted()
                    .toList();
        }
    }

    /** Drafts that a killed process left half written. */
    void deleteDrafts() throws IOException {
        try (Stream<Path> siblings = Files.list(journal.getParent())) {
            for (Path path : siblings.toList()) {
                String name = path.getFileName().toString();
                if (name.startsWith(prefix)
                        && name.substring(prefix.length()).matches("\\d{1,9}\\" + DRAFT)) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
