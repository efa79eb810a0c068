package io.nas4j.search;

import io.nas4j.json.JournalJson.Entry;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.HashMap;
import java.util.Map;

/** The trials that are with the executor, and those that wait for an earlier one to end. */
final class PendingTrials {

    private final TrialExecutor.Session executor;
    private final StopRequest stopper;
    private final Stopwatch watch;
    private final Map<Integer, RunningTrial.Estimation> submitted = new HashMap<>();
    private final Map<Integer, Entry> ended = new HashMap<>();
    private String fatal = "";

    PendingTrials(TrialExecutor.Session executor, StopRequest stopper, Stopwatch watch) {
        this.executor = executor;
        this.stopper = stopper;
        this.watch = watch;
    }

    void submit(RunningTrial.Estimation running) {
        submitted.put(running.facts().number(), running);
        executor.submit(running.candidate(), running.context());
    }

    /** Takes in a trial that has ended, here or with the executor. */
    void end(RunningTrial running, Trial trial, boolean isFatal) {
        boolean advance = running instanceof RunningTrial.OwnTraining;
        ended.put(
                trial.number(), new Entry(trial, running.facts().seen(), advance, watch.elapsed()));
        if (trial.outcome() instanceof Outcome.Stopped && running.refusal().isEmpty()) {
            // it noticed the interrupt before it asked whether to go on
            stopper.interrupted();
        } else if (isFatal && trial.outcome() instanceof Outcome.Failed failed) {
            fatal = failed.reason();
        }
    }

    /** Waits for one trial; others may end before it. */
    Entry take(int number) {
        while (!ended.containsKey(number)) {
            try {
                complete(executor.next());
            } catch (InterruptedException e) {
                stopper.interrupted();
            }
        }
        return ended.remove(number);
    }

    private void complete(TrialExecutor.Completion completion) {
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
