package io.nas4j;

import io.nas4j.analysis.Baseline;
import io.nas4j.analysis.Comparison;
import io.nas4j.analysis.Confirmation;
import io.nas4j.analysis.Pareto;
import io.nas4j.data.Data;
import io.nas4j.journal.Provenance;
import io.nas4j.journal.SearchIdentity;
import io.nas4j.json.Json;
import io.nas4j.model.NasModel;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.train.Retrain;
import io.nas4j.train.Retrained;
import io.nas4j.trial.History;
import io.nas4j.trial.Place;
import io.nas4j.trial.Trial;
import io.nas4j.view.Chart;
import io.nas4j.view.Diagram;
import io.nas4j.view.Film;
import io.nas4j.view.HistoryTable;
import io.nas4j.view.MimeBundle;
import io.nas4j.view.Notice;
import io.nas4j.view.Renderable;
import io.nas4j.view.TrialTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
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
    private final boolean live;
    private volatile RunResult finished;
    private volatile Retrained retrained;

    SearchResult(SearchSpec search, SearchLoop loop, boolean live) {
        this.search = search;
        this.loop = loop;
        this.live = live;
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
     * interrupted), the newest that has a score. A search with {@code confirm(..)} answers with the
     * best by the mean of the new scores.
     *
     * @return the trial
     * @throws IllegalStateException when no trial has a score, with the last failure
     */
    public Trial best() {
        History history = history();
        return answer().map(Confirmation.Candidate::trial)
                .or(history::best)
                .or(history::latestScored)
                .orElseThrow(() -> new IllegalStateException(nothing(history)));
    }

    /**
     * The score of {@link #best()}: the mean of its new ones where the search confirms its best.
     *
     * @return higher is better
     */
    public double bestScore() {
        return answer().map(found -> found.mean().getAsDouble())
                .orElseGet(() -> best().score().orElseThrow());
    }

    private Optional<Confirmation.Candidate> answer() {
        return search.confirmation().flatMap(again -> again.answer(history()));
    }

    /**
     * The best of a search with {@code confirm(..)} and what they scored with new seeds.
     *
     * @return as the search ranked them; empty for a search that does not confirm
     */
    public List<Confirmation.Candidate> confirmed() {
        return search.confirmation().map(again -> again.results(history())).orElse(List.of());
    }

    /**
     * The architecture of {@link #best()}.
     *
     * @return its answers
     */
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
                data.outputs(),
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
     * What went wrong without ending the search, and what a reader should know of it.
     *
     * @return in sentences; empty as a rule
     */
    public List<String> warnings() {
        return finished == null ? search.warnings() : finished.warnings();
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
        return charts().learned();
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
     * @return one row per trial
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
        return charts().best();
    }

    /**
     * The best score after each trial, within what random search reaches in as many.
     *
     * @param random a random search with the same estimator
     * @return a picture
     */
    public Chart plots(SearchResult random) {
        return charts().luck(Baseline.of(random.history()));
    }

    /**
     * The best score after each trial as a tablesaw-jsplot figure.
     *
     * @return interactive where a page may run scripts, else the chart
     */
    public Figure figure() {
        return charts().figure();
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
     * Further charts: what was tried, exploration, the population, trade-offs.
     *
     * @return of the trials until now
     */
    public SearchCharts charts() {
        return new SearchCharts(search, history(), answer().map(Confirmation.Candidate::trial));
    }

    /**
     * What can be read off the trials: lineage, exploration, the spread over seeds, whether a
     * relaxed search has collapsed.
     *
     * @return of the trials until now
     */
    public SearchAnalysis analysis() {
        return new SearchAnalysis(search, history());
    }

    /**
     * The whole search as one animated drawing, which plays without a kernel and without scripts.
     *
     * @return of the trials until now; {@code film().save("search.svg")} writes it
     */
    public Film film() {
        return charts().film();
    }

    /**
     * Writes all that this search found as one page of HTML, which holds its pictures and needs no
     * network.
     *
     * @param file replaced where it exists
     * @throws UncheckedIOException when it cannot be written
     * @throws IllegalStateException when no trial has a score
     */
    public void report(Path file) {
        try {
            SearchReport.of(this, search).write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Trains the best network to the end on train and validation split, and tests it once.
     *
     * @param epochs at least 1
     * @return the trained network as plain data
     * @throws CancellationException when interrupted before the first epoch was done
     */
    public Retrained retrain(int epochs) {
        return retrain(Retrain.of(epochs));
    }

    /**
     * Trains the best network to the end, and tests it once; shows how far it is, with its learning
     * curve. The notebook's Stop button ends it at the next batch: what was trained until then is
     * tested and kept, see {@link #retrained()}.
     *
     * @param training how; {@code Retrain.darts()} and {@code Retrain.nasBench201()} are the
     *     papers'
     * @return the trained network as plain data
     * @throws CancellationException when interrupted before the first epoch was done
     */
    public Retrained retrain(Retrain training) {
        return retrain(training, search.task().data());
    }

    /**
     * Trains the best network on other data of the same kind than it was searched on: all of the
     * images, for instance, where a part was searched on.
     *
     * @param training how
     * @param data with the channels and the classes of the search's
     * @return the trained network as plain data
     * @throws CancellationException when interrupted before the first epoch was done
     * @throws IllegalArgumentException for data of another kind, or of other classes
     */
    public Retrained retrain(Retrain training, Data data) {
        try {
            Retrained trained =
                    new FinalTraining(search.task(), network(), live).run(training, data);
            retrained = trained;
            return trained;
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
    }

    /**
     * What the latest {@link #retrain} of this result left, also where it was stopped.
     *
     * @return empty before
     */
    public Optional<Retrained> retrained() {
        return Optional.ofNullable(retrained);
    }

    /**
     * The best cells in a network of another size, as papers evaluate what they found in a small
     * one.
     *
     * @param channels of the first cells, at least 1
     * @param cells how many are stacked
     * @return a space without holes
     * @throws IllegalArgumentException where the space is no stack of cells, see {@link
     *     Spaces#scaled}
     */
    public SearchSpace scaled(int channels, int cells) {
        return Spaces.scaled(network(), channels, cells);
    }

    /**
     * Runs the best trial again in this process: its architecture, at its fidelity, from its seed.
     *
     * @return both scores, and whether they are equal, within what rounding alone may change, or
     *     different
     * @throws IllegalArgumentException for a trial that began with the weights of another one, or
     *     is a slice of a strategy's own training
     */
    public Reproduction reproduce() {
        Trial best = best();
        Trial origin =
                best.repeats().isPresent()
                        ? history().trials().get(best.repeats().getAsInt())
                        : best;
        return Reproduction.of(search, best, origin);
    }

    /**
     * What the scores stand on: the versions of nas4j, Java, DJL and libtorch, system and
     * processor, and of the search its seed, device and the content of its data. A journal's header
     * holds the same.
     *
     * @return by name
     */
    public Map<String, String> provenance() {
        Map<String, String> all = new LinkedHashMap<>(Provenance.here());
        all.put("seed", Long.toString(search.task().seeds().master()));
        all.put("device", String.join(", ", search.task().devices()));
        all.put("data content", search.task().data().contentHash());
        all.put("data split", search.task().data().split().contentHash());
        return all;
    }

    /**
     * Where trials ran, for a search with several places.
     *
     * @return by trial; empty before the end, and for trials of the searching thread
     */
    public Map<Integer, Place> places() {
        return finished == null ? Map.of() : finished.places();
    }

    /**
     * The trained network to take away, with where it comes from: the settings of the search, its
     * seed, the hashes of its data, what it cost, its best score, and what the training knows.
     *
     * @param trained by {@link #retrain(Retrain)}
     * @return to be used, judged, saved and handed over
     */
    public NasModel model(Retrained trained) {
        Map<String, String> from = new TreeMap<>();
        settings().forEach((name, setting) -> from.put("search " + name, setting));
        from.put("search trials", history().counted());
        from.put("search seconds", String.format(Locale.ROOT, "%.1f", computeSeconds()));
        from.put("search score", bestScore() + " (" + best().measure() + ")");
        return NasModel.of(trained, from);
    }

    /** All that decides which trials the search makes, by name. */
    Map<String, String> settings() {
        return SearchIdentity.of(
                        search.task(),
                        search.strategy(),
                        search.estimator(),
                        search.repeats(),
                        search.stopping())
                .settings();
    }

    /** What all trials have cost. */
    double computeSeconds() {
        return history().trials().stream()
                .mapToDouble(trial -> trial.cost().compute().toMillis() / 1e3)
                .sum();
    }

    /**
     * The best architecture as text, to be read with {@link Json}.
     *
     * @return self-contained and versioned
     */
    public String json() {
        return Json.write(search.task().space(), architecture());
    }

    private static String nothing(History history) {
        return "a best trial needs a score, but none of "
                + history.counted()
                + " has one."
                + history.lastFailure().map(why -> " The last one failed: " + why).orElse("");
    }

    private static Notice empty(History history) {
        return new Notice(
                nothing(history),
                List.of(
                        history.isEmpty()
                                ? "Nothing has been tried. Try run() again, with a larger budget."
                                : "Try trials() or table() to see what failed, and run() again when"
                                        + " the cause is gone."));
    }

    @Override
    public MimeBundle render() {
        if (history().trials().stream().noneMatch(trial -> trial.score().isPresent())) {
            return empty(history()).render();
        }
        return MimeBundle.captioned(diagram().render(), summary());
    }

    private String summary() {
        Trial best = best();
        return String.format(
                Locale.ROOT,
                "%s: best of %s is trial %d with %.4f (%s), %s",
                search.task().space().name(),
                history().counted(),
                best.number(),
                bestScore(),
                best.measure()
                        + answer().map(
                                        found ->
                                                String.format(
                                                        Locale.ROOT,
                                                        ", mean of %d new seeds; %.4f when found",
                                                        found.scores().size(),
                                                        best.score().orElseThrow()))
                                .orElse(""),
                reason());
    }

    @Override
    public String toString() {
        return render().text();
    }
}
