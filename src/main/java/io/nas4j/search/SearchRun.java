package io.nas4j.search;

import io.nas4j.estimate.Candidate;
import io.nas4j.json.JournalJson.Entry;
import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The mutable side of a {@link SearchLoop}.
 *
 * <p>Trials are numbered as they are proposed and enter the history in that order, whichever ends
 * first, so that several slots give the same trials every time. With one slot the strategy has seen
 * all earlier trials when it is asked.
 */
final class SearchRun {

    private final SearchSpec search;
    private final Task task;
    private final StopRequest stopper;
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final Events events;
    private final Stopwatch watch;
    private final Measures measures;
    private final TrialLog course;
    private final StopCheck gate;

    /** The number of the next proposal; smaller ones not in the history are under way or done. */
    private int next;

    /** How many proposals that count for the budget the strategy has not heard of. */
    private int unheard;

    private boolean recording = true;
    private boolean started;
    private EndReason end;
    private String reason = "";

    private SearchStrategy.Session strategy;
    private TrialExecutor.Session executor;
    private PendingTrials underWay;
    private Journal journal;

    SearchRun(SearchSpec search, StopRequest stopper, Consumer<History> publish) {
        this.search = search;
        this.task = search.task();
        this.stopper = stopper;
        this.events = new Events(search.listeners(), this::now, warnings);
        this.watch = new Stopwatch(search.clock());
        this.measures = new Measures(search);
        this.course = new TrialLog(search, measures, publish);
        this.gate = new StopCheck(search.budget(), stopper, watch, course);
    }

    RunResult run() {
        measures.checkObjectives();
        warnings.addAll(search.warnings());
        try (TrialExecutor.Session trials = search.executor().open(task, search.estimator());
                SearchStrategy.Session asks =
                        search.strategy().open(task, search.estimator().fidelity());
                Journal records = FileJournal.of(search, warnings::add)) {
            executor = trials;
            underWay = new PendingTrials(trials, stopper, watch);
            strategy = asks;
            journal = records;
            try {
                resume();
                started = true;
                events.emit(now -> new SearchEvent.Started(now, search));
                drive();
                drain();
                if (end.isNatural()) {
                    conclude();
                }
            } catch (IOException e) {
                end(EndReason.BROKEN, "the journal failed: " + Attempt.reason(e));
            }
        } catch (RuntimeException | Error e) {
            if (started) {
                end(EndReason.BROKEN, Attempt.reason(e));
                events.emit(now -> new SearchEvent.Ended(now, end, reason));
            }
            throw e;
        }
        events.emit(now -> new SearchEvent.Ended(now, end, reason));
        return new RunResult(course.history(), end, reason, watch.elapsed(), warnings);
    }

    /**
     * Brings everything to where it was. With several slots a strategy remembers what it proposed
     * and has not heard of yet, so there it is asked again for all that it was asked for.
     */
    private void resume() throws IOException {
        List<Entry> entries = journal.replay(strategy);
        boolean several = entries.stream().anyMatch(entry -> entry.seen() < entry.trial().number());
        for (Entry entry : entries) {
            while (course.view().size() < entry.seen()) {
                tell();
            }
            if (several && !(strategy instanceof SearchStrategy.Checkpointed)) {
                var unused = ask();
            }
            course.add(entry.trial());
            watch.goOnFrom(entry.elapsed());
            count(entry.trial().reused());
        }
        while (!several && course.isAhead()) {
            tell();
        }
        course.tally().forgive();
    }

    private void drive() throws IOException {
        TrialCounters tally = course.tally();
        while (end == null) {
            String stop = stopper.reason();
            int waiting = next - course.view().size();
            if (!stop.isEmpty()) {
                end(EndReason.INTERRUPTED, stop);
            } else if (tally.failures() >= TrialCounters.FAILURES) {
                end(
                        EndReason.FAILURES,
                        TrialCounters.FAILURES
                                + " trials failed in a row, the last one because: "
                                + course.lastFailure());
            } else if (tally.repeats() >= search.patience()) {
                end(
                        EndReason.EXHAUSTED,
                        "the space seems exhausted: "
                                + tally.repeats()
                                + " proposals in a row were nothing new");
            } else if (waiting < executor.slots() && !isSpent() && propose()) {
                continue;
            } else if (waiting > 0) {
                heed();
            } else if (isSpent()) {
                end(EndReason.BUDGET, "the budget is spent: " + search.budget());
            } else {
                end(EndReason.STRATEGY, strategy.ending());
            }
        }
    }

    private boolean isSpent() {
        BudgetUsage spent = course.tally().spent().running(unheard);
        return search.budget().isSpent(spent.elapsed(watch.elapsed()));
    }

    /** Asks once; false when the strategy waits or has ended. */
    private boolean propose() throws IOException {
        Optional<Proposal> proposal = ask();
        if (proposal.isEmpty()) {
            return false;
        }
        if (proposal.get() instanceof Proposal.Evaluate evaluate) {
            evaluate(evaluate, gate::estimate);
        } else {
            advance(((Proposal.Advance) proposal.get()).slice());
        }
        return true;
    }

    private Optional<Proposal> ask() {
        return blame(() -> strategy.ask(course.view(), task.seeds().random(next, "ask")));
    }

