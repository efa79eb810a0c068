package io.nas4j.train;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Fidelity;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest trainings of a session on the heap, by trial, so that a later trial can go on with
 * one. Bounded; the least recently used goes first.
 */
final class Checkpoints {

    private record Entry(Architecture architecture, Fidelity fidelity, Checkpoint checkpoint) {}

    private final int most;
    private final long mostBytes;
    private final Map<Integer, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    Checkpoints(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    void put(int trial, Architecture architecture, Fidelity fidelity, Checkpoint checkpoint) {
        Entry old = entries.put(trial, new Entry(architecture, fidelity, checkpoint));
        bytes += checkpoint.bytes() - (old == null ? 0 : old.checkpoint().bytes());
        Iterator<Entry> eldest = entries.values().iterator();
        while (entries.size() > most || bytes > mostBytes) {
            bytes -= eldest.next().checkpoint().bytes();
            eldest.remove();
        }
    }

    /** Empty where it is gone, or was of another network, or has no epoch left to train. */
    Optional<Checkpoint> find(int trial, Architecture architecture, Fidelity fidelity) {
        Entry entry = entries.get(trial);
        boolean fits =
                entry != null
                        && entry.architecture().equals(architecture)
                        && entry.fidelity().width() == fidelity.width()
                        && entry.fidelity().resolution() == fidelity.resolution()
                        && entry.checkpoint().course().epochs() < fidelity.epochs();
        return fits ? Optional.of(entry.checkpoint()) : Optional.empty();
    }
}
