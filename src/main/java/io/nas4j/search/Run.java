package io.nas4j.search;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.json.JournalJson;
import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The mutable side of a {@link Loop}.
 *
 * <p>Trials are numbered as they are proposed and enter the history in that order, whichever ends
 * first, so that several slots give the same trials every time. With one slot the strategy has seen
 * all earlier trials when it is asked.
 */
final class Run {

    private final SearchSpec search;
    private final SearchSpace space;
    private final PerformanceEstimator estimator;
    private final Stopper stopper;
    private final Consumer<History> publish;
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final Events events;
    private final KnownEstimates known;
    private final Tally tally = new Tally();

    /** What the strategy has heard of, and the longer histories that it has not. */
    private History view;

    private final Deque<History> ahead = new ArrayDeque<>();
    private volatile History history;

    /** The number of the next proposal; those in [history.size(), next) are under way or done. */
    private int next;

    private final Map<Integer, Pending> pending = new HashMap<>();
    private final Map<Integer, JournalJson.Entry> done = new HashMap<>();
    private int runningNew;

    private Instant start;
    private Duration before = Duration.ZERO;
    private volatile String closing = "";
    private boolean recording = true;
    private boolean objectivesChecked;
    private String fatal = "";
    private End end;
    private String reason = "";
    private boolean started;

    private SearchStrategy.Session strategy;
    private TrialExecutor.Session executor;
    private Journal journal;

    private record Pending(Running running, Proposal.Evaluate proposal, KnownEstimates.Key key) {}

    Run(SearchSpec search, Stopper stopper, Consumer<History> publish) {
        this.search = search;
        this.space = search.task().space();
        this.estimator = search.estimator();
        this.stopper = stopper;
        this.publish = publish;
        this.events = new Events(search.listeners(), this::now, warnings);
        this.known = new KnownEstimates(space, estimator);
        this.history = History.empty(estimator.measure());
        this.view = history;
        this.start = search.clock().instant();
    }

    Finished run() {
        try (TrialExecutor.Session its = search.executor().open(search.task(), estimator);
                SearchStrategy.Session asks =
                        search.strategy().open(search.task(), estimator.fidelity());
                Journal records = open()) {
            executor = its;
            strategy = asks;
            journal = records;
            try {
                resume();
                started = true;
                events.emit(now -> new SearchEvent.Started(now, search));
                drive();
                drain();
                conclude();
            } catch (IOException e) {
                end(End.BROKEN, "the journal failed: " + Attempt.reason(e));
            }
        } catch (RuntimeException | Error e) {
            if (started) {
                end(End.BROKEN, Attempt.reason(e));
                emitEnd();
            }
            throw e;
        }
        emitEnd();
        return new Finished(history, end, reason, elapsed(), warnings);
    }

