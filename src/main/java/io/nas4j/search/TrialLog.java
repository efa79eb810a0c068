package io.nas4j.search;

import io.nas4j.json.JournalJson.Entry;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Proposal;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Place;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What has happened in a run, and how much of it the strategy has heard of. */
final class TrialLog {

    private final SearchSpace space;
    private final boolean repeats;
    private final Measures measures;
    private final KnownEstimates known;
    private final Consumer<History> publish;
    private final TrialCounters tally = new TrialCounters();

    /** Of trials that were looked for in vain and not heard of since. */
    private final Map<Integer, KnownEstimates.Key> keys = new HashMap<>();

    /** How many of them have a key. */
    private final Map<KnownEstimates.Key, Integer> counts = new HashMap<>();

    private final Map<Integer, Place> places = new HashMap<>();

    /** What the strategy has heard of, and the longer histories that it has not. */
    private History view;

    private final Deque<History> ahead = new ArrayDeque<>();

    /** The number of the next proposal; smaller ones not in the history are under way or done. */
    private int next;

    /** How many proposals that count for the budget the strategy has not heard of. */
    private int unheard;

    private volatile History history;

    TrialLog(SearchSpec search, Measures measures, Consumer<History> publish) {
        this.space = search.task().space();
        this.repeats = search.repeats();
        this.measures = measures;
        this.known = new KnownEstimates(space, search.estimator());
        this.publish = publish;
        this.history = History.empty(search.estimator().measure());
        this.view = history;
    }

    History history() {
        return history;
    }

    History view() {
        return view;
    }

    TrialCounters tally() {
        return tally;
    }

    int next() {
        return next;
    }

    /** How many proposals the strategy has not heard of. */
    int waiting() {
        return next - view.size();
    }

    /** What is spent when all that was proposed has ended. */
    BudgetUsage usage(Duration elapsed) {
        return tally.spent().running(unheard).elapsed(elapsed);
    }

    /** Counts one more proposal. */
    void proposed(boolean reused) {
        unheard += reused ? 0 : 1;
        next++;
    }

    /** Whether there are trials that the strategy has not heard of. */
    boolean isAhead() {
        return !ahead.isEmpty();
    }

    /** Where trials ran. */
    Map<Integer, Place> places() {
        return places;
    }

    void add(Entry entry) {
        Trial trial = entry.trial();
        entry.place().ifPresent(place -> places.put(trial.number(), place));
        expect(trial);
        history = history.plus(trial);
        ahead.add(history);
        publish.accept(history);
    }

    /** Of a resumed trial it is not known what it tries yet; an equal one may wait for it. */
    void expect(Trial trial) {
        if (!repeats
                && !trial.reused()
                && !keys.containsKey(trial.number())
                && measures.isEstimate(trial)) {
            remember(trial.number(), known.key(trial.architecture(), trial.fidelity()));
        }
    }

    /** The next trial that the strategy has not heard of; from now on it counts. */
    Trial hear() {
        view = ahead.remove();
        Trial trial = lastTrial();
        tally.count(view, trial);
        unheard -= trial.reused() ? 0 : 1;
        KnownEstimates.Key key = forget(trial.number());
        if (!repeats && !trial.reused() && measures.isEstimate(trial)) {
            known.add(key != null ? key : known.key(trial.architecture(), trial.fidelity()), trial);
        }
        measures.checkObjectives(trial);
        return trial;
    }

    /** The newest trial that the strategy has heard of. */
    Trial lastTrial() {
        return view.trials().get(view.size() - 1);
    }

    /** The earlier estimate of an equal network, if it is to be served again. */
    Optional<Outcome.Completed> earlier(Proposal.Evaluate proposal) {
        if (repeats) {
            return Optional.empty();
        }
        KnownEstimates.Key key = known.key(proposal.architecture(), proposal.fidelity());
        Optional<Trial> trial = known.find(key);
        if (trial.isEmpty()) {
            remember(next, key);
            return Optional.empty();
        }
        return Optional.of(served(trial.get(), proposal));
    }

    /**
     * Whether the proposal that was just looked for in vain equals one that is not heard of yet.
     */
    boolean isUnderWay() {
        KnownEstimates.Key key = keys.get(next);
        return key != null && counts.get(key) > 1;
    }

    private void remember(int trial, KnownEstimates.Key key) {
        if (keys.put(trial, key) == null) {
            counts.merge(key, 1, Integer::sum);
        }
    }

    private KnownEstimates.Key forget(int trial) {
        KnownEstimates.Key key = keys.remove(trial);
        if (key != null) {
            counts.computeIfPresent(key, (any, count) -> count == 1 ? null : count - 1);
        }
        return key;
    }

    /** The estimate that a trial has waited for; from now on it counts where there is none. */
    Optional<Outcome.Completed> awaited(RunningTrial.Awaiting trial) {
        Optional<Outcome.Completed> earlier =
                known.find(keys.get(trial.facts().number()))
                        .map(found -> served(found, trial.estimation().proposal()));
        unheard += earlier.isPresent() ? 0 : 1;
        return earlier;
    }

    private static Outcome.Completed served(Trial trial, Proposal.Evaluate proposal) {
        return new Outcome.Completed(
                ((Outcome.Completed) trial.outcome()).estimate(),
                proposal.learned(),
                OptionalInt.of(trial.number()));
    }

    /** The trial that holds the weights: where the estimate was made, not where it was reused. */
    Trial origin(int number) {
        Trial trial = view.trials().get(number);
        return trial.outcome() instanceof Outcome.Completed completed
                        && completed.reuses().isPresent()
                ? view.trials().get(completed.reuses().getAsInt())
                : trial;
    }

    /** What a slice that failed before it derived anything goes by: what was derived before it. */
    Architecture latest() {
        return view.isEmpty() ? space.choose(decision -> 0) : lastTrial().architecture();
    }

    String lastFailure() {
        return view.lastFailure().orElse("");
    }
}
