package io.nas4j.search;

import io.nas4j.analysis.Confirmation;
import io.nas4j.journal.CheckpointStore;
import io.nas4j.journal.FileJournal;
import io.nas4j.journal.Journal;
import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The mutable side of a {@link SearchLoop}.
 *
 * <p>Trials are numbered as they are proposed and enter the history in that order, whichever ends
 * first, so that several slots give the same trials every time; the journal has them as they end,
 * so that none is lost. With one slot the strategy has seen all earlier trials when it is asked.
 */
final class SearchRun {

    private final SearchSpec search;
    private final StopRequest stopper;
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final Events events;
    private final Stopwatch watch;
    private final Measures measures;
    private final TrialLog log;
    private final StopCheck gate;

    /** Whether its trials are the same whenever they are proposed. */
    private final boolean blind;

    /** Whether the strategy had nothing to propose; it is asked again once it has heard more. */
    private boolean refused;

    private boolean started;
    private EndReason end;
    private String reason = "";

    private AskedStrategy strategy;
    private TrialStarter starter;
    private TrialExecutor.Session executor;
    private PendingTrials underWay;
    private Recorder recorder;
    private CheckpointStore checkpoints;

    SearchRun(SearchSpec search, StopRequest stopper, Consumer<History> publish) {
        this.search = search;
        this.stopper = stopper;
        this.events = new Events(search.listeners(), this::now, warnings);
        this.watch = new Stopwatch(search.clock());
        this.measures = new Measures(search);
        this.log = new TrialLog(search, measures, publish);
        this.gate = new StopCheck(search.budget(), stopper, watch, log);
        this.blind = search.isBlind();
    }

    RunResult run() {
        measures.checkObjectives();
        events.emit(now -> new SearchEvent.Preparing(now, search));
        try {
            // constraints that nothing meets are refused here
            search.task().space().sample(search.task().seeds().random(0, "constraints"));
            warnings.addAll(search.warnings());
            opened();
        } catch (RuntimeException | Error e) {
            if (started) {
                end(EndReason.BROKEN, Outcome.Failed.reason(e));
                events.emit(now -> new SearchEvent.Ended(now, end, reason));
            } else {
                events.emit(now -> new SearchEvent.Refused(now, Outcome.Failed.reason(e)));
            }
            throw e;
        }
        events.emit(now -> new SearchEvent.Ended(now, end, reason));
        return new RunResult(log.history(), end, reason, watch.elapsed(), warnings, log.places());
    }

    /** All of it, between the opening of the parts and their end. */
    private void opened() {
        try (TrialExecutor.Session trials =
                        search.executor().open(search.task(), search.estimator());
                SearchStrategy.Session asks =
                        trials.strategy(
                                search.strategy(), search.task(), search.estimator().fidelity());
                Journal records = openJournal()) {
            executor = trials;
            recorder = new Recorder(records, trials.window() > 1);
            underWay = new PendingTrials(trials, stopper, watch, recorder);
            strategy = new AskedStrategy(search, asks, log, trials);
            try {
                checkpoints = CheckpointStore.of(search.journal(), warnings::add);
                starter = new TrialStarter(search, strategy, log, measures, checkpoints, events);
                List<RunningTrial> again = replay(records);
                prune();
                started = true;
                events.emit(now -> new SearchEvent.Started(now, search));
                for (RunningTrial trial : again) {
                    awaitSlot();
                    begin(trial);
                }
                drive();
                drain();
                if (end.isNatural()) {
                    conclude();
                }
                if (end.isNatural()) {
                    confirm();
                }
            } catch (IOException e) {
                end(
                        EndReason.BROKEN,
                        "the journal failed: "
                                + Outcome.Failed.reason(e)
                                + "; what it holds is whole. Try running the search again when"
                                + " that is mended: it goes on from there");
            }
        }
    }

