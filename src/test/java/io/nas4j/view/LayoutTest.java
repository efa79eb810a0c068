package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.analysis.CollapseDoctor;
import io.nas4j.analysis.Lineage;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where the texts of every kind of picture stand: none on another, none cut off, none too small.
 */
class LayoutTest {

    /** How wide the narrowest page is that a picture is shrunk to, and the least text there. */
    private static final double PAGE = 640;

    private static final double LEAST = 10;

    /** Where many edges are mixed, whose lines say more than their names. */
    private static final double LEAST_OF_MIXTURES = 6;

    private static final int MANY = 20;

    static Stream<Arguments> pictures() {
        List<Arguments> all = new ArrayList<>();
        Samples.spaces().forEach(space -> spaces(all, space));
        SearchSpace table = Spaces.nasBench201();
        History history = Samples.history(table, 200);
        add(all, "best so far", Chart.bestSoFar(history));
        add(all, "population", Chart.population(Lineage.of(table, history, 20)));
        add(all, "exploration", Insight.exploration(table, history));
        add(all, "typical", Insight.typical(history, history));
        add(all, "trade-off", Chart.pareto(history, Objective.SCORE, Objective.SCORE));
        add(all, "regret", new Race(runs()).regret(0.75));
        Chart explored = Insight.exploration(table, history);
        add(
                all,
                "grid of charts",
                new Grid(
                        2,
                        List.of(
                                new Grid.Tile("a search of which the caption is long", explored),
                                new Grid.Tile("another", explored))));
        CollapseDoctor.Epoch epoch =
                new CollapseDoctor.Epoch(
                        0, 1, 4, 0.9, OptionalDouble.of(0.1), OptionalDouble.of(2));
        add(
                all,
                "diagnosis",
                new Diagnosis(new CollapseDoctor(List.of(epoch, epoch), "all is well", 1)));
        add(
                all,
                "cost against trust",
                new CostAgainstTrust(Samples.trust("lowFidelity"), "table", Duration.ofMinutes(4)));
        SearchSpace nasnet = Spaces.nasnet();
        SearchSpace parent = Samples.network(nasnet, 1);
        add(all, "mutation", Diagram.compare(parent, Samples.network(nasnet, 2)));
        List<String> lines = List.of("regularized evolution", "2.7e7 architectures", "17 trials");
        ThreeBoxes boxes =
                new ThreeBoxes(
                        lines,
                        lines,
                        lines,
                        "cells-2-0295f19881",
                        "0.8731",
                        Optional.of(ThreeBoxes.Part.ESTIMATION));
        add(all, "three boxes", boxes);
        Samples.spaces()
                .forEach(
                        space -> {
                            Svg film = Samples.film(space, 12).svg();
                            double whole = Stills.seconds(film);
                            for (int tenth = 0; tenth < 10; tenth += 3) {
                                Svg still = Stills.at(film, whole * tenth / 10);
                                add(all, "film of " + space.name() + ", " + tenth, shown(still));
                            }
                        });
        add(
                all,
                "three boxes with a long measure",
                new ThreeBoxes(
                        lines,
                        lines,
                        List.of("validation accuracy after 10 epochs, inherited", "best 0.8731"),
                        "cells-2-0295f19881",
                        "0.8731",
                        Optional.empty()));
        SearchSpace small = Spaces.nasnet(4, 4, 2);
        add(
                all,
                "mutation of a small cell",
                Diagram.compare(Samples.network(small, 1), Samples.network(small, 2)));
        SearchSpace strings = Spaces.zophLe();
        add(
                all,
                "controller",
                Diagram.controller(
                        strings, strings.sample(new SplittableRandom(1)), OptionWeights.NONE));
        return all.stream();
    }

    private static void spaces(List<Arguments> all, SearchSpace space) {
        Diagram open = Diagram.of(space);
        boolean many = open.graphs().stream().anyMatch(graph -> graph.edges().size() > MANY);
        all.add(Arguments.of(space.name(), open, many ? LEAST_OF_MIXTURES : LEAST));
        add(all, space.name() + " network", Diagram.of(Samples.network(space, 1)));
        OptionWeights late = Samples.weights(space, 3, 1);
        all.add(
                Arguments.of(
                        space.name() + " supernet", Diagram.of(space, late), LEAST_OF_MIXTURES));
        if (space.name().startsWith("cells")) {
            OptionWeights early = Samples.weights(space, 0.1, 1);
            SplittableRandom random = new SplittableRandom(1);
            add(all, "panels", Diagram.dartsPanels(space, early, late, space.sample(random)));
        }
    }

