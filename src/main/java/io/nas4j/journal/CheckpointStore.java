package io.nas4j.journal;

import io.nas4j.trial.Checkpoints;
import io.nas4j.trial.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The checkpoints of a search, by trial: those that its strategy may still continue, and no more
 * bytes than the folder takes, but for trials that have just ended. With a journal they are files
 * beside it, a trial's written before its line. What could not be kept is told; thread-safe.
 */
public final class CheckpointStore {

    /** A quarter of a small notebook server's heap of 1 GiB. */
    private static final long MEMORY = 256L << 20;

    private static final long DISK = 4L << 30;

    private final CheckpointFolder folder;
    private final Consumer<String> warn;
    private final Map<Integer, Long> bytes = new HashMap<>();
    private final Set<Integer> evicted = new HashSet<>();

    /** Read after every trial of searches that train nothing, too. */
    private volatile boolean empty = true;

    CheckpointStore(CheckpointFolder folder, Consumer<String> warn) {
        this.folder = folder;
        this.warn = warn;
    }

    /**
     * The store of a search that begins.
     *
     * @param journal its journal's file, which is open: the store is beside it; else in memory
     * @param warn hears what could not be kept
     * @return holds nothing yet
     * @throws IOException when the journal's folder cannot be found
     */
    public static CheckpointStore of(Optional<Path> journal, Consumer<String> warn)
            throws IOException {
        CheckpointFolder folder =
                journal.isPresent()
                        ? new CheckpointFiles(journal.get().toRealPath(), DISK)
                        : new CheckpointMemory(MEMORY);
        return new CheckpointStore(folder, warn);
    }

    /**
     * Takes over what an earlier process left, but for trials that are not among the recorded.
     *
     * @param recorded the numbers of those that the journal holds the end of
     * @throws IOException when a file cannot be read or deleted
     */
    public synchronized void open(Set<Integer> recorded) throws IOException {
        for (Map.Entry<Integer, Long> found : folder.found().entrySet()) {
            if (recorded.contains(found.getKey())) {
                put(found.getKey(), found.getValue());
            } else {
                folder.delete(found.getKey());
            }
        }
    }

    /**
     * Whether there is nothing to be let go.
     *
     * @return cheap enough to be asked after every trial
     */
    public boolean isEmpty() {
        return empty;
    }

    /**
     * What a running trial sees.
     *
     * @param trial its number
     * @param kept whether a later trial may continue it
     * @param continues the trial that holds the weights to go on from
     * @return may be used from the trial's thread
     */
    public Checkpoints of(int trial, boolean kept, OptionalInt continues) {
        if (!kept && continues.isEmpty()) {
            return Checkpoints.NONE;
        }
        return new Checkpoints() {
            @Override
            public void save(Content content) {
                if (kept) {
                    write(trial, content);
                }
            }

            @Override
            public Optional<InputStream> find() {
                return continues.isEmpty() ? Optional.empty() : read(trial, continues.getAsInt());
            }
        };
    }

    private void write(int trial, Checkpoints.Content content) {
        try {
            long size = folder.write(trial, content);
            synchronized (this) {
                put(trial, size);
            }
        } catch (IOException e) {
            warn.accept(
                    "the weights of trial "
                            + trial
                            + " could not be kept ("
                            + Outcome.Failed.reason(e)
                            + "): a trial that continues it starts from scratch");
        }
    }

    private Optional<InputStream> read(int trial, int continued) {
        try {
            return Optional.of(folder.read(continued));
        } catch (IOException e) {
            boolean gone;
            synchronized (this) {
                gone = evicted.contains(continued);
            }
            warn.accept(
                    String.format(
                            java.util.Locale.ROOT,
                            "trial %d starts from scratch: the weights of trial %d, which it"
                                    + " continues, are gone (%s)",
                            trial,
                            continued,
                            gone ? "let go to stay within " + limit() : Outcome.Failed.reason(e)));
            return Optional.empty();
        }
    }

    /**
     * Deletes what is no longer wanted, and the least wanted of what is too much.
     *
     * @param wanted the most wanted first
     * @param heard younger trials are kept, since the strategy has not heard of them
     * @throws IOException when a file cannot be deleted
     */
    public synchronized void keep(List<Integer> wanted, int heard) throws IOException {
        Set<Integer> order = new LinkedHashSet<>(wanted);
        for (int trial : List.copyOf(bytes.keySet())) {
            if (trial < heard && !order.contains(trial)) {
                delete(trial);
            }
        }
        long sum = bytes.values().stream().mapToLong(size -> size).sum();
        List<Integer> kept = order.stream().filter(bytes::containsKey).toList();
        for (int i = kept.size() - 1; i >= 0 && sum > folder.limit(); i--) {
            if (evicted.isEmpty()) {
                warn.accept(
                        "the weights of trial "
                                + kept.get(i)
                                + " and of others that might still be continued are let go, to"
                                + " stay within "
                                + limit()
                                + ": a trial that continues one of them starts from scratch");
            }
            evicted.add(kept.get(i));
            sum -= bytes.get(kept.get(i));
            delete(kept.get(i));
        }
    }

    private void put(int trial, long size) {
        bytes.put(trial, size);
        empty = false;
    }

    private void delete(int trial) throws IOException {
        folder.delete(trial);
        bytes.remove(trial);
        empty = bytes.isEmpty();
    }

    private String limit() {
        return (folder.limit() >> 20) + " MiB";
    }
}
