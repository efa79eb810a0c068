package io.nas4j.search;

import io.nas4j.trial.History;
import io.nas4j.trial.Place;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is left of a run.
 *
 * @param history all trials, resumed ones included
 * @param end the kind of end
 * @param reason in words, for a reader
 * @param elapsed wall-clock time, resumed searches included
 * @param warnings what went wrong without ending the search, for example in a listener
 * @param places where trials ran, by number; none for those of the searching thread
 */
public record RunResult(
        History history,
        EndReason end,
        String reason,
        Duration elapsed,
        List<String> warnings,
        Map<Integer, Place> places) {

    public RunResult {
        warnings = List.copyOf(warnings);
        places = Collections.unmodifiableMap(new TreeMap<>(places));
    }
}