    private static Picture shown(Svg svg) {
        return new Picture() {
            @Override
            public Svg svg() {
                return svg;
            }

            @Override
            public String alt() {
                return svg.title();
            }
        };
    }

    private static void add(List<Arguments> all, String name, Picture picture) {
        all.add(Arguments.of(name, picture, LEAST));
    }

    private static Map<String, List<List<Double>>> runs() {
        Map<String, List<List<Double>>> runs = new LinkedHashMap<>();
        for (String name :
                List.of(
                        "random",
                        "reinforcement learning",
                        "evolution",
                        "Bayesian optimization",
                        "local search",
                        "a strategy of the reader's own")) {
            runs.put(
                    name,
                    List.of(
                            List.of(0.5, 0.6 + 0.001 * name.length(), 0.7),
                            List.of(0.55, 0.65, 0.72)));
        }
        return runs;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pictures")
    void textsStandApartWithinThePictureAndAreReadable(String name, Picture picture, double least) {
        check(picture.svg(), least);
    }

    private static void check(Svg svg, double least) {
        List<TextBoxes.Box> texts = TextBoxes.of(svg);
        double shrunk = Math.min(1, PAGE / svg.width());
        for (int i = 0; i < texts.size(); i++) {
            TextBoxes.Box box = texts.get(i);
            assertThat(box.isWithin(svg.width(), svg.height()))
                    .as("%s within %s by %s", box, svg.width(), svg.height())
                    .isTrue();
            assertThat(box.size() * shrunk).as("size of %s on a page", box).isGreaterThan(least);
            for (TextBoxes.Box other : texts.subList(i + 1, texts.size())) {
                assertThat(box.overlaps(other)).as("%s lies on %s", box, other).isFalse();
            }
        }
    }

    @Test
    void aMeasureIsNotCutInANarrowChartNorInTheThreeBoxes() {
        Svg narrow = Chart.bestSoFar(Samples.history(Spaces.nasBench201(), 20)).svg(460);
        check(narrow, LEAST);
        assertThat(words(narrow)).contains("validation accuracy after 3 epochs");
        String measure = "validation accuracy after 10 epochs";
        List<String> lines = List.of(measure, "best 0.8731");
        Svg boxes = new ThreeBoxes(lines, lines, lines, "a", "1", Optional.empty()).svg();
        check(boxes, LEAST);
        assertThat(words(boxes)).contains(measure + " best 0.8731").doesNotContain("…");
        assertThat(words(Chart.line("", "x", "a word ".repeat(40), List.of(1.0, 2.0)).svg(460)))
                .contains("…");
    }

    private static String words(Svg svg) {
        return TextBoxes.of(svg).stream().map(TextBoxes.Box::text).collect(Collectors.joining(" "));
    }

    @Test
    void aTextOnAnotherOneOutsideAndASmallOneAreFound() {
        Pen over = new Pen();
        over.text(10, 20, "one", 12, Pen.INK, Pen.Anchor.START);
        over.text(20, 24, "two", 12, Pen.INK, Pen.Anchor.START);
        assertThatThrownBy(() -> check(over.svg(100, 40, ""), LEAST)).hasMessageContaining("on");
        Pen outside = new Pen();
        outside.text(90, 20, "too long a text", 12, Pen.INK, Pen.Anchor.START);
        assertThatThrownBy(() -> check(outside.svg(100, 40, ""), LEAST))
                .hasMessageContaining("within");
        Pen small = new Pen();
        small.text(10, 20, "small", 9, Pen.INK, Pen.Anchor.START);
        assertThatThrownBy(() -> check(small.svg(100, 40, ""), LEAST)).hasMessageContaining("size");
        Pen apart = new Pen();
        apart.text(10, 20, "one", 12, Pen.INK, Pen.Anchor.START);
        apart.text(60, 20, "two", 12, Pen.INK, Pen.Anchor.START);
        check(apart.svg(100, 40, ""), LEAST);
    }
}
