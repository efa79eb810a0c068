package io.nas4j.search;

import io.nas4j.trial.History;
import java.time.Duration;
import java.util.List;

/**
 * What is left of a run.
 *
 * @param history all trials, resumed ones included
 * @param end the kind of end
 * @param reason in words, for a reader
 * @param elapsed wall-clock time, resumed searches included
 * @param warnings what went wrong without ending the search, for example in a listener
 */
public record RunResult(
        History history, EndReason end, String reason, Duration elapsed, List<String> warnings) {

    public RunResult {
        warnings = List.copyOf(warnings);
    }
}
