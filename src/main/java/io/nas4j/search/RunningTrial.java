package io.nas4j.search;

import io.nas4j.strategy.Proposal;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.util.function.Supplier;

/** A trial under way, and what it may ask of the loop: thread-safe. */
final class RunningTrial implements TrialContext {

    final int number;

    /** How many trials the strategy had heard of when it proposed this one. */
    final int seen;

    final String measure;
    private final long seed;
    private final Supplier<String> gate;
    private final Events events;
    private volatile String refusal = "";

    RunningTrial(
            int number, int seen, String measure, long seed, Supplier<String> gate, Events events) {
        this.number = number;
        this.seen = seen;
        this.measure = measure;
        this.seed = seed;
        this.gate = gate;
        this.events = events;
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
        return proceed();
    }

    @Override
    public boolean proceed() {
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

    /** Why it was told to stop; empty when it was not. */
    String refusal() {
        return refusal;
    }

    Trial trial(Proposal.Evaluate proposal, Outcome outcome) {
        Outcome complete = outcome;
        if (outcome instanceof Outcome.Completed completed && !proposal.learned().isEmpty()) {
            complete =
                    new Outcome.Completed(
                            completed.estimate(), proposal.learned(), completed.reuses());
        } else if (outcome instanceof Outcome.Stopped stopped && !refusal.isEmpty()) {
            complete = new Outcome.Stopped(refusal, stopped.curve(), stopped.cost());
        }
        return new Trial(
                number,
                proposal.architecture(),
                measure,
                proposal.fidelity(),
                seed,
                proposal.continues(),
                complete);
    }
}
