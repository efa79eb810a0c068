package io.nas4j.journal;

import static io.nas4j.space.Require.require;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The right to write a journal, held by one search on this machine until closed; a process that is
 * killed loses it.
 *
 * <p>It is a lock of the file {@code <journal>.lock}, which stays there: POSIX drops all locks that
 * a process has on a file when any descriptor of that file is closed, so a lock of the journal
 * itself would not outlive a reader in this JVM. For the same reason the lock file must not be
 * opened twice in one JVM. Which journals are open is therefore known to the whole JVM, as its file
 * locks are, whichever class loader nas4j came from: by system properties.
 */
final class JournalLock implements AutoCloseable {

    private static final String PROPERTY = "io.nas4j.journal.open ";

    private final Path journal;
    private final Path path;
    private final boolean fresh;
    private final List<String> claims = new ArrayList<>();
    private RandomAccessFile file;

    private JournalLock(Path journal, Path path) {
        this.journal = journal;
        this.path = path;
        this.fresh = !Files.exists(path);
    }

    /**
     * Takes the lock, without waiting.
     *
     * @param shown the journal, as the user wrote it
     * @param real an existing file, links followed
     * @throws IllegalArgumentException when another search has it, here or in another process
     */
    static JournalLock take(Path shown, Path real) throws IOException {
        Path path = real.resolveSibling(real.getFileName() + ".lock");
        JournalLock taken = new JournalLock(shown, path);
        try {
            taken.claim(real);
            taken.lock();
            return taken;
        } catch (IOException | RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    /** By its path and, where the file system has such, by a key that hard links share. */
    private void claim(Path real) throws IOException {
        List<String> names = new ArrayList<>(List.of(PROPERTY + real));
        Object key = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
        if (key != null) {
            names.add(PROPERTY + key);
        }
        for (String name : names) {
            requireFree(System.getProperties().putIfAbsent(name, "") == null, "here");
            claims.add(name);
        }
    }

    private void lock() throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        boolean free = tryLock(file);
        byte[] content = new byte[(int) Math.min(20, file.length())];
        file.readFully(content);
        requireFree(free, "in process " + new String(content, StandardCharsets.US_ASCII));
        file.setLength(0);
        file.seek(0);
        file.write(
                Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Takes a lock of the journal itself too: another process may know it by a hard link, which has
     * another lock file. It is lost when this JVM reads the journal.
     */
    void alsoOf(RandomAccessFile opened) throws IOException {
        requireFree(tryLock(opened), "under another name");
    }

    private static boolean tryLock(RandomAccessFile file) throws IOException {
        try {
            // one byte behind any data: where locks are mandatory, others can still read
            return file.getChannel().tryLock(Long.MAX_VALUE - 1, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void requireFree(boolean free, String where) {
        require(
                free,
                "journal %s must be written by one search, but another one is running %s. Try"
                        + " again when it has ended, or another file.",
                journal,
                where);
    }

    /** Takes away a lock file that was not there before, since no journal was opened. */
    void abandon() throws IOException {
        if (fresh) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (file != null) {
                file.close();
            }
        } finally {
            claims.forEach(System.getProperties()::remove);
        }
    }
}
