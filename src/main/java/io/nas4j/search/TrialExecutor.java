package io.nas4j.search;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;

/** Where trials run: an immutable description that opens sessions. */
public interface TrialExecutor {

    /**
     * Opens the estimator, here or in workers.
     *
     * @param task what the search is about
     * @param estimator what runs
     * @return to be closed
     * @throws IllegalArgumentException when the task cannot be estimated
     */
    Session open(Task task, PerformanceEstimator estimator);

    /**
     * One trial at a time, in the searching thread: the default.
     *
     * @return the executor
     */
    static TrialExecutor serial() {
        return SerialExecutor.INSTANCE;
    }

    /** One search's use of an executor; used by the searching thread only. */
    interface Session extends AutoCloseable {

        /**
         * How many trials may be under way.
         *
         * @return at least 1, always the same
         */
        int slots();

        /**
         * How many proposals the strategy may make without having heard of an earlier one: it hears
         * in the order of proposals, so that a slow trial holds the later ones back. As many as
         * slots give the same trials whichever ends first; more keep slots busy meanwhile.
         *
         * @return at least {@link #slots()}, always the same
         */
        default int window() {
            return slots();
        }

        /**
         * How many trials it may have beyond those that its slots run, to begin with as soon as one
         * is free. A search asks for it where it does not matter when a proposal is made, and
         * before each trial: 0 where a trial takes so long that handing over the next is nothing.
         *
         * @return at least 0
         */
        default int ahead() {
            return 0;
        }

        /**
         * Takes a trial; the loop never has more than {@link #slots()} and {@link #ahead()}
         * together under way.
         *
         * @param candidate what to estimate
         * @param context thread-safe; once it says stop, {@link #next()} must soon return the trial
         */
        void submit(Candidate candidate, TrialContext context);

        /**
         * Waits for a trial to end.
         *
         * @return any of those under way; a lost worker is an {@link Outcome.Failed}
         * @throws InterruptedException when the searching thread is interrupted; the trials are
         *     then still under way and their contexts say stop
         */
        Completion next() throws InterruptedException;

        /**
         * Passes a finished trial on to the estimator: {@link PerformanceEstimator.Session#tell}.
         *
         * @param trial the newest that the strategy has heard of
         */
        default void tell(Trial trial) {}

        /**
         * Opens the search's strategy: here, unless its own training can be had from workers.
         *
         * @param strategy of the search
         * @param task what the search is about
         * @param fidelity of the estimator
         * @return which proposes as if it had been opened here
         */
        default SearchStrategy.Session strategy(
                SearchStrategy strategy, Task task, Fidelity fidelity) {
            return strategy.open(task, fidelity);
        }

        @Override
        void close();
    }

    /**
     * A trial that ended.
     *
     * @param trial its number
     * @param outcome how
     * @param fatal whether no trial can run at all, so that the search ends: a missing library
     */
    record Completion(int trial, Outcome outcome, boolean fatal) {}
}
