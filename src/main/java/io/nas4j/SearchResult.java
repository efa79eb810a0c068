package io.nas4j;

import static io.nas4j.space.Require.require;

import io.nas4j.analysis.Baseline;
import io.nas4j.analysis.CollapseDoctor;
import io.nas4j.analysis.Comparison;
import io.nas4j.analysis.Exploration;
import io.nas4j.analysis.Lineage;
import io.nas4j.analysis.Pareto;
import io.nas4j.analysis.Spread;
import io.nas4j.data.Data;
import io.nas4j.json.Json;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.Surrogate;
import io.nas4j.train.Retrain;
import io.nas4j.train.Retrained;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import io.nas4j.view.Chart;
import io.nas4j.view.Diagnosis;
import io.nas4j.view.Diagram;
import io.nas4j.view.Figures;
import io.nas4j.view.HistoryTable;
import io.nas4j.view.Insight;
import io.nas4j.view.MimeBundle;
import io.nas4j.view.Picture;
import io.nas4j.view.Renderable;
import io.nas4j.view.TrialTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;

/**
 * What a search found; as the value of a notebook cell it draws the best cells. While the search
 * runs, and after it was interrupted, it shows what was found until then.
 */
public final class SearchResult implements Renderable {

    private static final int ROWS = 20;

    private final SearchSpec search;
    private final SearchLoop loop;
    private volatile RunResult finished;

    SearchResult(SearchSpec search, SearchLoop loop) {
        this.search = search;
        this.loop = loop;
    }

    SearchResult ended(RunResult end) {
        finished = end;
        return this;
    }

    /**
     * All trials, in order.
     *
     * @return an immutable snapshot
     */
    public History history() {
        return loop.history();
    }

    /**
     * The best trial by the search's estimator; before it has scored any (a DARTS search that was
     * interrupted), the newest that has a score.
     *
     * @return the trial
     * @throws IllegalStateException when no trial has a score, with the last failure
     */
    public Trial best() {
        History history = history();
        return history.best()
                .or(() -> newestScored(history))
                .orElseThrow(() -> new IllegalStateException(nothing(history)));
    }

    public double bestScore() {
        return best().score().orElseThrow();
    }

    public Architecture architecture() {
        return best().architecture();
    }

    /**
     * The best architecture's network.
     *
     * @return a space without holes
     */
    public SearchSpace network() {
        return search.task().space().network(architecture());
    }

    /**
     * What the best network weighs on the search's data.
     *
     * @return parameters and multiply-adds
     */
    public Counts counts() {
        Data data = search.task().data();
        return Counts.of(
                network(),
                new InputShape(data.channels(), data.height(), data.width()),
                data.classes().size(),
                1);
    }

    /**
     * Why the search ended.
     *
     * @return in words; {@code running} before the end
     */
    public String reason() {
        return finished == null ? "running" : finished.reason();
    }

    /**
     * The best cells, drawn.
     *
     * @return a picture
     */
    public Diagram diagram() {
        return Diagram.of(network()).cells();
    }

    /**
     * The space with what the strategy has learned of it: the relaxed cells of DARTS, the policy of
     * a controller.
     *
     * @return each option as thick as its weight; without weights where nothing is learned
     */
    public Diagram learned() {
        List<Trial> trials = history().trials();
        OptionWeights weights = OptionWeights.NONE;
        for (Trial trial : trials) {
            if (trial.outcome() instanceof Outcome.Completed completed
                    && !completed.learned().isEmpty()) {
                weights = completed.learned();
            }
        }
        return Diagram.of(search.task().space(), weights).cells();
    }

    /**
     * The best trials as a table that draws itself.
     *
     * @return at most 20 rows; {@link #table()} has all
     */
    public TrialTable trials() {
        return TrialTable.best(history(), search.task().space(), ROWS);
    }

    /**
     * All trials as a tablesaw table.
     *
     * @return one row a trial
     */
    public Table table() {
        return HistoryTable.of(history(), search.task().space());
    }

    /**
     * The best score after each trial.
     *
     * @return a picture; {@link #figure()} is its interactive twin
     */
    public Chart plots() {
        return Chart.bestSoFar(history());
    }

    /**
     * The best score after each trial, within what random search reaches in as many.
     *
     * @param random a random search with the same estimator
     * @return a picture
     */
    public Chart plots(SearchResult random) {
        return plots(Baseline.of(random.history()));
    }

    /**
     * The best score after each trial, within what random search reaches in as many.
     *
     * @param random from a random search, or from a whole table
     * @return a picture
     */
    public Chart plots(Baseline random) {
        return Insight.luck(history(), random);
    }

    /**
     * What the strategy tries typically: every score, and the mean of the last 20, beside random
     * search.
     *
     * @param random a random search with the same estimator
     * @return a picture
     */
    public Chart scoresPlot(SearchResult random) {
        return Insight.typical(history(), random.history());
    }

    /**
     * What the strategy has learned, in the picture that suits it: a surrogate's predictions
     * against what came, an evolution's population, else the space with the policy's probabilities.
     *
     * @return a picture
     */
    public Picture insight() {
        if (search.strategy() instanceof Surrogate surrogate) {
            return Insight.predictions(surrogate.predictions(search.task(), history()));
        }
        return search.strategy() instanceof Evolution ? populationPlot() : learned();
    }

