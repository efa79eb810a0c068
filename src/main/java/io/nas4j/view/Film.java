package io.nas4j.view;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Trial;
import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A whole search as one animated drawing that plays by itself, again and again: in a saved
 * notebook, in a page, on GitHub, without a kernel and without scripts. Where nothing plays, it
 * shows how the search ended.
 *
 * <p>The score of every trial appears as a dot, the best so far grows as a line, a bar below runs
 * with the time, and the cell that was best at each time is drawn below it.
 *
 * @param title a line above
 * @param parts the three components, which are lit in turn
 * @param course first the scores as points, from left to right; then the line that grows over the
 *     same points
 * @param keys the networks to be shown, in the order in which they were found; at most 10 of them
 *     are drawn
 * @param cost what the whole search computed; zero where that is not known
 */
public record Film(String title, ThreeBoxes parts, Chart course, List<Key> keys, Duration cost)
        implements Picture {

    private static final double LONGEST_NAME = 190;

    /**
     * A network that is shown from one trial on until the next one is.
     *
     * @param at where on the horizontal axis of the course
     * @param caption what it is, in a few words
     * @param cell its drawing
     */
    public record Key(double at, String caption, Picture cell) {}

    public Film {
        keys = List.copyOf(keys);
        require(
                course.series().size() == 2
                        && course.series().get(0).xs().equals(course.series().get(1).xs()),
                "a film needs the scores and a line over the same trials, but has %d series.",
                course.series().size());
    }

    /**
     * The film of a search. Where it has fewer than two scores of its own, as one by DARTS, its
     * epochs are shown.
     *
     * @param space what was searched
     * @param history what was tried
     * @param parts the components of the search, see {@link ThreeBoxes}
     * @param answer the trial that the search ends with; empty where there is none
     * @return a drawing of at most 300 KB for spaces of this library
     */
    public static Film of(
            SearchSpace space, History history, ThreeBoxes parts, Optional<Trial> answer) {
        List<Trial> shown = shown(history);
        boolean ranked = shown.equals(history.scored());
        List<Double> numbers = shown.stream().map(trial -> (double) trial.number()).toList();
        List<Double> scores = shown.stream().map(trial -> trial.score().orElseThrow()).toList();
        String measure = ranked ? Measures.words(history) : Measures.words(shown.get(0).measure());
        Chart course =
                new Chart(
                        "",
                        Axis.of(ranked ? "trial" : "epoch"),
                        Axis.withoutTheWorst(axis(measure), scores),
                        List.of(
                                new Series(Metrics.SCORE, Mark.POINTS, numbers, scores),
                                ranked
                                        ? new Series(
                                                "best so far",
                                                Mark.STEPS,
                                                numbers,
                                                Chart.bestOf(history))
                                        : new Series("course", Mark.LINE, numbers, scores)));
        ThreeBoxes still =
                new ThreeBoxes(
                        parts.space(),
                        parts.strategy().stream().limit(1).toList(),
                        ThreeBoxes.lines(measure),
                        "",
                        "",
                        Optional.empty());
        String title =
                String.join(" ", still.strategy())
                        + " on "
                        + space.name()
                        + ", "
                        + history.counted()
                        + answer.flatMap(trial -> trial.score().stream().boxed().findFirst())
                                .map(score -> String.format(Locale.ROOT, ", best %.4f", score))
                                .orElse("");
        long nanos = history.trials().stream().mapToLong(t -> t.cost().compute().toNanos()).sum();
        return new Film(
                title, still, course, keys(space, shown, ranked, answer), Duration.ofNanos(nanos));
    }

    /** A measure of many words stands in its box. */
    private static String axis(String measure) {
        return TextWidth.of(measure, 12) <= LONGEST_NAME ? measure : Metrics.SCORE;
    }

    /**
     * The scores of the search's own measure; of one that trains by itself, those of its slices.
     */
    private static List<Trial> shown(History history) {
        if (history.scored().size() >= 2) {
            return history.scored();
        }
        List<Trial> slices =
                history.trials().stream()
                        .filter(trial -> !trial.measure().equals(history.measure()))
                        .filter(trial -> trial.score().isPresent())
                        .toList();
        List<Trial> alike =
                slices.stream()
                        .filter(trial -> trial.measure().equals(slices.get(0).measure()))
                        .toList();
        return alike.size() >= 2 ? alike : history.scored();
    }

    /** Each new best; of a search that trains by itself, each network that would be its answer. */
    private static List<Key> keys(
            SearchSpace space, List<Trial> shown, boolean ranked, Optional<Trial> answer) {
        List<Key> keys = new ArrayList<>();
        Optional<Trial> last = Optional.empty();
        for (Trial trial : shown) {
            boolean next =
                    last.isEmpty()
                            || (ranked
                                    ? score(trial) > score(last.get())
                                    : !trial.architecture().equals(last.get().architecture()));
            if (next) {
                String what = ranked ? "a new best" : "what would be the answer";
                keys.add(key(space, trial, (ranked ? "trial " : "epoch "), what));
                last = Optional.of(trial);
            }
        }
        Optional<Architecture> end = last.map(Trial::architecture);
        answer.filter(trial -> trial.score().isPresent())
                .filter(trial -> !Optional.of(trial.architecture()).equals(end) || !ranked)
                .ifPresent(
                        trial -> {
                            Key key = key(space, trial, "trial ", "the answer");
                            double at = shown.get(shown.size() - 1).number();
                            keys.add(new Key(at, key.caption(), key.cell()));
                        });
        return keys;
    }

    private static Key key(SearchSpace space, Trial trial, String count, String what) {
        String caption =
                String.format(
                        Locale.ROOT, "%s: %s%d, %.4f", what, count, trial.number(), score(trial));
        return new Key(
                trial.number(), caption, Diagram.of(space.network(trial.architecture())).cells());
    }

    private static double score(Trial trial) {
        return trial.score().orElseThrow();
    }

    /**
     * Writes the drawing, to be shown by any browser.
     *
     * @param file for example {@code search.svg}; replaced where it exists
     * @throws UncheckedIOException when it cannot be written
     */
    public void save(Path file) {
        try {
            Files.writeString(file, svg().document());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * As {@link #save(Path)}.
     *
     * @param file its path
     */
    public void save(String file) {
        save(Path.of(file));
    }

    @Override
    public Svg svg() {
        return new FilmDrawing(this).draw();
    }

    @Override
    public String alt() {
        return "Film of a search: " + title;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(title).append('\n').append(course);
        keys.forEach(key -> text.append("\n  ").append(key.caption()));
        return text.toString();
    }
}
