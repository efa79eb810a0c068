package io.nas4j.search;

import io.nas4j.trial.History;
import java.time.Duration;
import java.util.Optional;

/**
 * How a search stands: immutable, safe to keep.
 *
 * @param history all trials so far
 * @param fraction of the budget, in [0, 1]; 1 when the search ended by itself
 * @param elapsed wall-clock time, resumed searches included
 */
public record Snapshot(History history, double fraction, Duration elapsed) {

    /**
     * How long it may still take, by the rule of three.
     *
     * @return empty at the very start
     */
    public Optional<Duration> remaining() {
        return fraction <= 0
                ? Optional.empty()
                : Optional.of(
                        Duration.ofMillis(
                                Math.round(elapsed.toMillis() * (1 - fraction) / fraction)));
    }
}