    private List<RunningTrial> replay(Journal records) throws IOException {
        return new Replay(records, checkpoints, strategy, log, underWay, watch, executor.slots())
                .run(begun -> starter.start(begun.proposal(), gate::estimate));
    }

    private void drive() throws IOException {
        TrialCounters tally = log.tally();
        while (end == null) {
            String stop = stopper.reason();
            if (!stop.isEmpty()) {
                end(EndReason.INTERRUPTED, stop);
            } else if (tally.failures() >= TrialCounters.FAILURES) {
                end(
                        EndReason.FAILURES,
                        TrialCounters.FAILURES
                                + " trials failed in a row, the last one because: "
                                + log.lastFailure());
            } else if (tally.repeats() >= search.patience()) {
                end(
                        EndReason.EXHAUSTED,
                        "the space seems exhausted: "
                                + tally.repeats()
                                + " proposals in a row were nothing new");
            } else if (isFree() && !isSpent() && propose()) {
                continue;
            } else if (log.waiting() > 0) {
                if (log.isAhead() || underWay.isReady(log.history().size())) {
                    heed();
                } else {
                    underWay.awaitOne();
                }
            } else if (isSpent()) {
                end(EndReason.BUDGET, "the budget is spent: " + search.budget());
            } else {
                end(EndReason.STRATEGY, strategy.ending());
            }
        }
    }

    private boolean isFree() {
        return !refused
                && log.waiting() < executor.window()
                && underWay.running() < executor.slots() + (blind ? executor.ahead() : 0);
    }

    private boolean isSpent() {
        return search.budget().isSpent(log.usage(watch.elapsed()));
    }

    /** Asks once; false when the strategy waits or has ended. */
    private boolean propose() throws IOException {
        Optional<Proposal> proposal = strategy.ask();
        refused = proposal.isEmpty();
        if (refused) {
            return false;
        }
        if (proposal.get() instanceof Proposal.Evaluate evaluate) {
            RunningTrial trial = starter.start(evaluate, gate::estimate);
            if (!(trial instanceof RunningTrial.Repeat)) {
                recorder.begin(trial.facts(), evaluate);
            }
            begin(trial);
            log.proposed(!(trial instanceof RunningTrial.Estimation));
        } else {
            advance(starter.start(((Proposal.Advance) proposal.get()).slice(), gate::slice));
        }
        return true;
    }

    private void begin(RunningTrial trial) throws IOException {
        if (trial instanceof RunningTrial.Repeat repeat) {
            underWay.end(repeat, repeat.trial(), false);
        } else if (trial instanceof RunningTrial.Estimation estimation) {
            emitStart(estimation);
            underWay.submit(estimation);
        } else if (trial instanceof RunningTrial.Awaiting waiting) {
            underWay.wait(waiting);
        }
    }

    private void awaitSlot() throws IOException {
        while (underWay.running() >= executor.slots()) {
            underWay.awaitOne();
        }
    }

    private void advance(RunningTrial.OwnTraining training) throws IOException {
        emitStart(training);
        Attempt.Advanced advanced = Attempt.advance(training.slice(), training.context());
        Architecture derived = advanced.step().map(Slice.Step::architecture).orElseGet(log::latest);
        strategy.check(derived);
        Trial trial =
                training.trial(
                        derived,
                        advanced.step().map(Slice.Step::learned).orElse(OptionWeights.NONE),
                        advanced.outcome());
        recorder.save(trial, training.facts().seen(), strategy.session());
        underWay.end(training, trial, advanced.fatal());
        log.proposed(false);
        // what the strategy trains next may depend on this, however many slots there are
        while (log.waiting() > 0) {
            heed();
        }
    }