    private Journal open() {
        if (search.journal().isEmpty()) {
            return Journal.NONE;
        }
        Path file = search.journal().get();
        try {
            return FileJournal.open(file, Headers.of(search), warnings::add);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "journal "
                            + file
                            + " must be a file that can be written: "
                            + Attempt.reason(e)
                            + ". Try another file.",
                    e);
        }
    }

    /**
     * Brings everything to where it was. With several slots a strategy remembers what it proposed
     * and has not heard of yet, so there it is asked again for all that it was asked for.
     */
    private void resume() throws IOException {
        List<JournalJson.Entry> entries = journal.replay(strategy);
        boolean several = entries.stream().anyMatch(entry -> entry.seen() < entry.trial().number());
        for (JournalJson.Entry entry : entries) {
            while (view.size() < entry.seen()) {
                tell();
            }
            if (several && !(strategy instanceof SearchStrategy.Checkpointed)) {
                var unused = ask();
            }
            history = history.plus(entry.trial());
            before = entry.elapsed();
            ahead.add(history);
            runningNew += entry.trial().reused() ? 0 : 1;
            next++;
        }
        publish.accept(history);
        while (!several && !ahead.isEmpty()) {
            tell();
        }
        tally.forgive();
    }

    private void drive() throws IOException {
        while (end == null) {
            String stop = stopper.reason();
            if (!stop.isEmpty()) {
                end(End.INTERRUPTED, stop);
            } else if (tally.failures() >= Tally.FAILURES) {
                end(
                        End.FAILURES,
                        Tally.FAILURES
                                + " trials failed in a row, the last one because: "
                                + lastFailure());
            } else if (tally.repeats() >= search.patience()) {
                end(
                        End.EXHAUSTED,
                        "the space seems exhausted: "
                                + tally.repeats()
                                + " proposals in a row were nothing new");
            } else if (next - view.size() < executor.slots() && !isSpent() && propose()) {
                continue;
            } else if (view.size() < next) {
                heed();
            } else if (isSpent()) {
                end(End.BUDGET, "the budget is spent: " + search.budget());
            } else {
                end(End.STRATEGY, "the strategy has nothing more to propose");
            }
        }
    }

    private boolean isSpent() {
        return search.budget().isSpent(tally.spent().running(runningNew).elapsed(elapsed()));
    }

    /** Asks once; false when the strategy waits or has ended. */
    private boolean propose() throws IOException {
        Optional<Proposal> proposal = ask();
        if (proposal.isEmpty()) {
            return false;
        }
        if (proposal.get() instanceof Proposal.Evaluate evaluate) {
            evaluate(evaluate, true);
        } else {
            advance(((Proposal.Advance) proposal.get()).slice());
        }
        return true;
    }

    private Optional<Proposal> ask() {
        try {
            return strategy.ask(view, search.task().seeds().random(next, "ask"));
        } catch (RuntimeException e) {
            throw mistake(Attempt.reason(e), e);
        }
    }

    private void evaluate(Proposal.Evaluate proposal, boolean cut) {
        check(proposal.architecture());
        int number = next;
        Running running = running(measure(proposal.fidelity()), () -> gate(cut, false));
        KnownEstimates.Key key = null;
        if (!search.repeats()) {
            key = known.key(proposal.architecture(), proposal.fidelity());
            Optional<Trial> earlier = known.find(key);
            if (earlier.isPresent()) {
                Outcome.Completed first = (Outcome.Completed) earlier.get().outcome();
                finish(
                        running.trial(
                                proposal,
                                new Outcome.Completed(
                                        first.estimate(),
                                        proposal.learned(),
                                        OptionalInt.of(earlier.get().number()))),
                        running.seen,
                        false);
                next++;
                return;
            }
        }
        pending.put(number, new Pending(running, proposal, key));
        Candidate candidate =
                new Candidate(
                        number,
                        space,
                        proposal.architecture(),
                        proposal.fidelity(),
                        origin(proposal.continues()));
        if (events.wanted()) {
            events.emit(
                    now ->
                            new SearchEvent.TrialStarted(
                                    now,
                                    number,
                                    Optional.of(proposal.architecture()),
                                    running.measure,
                                    proposal.fidelity()));
        }
        executor.submit(candidate, running);
        runningNew++;
        next++;
    }

    private void advance(Slice slice) throws IOException {
        if (slice.measure().equals(estimator.measure())) {
            throw mistake(
                    "a slice must not be measured as the estimator is (" + slice.measure() + ")",
                    null);
        }
        Running running = running(slice.measure(), () -> gate(true, true));
        if (events.wanted()) {
            events.emit(
                    now ->
                            new SearchEvent.TrialStarted(
                                    now,
                                    running.number,
                                    Optional.empty(),
                                    running.measure,
                                    slice.fidelity()));
        }
        Attempt.Heard heard = new Attempt.Heard(running);
        long began = System.nanoTime();
        Optional<Slice.Step> step = Optional.empty();
        Outcome outcome;
        try {
            step = Optional.of(slice.advance(heard));
            outcome = heard.outcome(step.get().estimate());
        } catch (Throwable thrown) {
            outcome = heard.outcome(thrown, began);
            if (thrown instanceof LinkageError) {
                fatal = Attempt.reason(thrown);
            }
        }
        Architecture architecture = step.map(Slice.Step::architecture).orElseGet(this::latest);
        check(architecture);
        Trial trial =
                running.trial(
                        new Proposal.Evaluate(
                                architecture,
                                slice.fidelity(),
                                OptionalInt.empty(),
                                step.map(Slice.Step::learned).orElse(OptionWeights.NONE)),
                        outcome);
        heedInterruption(running, trial);
        if (isRecorded(trial)) {
            journal.save(next + 1, strategy);
        }
        finish(trial, running.seen, true);
        runningNew++;
        next++;
    }

    /** A slice that failed derived nothing: its trial names what the one before had derived. */
    private Architecture latest() {
        return view.isEmpty()
                ? space.choose(decision -> 0)
                : view.trials().get(view.size() - 1).architecture();
    }

    /** One more trial enters the history, unless it is there already, and the strategy hears. */
    private void heed() throws IOException {
        boolean fresh = ahead.isEmpty();
        if (fresh) {
            int number = history.size();
            while (!done.containsKey(number)) {
                await();
            }
            record(done.remove(number));
        }
        Trial trial = tell();
        if (fresh && events.wanted()) {
            events.emit(now -> new SearchEvent.TrialFinished(now, trial));
        }
        if (!fatal.isEmpty() && done.isEmpty()) {
            end(End.FAILURES, "trials cannot run here: " + fatal);
        }
    }

    private void await() {
        TrialExecutor.Completion completion;
        try {
            completion = executor.next();
        } catch (InterruptedException e) {
            stopper.interrupted();
            return;
        }
        Pending its = pending.get(completion.trial());
        if (completion.fatal()) {
            fatal = ((Outcome.Failed) completion.outcome()).reason();
        }
        Trial trial = its.running().trial(its.proposal(), completion.outcome());
        heedInterruption(its.running(), trial);
        finish(trial, its.running().seen, false);
    }

    /** An estimator may notice the interrupt before it asks whether to go on. */
    private void heedInterruption(Running running, Trial trial) {
        if (trial.outcome() instanceof Outcome.Stopped && running.refusal().isEmpty()) {
            stopper.interrupted();
        }
    }

    private void finish(Trial trial, int seen, boolean advance) {
        done.put(trial.number(), new JournalJson.Entry(trial, seen, advance, elapsed()));
    }

    /**
     * An interrupted trial is in the history but not in the journal: a resumed search runs it
     * again, and so makes the same trials as one that was never interrupted.
     */
    private void record(JournalJson.Entry entry) throws IOException {
        history = history.plus(entry.trial());
        ahead.add(history);
        publish.accept(history);
        recording &= isRecorded(entry.trial());
        if (recording) {
            journal.append(entry);
        }
    }

    private static boolean isRecorded(Trial trial) {
        return !(trial.outcome() instanceof Outcome.Stopped stopped)
                || stopped.reason().equals(OVER_BUDGET);
    }

    private Trial tell() {
        view = ahead.remove();
        Trial trial = view.trials().get(view.size() - 1);
        tally.count(view, trial);
        runningNew -= trial.reused() ? 0 : 1;
        Pending its = pending.remove(trial.number());
        if (!search.repeats() && !trial.reused() && isEstimated(trial)) {
            known.add(
                    its != null ? its.key() : known.key(trial.architecture(), trial.fidelity()),
                    trial);
        }
        checkObjectives(trial);
        try {
            strategy.tell(trial);
        } catch (RuntimeException e) {
            throw mistake(Attempt.reason(e), e);
        }
        return trial;
    }

    private boolean isEstimated(Trial trial) {
        return trial.score().isPresent() && trial.measure().equals(measure(trial.fidelity()));
    }

    /** Lets what is still under way come to an end. */
    private void drain() throws IOException {
        closing = "the search ended";
        while (view.size() < next) {
            heed();
        }
        closing = "";
    }

    private void conclude() throws IOException {
        if (!end.isNatural()) {
            return;
        }
        Optional<Proposal.Evaluate> last = strategy.conclude(history);
        if (last.isPresent()
                && history.trials().stream().noneMatch(t -> concludes(t, last.get()))) {
            evaluate(last.get(), false);
            heed();
            if (!stopper.reason().isEmpty()) {
                end = null;
                end(End.INTERRUPTED, stopper.reason());
            }
        }
    }

    private boolean concludes(Trial trial, Proposal.Evaluate last) {
        return trial.architecture().equals(last.architecture())
                && trial.fidelity().equals(last.fidelity())
                && trial.measure().equals(measure(last.fidelity()))
                && !(trial.outcome() instanceof Outcome.Stopped);
    }

    private static final String OVER_BUDGET = "over budget";

    /** Why a running trial must stop; empty: it may go on. Called from any thread. */
    private String gate(boolean cut, boolean slice) {
        String stop = stopper.reason();
        if (!stop.isEmpty() || !closing.isEmpty()) {
            return stop.isEmpty() ? closing : stop;
        }
        // before the first score there is nothing to fall back on
        if (cut && (slice || history.best().isPresent())) {
            Spent spent = tally.spent();
            if (search.budget().isSpent(spent.elapsed(elapsed()))
                    && !search.budget().isSpent(spent.elapsed(Duration.ZERO))) {
                return OVER_BUDGET;
            }
        }
        return "";
    }

    private Running running(String measure, java.util.function.Supplier<String> gate) {
        return new Running(
                next,
                view.size(),
                measure,
                search.task().seeds().seed(next, "trial"),
                gate,
                events);
    }

    /** Less than the search's own fidelity is another measure: such trials are not ranked. */
    private String measure(Fidelity fidelity) {
        Fidelity whole = estimator.fidelity();
        boolean less =
                fidelity != whole
                        && (fidelity.epochs() < whole.epochs()
                                || fidelity.data() < whole.data()
                                || fidelity.width() < whole.width()
                                || (fidelity.resolution() > 0
                                        && (whole.resolution() == 0
                                                || fidelity.resolution() < whole.resolution())));
        return less ? estimator.measure() + " at " + fidelity : estimator.measure();
    }

    /** Weights are where the estimate was made, not where it was served again. */
    private OptionalInt origin(OptionalInt continues) {
        if (continues.isEmpty()) {
            return continues;
        }
        int number = continues.getAsInt();
        if (number < 0 || number >= view.size()) {
            throw mistake("it continues trial " + number + " of " + view.size(), null);
        }
        return view.trials().get(number).outcome() instanceof Outcome.Completed completed
                        && completed.reuses().isPresent()
                ? completed.reuses()
                : continues;
    }

    private void check(Architecture architecture) {
        try {
            space.check(architecture);
        } catch (IllegalArgumentException e) {
            throw mistake(e.getMessage(), e);
        }
    }

    private void checkObjectives(Trial trial) {
        if (objectivesChecked || !isEstimated(trial)) {
            return;
        }
        Estimate estimate = ((Outcome.Completed) trial.outcome()).estimate();
        for (Objective objective : search.objectives()) {
            require(
                    objective.value(trial).isPresent(),
                    "objective \"%s\" is not reported by %s. Try score, parameters, multiply_adds,"
                            + " compute or one of %s.",
                    objective.metric(),
                    estimator.measure(),
                    estimate.metrics().keySet());
        }
        objectivesChecked = true;
    }

    private IllegalStateException mistake(String what, Throwable cause) {
        return new IllegalStateException(
                "strategy " + search.strategy() + " failed at proposal " + next + ": " + what,
                cause);
    }

    private String lastFailure() {
        List<Trial> trials = view.trials();
        for (int i = trials.size() - 1; i >= 0; i--) {
            if (trials.get(i).outcome() instanceof Outcome.Failed failed) {
                return failed.reason();
            }
        }
        return "";
    }

    private void end(End kind, String why) {
        if (end == null) {
            end = kind;
            reason = why;
        }
    }

    private Duration elapsed() {
        return before.plus(Duration.between(start, search.clock().instant()));
    }

    private Snapshot now() {
        Duration elapsed = elapsed();
        double fraction =
                end != null && end.isNatural()
                        ? 1
                        : search.budget().fraction(tally.spent().elapsed(elapsed));
        return new Snapshot(history, fraction, elapsed);
    }

    private void emitEnd() {
        events.emit(now -> new SearchEvent.Ended(now, end, reason));
    }
}
