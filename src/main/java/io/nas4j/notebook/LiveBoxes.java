package io.nas4j.notebook;

import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Architecture;
import io.nas4j.trial.History;
import io.nas4j.trial.Trial;
import io.nas4j.view.Chart;
import io.nas4j.view.ThreeBoxes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The three components of a search, as it stands. Of one thread. */
public final class LiveBoxes {

    private final List<String> space;
    private final String strategy;
    private String architecture = "";
    private String estimate = "";
    private Optional<ThreeBoxes.Part> lit = Optional.of(ThreeBoxes.Part.STRATEGY);

    LiveBoxes(SearchSpec search) {
        String[] words = search.task().space().toString().split("[:,] ");
        space = List.of(words).subList(0, Math.min(3, words.length));
        String title = search.title();
        strategy = title.substring(0, title.lastIndexOf(" on "));
    }

    /**
     * The components of a search that does not run.
     *
     * @param search what was searched
     * @param history what was tried
     * @return a summary: no part is lit, the best is shown
     */
    public static ThreeBoxes summary(SearchSpec search, History history) {
        LiveBoxes boxes = new LiveBoxes(search);
        boxes.lit = Optional.empty();
        return boxes.picture(history);
    }

    /** Light goes where the work is. */
    void hear(SearchEvent event) {
        if (event instanceof SearchEvent.TrialStarted started) {
            architecture = started.architecture().map(LiveBoxes::name).orElse("a supernet");
            lit =
                    Optional.of(
                            started.architecture().isPresent()
                                    ? ThreeBoxes.Part.ESTIMATION
                                    : ThreeBoxes.Part.STRATEGY);
        } else if (event instanceof SearchEvent.TrialFinished finished) {
            finished.trial().score().ifPresent(score -> estimate = score(score));
            lit = Optional.of(ThreeBoxes.Part.STRATEGY);
        } else if (event instanceof SearchEvent.Ended) {
            lit = Optional.empty();
        }
    }

    ThreeBoxes picture(History history) {
        Optional<Trial> best = history.best();
        String found = best.map(trial -> "best " + score(trial.score().orElseThrow())).orElse("");
        String estimation = Chart.words(history);
        boolean over = lit.isEmpty();
        return new ThreeBoxes(
                space,
                List.of(strategy, trials(history.size())),
                found.isEmpty() ? List.of(estimation) : List.of(estimation, found),
                over ? best.map(trial -> name(trial.architecture())).orElse("") : architecture,
                over ? best.map(t -> score(t.score().orElseThrow())).orElse("") : estimate,
                lit);
    }

    /** Without the space's name, which stands in its box. */
    private static String name(Architecture architecture) {
        return architecture.id().substring(architecture.space().length() + 1);
    }

    private static String trials(int count) {
        return count + (count == 1 ? " trial" : " trials");
    }

    private static String score(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