    private void evaluate(Proposal.Evaluate proposal, Supplier<String> its) {
        Architecture architecture = proposal.architecture();
        check(architecture);
        int known = course.view().size();
        int continued = proposal.continues().orElse(0);
        if (proposal.continues().isPresent() && (continued < 0 || continued >= known)) {
            throw mistake("it continues trial " + continued + " of " + known, null);
        }
        RunningTrial running = running(measures.of(proposal.fidelity()), its);
        Optional<Outcome.Completed> earlier = course.earlier(next, proposal);
        if (earlier.isPresent()) {
            Trial repeat = running.trial(proposal, earlier.get());
            underWay.end(running, repeat, false, false);
            count(repeat.reused());
            return;
        }
        emitStart(running, Optional.of(architecture), proposal.fidelity());
        underWay.submit(
                running,
                proposal,
                new Candidate(
                        next,
                        task.space(),
                        architecture,
                        proposal.fidelity(),
                        course.origin(proposal.continues())));
        count(false);
    }

    private void advance(Slice slice) throws IOException {
        if (slice.measure().equals(search.estimator().measure())) {
            throw mistake(
                    "a slice must not be measured as the estimator is (" + slice.measure() + ")",
                    null);
        }
        RunningTrial running = running(slice.measure(), gate::slice);
        emitStart(running, Optional.empty(), slice.fidelity());
        Attempt.Advanced advanced = Attempt.advance(slice, running);
        Architecture architecture =
                advanced.step().map(Slice.Step::architecture).orElseGet(course::latest);
        check(architecture);
        Trial trial =
                running.trial(
                        new Proposal.Evaluate(
                                architecture,
                                slice.fidelity(),
                                OptionalInt.empty(),
                                advanced.step()
                                        .map(Slice.Step::learned)
                                        .orElse(OptionWeights.NONE)),
                        advanced.outcome());
        underWay.end(running, trial, true, advanced.fatal());
        if (isRecorded(trial)) {
            journal.save(next + 1, strategy);
        }
        count(false);
    }

    private void count(boolean reused) {
        unheard += reused ? 0 : 1;
        next++;
    }

    /** One more trial enters the history, unless it is there already, and the strategy hears. */
    private void heed() throws IOException {
        boolean fresh = !course.isAhead();
        if (fresh) {
            record(underWay.take(course.history().size()));
        }
        Trial trial = tell();
        if (fresh && events.wanted()) {
            events.emit(now -> new SearchEvent.TrialFinished(now, trial));
        }
        if (!underWay.fatal().isEmpty()) {
            end(EndReason.FAILURES, "trials cannot run here: " + underWay.fatal());
        }
    }

    /**
     * An interrupted trial is in the history but not in the journal: a resumed search runs it
     * again, and so makes the same trials as one that was never interrupted.
     */
    private void record(Entry entry) throws IOException {
        course.add(entry.trial());
        recording &= isRecorded(entry.trial());
        if (recording) {
            journal.append(entry);
        }
    }

    private static boolean isRecorded(Trial trial) {
        return !(trial.outcome() instanceof Outcome.Stopped stopped)
                || stopped.reason().equals(StopCheck.OVER_BUDGET);
    }

    private Trial tell() {
        Trial trial = course.hear();
        unheard -= trial.reused() ? 0 : 1;
        return blame(
                () -> {
                    strategy.tell(trial);
                    return trial;
                });
    }

    /** Lets what is still under way come to an end. */
    private void drain() throws IOException {
        gate.close(true);
        while (course.view().size() < next) {
            heed();
        }
        gate.close(false);
    }

    private void conclude() throws IOException {
        Optional<Proposal.Evaluate> last = blame(() -> strategy.conclude(course.history()));
        if (last.isEmpty()
                || course.history().trials().stream()
                        .anyMatch(trial -> measures.answers(trial, last.get()))) {
            return;
        }
        evaluate(last.get(), gate::stop);
        heed();
        if (course.lastTrial().outcome() instanceof Outcome.Failed failed) {
            warnings.add("what the strategy derived could not be scored: " + failed.reason());
        }
        reason += "; its answer, trial " + course.lastTrial().number() + ", came on top";
        if (!stopper.reason().isEmpty()) {
            end = EndReason.INTERRUPTED;
            reason = stopper.reason();
        }
    }

    private RunningTrial running(String measure, Supplier<String> its) {
        return new RunningTrial(
                next, course.view().size(), measure, task.seeds().seed(next, "trial"), its, events);
    }

    private void check(Architecture architecture) {
        try {
            task.space().check(architecture);
        } catch (IllegalArgumentException e) {
            throw mistake(e.getMessage(), e);
        }
    }

    private <T> T blame(Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            throw mistake(Attempt.reason(e), e);
        }
    }

    private IllegalStateException mistake(String what, Throwable cause) {
        return new IllegalStateException(
                "strategy " + search.strategy() + " failed at proposal " + next + ": " + what,
                cause);
    }

    private void end(EndReason kind, String why) {
        if (end == null) {
            end = kind;
            reason = why;
        }
    }

    private Snapshot now() {
        Duration elapsed = watch.elapsed();
        boolean complete = end != null && end.isNatural();
        BudgetUsage spent = course.tally().spent().elapsed(elapsed);
        return new Snapshot(
                course.history(), complete ? 1 : search.budget().fraction(spent), elapsed);
    }

    private void emitStart(
            RunningTrial running, Optional<Architecture> candidate, Fidelity fidelity) {
        if (events.wanted()) {
            events.emit(
                    now ->
                            new SearchEvent.TrialStarted(
                                    now, running.number, candidate, running.measure, fidelity));
        }
    }
}
