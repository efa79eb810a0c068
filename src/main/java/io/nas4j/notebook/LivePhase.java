package io.nas4j.notebook;

import io.nas4j.search.SearchEvent;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/** How far a trial under way is, in words. */
final class LivePhase {

    private LivePhase() {}

    /**
     * What an event tells.
     *
     * @param name of a trial, by its number
     * @return for example {@code trial 3, epoch 2: 0.8125}; empty where it does not tell
     */
    static Optional<String> of(SearchEvent event, IntFunction<String> name) {
        if (event instanceof SearchEvent.TrialReported reported) {
            return Optional.of(
                    String.format(
                            Locale.ROOT,
                            "%s, epoch %d: %.4f",
                            name.apply(reported.trial()),
                            reported.step(),
                            reported.score()));
        }
        if (event instanceof SearchEvent.TrialProgressed progressed) {
            return Optional.of(
                    String.format(
                            Locale.ROOT,
                            "%s, %.0f %%",
                            name.apply(progressed.trial()),
                            100 * progressed.fraction()));
        }
        return Optional.empty();
    }
}
