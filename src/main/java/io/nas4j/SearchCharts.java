package io.nas4j;

import io.nas4j.analysis.Baseline;
import io.nas4j.analysis.Importance;
import io.nas4j.notebook.LiveBoxes;
import io.nas4j.search.SearchSpec;
import io.nas4j.strategy.Surrogate;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Trial;
import io.nas4j.view.Chart;
import io.nas4j.view.Dependence;
import io.nas4j.view.Diagram;
import io.nas4j.view.Figures;
import io.nas4j.view.Film;
import io.nas4j.view.Insight;
import io.nas4j.view.ParallelCoordinates;
import io.nas4j.view.Picture;
import io.nas4j.view.ThreeBoxes;
import java.util.List;
import java.util.Optional;
import tech.tablesaw.plotly.components.Figure;

/** The trials of a search as charts; {@link SearchResult#charts()} gives them. */
public final class SearchCharts {

    private static final int BARS = 8;
    private static final int AXES = 7;

    private final SearchSpec search;
    private final History history;
    private final Optional<Trial> confirmed;

    SearchCharts(SearchSpec search, History history, Optional<Trial> confirmed) {
        this.search = search;
        this.history = history;
        this.confirmed = confirmed;
    }

    /**
     * The whole search as one animated drawing: every trial, the best so far, and the cell that was
     * best at each time.
     *
     * @return plays without a kernel and without scripts; {@code film().save("search.svg")} writes
     *     it
     */
    public Film film() {
        ThreeBoxes parts = LiveBoxes.summary(search, History.empty(history.measure()));
        Optional<Trial> answer = confirmed.or(history::best).or(history::latestScored);
        return Film.of(search.task().space(), history, parts, answer);
    }

    /**
     * The three components of this search, as the survey of Elsken, Metzen and Hutter draws them.
     *
     * @return a picture of the space, the strategy and the estimation, and of the best found
     */
    public ThreeBoxes components() {
        return LiveBoxes.summary(search, history);
    }

    /**
     * The score of every trial, and the best until then.
     *
     * @return a picture; {@link #figure()} is its interactive twin
     */
    public Chart best() {
        return Chart.bestSoFar(history);
    }

    /**
     * The score of every trial, and the best until then, as a tablesaw-jsplot figure.
     *
     * @return interactive where a page may run scripts, else the chart
     */
    public Figure figure() {
        return Figures.bestSoFar(history);
    }

    /**
     * The best until each trial, within what random search reaches in as many.
     *
     * @param random from a random search, or from a whole table
     * @return a picture
     */
    public Chart luck(Baseline random) {
        return Insight.luck(history, random);
    }

    /**
     * What the strategy tries typically: every score, and the mean of the last 20, beside random
     * search.
     *
     * @param random a random search with the same estimator
     * @return a picture
     */
    public Chart scores(SearchResult random) {
        return Insight.typical(history, random.history());
    }

    /**
     * What the strategy has learned, in the picture that suits it: a surrogate's predictions
     * against what came, an ageing population, else the space with the policy's probabilities.
     *
     * @return a picture
     */
    public Picture insight() {
        if (search.strategy() instanceof Surrogate surrogate) {
            return Insight.predictions(surrogate.predictions(search.task(), history));
        }
        return search.strategy().ageing().isPresent() ? population() : learned();
    }

    /**
     * The space with what the strategy has learned of it: the relaxed cells of DARTS, the policy of
     * a controller.
     *
     * @return each option as thick as its weight; without weights where nothing is learned
     */
    public Diagram learned() {
        return Diagram.of(search.task().space(), history.learned()).cells();
    }

    /**
     * Exploration against exploitation: the distance of each trial to the nearest earlier one, and
     * the entropy of the policy where the strategy has one.
     *
     * @return a picture
     */
    public Chart exploration() {
        return Insight.exploration(search.task().space(), history);
    }

    /**
     * The population by age, for a search by {@code EVOLUTION}: who lived when, and whose child
     * each was.
     *
     * @return a picture
     * @throws IllegalArgumentException when a strategy without an ageing population searched
     */
    public Chart population() {
        return Chart.population(new SearchAnalysis(search, history).lineage());
    }

    /**
     * The learning curve of every training; where one was stopped early, a dot.
     *
     * @return a picture
     * @throws IllegalArgumentException when nothing was reported in the course of a trial
     */
    public Chart curves() {
        return Insight.curves(history);
    }

    /**
     * The rungs of a search that promotes what is good to longer trainings, such as {@code
     * HYPERBAND} and {@code ASHA}: every trial over its epochs, with a line from each training that
     * went on.
     *
     * @return a picture
     */
    public Chart rungs() {
        return Insight.rungs(history);
    }

    /**
     * Which decisions the score depends on, alone and in pairs.
     *
     * @return a picture
     * @throws IllegalArgumentException when fewer than 10 trials can be compared
     */
    public Dependence dependence() {
        return new Dependence(new SearchAnalysis(search, history).explain(), BARS);
    }

    /**
     * The trials as lines through the decisions that matter most, to their score.
     *
     * @return a picture
     * @throws IllegalArgumentException when fewer than 10 trials can be compared
     */
    public ParallelCoordinates parallel() {
        List<String> decisions =
                new SearchAnalysis(search, history)
                        .explain().effects().stream()
                                .map(Importance.Effect::decision)
                                .limit(AXES)
                                .toList();
        return ParallelCoordinates.of(search.task().space(), history, decisions);
    }

    /**
     * Two objectives against each other, and the trials that nobody beats in both.
     *
     * @param x for example {@code minimize("parameters")}
     * @param y for example {@code Objective.SCORE}
     * @return a picture of the trials at full fidelity
     */
    public Chart pareto(Objective x, Objective y) {
        return Chart.pareto(history, x, y);
    }
}
