package io.nas4j.search;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time on the wall since the search began, earlier runs of a resumed one included. */
final class Stopwatch {

    private final InstantSource clock;
    private final Instant start;
    private volatile Duration before = Duration.ZERO;

    Stopwatch(InstantSource clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    void goOnFrom(Duration earlier) {
        before = earlier;
    }

    Duration elapsed() {
        return before.plus(Duration.between(start, clock.instant()));
    }
}
