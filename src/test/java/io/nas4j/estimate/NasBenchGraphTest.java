package io.nas4j.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.Nas;
import io.nas4j.SearchResult;
import io.nas4j.json.Json;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Metrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NasBenchGraphTest {

    private static final SearchSpace SPACE = Spaces.nasBenchGraph();

    /** The example of the source: gcn; on it gin, then fc; on it cheb too. */
    private static final Architecture EXAMPLE = architecture(1, 1, 2, 2, 7, 1, 3);

    @Test
    void everyArchitectureOfTheSpaceIsInTheTableInTheSameOrder() {
        assertThat(NasBenchGraph.CORA.size()).isEqualTo(157_440);
        assertThat(NasBenchGraph.CORA.architectures())
                .containsExactlyElementsOf(SPACE.stream().toList());
    }

    /** 26,206 is the paper's number. */
    @Test
    void theSpaceHasAsManyNetworksAsThePaperSays() {
        assertThat(NasBenchGraph.CORA.networks()).isEqualTo(26_206);
        assertThat(NasBenchGraph.CORA.architectures().map(NasBenchGraph.CORA::key).distinct())
                .hasSize(26_206);
    }

    /**
     * The first three columns are means over the source's networks; then those of its (first) best.
     */
    @ParameterizedTest
    @CsvSource({
        "CORA,      0.763118802, 0.754320499, 0.819333333, 0.808000000, 0.8313333, 1001479",
        "CITESEER,  0.643645755, 0.610652764, 0.728000000, 0.710333333, 0.7156667, 2294022",
        "PUBMED,    0.771691928, 0.730744855, 0.811333333, 0.756000000, 0.7860000,  179715",
        "CS,        0.849480488, 0.833745701, 0.921333333, 0.905856035, 0.9126239, 1009807",
        "PHYSICS,   0.884906167, 0.871203190, 0.940000000, 0.913451898, 0.9300490, 2422789",
        "PHOTO,     0.892362894, 0.869828156, 0.940666667, 0.920840976, 0.9278961,  260104",
        "COMPUTERS, 0.867625366, 0.757537702, 0.919000000, 0.820329685, 0.8558342,   87626",
        "ARXIV,     0.706994314, 0.695469059, 0.736666667, 0.719537203, 0.7238648,  170664"
    })
    void itsNumbersAreThoseOfTheSource(
            NasBenchGraph table,
            double validation,
            double test,
            double best,
            double bestTest,
            double highestTest,
            long parameters) {
        Map<Object, Estimate> networks = new HashMap<>();
        table.architectures().forEach(a -> networks.putIfAbsent(table.key(a), find(table, a)));
        assertThat(networks.values().stream().collect(Collectors.averagingDouble(Estimate::score)))
                .isCloseTo(validation, within(1e-8));
        assertThat(
                        networks.values().stream()
                                .collect(Collectors.averagingDouble(NasBenchGraphTest::test)))
                .isCloseTo(test, within(1e-8));
        assertThat(networks.values().stream().mapToDouble(NasBenchGraphTest::test).max())
                .hasValueCloseTo(highestTest, within(1e-7));
        assertThat(table.optimum()).isCloseTo(best, within(1e-8));
        Estimate found = find(table, table.best());
        assertThat(test(found)).isCloseTo(bestTest, within(1e-8));
        assertThat(found.cost().parameters()).isEqualTo(parameters);
    }

    @Test
    void theSourcesExampleHasItsNumbersHoweverItIsWrittenDown() {
        Estimate cora = find(NasBenchGraph.CORA, EXAMPLE);
        assertThat(cora.score()).isCloseTo(0.79, within(1e-9));
        assertThat(test(cora)).isCloseTo(0.8046666667, within(1e-9));
        assertThat(cora.cost().parameters()).isEqualTo(765_191);
        assertThat(cora.metrics().get(Metrics.LATENCY)).isCloseTo(3.65186, within(0.004));
        Estimate arxiv = find(NasBenchGraph.ARXIV, EXAMPLE);
        assertThat(arxiv.score()).isCloseTo(0.7206666667, within(1e-9));
        assertThat(test(arxiv)).isCloseTo(0.7074597590, within(1e-9));

        Architecture again = architecture(1, 1, 3, 1, 2, 3, 7); // gcn; on it cheb and gin, then fc
        Architecture other = architecture(1, 1, 3, 1, 2, 2, 7); // fc on cheb
        assertThat(NasBenchGraph.CORA.key(again)).isEqualTo(NasBenchGraph.CORA.key(EXAMPLE));
        assertThat(NasBenchGraph.CORA.key(other)).isNotEqualTo(NasBenchGraph.CORA.key(EXAMPLE));
        assertThat(find(NasBenchGraph.CORA, again)).isEqualTo(cora);
    }

    @Test
    void whatIsNoNetworkIsNotFound() {
        NasBenchGraph table = NasBenchGraph.CORA;
        Architecture skips = architecture(8, 0, 8, 0, 8, 0, 8);
        assertThat(SPACE.admits(skips)).isFalse();
        for (Architecture none :
                List.of(
                        skips,
                        architecture(9, 0, 0, 0, 0, 0, 0),
                        architecture(0, 2, 0, 0, 0, 0, 0),
                        architecture(0, 0, 0, 0, 0, 0),
                        new Architecture("cells", EXAMPLE.choices()))) {
            assertThat(table.find(none, 0, OptionalLong.empty())).isEmpty();
        }
        assertThat(table.find(EXAMPLE, 12, OptionalLong.empty())).isEmpty();
        assertThatThrownBy(() -> Tabular.of(table).table().requireWithin(Spaces.nasBench201()))
                .hasMessageContaining("Try Nas.space(nasBenchGraph())");
    }

    @Test
    void aSearchEstimatesEachNetworkOnceAndBeatsChance() {
        SearchResult found =
                Nas.space(Nas.nasBenchGraph())
                        .strategy(Nas.EVOLUTION)
                        .estimator(Nas.tabular(Nas.GRAPH_PUBMED))
                        .budget(Nas.trials(150))
                        .seed(1)
                        .run();
        assertThat(found.history().scored())
                .filteredOn(trial -> !trial.reused())
                .extracting(trial -> NasBenchGraph.PUBMED.key(trial.architecture()))
                .doesNotHaveDuplicates();
        SplittableRandom random = new SplittableRandom(2);
        double mean =
                random.longs(200)
                        .mapToDouble(seed -> find(NasBenchGraph.PUBMED, draw(seed)).score())
                        .average()
                        .orElseThrow();
        assertThat(found.bestScore()).isGreaterThan(mean + 0.01);
    }

    @Test
    void itsNetworksAreNotBuiltAndThatIsSaid() {
        assertThatThrownBy(
                        () -> Counts.of(SPACE.network(EXAMPLE), new InputShape(1, 28, 28), 10, 1))
                .hasMessageContaining("\"gcn\" works on graphs")
                .hasMessageContaining("Try .estimator(tabular(GRAPH_CORA))");
    }

    @Test
    void itsSpaceIsReadFromItsTextForm() {
        SearchSpace read = Json.space(Json.write(SPACE));
        assertThat(read.network(EXAMPLE)).isEqualTo(SPACE.network(EXAMPLE));
    }

    private static Architecture draw(long seed) {
        return SPACE.sample(new SplittableRandom(seed));
    }

    private static Architecture architecture(Integer... choices) {
        return new Architecture("nas-bench-graph", List.of(choices));
    }

    private static Estimate find(NasBenchGraph table, Architecture architecture) {
        return table.find(architecture, 0, OptionalLong.empty()).orElseThrow();
    }

    private static double test(Estimate estimate) {
        return estimate.metrics().get(Metrics.TEST_ACCURACY);
    }
}
