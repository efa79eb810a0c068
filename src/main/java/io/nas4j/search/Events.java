package io.nas4j.search;

import io.nas4j.trial.Outcome;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells listeners, one event at a time; what they throw becomes a warning, once a listener. */
final class Events {

    private final List<SearchListener> listeners;
    private final Supplier<Snapshot> now;
    private final List<String> warnings;

    Events(List<SearchListener> listeners, Supplier<Snapshot> now, List<String> warnings) {
        this.listeners = listeners;
        this.now = now;
        this.warnings = warnings;
    }

    /** False: building an event would be in vain. */
    boolean wanted() {
        return !listeners.isEmpty();
    }

    synchronized void emit(Function<Snapshot, SearchEvent> event) {
        if (!wanted()) {
            return;
        }
        SearchEvent current = event.apply(now.get());
        for (SearchListener listener : listeners) {
            try {
                listener.on(current);
            } catch (Throwable thrown) {
                String warning = "a listener failed: " + Outcome.Failed.reason(thrown);
                if (!warnings.contains(warning)) {
                    warnings.add(warning);
                }
            }
        }
    }
}
