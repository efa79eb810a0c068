package io.nas4j.search;

import java.time.Duration;

/** Whether running trials may go on; asked from any thread. */
final class StopCheck {

    static final String OVER_BUDGET = "over budget";

    private final Budget budget;
    private final StopRequest stopper;
    private final Stopwatch watch;
    private final TrialLog course;
    private volatile boolean closed;

    StopCheck(Budget budget, StopRequest stopper, Stopwatch watch, TrialLog course) {
        this.budget = budget;
        this.stopper = stopper;
        this.watch = watch;
        this.course = course;
    }

    /** Stops what is under way, or lets trials run again. */
    void close(boolean shut) {
        closed = shut;
    }

    /** Why a slice must stop; empty: it may go on. */
    String slice() {
        String stop = stop();
        return stop.isEmpty() && isTimeOver() ? OVER_BUDGET : stop;
    }

    /** Why an estimate must stop: before the first score there is nothing to fall back on. */
    String estimate() {
        String stop = stop();
        return stop.isEmpty() && course.history().best().isPresent() && isTimeOver()
                ? OVER_BUDGET
                : stop;
    }

    /** Why the concluding estimate must stop: it comes on top of the budget. */
    String stop() {
        String stop = stopper.reason();
        return stop.isEmpty() && closed ? "the search ended" : stop;
    }

    /** By the clock alone: what counts trials must not depend on when it is asked. */
    private boolean isTimeOver() {
        BudgetUsage spent = course.tally().spent();
        return budget.isSpent(spent.elapsed(watch.elapsed()))
                && !budget.isSpent(spent.elapsed(Duration.ZERO));
    }
}
