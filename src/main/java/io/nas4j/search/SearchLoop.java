package io.nas4j.search;

import io.nas4j.trial.History;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run of a search: ask, estimate, record, tell, until the budget is spent.
 *
 * <p>Interrupting the running thread, or {@link #stop()}, ends it at the next batch; the history so
 * far stays reachable. The same {@link SearchSpec} gives the same trials, whether or not it was
 * killed and resumed in between.
 */
public final class SearchLoop {

    private final SearchSpec search;
    private final StopRequest stopper = new StopRequest();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile History history;

    /**
     * A run that has not begun.
     *
     * @param search what is run, once
     */
    public SearchLoop(SearchSpec search) {
        this.search = search;
        this.history = History.empty(search.estimator().measure());
    }

    /**
     * Runs; blocks until the end.
     *
     * @return what was found
     * @throws IllegalArgumentException before any trial, when space, data, strategy, estimator and
     *     journal do not fit each other
     * @throws IllegalStateException when called twice, or when the strategy makes a mistake; the
     *     finished trials are in {@link #history()}
     */
    public RunResult run() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "a loop runs once. Try a new SearchLoop of the same search.");
        }
        stopper.begin();
        try {
            return new SearchRun(search, stopper, latest -> history = latest).run();
        } finally {
            stopper.end();
        }
    }

    /**
     * What is run.
     *
     * @return the search
     */
    public SearchSpec search() {
        return search;
    }

    /**
     * The trials so far, during and after the run; from any thread.
     *
     * @return an immutable snapshot
     */
    public History history() {
        return history;
    }

    /** Ends the run at the next batch; from any thread. */
    public void stop() {
        stopper.stop();
    }
}
