package io.nas4j.search;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long the search has run, earlier runs of a resumed one included. By a clock that only goes
 * forward: that of the wall may be set while a search runs.
 */
final class Stopwatch {

    private final LongSupplier nanos;
    private final long start;
    private volatile Duration before = Duration.ZERO;

    /**
     * Starts.
     *
     * @param nanos as {@link System#nanoTime}: only differences mean something
     */
    Stopwatch(LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** Of several times the longest counts. */
    void goOnFrom(Duration earlier) {
        before = before.compareTo(earlier) < 0 ? earlier : before;
    }

    Duration elapsed() {
        return before.plusNanos(nanos.getAsLong() - start);
    }
}
