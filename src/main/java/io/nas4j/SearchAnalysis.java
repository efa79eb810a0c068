package io.nas4j;

import io.nas4j.analysis.CollapseDoctor;
import io.nas4j.analysis.Exploration;
import io.nas4j.analysis.Importance;
import io.nas4j.analysis.Lineage;
import io.nas4j.analysis.Spread;
import io.nas4j.search.SearchSpec;
import io.nas4j.trial.History;
import io.nas4j.view.Diagnosis;
import java.util.List;

/** What can be read off the trials of a search; {@link SearchResult#analysis()} gives it. */
public final class SearchAnalysis {

    private final SearchSpec search;
    private final History history;

    SearchAnalysis(SearchSpec search, History history) {
        this.search = search;
        this.history = history;
    }

    /**
     * How much the answers differ from seed to seed, for a search with {@code seeds(n)}.
     *
     * @return of all trials that the search's estimator scored
     * @throws IllegalArgumentException when it has scored none
     */
    public Spread spread() {
        return Spread.of(history);
    }

    /**
     * Exploration against exploitation: how far each trial was from all earlier ones.
     *
     * @return one fact a trial
     */
    public List<Exploration> exploration() {
        return Exploration.of(search.task().space(), history);
    }

    /**
     * Who descends from whom, for a search by {@code EVOLUTION}.
     *
     * @return one member a scored trial; {@code lineage().ancestors(best())} leads to the best
     * @throws IllegalArgumentException when a strategy without an ageing population searched
     */
    public Lineage lineage() {
        int alive =
                search.strategy()
                        .ageing()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "a lineage needs a search by evolution, but this"
                                                        + " one is by "
                                                        + search.strategy()
                                                        + ". Try strategy(EVOLUTION)."));
        return Lineage.of(search.task().space(), history, alive);
    }

    /**
     * Which decisions the score depends on, alone and in pairs.
     *
     * @return shares of its variance, with how far they can be believed; {@link
     *     SearchCharts#dependence()} draws them
     * @throws IllegalArgumentException when fewer than 10 trials can be compared
     */
    public Importance explain() {
        return Importance.of(search.task().space(), history);
    }

    /**
     * Has a relaxed search collapsed to skip connections? What each epoch showed, and which guard
     * stopped the search.
     *
     * @return a picture with its finding; {@link Diagnosis#facts()} are the numbers
     */
    public Diagnosis doctor() {
        return new Diagnosis(CollapseDoctor.of(search.task().space(), history));
    }
}
