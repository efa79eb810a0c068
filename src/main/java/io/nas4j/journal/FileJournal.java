package io.nas4j.journal;

import static io.nas4j.space.Require.require;

import io.nas4j.json.JournalJson;
import io.nas4j.json.JournalJson.Begun;
import io.nas4j.json.JournalJson.Entry;
import io.nas4j.json.JournalJson.Line;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Outcome;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * JSON lines: a header, then one line per trial that has ended, each forced to the disk. Written
 * through {@link RandomAccessFile}, since an interrupt closes a channel that is being written to.
 */
public final class FileJournal implements Journal {

    private final Path path;
    private final RandomAccessFile file;
    private final JournalLock lock;
    private final StateFiles states;
    private final Consumer<String> warn;
    private final JournalContent found;

    private FileJournal(
            Path path,
            Path real,
            RandomAccessFile file,
            JournalLock lock,
            JournalContent found,
            Consumer<String> warn) {
        this.path = path;
        this.file = file;
        this.lock = lock;
        this.states = new StateFiles(real);
        this.found = found;
        this.warn = warn;
    }

    /**
     * Opens or begins a journal, for one search only.
     *
     * @param path of the file; folders above it are made
     * @param header what makes the search that search
     * @param warn hears what a reader of the result should know
     * @return must be closed, which gives the lock up
     * @throws IllegalArgumentException when it belongs to another search, another one writes it, or
     *     it cannot be written
     */
    public static Journal of(Path path, JournalJson.Header header, Consumer<String> warn) {
        return of(path, header, warn, file -> new RandomAccessFile(file, "rw"));
    }

    /** How the file is opened; a test has disks that are full. */
    @FunctionalInterface
    interface Disk {
        RandomAccessFile open(File file) throws IOException;
    }

    static Journal of(Path path, JournalJson.Header header, Consumer<String> warn, Disk disk) {
        try {
            return open(path, header, warn, disk);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "journal "
                            + path
                            + " must be a file that can be written: "
                            + Outcome.Failed.reason(e)
                            + ". Try another file.",
                    e);
        }
    }

    /**
     * Opens or begins a journal, for this search only.
     *
     * @throws IllegalArgumentException when it belongs to another search, or another one writes it
     */
    private static FileJournal open(
            Path path, JournalJson.Header header, Consumer<String> warn, Disk disk)
            throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (!Files.exists(path)) {
            new RandomAccessFile(path.toFile(), "rw").close();
        }
        Path real = path.toRealPath();
        if (Files.isDirectory(real)) {
            throw new IOException("it is a folder");
        }
        JournalLock lock = JournalLock.take(path, real);
        RandomAccessFile file = null;
        try {
            file = disk.open(real.toFile());
            lock.alsoOf(file);
            return new FileJournal(path, real, file, lock, found(path, file, header, warn), warn);
        } catch (IOException | RuntimeException e) {
            try (lock) {
                if (file != null) {
                    file.close();
                }
                lock.abandon();
            }
            throw e;
        }
    }

    /** What is there already; a new journal's header is written. */
    private static JournalContent found(
            Path path, RandomAccessFile file, JournalJson.Header header, Consumer<String> warn)
            throws IOException {
        JournalContent.requireReadable(path, file.length());
        byte[] bytes = new byte[(int) file.length()];
        file.readFully(bytes);
        byte[] first = line(JournalJson.write(header));
        if (isTorn(bytes, first)) {
            if (bytes.length > 0) {
                warn.accept(
                        String.format(
                                Locale.ROOT,
                                "line 1 of journal %s is broken (%d bytes), as when a search is"
                                        + " killed while it writes: the journal begins anew",
                                path,
                                bytes.length));
            }
            file.setLength(0);
            file.seek(0);
            file.write(first);
            file.getFD().sync();
            return new JournalContent(header, List.of(), List.of((long) first.length), 0);
        }
        JournalContent found = JournalContent.parse(path, bytes, header.space().ownOperations());
        SearchIdentity.requireSame(path, found.header(), header);
        if (!found.lines().isEmpty()) {
            SearchIdentity.doubts(path, found.header(), header).forEach(warn);
        }
        if (found.torn() > 0) {
            warn.accept(
                    String.format(
                            Locale.ROOT,
                            "line %d of journal %s is broken (%d bytes), as when a search is"
                                    + " killed while it writes: it is dropped, and %s is run again",
                            found.ends().size() + 1,
                            path,
                            found.torn(),
                            found.lines().stream().anyMatch(Begun.class::isInstance)
                                    ? "its trial"
                                    : "trial " + found.lines().size()));
        }
        return found;
    }

    /** Empty, or killed while the header was written. */
    private static boolean isTorn(byte[] bytes, byte[] header) {
        return bytes.length < header.length
                && Arrays.equals(bytes, 0, bytes.length, header, 0, bytes.length);
    }

    @Override
    public List<Line> replay(SearchStrategy.Session strategy) throws IOException {
        List<Line> trials = found.trials();
        int lines = found.lines().size();
        if (strategy instanceof SearchStrategy.Checkpointed checkpointed) {
            int size = restore(checkpointed, trials);
            if (size < trials.size()) {
                // what later trials knew is gone, and so are the lines behind the first of them
                lines = first(size);
                trials = JournalContent.trials(found.lines().subList(0, lines));
            }
        }
        states.deleteAbove(trials.size());
        file.setLength(found.ends().get(lines));
        file.seek(file.length());
        return trials;
    }

    /** The first line of a trial of this number or a later one. */
    private int first(int number) {
        int line = 0;
        while (found.lines().get(line).number() < number) {
            line++;
        }
        return line;
    }

    /** Goes back to the newest state that is there; weights cannot be had from the history. */
    private int restore(SearchStrategy.Checkpointed session, List<Line> trials) throws IOException {
        int size = trials.size();
        int state = states.newest(size);
        int lost = state;
        while (lost < size && !(trials.get(lost) instanceof Entry entry && entry.advance())) {
            lost++;
        }
        require(
                lost == size || state > 0,
                "journal %s has %d trials, but the strategy's weights (%s) are missing. Try"
                        + " bringing that file back, or delete the journal to start again.",
                path,
                size,
                states.file(size).getFileName());
        if (lost < size) {
            warn.accept(
                    "the newest weights in "
                            + states.file(state).getFileName()
                            + " are those of "
                            + state
                            + " trials: "
                            + (size - lost)
                            + " later trials are run again");
        }
        if (state > 0) {
            states.restore(state, session);
        }
        return lost;
    }

    @Override
    public void begin(Begun begun) throws IOException {
        write(line(JournalJson.write(begun)));
    }

    @Override
    public void append(Entry entry) throws IOException {
        write(line(JournalJson.write(entry)));
        if (!entry.trial().reused()) {
            // a repeat costs nothing to find again
            file.getFD().sync();
        }
        if (entry.advance()) {
            states.deleteBelow(entry.trial().number() + 1);
        }
    }

    /** As a whole or, where the disk is full, not at all. */
    private void write(byte[] line) throws IOException {
        long end = file.getFilePointer();
        try {
            file.write(line);
        } catch (IOException e) {
            file.setLength(end);
            throw e;
        }
    }

    @Override
    public void save(int size, SearchStrategy.Session strategy) throws IOException {
        if (strategy instanceof SearchStrategy.Checkpointed checkpointed) {
            states.save(size, checkpointed);
        }
    }

    @Override
    public void close() {
        try (lock) {
            file.close();
        } catch (IOException e) {
            warn.accept("journal " + path + " could not be closed: " + Outcome.Failed.reason(e));
        }
    }

    private static byte[] line(String json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
