package io.nas4j.view;

import static io.nas4j.space.Grammar.chain;
import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.sepConv;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Trial;
import io.nas4j.view.Graph.Edge;
import io.nas4j.view.Graph.Mark;
import io.nas4j.view.Graph.Strand;
import io.nas4j.view.Graph.Style;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiagramTest {

    @ParameterizedTest
    @MethodSource("io.nas4j.view.Samples#spaces")
    void everySpaceAndItsNetworksAreDrawnAsSafeXmlOfNotebookWidth(SearchSpace space) {
        for (Diagram diagram :
                List.of(
                        Diagram.of(space),
                        Diagram.of(Samples.network(space, 1)),
                        Diagram.of(space, Samples.weights(space, 3, 1)))) {
            Svg svg = diagram.svg();
            Xml.parse(svg.document());
            assertThat(svg.height()).isBetween(40.0, 2200.0);
            // a viewer shrinks what is wider than a notebook; here at most by a third
            assertThat(svg.width()).isBetween(100.0, 1340.0);
            Xml.requireSafe(diagram.render());
        }
    }

    @ParameterizedTest
    @MethodSource("io.nas4j.view.Samples#spaces")
    void aDiagramIsAValue(SearchSpace space) {
        assertThat(Diagram.of(space)).isEqualTo(Diagram.of(space));
        assertThat(Diagram.of(space).svg()).isEqualTo(Diagram.of(space).svg());
        assertThat(Diagram.of(space)).isNotEqualTo(Diagram.of(Samples.network(space, 1)));
    }

    @ParameterizedTest
    @MethodSource("io.nas4j.view.Samples#spaces")
    void noTwoBoxesAndNoTwoLabelsOverlap(SearchSpace space) {
        for (SearchSpace shown : List.of(space, Samples.network(space, 2))) {
            for (Graph graph : Diagram.of(shown).graphs()) {
                List<DagLayout.Box> placed = GraphDrawing.placed(graph);
                for (int i = 0; i < placed.size(); i++) {
                    for (int k = 0; k < i; k++) {
                        assertThat(overlap(placed.get(i), placed.get(k)))
                                .as("%s: boxes %d and %d", graph.caption(), k, i)
                                .isFalse();
                    }
                }
            }
        }
    }

    private static boolean overlap(DagLayout.Box a, DagLayout.Box b) {
        return a.x() < b.x() + b.width() - 0.01
                && b.x() < a.x() + a.width() - 0.01
                && a.y() < b.y() + b.height() - 0.01
                && b.y() < a.y() + a.height() - 0.01;
    }

    @Test
    void aCellShowsItsOperations() {
        SearchSpace space = Spaces.darts();
        SearchSpace network = Samples.network(space, 3);
        Graph normal = Diagram.of(network).graphs().get(0);
        assertThat(normal.vertices())
                .extracting(Graph.Vertex::label)
                .containsExactly("c_{k-2}", "c_{k-1}", "0", "1", "2", "3", "c_{k}");
        List<Edge> operations =
                normal.edges().stream().filter(e -> e.style() == Style.OPERATION).toList();
        assertThat(operations).hasSize(8);
        String svg = Diagram.of(network).svg().document();
        for (Edge edge : operations) {
            assertThat(svg).contains(">" + edge.strands().get(0).operation() + "<");
            assertThat(Diagram.of(network).toString()).contains(edge.strands().get(0).operation());
        }
        assertThat(svg).doesNotContain("_{");
    }

    @Test
    void aSpaceShowsEveryCandidateOnEveryEdge() {
        Graph cell = Diagram.of(Spaces.darts()).graphs().get(0);
        assertThat(cell.caption()).isEqualTo("normal, reduce");
        assertThat(cell.edges().stream().filter(e -> e.style() == Style.CANDIDATES))
                .hasSize(14)
                .allMatch(edge -> edge.strands().size() == 7);
    }

    @Test
    void aSupernetsStrandsWeighWhatWasLearned() {
        SearchSpace space = Spaces.nasBench201();
        Map<String, List<Double>> learned = new LinkedHashMap<>();
        space.decisions().forEach(d -> learned.put(d.id(), List.of(0.1, 0.1, 0.1, 0.6, 0.1)));
        Diagram diagram = Diagram.of(space, new OptionWeights(learned));
        Graph cell = diagram.graphs().get(0);
        assertThat(cell.edges()).hasSize(6).allMatch(edge -> edge.style() == Style.MIXTURE);
        assertThat(cell.edges().get(0).strongest()).isEqualTo(new Strand("nor_conv_3x3", 0.6));
        assertThat(diagram.svg().document()).contains("nor_conv_3x3 0.60");
        // 0.35 + 9 * 0.6, and 0.35 + 9 * 0.1
        assertThat(diagram.svg().document())
                .contains("stroke-width=\"5.75\"")
                .contains("stroke-width=\"1.25\"");
    }

    @Test
    void aRelaxedEdgeMayHaveAWeightForNoEdge() {
        SearchSpace space = Spaces.cells();
        Map<String, List<Double>> learned = new LinkedHashMap<>();
        space.decisions().stream()
                .filter(d -> d.picks() == 1)
                .forEach(d -> learned.put(d.id(), List.of(0.1, 0.1, 0.3, 0.1, 0.1, 0.3)));
        Edge edge = Diagram.of(space, new OptionWeights(learned)).graphs().get(0).edges().get(0);
        assertThat(edge.strands()).hasSize(5);
        assertThat(edge.strongest().weight()).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void theTextListsEdges() {
        SearchSpace space = Spaces.nasBench201();
        SearchSpace network =
                space.network(new Architecture(space.name(), List.of(3, 0, 1, 2, 4, 3)));
        assertThat(Diagram.of(network).cells())
                .hasToString(
                        """
                        nas-bench-201
                        cell
                          0 --nor_conv_3x3-> 1
                          0 --none---------> 2
                          1 --skip_connect-> 2
                          0 --nor_conv_1x1-> 3
                          1 --avg_pool_3x3-> 3
                          2 --nor_conv_3x3-> 3""");
        assertThat(Diagram.of(network).toString())
                .contains("input -> stem (16 channels) -> cell \u00d7 5 -> residual (32 channels");
    }

    @Test
    void aUsersOwnChainIsARowOfBoxes() {
        SearchSpace mine =
                SearchSpace.of(
                        "mine",
                        stem(16),
                        choice("first", norConv(3), sepConv(5)),
                        choice("second", chain(norConv(3), norConv(1)), skip()),
                        classifier());
        Graph network = Diagram.of(mine).graphs().get(0);
        assertThat(network.vertices())
                .extracting(Graph.Vertex::label)
                .containsExactly("input", "stem", "first", "second", "classifier", "output");
        assertThat(network.vertices().get(2).lines())
                .containsExactly("nor_conv_3x3", "sep_conv_5x5");
    }

    @Test
    void openArgumentsStandInTheBoxThatTakesThem() {
        Graph block = Diagram.of(Spaces.chain()).graphs().get(0);
        assertThat(block.caption()).isEqualTo("block 1, block 2, block 3, block 4");
        assertThat(block.vertices().get(0).lines())
                .contains("kernel 1 \u00b7 3 \u00b7 5", "filters 8 \u00b7 16 \u00b7 32");
        assertThat(Diagram.of(Spaces.chain()).graphs().get(1).note())
                .isEqualTo("depth 1 \u00b7 2 \u00b7 3 \u00b7 4");
    }

    @Test
    void aMutationIsMarkedOnceInEachPicture() {
        SearchSpace space = Spaces.nasBench201();
        SplittableRandom random = new SplittableRandom(4);
        Architecture parent = space.sample(random);
        Architecture child = space.mutate(parent, random);
        Grid grid = Diagram.compare(space.network(parent), space.network(child));
        assertThat(grid.tiles()).extracting(Grid.Tile::caption).containsExactly("parent", "child");
        assertThat(marked(grid, 0, Mark.REMOVED)).isEqualTo(1);
        assertThat(marked(grid, 1, Mark.ADDED)).isEqualTo(1);
        Grid same = Diagram.compare(space.network(parent), space.network(parent));
        assertThat(marked(same, 0, Mark.REMOVED) + marked(same, 1, Mark.ADDED)).isZero();
    }

    @Test
    void aParentAndItsMutantStandSideBySideInOneDirection() {
        for (SearchSpace space : List.of(Spaces.nasBench201(), Spaces.nasnet(4, 4, 2))) {
            SplittableRandom random = new SplittableRandom(4);
            Architecture parent = space.sample(random);
            Architecture child = space.mutate(parent, random);
            Svg drawn = Diagram.compare(space.network(parent), space.network(child)).svg();
            List<TextBoxes.Box> texts = TextBoxes.of(drawn);
            TextBoxes.Box left = named(texts, "parent");
            TextBoxes.Box right = named(texts, "child");
            assertThat(right.area().getY()).isEqualTo(left.area().getY());
            assertThat(right.area().getX()).isGreaterThan(left.area().getX() + 200);
            assertThat(drawn.width()).isLessThanOrEqualTo(680);
        }
    }

    private static TextBoxes.Box named(List<TextBoxes.Box> texts, String name) {
        return texts.stream().filter(box -> box.text().equals(name)).findFirst().orElseThrow();
    }

    private static long marked(Grid grid, int tile, Mark mark) {
        MutationPicture.Half half = (MutationPicture.Half) grid.tiles().get(tile).picture();
        return half.own().graphs().stream()
                .flatMap(graph -> graph.edges().stream())
                .filter(edge -> edge.mark() == mark)
                .count();
    }

    @Test
    void theFourPicturesOfDartsHaveOneLayout() {
        SearchSpace space = Spaces.cells();
        OptionWeights late = Samples.weights(space, 6, 2);
        Grid panels =
                Diagram.dartsPanels(
                        space, Samples.weights(space, 0.3, 1), late, space.derive(late));
        assertThat(panels.tiles()).hasSize(5);
        assertThat(panels.tiles().get(4).picture())
                .hasToString(String.join(", ", space.decisions().get(1).labels()));
        assertThat(panels.tiles().subList(0, 4))
                .extracting(tile -> tile.picture().svg().width())
                .containsOnly(panels.tiles().get(0).picture().svg().width());
        assertThat(panels.tiles().get(0).picture().svg().document()).contains(">?<");
        Xml.requireSafe(panels.render());
    }

    @Test
    void theMixtureOfTheLastEpochLooksUnlikeThatOfTheFirst() {
        SearchSpace space = Spaces.nasBench201();
        // as after a short search: one share of 0.3, the others 0.175
        OptionWeights even = weights(space, 0.2, 0.2);
        OptionWeights late = weights(space, 0.3, 0.175);
        Grid panels = Diagram.dartsPanels(space, even, late, space.derive(late));
        assertThat(thickest(panels.tiles().get(1))).isLessThan(2.3);
        assertThat(thickest(panels.tiles().get(2))).isGreaterThan(6);
        assertThat(panels.tiles().get(2).picture().toString()).contains("0.30");
    }

    private static OptionWeights weights(SearchSpace space, double first, double others) {
        Map<String, List<Double>> weights = new LinkedHashMap<>();
        for (Decision decision : space.decisions()) {
            List<Double> shares = new ArrayList<>(Collections.nCopies(decision.options(), others));
            shares.set(1, first);
            weights.put(decision.id(), shares);
        }
        return new OptionWeights(weights);
    }

    private static double thickest(Grid.Tile tile) {
        return Pattern.compile("stroke-width=\"([0-9.]+)\"")
                .matcher(tile.picture().svg().document())
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .max()
                .orElseThrow();
    }

    @Test
    void aControllerWritesOneBoxAToken() {
        SearchSpace space = Spaces.zophLe();
        Architecture tokens = space.sample(new SplittableRandom(1));
        Diagram picture = Diagram.controller(space, tokens, Samples.weights(space, 1, 1));
        assertThat(picture.graphs().stream().mapToInt(g -> g.vertices().size()).sum())
                .isEqualTo(tokens.choices().size());
        assertThat(picture.toString()).contains("filter height; p = 0.", "layer 4");
        Trial trial = Samples.history(space, 1).trials().get(0);
        assertThat(Diagram.controller(space, trial))
                .isEqualTo(Diagram.controller(space, trial.architecture(), OptionWeights.NONE));
    }
}
