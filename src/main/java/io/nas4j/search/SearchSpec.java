package io.nas4j.search;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Task;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a run is told: an immutable value to branch from.
 *
 * @param task space, data and seeds
 * @param strategy what to try next
 * @param estimator how good a candidate is
 * @param budget when to end
 * @param journal where trials are recorded and resumed from; empty: nowhere
 * @param repeats whether equal networks are estimated again; by default the earlier estimate is
 *     served
 * @param patience how many proposals in a row may be repeats before the space counts as exhausted
 * @param objectives what the search wants; each must be reported by the estimator
 * @param executor where trials run
 * @param listeners who hears of it
 * @param clock what time it is
 */
public record SearchSpec(
        Task task,
        SearchStrategy strategy,
        PerformanceEstimator estimator,
        Budget budget,
        Optional<Path> journal,
        boolean repeats,
        int patience,
        List<Objective> objectives,
        TrialExecutor executor,
        List<SearchListener> listeners,
        InstantSource clock) {

    public SearchSpec {
        objectives = List.copyOf(objectives);
        listeners = List.copyOf(listeners);
        require(patience >= 1, "patience must be at least 1 proposal, but was %d.", patience);
        require(!objectives.isEmpty(), "a search needs an objective, but has none.");
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
                List.of(Objective.SCORE),
                TrialExecutor.serial(),
                List.of(),
                Clock.systemUTC());
    }

    public SearchSpec budget(Budget other) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                other,
                journal,
                repeats,
                patience,
                objectives,
                executor,
                listeners,
                clock);
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
                objectives,
                executor,
                listeners,
                clock);
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
                objectives,
                executor,
                listeners,
                clock);
    }

    public SearchSpec patience(int proposals) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                journal,
                repeats,
                proposals,
                objectives,
                executor,
                listeners,
                clock);
    }

    public SearchSpec objectives(Objective... others) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                journal,
                repeats,
                patience,
                List.of(others),
                executor,
                listeners,
                clock);
    }

    public SearchSpec executor(TrialExecutor other) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                journal,
                repeats,
                patience,
                objectives,
                other,
                listeners,
                clock);
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
                objectives,
                executor,
                more,
                clock);
    }

    public SearchSpec clock(InstantSource other) {
        return new SearchSpec(
                task,
                strategy,
                estimator,
                budget,
                journal,
                repeats,
                patience,
                objectives,
                executor,
                listeners,
                other);
    }
}
