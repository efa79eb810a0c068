package io.nas4j.search;

import io.nas4j.trial.Checkpoints;
import io.nas4j.trial.Place;
import io.nas4j.trial.TrialContext;
import java.util.Optional;
import java.util.function.Supplier;

/** What a trial under way may ask of the loop: thread-safe. */
final class LoopContext implements TrialContext {

    private final int number;
    private final long seed;
    private final Supplier<String> gate;
    private final Events events;
    private final Checkpoints checkpoints;
    private final EarlyStop early;
    private volatile String refusal = "";
    private volatile Optional<Place> place = Optional.empty();

    LoopContext(
            int number,
            long seed,
            Supplier<String> gate,
            Events events,
            Checkpoints checkpoints,
            EarlyStop early) {
        this.number = number;
        this.seed = seed;
        this.gate = gate;
        this.events = events;
        this.checkpoints = checkpoints;
        this.early = early;
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public boolean report(int step, double score) {
        if (events.wanted()) {
            events.emit(now -> new SearchEvent.TrialReported(now, number, step, score));
        }
        if (!proceed()) {
            return false;
        }
        refusal = early.report(step, score);
        return refusal.isEmpty();
    }

    @Override
    public boolean proceed() {
        if (early.isStopped()) {
            return false;
        }
        String reason = gate.get();
        if (!reason.isEmpty()) {
            refusal = reason;
        }
        return reason.isEmpty();
    }

    @Override
    public void progress(double fraction) {
        if (events.wanted()) {
            events.emit(now -> new SearchEvent.TrialProgressed(now, number, fraction));
        }
    }

    @Override
    public void phase(String phase) {
        if (events.wanted()) {
            events.emit(now -> new SearchEvent.TrialEntered(now, number, phase));
        }
    }

    @Override
    public void placed(Place where) {
        place = Optional.of(where);
        if (events.wanted()) {
            events.emit(now -> new SearchEvent.TrialPlaced(now, number, where));
        }
    }

    /** Where the trial ran last; empty for one in the searching thread. */
    Optional<Place> place() {
        return place;
    }

    @Override
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    /** Why it was told to stop; empty when it was not. */
    String refusal() {
        return refusal;
    }
}
