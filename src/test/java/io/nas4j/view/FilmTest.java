package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class FilmTest {

    private static final int MOST_BYTES = 300_000;

    private final SearchSpace table = Spaces.nasBench201();

    static List<SearchSpace> spaces() {
        return Samples.spaces().toList();
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void twoHundredTrialsAreAtMost300Kilobytes(SearchSpace space) {
        assertThat(Samples.film(space, 200).svg().document().length()).isLessThan(MOST_BYTES);
    }

    @Test
    void manyMoreTrialsAreThinnedOut() {
        assertThat(Samples.film(table, 3_000).svg().document().length()).isLessThan(MOST_BYTES);
    }

    @Test
    void whereNothingPlaysItShowsItsLastPicture() {
        Svg film = Samples.film(table, 30).svg();
        Svg last = Stills.at(film, Stills.seconds(film) * 0.999);
        Svg never = still(film);
        assertThat(seen(never, "circle")).isEqualTo(seen(last, "circle"));
        assertThat(texts(never)).isEqualTo(texts(last));
        assertThat(attribute(last, "path", "stroke-dashoffset")).isEqualTo("0.0");
    }

    @Test
    void dotsAppearAndTheLineGrows() {
        Svg film = Samples.film(table, 30).svg();
        double whole = Stills.seconds(film);
        int before = 0;
        double hidden = Double.POSITIVE_INFINITY;
        for (double share : new double[] {0.2, 0.35, 0.5}) {
            Svg now = Stills.at(film, share * whole);
            int dots = seen(now, "circle");
            double rest = Double.parseDouble(attribute(now, "path", "stroke-dashoffset"));
            assertThat(dots).isGreaterThan(before);
            assertThat(rest).isLessThan(hidden).isPositive();
            before = dots;
            hidden = rest;
        }
        // every scored trial, the legend's dot and the knob of the bar
        assertThat(seen(still(film), "circle"))
                .isEqualTo(Samples.history(table, 30).scored().size() + 2);
    }

    @Test
    void theCellChangesWithEachNewBest() {
        Film film = Samples.film(table, 9);
        assertThat(film.keys()).hasSize(8);
        assertThat(film.keys().get(7).caption()).isEqualTo("a new best: trial 8, 0.5800");
        Svg svg = film.svg();
        double whole = Stills.seconds(svg);
        List<String> first = texts(Stills.at(svg, 0.1 * whole));
        List<String> last = texts(Stills.at(svg, 0.9 * whole));
        assertThat(first).contains("a new best: trial 0, 0.5000");
        assertThat(last)
                .contains("a new best: trial 8, 0.5800")
                .doesNotContain("a new best: trial 0, 0.5000");
    }

    @Test
    void oneBoxIsLitWhileItPlaysAndNoneAtTheEnd() {
        Svg film = Samples.film(table, 30).svg();
        double whole = Stills.seconds(film);
        for (double share : new double[] {0.01, 0.2, 0.3, 0.43}) {
            assertThat(lit(Stills.at(film, share * whole))).as("at %s", share).isEqualTo(1);
        }
        assertThat(lit(Stills.at(film, 0.97 * whole))).isZero();
        assertThat(lit(still(film))).isZero();
    }

    @Test
    void aSearchThatTrainsByItselfShowsItsEpochs() {
        History history = History.empty("train(epochs=10)");
        for (int epoch = 0; epoch < 4; epoch++) {
            history = history.plus(slice(epoch, "supernet", epoch / 2));
        }
        history = history.plus(slice(4, "train(epochs=10)", 7));
        Film film = Film.of(table, history, Samples.parts("darts"), history.best());
        assertThat(film.course().x().name()).isEqualTo("epoch");
        assertThat(film.course().series().get(0).xs()).hasSize(4);
        assertThat(film.keys())
                .extracting(Film.Key::caption)
                .containsExactly(
                        "what would be the answer: epoch 0, 0.5000",
                        "what would be the answer: epoch 2, 0.5200",
                        "the answer: trial 4, 0.5400");
        assertThat(texts(still(film.svg()))).contains("the answer: trial 4, 0.5400");
    }

    private Trial slice(int number, String measure, int seed) {
        Outcome outcome =
                Samples.history(table, 5).trials().get(number == 2 ? 1 : number).outcome();
        if (number == 2) {
            outcome =
                    new Outcome.Completed(
                            new io.nas4j.trial.Estimate(
                                    0.52, java.util.Map.of(), List.of(), io.nas4j.trial.Cost.ZERO));
        }
        return new Trial(
                number,
                table.sample(new SplittableRandom(seed)),
                measure,
                Fidelity.epochs(1),
                0,
                OptionalInt.empty(),
                outcome);
    }

    @Test
    void withoutAScoreItSaysWhatToDo() {
        History none = History.empty("train(epochs=3)");
        Film film = Film.of(table, none, Samples.parts("random"), Optional.empty());
        assertThat(String.join(" ", texts(film.svg()))).contains("No trial has a score yet");
        assertThat(film.toString()).contains("0 trials");
    }

    @Test
    void aSavedFilmIsTheDrawing(@TempDir Path folder) throws IOException {
        Film film = Samples.film(table, 5);
        film.save(folder.resolve("film.svg"));
        assertThat(Files.readString(folder.resolve("film.svg"))).isEqualTo(film.svg().document());
    }

    @Test
    void nothingBlinksMoreThanTwiceASecond() {
        Svg film = Samples.film(table, 200).svg();
        var animations = Xml.parse(film.document()).getElementsByTagName("animate");
        for (int i = 0; i < animations.getLength(); i++) {
            Element one = (Element) animations.item(i);
            long seen =
                    Arrays.stream(one.getAttribute("values").split(";"))
                            .filter("visible"::equals)
                            .count();
            assertThat(seen / Stills.seconds(film)).isLessThan(2);
        }
    }

    /** What a viewer without animations draws. */
    private static Svg still(Svg film) {
        return new Svg(
                film.width(),
                film.height(),
                film.title(),
                film.body().replaceAll("<animate [^>]*/>", ""));
    }

    private static List<String> texts(Svg svg) {
        return TextBoxes.of(svg).stream().map(TextBoxes.Box::text).toList();
    }

    private static int seen(Svg svg, String tag) {
        return count(Xml.parse(svg.document()).getDocumentElement(), tag, "");
    }

    /** Frames of a lit box are the strokes of that width. */
    private static int lit(Svg svg) {
        return count(Xml.parse(svg.document()).getDocumentElement(), "path", "3.5");
    }

    private static int count(Element element, String tag, String width) {
        if (element.getAttribute("visibility").equals("hidden")) {
            return 0;
        }
        boolean wanted =
                element.getTagName().equals(tag)
                        && (width.isEmpty() || element.getAttribute("stroke-width").equals(width));
        int count = wanted ? 1 : 0;
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            count += child instanceof Element inner ? count(inner, tag, width) : 0;
        }
        return count;
    }

    private static String attribute(Svg svg, String tag, String attribute) {
        var all = Xml.parse(svg.document()).getElementsByTagName(tag);
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttribute(attribute)) {
                return element.getAttribute(attribute);
            }
        }
        throw new AssertionError("no " + tag + " has " + attribute);
    }
}
