package io.nas4j.execute;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a search and its workers share, data and weights: a temporary folder that is deleted when
 * the search ends. One whose search was killed is deleted when the next search begins: a lock of
 * the system, which is given up when the process ends, however it ends, says which those are.
 */
final class SharedFolder implements AutoCloseable {

    private static final String PREFIX = "nas4j-workers-";
    private static final String LOCK = "lock";
    private static final Pattern OWN = Pattern.compile(PREFIX + "\\d+-\\d+");

    /** It takes another search that cleans up at this very moment to need a second. */
    private static final int ATTEMPTS = 5;

    private final Path path;
    private final FileChannel lock;

    private SharedFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes one, once those of killed searches are gone.
     *
     * @param parent the same for all searches of a machine
     * @return to be closed
     * @throws IOException when it cannot be made
     */
    static SharedFolder create(Path parent) throws IOException {
        clean(parent);
        for (int i = 0; i < ATTEMPTS; i++) {
            Path path = Files.createTempDirectory(parent, PREFIX + pid() + "-");
            try {
                FileChannel lock =
                        FileChannel.open(
                                path.resolve(LOCK),
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE);
                if (lock.tryLock() != null && Files.exists(path.resolve(LOCK))) {
                    return new SharedFolder(path, lock);
                }
                lock.close();
            } catch (NoSuchFileException e) {
                // another search has taken it, still empty, for one of a search that was killed
            }
        }
        throw new IOException("folders in " + parent + " are deleted as soon as they are made");
    }

    Path path() {
        return path;
    }

    private static String pid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    /** What belongs to others, or cannot be deleted, is left. */
    private static void clean(Path parent) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                // to open a lock of one's own process would give it up
                if (!folder.getFileName().toString().startsWith(PREFIX + pid() + "-")) {
                    deleteAbandoned(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // a folder of the system's for temporary files: it is cleaned up there
        }
    }

    private static void deleteAbandoned(Path folder) {
        Path file = folder.resolve(LOCK);
        try (FileChannel lock = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (lock.tryLock() != null) {
                delete(folder);
            }
        } catch (NoSuchFileException e) {
            deleteEmpty(folder);
        } catch (IOException | OverlappingFileLockException e) {
            // another search has it, or has just deleted it
        }
    }

    /** Its search was killed before the lock was made, or after it was deleted. */
    private static void deleteEmpty(Path folder) {
        if (!OWN.matcher(folder.getFileName().toString()).matches()) {
            return;
        }
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // it has its lock by now
        }
    }

    /** The lock behind all that is locked: what cannot be deleted now is found later. */
    private static void delete(Path folder) throws IOException {
        Path lock = folder.resolve(LOCK);
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> inside = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : inside) {
                if (!file.equals(folder) && !file.equals(lock)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(lock);
        Files.deleteIfExists(folder);
    }

    @Override
    public void close() {
        try (lock) {
            delete(path);
        } catch (IOException e) {
            // the next search finds that nobody has it
        }
    }
}
