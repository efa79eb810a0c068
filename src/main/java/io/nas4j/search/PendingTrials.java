package io.nas4j.search;

import io.nas4j.json.JournalJson.Entry;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The trials that are with the executor, and those that wait for an earlier one to end. */
final class PendingTrials {

    private final TrialExecutor.Session executor;
    private final StopRequest stopper;
    private final Stopwatch watch;
    private final Recorder recorder;
    private final Map<Integer, RunningTrial.Estimation> submitted = new HashMap<>();
    private final Map<Integer, Entry> ended = new HashMap<>();
    private final Map<Integer, RunningTrial.Awaiting> awaiting = new HashMap<>();
    private String fatal = "";

    PendingTrials(
            TrialExecutor.Session executor,
            StopRequest stopper,
            Stopwatch watch,
            Recorder recorder) {
        this.executor = executor;
        this.stopper = stopper;
        this.watch = watch;
        this.recorder = recorder;
    }

    void submit(RunningTrial.Estimation running) {
        submitted.put(running.facts().number(), running);
        executor.submit(running.candidate(), running.context());
    }

    /** Takes in a trial that has ended, here or with the executor, and records it. */
    void end(RunningTrial running, Trial trial, boolean isFatal) throws IOException {
        boolean advance = running instanceof RunningTrial.OwnTraining;
        Entry entry =
                new Entry(trial, running.facts().seen(), advance, watch.elapsed(), running.place());
        ended(entry);
        recorder.end(entry);
        if (trial.outcome() instanceof Outcome.Stopped && running.refusal().isEmpty()) {
            // it noticed the interrupt before it asked whether to go on
            stopper.interrupted();
        } else if (isFatal && trial.outcome() instanceof Outcome.Failed failed) {
            fatal = failed.reason();
        }
    }

    /** Takes in a trial that ended, and was recorded, in an earlier process. */
    void ended(Entry entry) {
        ended.put(entry.number(), entry);
    }

    /** How many are with the executor. */
    int running() {
        return submitted.size();
    }

    /** Keeps a trial until the strategy is to hear of it. */
    void wait(RunningTrial.Awaiting trial) {
        awaiting.put(trial.facts().number(), trial);
    }

    Optional<RunningTrial.Awaiting> awaiting(int number) {
        return Optional.ofNullable(awaiting.remove(number));
    }

    /** Whether a trial can be taken without waiting for it. */
    boolean isReady(int number) {
        return ended.containsKey(number) || awaiting.containsKey(number);
    }

    /** Waits for whichever trial ends first. */
    void awaitOne() throws IOException {
        boolean passed = stopper.passOn();
        TrialExecutor.Completion first;
        try {
            first = executor.next();
        } catch (InterruptedException e) {
            stopper.heard();
            return;
        }
        if (passed && Thread.interrupted()) {
            // it did not wait; what is done with its trial is not to be interrupted
            stopper.interrupted();
        }
        complete(first);
    }

    /** Waits for one trial; others may end before it. */
    Entry take(int number) throws IOException {
        while (!ended.containsKey(number)) {
            awaitOne();
        }
        return ended.remove(number);
    }

    private void complete(TrialExecutor.Completion completion) throws IOException {
        RunningTrial.Estimation its = submitted.remove(completion.trial());
        if (its == null) {
            throw new IllegalStateException(
                    String.format(
                            java.util.Locale.ROOT,
                            "an executor must return trials that are under way (%s), but returned"
                                    + " %d.",
                            submitted.keySet(),
                            completion.trial()));
        }
        end(its, its.trial(completion.outcome()), completion.fatal());
    }

    /** Why no trial can run here; empty when they can. */
    String fatal() {
        return fatal;
    }
}