    /**
     * The best score after each trial as a tablesaw-jsplot figure.
     *
     * @return needs a front end that may load Plotly
     */
    public Figure figure() {
        return Figures.bestSoFar(history());
    }

    /**
     * The trials that no other dominates in the search's objectives: those that it states, else
     * those that its strategy optimises (of NSGA2, score and parameters). Trials of one measure at
     * full fidelity are ranked.
     *
     * @return best first by the first objective; empty before the estimator has scored any
     */
    public List<Trial> pareto() {
        return Pareto.front(history(), search.objectives());
    }

    /**
     * Better than luck? How probable it is that random search does as well with as many trials.
     *
     * @param random a random search with the same estimator
     * @return a probability with its interval; draws as text
     */
    public Comparison compare(SearchResult random) {
        return Comparison.of(history(), random.history());
    }

    /**
     * How much the answers differ from seed to seed, for a search with {@code seeds(n)}.
     *
     * @return of all trials that the search's estimator scored
     * @throws IllegalArgumentException when it has scored none
     */
    public Spread spread() {
        return Spread.of(history());
    }

    /**
     * Exploration against exploitation: how far each trial was from all earlier ones.
     *
     * @return one fact a trial
     */
    public List<Exploration> exploration() {
        return Exploration.of(search.task().space(), history());
    }

    /**
     * Exploration drawn: the distance of each trial to the nearest earlier one, and the entropy of
     * the policy where the strategy has one.
     *
     * @return a picture
     */
    public Chart explorationPlot() {
        return Insight.exploration(search.task().space(), history());
    }

    /**
     * Who descends from whom, for a search by {@code EVOLUTION}.
     *
     * @return one member a scored trial; {@code lineage().ancestors(best())} leads to the best
     * @throws IllegalArgumentException when another strategy searched
     */
    public Lineage lineage() {
        require(
                search.strategy() instanceof Evolution,
                "a lineage needs a search by evolution, but this one is by %s. Try"
                        + " strategy(EVOLUTION).",
                search.strategy());
        return Lineage.of(
                search.task().space(), history(), ((Evolution) search.strategy()).population());
    }

    /**
     * The population by age, for a search by {@code EVOLUTION}: who lived when, and whose child
     * each was.
     *
     * @return a picture
     * @throws IllegalArgumentException when another strategy searched
     */
    public Chart populationPlot() {
        return Chart.population(lineage());
    }

    /**
     * Has a relaxed search collapsed to skip connections? What each epoch showed, and which guard
     * stopped the search.
     *
     * @return a picture with its finding; {@link Diagnosis#facts()} are the numbers
     */
    public Diagnosis doctor() {
        return new Diagnosis(CollapseDoctor.of(search.task().space(), history()));
    }

    /**
     * Two wishes against each other, and the trials that nobody beats in both.
     *
     * @param x for example {@code Objective.minimize("parameters")}
     * @param y for example {@code Objective.SCORE}
     * @return a picture
     */
    public Chart pareto(Objective x, Objective y) {
        return Chart.pareto(history(), x, y);
    }

    /**
     * Trains the best network to the end on train and validation split, and tests it once.
     *
     * @param epochs at least 1
     * @return the trained network as plain data
     * @throws InterruptedException when interrupted before the end
     */
    public Retrained retrain(int epochs) throws InterruptedException {
        return retrain(Retrain.of(epochs));
    }

    /**
     * Trains the best network to the end, and tests it once.
     *
     * @param training how
     * @return the trained network as plain data
     * @throws InterruptedException when interrupted before the end
     */
    public Retrained retrain(Retrain training) throws InterruptedException {
        Retrain here =
                training.device().equals("auto")
                        ? training.device(search.task().device())
                        : training;
        return here.run(network(), search.task().data(), search.task().seeds().seed(0, "retrain"));
    }

    /**
     * The best architecture as text, to be read with {@link Json}.
     *
     * @return self-contained and versioned
     */
    public String json() {
        return Json.write(search.task().space(), architecture());
    }

    private static Optional<Trial> newestScored(History history) {
        List<Trial> trials = history.trials();
        for (int i = trials.size() - 1; i >= 0; i--) {
            if (trials.get(i).score().isPresent()) {
                return Optional.of(trials.get(i));
            }
        }
        return Optional.empty();
    }

    private static String nothing(History history) {
        String last = "";
        for (Trial trial : history.trials()) {
            if (trial.outcome() instanceof Outcome.Failed failed) {
                last = " The last one failed: " + failed.reason();
            }
        }
        return "a best trial needs a score, but none of "
                + history.size()
                + " trials has one."
                + last;
    }

    @Override
    public MimeBundle render() {
        if (history().trials().stream().noneMatch(trial -> trial.score().isPresent())) {
            return MimeBundle.text(nothing(history()));
        }
        return MimeBundle.captioned(diagram().render(), summary());
    }

    private String summary() {
        Trial best = best();
        return String.format(
                Locale.ROOT,
                "%s: best of %d trials is trial %d with %.4f (%s), %s",
                search.task().space().name(),
                history().size(),
                best.number(),
                best.score().orElseThrow(),
                best.measure(),
                reason());
    }

    @Override
    public String toString() {
        return render().text();
    }
}
