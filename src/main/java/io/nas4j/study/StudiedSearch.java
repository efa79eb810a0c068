package io.nas4j.study;

import io.nas4j.journal.JournalContent;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import io.nas4j.trial.Trial;
import io.nas4j.view.Leaderboard;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A search of a study, as its journal has it.
 *
 * @param name of its journal
 * @param space of its architectures
 * @param settings by name: strategy, estimator, data, seed and what else makes it this search
 * @param history all complete trials
 */
public record StudiedSearch(
        String name, SearchSpace space, Map<String, String> settings, History history) {

    static StudiedSearch of(String name, JournalContent journal) {
        return new StudiedSearch(
                name, journal.space(), journal.header().settings(), journal.history());
    }

    /**
     * The computing time of all trials.
     *
     * @return repeats took none
     */
    public Duration compute() {
        return history.trials().stream()
                .map(trial -> trial.cost().compute())
                .reduce(Duration.ZERO, Duration::plus);
    }

    Leaderboard.Entry entry() {
        Optional<Trial> best = history.best();
        return new Leaderboard.Entry(
                name,
                settings.getOrDefault("strategy", ""),
                history.measure(),
                best.map(Trial::score).orElse(OptionalDouble.empty()),
                best.map(Trial::number).orElse(0),
                (int) history.trials().stream().filter(trial -> !trial.reused()).count(),
                compute());
    }
}