    /** One more trial enters the history, unless it is there already, and the strategy hears. */
    private void heed() throws IOException {
        boolean fresh = !log.isAhead();
        if (fresh) {
            int number = log.history().size();
            Optional<RunningTrial.Awaiting> waiting = underWay.awaiting(number);
            if (waiting.isPresent()) {
                settle(waiting.get());
            }
            log.add(underWay.take(number));
        }
        refused = false;
        Trial trial = strategy.tell();
        prune();
        if (fresh && events.wanted()) {
            events.emit(now -> new SearchEvent.TrialFinished(now, trial));
        }
        if (!underWay.fatal().isEmpty()) {
            end(EndReason.FAILURES, "trials cannot run here: " + underWay.fatal());
        }
    }

    /** All earlier trials have been heard of: what was waited for is known. */
    private void settle(RunningTrial.Awaiting waiting) throws IOException {
        Optional<Outcome.Completed> earlier = log.awaited(waiting);
        if (earlier.isPresent()) {
            RunningTrial.Repeat repeat = waiting.repeat(earlier.get());
            underWay.end(repeat, repeat.trial(), false);
            return;
        }
        awaitSlot();
        emitStart(waiting.estimation());
        underWay.submit(waiting.estimation());
    }

    /** Only what the journal does not need to run a trial again may go. */
    private void prune() throws IOException {
        if (recorder.isComplete(log.view().size()) && !checkpoints.isEmpty()) {
            List<Integer> wanted = new ArrayList<>(strategy.continuable());
            if (search.estimator().inherits()) {
                wanted.addAll(Kinship.heritable(log.view()));
            }
            checkpoints.keep(wanted, log.view().size());
        }
    }

    /** Lets what is still under way come to an end. */
    private void drain() throws IOException {
        gate.close(true);
        while (log.waiting() > 0) {
            heed();
        }
        gate.close(false);
    }

    private void conclude() throws IOException {
        Optional<Proposal.Evaluate> last = strategy.conclude();
        if (last.isEmpty()
                || log.history().trials().stream()
                        .anyMatch(trial -> measures.answers(trial, last.get()))) {
            return;
        }
        onTop(starter.startWhole(last.get(), gate::stop));
        if (log.lastTrial().outcome() instanceof Outcome.Failed failed) {
            warnings.add("what the strategy derived could not be scored: " + failed.reason());
        }
        reason += "; its answer, trial " + log.lastTrial().number() + ", came on top";
        heedStop();
    }

    /** Nothing else is under way. */
    private void onTop(RunningTrial trial) throws IOException {
        begin(trial);
        log.proposed(!(trial instanceof RunningTrial.Estimation));
        heed();
    }

    private void heedStop() {
        if (!stopper.reason().isEmpty()) {
            end = EndReason.INTERRUPTED;
            reason = stopper.reason();
        }
    }

    /** Of many noisy scores the highest is lucky; new ones of the best are not. */
    private void confirm() throws IOException {
        Optional<Confirmation> wanted = search.confirmation();
        Optional<Trial> next = wanted.flatMap(c -> c.next(log.history()));
        while (next.isPresent() && stopper.reason().isEmpty()) {
            onTop(starter.startAgain(next.get(), gate::stop));
            next = wanted.flatMap(c -> c.next(log.history()));
        }
        int count = (int) log.history().trials().stream().filter(Confirmation::isOne).count();
        if (count > 0) {
            reason += "; " + count + " confirmations of the best came on top";
        }
        heedStop();
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
        BudgetUsage spent = log.tally().spent().elapsed(elapsed);
        return new Snapshot(log.history(), complete ? 1 : search.budget().fraction(spent), elapsed);
    }

    private void emitStart(RunningTrial trial) {
        if (events.wanted()) {
            RunningTrial.Facts its = trial.facts();
            events.emit(
                    now ->
                            new SearchEvent.TrialStarted(
                                    now,
                                    its.number(),
                                    trial.architecture(),
                                    its.measure(),
                                    its.fidelity()));
        }
    }

    private Journal openJournal() {
        return search.journal().isEmpty()
                ? Journal.NONE
                : FileJournal.of(search.journal().get(), search.identity(), warnings::add);
    }
}
