package io.nas4j.search;

import static io.nas4j.space.Require.require;
import static java.util.stream.Collectors.joining;

import io.nas4j.analysis.Confirmation;
import io.nas4j.curve.StoppingRule;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.journal.SearchIdentity;
import io.nas4j.json.JournalJson;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Everything that a run is told: an immutable value to branch from.
 *
 * @param task space, data, objectives and seeds
 * @param strategy what to try next
 * @param estimator how good a candidate is
 * @param budget when to end
 * @param journal where trials are recorded and resumed from; empty: nowhere
 * @param repeats whether equal networks are estimated again; by default the earlier estimate is
 *     served
 * @param patience how many proposals in a row may be repeats before the space counts as exhausted
 * @param executor where trials run
 * @param listeners who hears of it
 * @param clock nanoseconds by a clock that only goes forward, as {@link System#nanoTime}: what time
 *     budgets go by, so that setting the clock of the machine neither ends nor freezes a search
 * @param stopping which trainings end early; by default none
 * @param confirmation whether the best are estimated again at the end; by default not
 */
public record SearchSpec(
        Task task,
        SearchStrategy strategy,
        PerformanceEstimator estimator,
        Budget budget,
        Optional<Path> journal,
        boolean repeats,
        int patience,
        TrialExecutor executor,
        List<SearchListener> listeners,
        LongSupplier clock,
        StoppingRule stopping,
        Optional<Confirmation> confirmation) {

    public SearchSpec {
        listeners = List.copyOf(listeners);
        require(patience >= 1, "patience must be at least 1 proposal, but was %d.", patience);
    }

    /**
     * A search with the defaults: no journal, repeats served from the earlier estimate, one trial
     * at a time in this thread.
     *
     * @param task space, data and seeds
     * @param strategy what to try next
     * @param estimator how good a candidate is
     * @param budget when to end
     * @return the value to branch from
     */
    public static SearchSpec of(
            Task task, SearchStrategy strategy, PerformanceEstimator estimator, Budget budget) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                Optional.empty(),
                false,
                1000,
                TrialExecutor.serial(),
                List.of(),
                System::nanoTime,
                StoppingRule.NONE,
                Optional.empty());
    }

    /**
     * Sets {@link #strategy}.
     *
     * @param other what is tried next
     * @return a copy
     */
    public SearchSpec strategy(SearchStrategy other) {
        return new SearchSpec(
                task,
                other,
                estimator,
                budget,
                journal,
                repeats,
                patience,
                executor,
                listeners,
                clock,
                stopping,
                confirmation);
    }

    /**
     * Sets {@link #estimator}.
     *
     * @param other how good a candidate is
     * @return a copy
     */
    public SearchSpec estimator(PerformanceEstimator other) {
        return new SearchSpec(
                task,
                strategy,
                other,
                budget,
                journal,
                repeats,
                patience,
                executor,
                listeners,
                clock,
                stopping,
                confirmation);
    }

    /**
     * Sets {@link #budget}.
     *
     * @param other when the search ends
     * @return a copy
     */
    public SearchSpec budget(Budget other) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                other,
                journal,
                repeats,
                patience,
                executor,
                listeners,
                clock,
                stopping,
                confirmation);
    }

    /**
     * Records every trial; resumes where the file exists.
     *
     * @param file JSON lines
     * @return a copy
     */
    public SearchSpec journal(Path file) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                Optional.of(file),
                repeats,
                patience,
                executor,
                listeners,
                clock,
                stopping,
                confirmation);
    }

    /**
     * Estimates equal networks again.
     *
     * @param allowed false: the earlier estimate is served
     * @return a copy
     */
    public SearchSpec repeats(boolean allowed) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                journal,
                allowed,
                patience,
                executor,
                listeners,
                clock,
                stopping,
                confirmation);
    }

    /**
     * Sets {@link #patience}.
     *
     * @param proposals at least 1
     * @return a copy
     */
    public SearchSpec patience(int proposals) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                journal,
                repeats,
                proposals,
                executor,
                listeners,
                clock,
                stopping,
                confirmation);
    }

    /**
     * Sets {@link #task}.
     *
     * @param other what the search is about
     * @return a copy
     */
    public SearchSpec task(Task other) {
        return new SearchSpec(
                other,
                strategy,
                estimator,
                budget,
                journal,
                repeats,
                patience,
                executor,
                listeners,
                clock,
                stopping,
                confirmation);
    }

    /**
     * States what the search wants.
     *
     * @param others at least one, each reported by the estimator
     * @return a copy
     */
    public SearchSpec objectives(Objective... others) {
        require(others.length > 0, "a search needs an objective, but has none.");
        return task(task.objectives(List.of(others)));
    }

    /**
     * What the search wants: what is stated; where nothing is, what its strategy optimises.
     *
     * @return at least one, the first one foremost
     */
    public List<Objective> objectives() {
        return task.objectives().isEmpty() ? strategy.objectives(task) : task.objectives();
    }

    /**
     * Strategy and space.
     *
     * @return for example {@code random search on nas-bench-201}
     */
    public String title() {
        return strategy.name() + " on " + task.space().name();
    }

    /**
     * What is opened before the first trial: an estimator may load data, an executor start workers,
     * a strategy that trains a network itself tries a few steps.
     *
     * @return in words
     */
    public String preparation() {
        String places = executor.toString();
        return estimator.measure()
                + (places.equals("serial") ? "" : " on " + places)
                + (concludes()
                        ? ", and a few steps of " + strategy.name() + ", whose memory is measured"
                        : "");
    }

    /**
     * How many answers its strategy ends with: one, or one a seed.
     *
     * @return at least 1
     */
    public int answers() {
        return strategy.answers();
    }

    /**
     * Whether its strategy ends by itself with an answer, whose trial comes on top of the budget.
     *
     * @return false for a strategy that only proposes
     */
    public boolean concludes() {
        return strategy.slices().isPresent();
    }

    /**
     * What a reader should know before it starts.
     *
     * @return in sentences; empty as a rule
     */
    public List<String> warnings() {
        return Stream.of(
                        task.data().leaks().warning(task.data()).stream(),
                        task.data().notes().stream(),
                        unused().stream())
                .flatMap(some -> some)
                .toList();
    }

    private List<String> unused() {
        List<Objective> used = strategy.objectives(task);
        if (used.equals(objectives())) {
            return List.of();
        }
        String optimised =
                used.equals(List.of(Objective.SCORE))
                        ? "the score only"
                        : used.stream().map(Objective::toString).collect(joining(", ")) + " only";
        return List.of(
                strategy.name()
                        + " optimises "
                        + optimised
                        + "; the objectives ("
                        + objectives().stream().map(Objective::toString).collect(joining(", "))
                        + ") rank its trials in pareto(). Try NSGA2 to search for them.");
    }

    /**
     * Sets {@link #executor}.
     *
     * @param other where trials run; default one after the other
     * @return a copy
     */
    public SearchSpec executor(TrialExecutor other) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                journal,
                repeats,
                patience,
                other,
                listeners,
                clock,
                stopping,
                confirmation);
    }

    /**
     * Adds a listener.
     *
     * @param listener hears every event
     * @return a copy
     */
    public SearchSpec listener(SearchListener listener) {
        List<SearchListener> more = new ArrayList<>(listeners);
        more.add(listener);
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                journal,
                repeats,
                patience,
                executor,
                more,
                clock,
                stopping,
                confirmation);
    }

    /**
     * Sets {@link #clock}.
     *
     * @param other nanoseconds; never goes backward
     * @return a copy
     */
    public SearchSpec clock(LongSupplier other) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                journal,
                repeats,
                patience,
                executor,
                listeners,
                other,
                stopping,
                confirmation);
    }

    /**
     * Sets {@link #stopping}.
     *
     * @param rule which trainings end early; default none
     * @return a copy
     */
    public SearchSpec stopping(StoppingRule rule) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                journal,
                repeats,
                patience,
                executor,
                listeners,
                clock,
                rule,
                confirmation);
    }

    /**
     * Sets {@link #confirmation}.
     *
     * @param other what is estimated again at the end
     * @return a copy
     */
    public SearchSpec confirmation(Confirmation other) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                journal,
                repeats,
                patience,
                executor,
                listeners,
                clock,
                stopping,
                Optional.of(other));
    }

    /**
     * What makes two searches the same: everything that decides which trials they make.
     *
     * @return a journal's header
     */
    JournalJson.Header identity() {
        return SearchIdentity.of(task, strategy, estimator, repeats, stopping);
    }

    /**
     * Whether its trials are the same whenever they are proposed: neither a proposal, nor its
     * estimate, nor the end depends on how earlier trials have ended. An estimator that several
     * threads may use cannot count on having heard of all of them.
     */
    boolean isBlind() {
        return strategy.startup() == Integer.MAX_VALUE
                && estimator.concurrent()
                && !estimator.inherits()
                && stopping == StoppingRule.NONE
                && budget instanceof Budget.Trials;
    }
}
