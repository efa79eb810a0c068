package io.nas4j.search;

/** Why a search ended. */
public enum EndReason {
    /** The budget is spent. */
    BUDGET,
    /** The strategy has nothing left to propose. */
    STRATEGY,
    /** Nothing new was proposed for long. */
    EXHAUSTED,
    /** Trials failed again and again, or cannot run at all. */
    FAILURES,
    /** The thread was interrupted, or {@link SearchLoop#stop()} was called. */
    INTERRUPTED,
    /** The search could not go on: a strategy's mistake, a full disk. */
    BROKEN;

    /**
     * Whether the search came to its own end.
     *
     * @return false where it was cut short
     */
    public boolean isNatural() {
        return this == BUDGET || this == STRATEGY || this == EXHAUSTED;
    }
}
