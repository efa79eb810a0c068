package io.nas4j.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenotypeTest {

    /** As the authors of DARTS have it in their code. */
    private static final String DARTS_V2 =
            "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0),"
                    + " ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0),"
                    + " ('skip_connect', 0), ('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5],"
                    + " reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2),"
                    + " ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2),"
                    + " ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2, 3, 4, 5])";

    /** Counted by the authors' code of DARTS at 36 channels, 20 cells, without the second head. */
    @ParameterizedTest
    @CsvSource({
        "NASNET_A, 3830950",
        "AMOEBANET_A, 3145078",
        "DARTS_V1, 3169414",
        "DARTS_V2, 3349342",
        "PC_DARTS_CIFAR, 3634678",
        "PC_DARTS_IMAGENET, 3721510"
    })
    void publishedCellsHaveTheParametersOfTheAuthorsNetworks(PublishedCells cells, long expected) {
        Counts counts = Counts.of(cells.network(36, 20), new InputShape(3, 32, 32), 10, 1);
        assertThat(counts.parameters()).isEqualTo(expected);
    }

    @Test
    void whatTheAuthorsPrintIsReadAndPrintedAgain() {
        assertThat(Genotype.parse(DARTS_V2)).isEqualTo(PublishedCells.DARTS_V2.genotype());
        assertThat(PublishedCells.DARTS_V2.genotype()).hasToString(DARTS_V2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"range(2, 6)", "list(range(2, 6))", "[2,3,4,5]", " [ 2, 3, 4, 5, ] "})
    void aConcatIsAListOrARange(String concat) {
        String text = DARTS_V2.replace("[2, 3, 4, 5]", concat);
        assertThat(Genotype.parse("DARTS = " + text + "\n"))
                .isEqualTo(PublishedCells.DARTS_V2.genotype());
    }

    @ParameterizedTest
    @EnumSource(PublishedCells.class)
    void everyPublishedCellSurvivesItsText(PublishedCells cells) {
        assertThat(Genotype.parse(cells.genotype().toString())).isEqualTo(cells.genotype());
    }

    @Test
    void anArchitectureIsTheGenotypeReadOffIt() {
        SplittableRandom random = new SplittableRandom(3);
        for (SearchSpace space :
                List.of(Spaces.darts(), Spaces.cells(), Spaces.nasnet(), Spaces.cells(8, 3, 2))) {
            for (int i = 0; i < 50; i++) {
                Architecture drawn = space.sample(random);
                Genotype genotype = Genotype.parse(Genotype.of(space, drawn).toString());
                assertThat(space.fingerprint(genotype.in(space)))
                        .isEqualTo(space.fingerprint(drawn));
            }
        }
    }

    /** A network written by its cells computes what the space's own does. */
    @Test
    void theNetworkOfAGenotypeIsThatOfTheSpace() {
        SearchSpace space = Spaces.darts(16, 8);
        Architecture drawn = space.sample(new SplittableRandom(5));
        SearchSpace network = Genotype.of(space, drawn).network(16, 8);
        assertThat(network.fingerprint(network.sample(new SplittableRandom(1))))
                .isEqualTo(space.fingerprint(drawn));
    }

    @Test
    void someVerticesMayBeLeftOutOfTheConcatenation() {
        Genotype three = Genotype.parse(DARTS_V2.replace("[2, 3, 4, 5]", "[3, 5]"));
        Counts counts = Counts.of(three.network(8, 3), new InputShape(3, 32, 32), 10, 1);
        Counts all =
                Counts.of(PublishedCells.DARTS_V2.network(8, 3), new InputShape(3, 32, 32), 10, 1);
        assertThat(counts.parameters()).isLessThan(all.parameters());
        assertThat(Genotype.of(three.network(8, 3), only(three.network(8, 3)))).isEqualTo(three);
    }

    private static Architecture only(SearchSpace network) {
        return network.sample(new SplittableRandom(1));
    }

    @Test
    void aSpaceThatLacksAnOperationSaysSo() {
        assertThatThrownBy(() -> PublishedCells.AMOEBANET_A.genotype().in(Spaces.darts()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Try");
        assertThatThrownBy(() -> PublishedCells.DARTS_V2.genotype().in(Spaces.nasBench201()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Try darts()");
        assertThatThrownBy(() -> PublishedCells.DARTS_V2.genotype().in(Spaces.nasnet()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vertex 6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Genotype(",
                "Genotype(normal=[('sep_conv_3x3', 0)])",
                "Genotype(normal=[('__import__', 0), ('sep_conv_3x3', 1)], normal_concat=[2],"
                        + " reduce=[], reduce_concat=[])",
                "Genotype(normal=[('sep_conv_3x3', 5), ('sep_conv_3x3', 1)], normal_concat=[2],"
                        + " reduce=[('none', 0), ('none', 1)], reduce_concat=[2])",
                "Genotype(normal=[('none', 0), ('none', 1)], normal_concat=[7],"
                        + " reduce=[('none', 0), ('none', 1)], reduce_concat=[2])",
                "Genotype(normal=[('none', 0), ('none', 1)], normal_concat=range(2, 99999999),"
                        + " reduce=[('none', 0), ('none', 1)], reduce_concat=[2])",
                "Genotype(normal=[('none', 0), ('none', 1)], normal=[('none', 0), ('none', 1)])",
                "import os; os.system('x')"
            })
    void whatIsNoGenotypeIsRefusedWithThePlace(String text) {
        assertThatThrownBy(() -> Genotype.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("null");
    }

    @Test
    void aTextWithoutEndIsRefusedByItsLength() {
        assertThatThrownBy(() -> Genotype.parse("G".repeat(30_000))).hasMessageContaining("20000");
    }
}
