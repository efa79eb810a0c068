package io.nas4j.estimate;

import static io.nas4j.estimate.NasBench201.CIFAR10;
import static io.nas4j.estimate.NasBench201.CIFAR100;
import static io.nas4j.estimate.NasBench201.IMAGENET16_120;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.space.Architecture;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Estimate;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NasBench201Test {

    @ParameterizedTest
    @EnumSource
    void everyCellOfTheSpaceIsInTheTableInTheSameOrder(NasBench201 table) {
        assertThat(table.size()).isEqualTo(15_625);
        assertThat(table.architectures())
                .containsExactlyElementsOf(Spaces.nasBench201().stream().toList());
        assertThat(table.architectures()).allMatch(a -> find(table, a).score() > 0);
    }

    /** ImageNet16-120's best mean is 46.73 in this release of the table; papers quote 46.77. */
    @Test
    void theBestMeanValidationAccuraciesAreThePublishedOnes() {
        assertThat(100 * CIFAR10.optimum()).isCloseTo(91.61, within(0.005));
        assertThat(100 * CIFAR100.optimum()).isCloseTo(73.49, within(0.005));
        assertThat(100 * IMAGENET16_120.optimum()).isCloseTo(46.73, within(0.005));
        assertThat(CIFAR10.best().choices()).containsExactly(3, 3, 3, 1, 3, 2);
        assertThat(CIFAR100.best().choices()).containsExactly(3, 3, 3, 1, 3, 3);
    }

    @Test
    void aCellHasTheSourcesScoresCostAndMetrics() {
        Architecture cell = CIFAR10.best();
        Estimate estimate = find(CIFAR10, cell);

        assertThat(seeds(CIFAR10, cell)).containsExactly(0.91684, 0.9172, 0.91416);
        assertThat(estimate.score()).isCloseTo(0.9160667, within(1e-7));
        assertThat(estimate.cost().compute().toMillis()).isEqualTo(2_879_749);
        assertThat(estimate.cost().parameters()).isEqualTo(1_073_466);
        assertThat(estimate.metrics().get("latency")).isCloseTo(20.224, within(1e-9));
        assertThat(find(CIFAR100, cell).cost().parameters()).isEqualTo(1_073_466 + 90 * 65);
        assertThat(find(CIFAR100, cell).cost().compute().toMillis()).isEqualTo(2 * 2_879_749);
    }

    @Test
    void theSourceHasThreeSeedsOfSomeCellsAndTwoOfTheOthers() {
        assertThat(CIFAR100.architectures().filter(a -> CIFAR100.seeds(a) == 3)).hasSize(8_169);
        assertThat(CIFAR100.architectures().filter(a -> CIFAR100.seeds(a) == 2)).hasSize(7_456);
    }

    @Test
    void parametersAreThoseOfTheConvolutionsWhateverTheSeedsRan() {
        assertThat(CIFAR10.architectures())
                .allMatch(
                        a ->
                                find(CIFAR10, a).cost().parameters()
                                        == 73_306 + 28_000L * count(a, 2) + 243_040L * count(a, 3));
    }

    @Test
    void whatIsNoCellIsNotFound() {
        for (List<Integer> choices :
                List.of(
                        List.of(0, 0, 0, 0, 0),
                        List.of(0, 0, 0, 0, 0, 5),
                        List.of(0, 0, 0, 0, 0, -1))) {
            assertThat(
                            CIFAR10.find(
                                    new Architecture("nas-bench-201", choices),
                                    200,
                                    OptionalLong.empty()))
                    .isEmpty();
        }
        Architecture other = new Architecture("cells", List.of(0, 0, 0, 0, 0, 0));
        assertThat(CIFAR10.find(other, 200, OptionalLong.empty())).isEmpty();
        assertThat(CIFAR10.find(CIFAR10.best(), 12, OptionalLong.empty())).isEmpty();
        assertThatThrownBy(() -> CIFAR10.seeds(other)).hasMessageContaining("was expected");
    }

    private static Estimate find(NasBench201 table, Architecture architecture) {
        return table.find(architecture, 200, OptionalLong.empty()).orElseThrow();
    }

    private static double[] seeds(NasBench201 table, Architecture architecture) {
        return LongStream.range(0, table.seeds(architecture))
                .mapToDouble(
                        seed ->
                                table.find(architecture, 200, OptionalLong.of(seed))
                                        .orElseThrow()
                                        .score())
                .toArray();
    }

    private static long count(Architecture architecture, int operation) {
        return architecture.choices().stream().filter(choice -> choice == operation).count();
    }
}
