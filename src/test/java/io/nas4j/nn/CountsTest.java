package io.nas4j.nn;

import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.conv;
import static io.nas4j.space.Grammar.op;
import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountsTest {

    private static final InputShape CIFAR = new InputShape(3, 32, 32);

    @Test
    void allCellsOfNasBench201HaveTheTablesParameters() throws IOException {
        SearchSpace space = Spaces.nasBench201();
        try (DataInputStream table =
                new DataInputStream(
                        new GZIPInputStream(
                                Networks.class.getResourceAsStream(
                                        "/io/nas4j/estimate/nas-bench-201.bin.gz")))) {
            table.skipNBytes(64);
            int cells = 0;
            for (Iterator<Architecture> all = space.stream().iterator(); all.hasNext(); cells++) {
                Architecture cell = all.next();
                assertThat(Counts.of(space.network(cell), CIFAR, 10, 1).parameters())
                        .as("%s", cell)
                        .isEqualTo(table.readInt());
            }
            assertThat(cells).isEqualTo(15_625);
        }
    }

    /** Weights and biases, layer by layer. */
    @Test
    void aChainIsCountedByHand() {
        SearchSpace network =
                SearchSpace.of(
                        "hand", conv(3, 8, 2), op("relu"), op("dense", "units", 5), classifier());
        Counts counts = Counts.of(network, CIFAR, 10, 1);
        int features = 8 * 16 * 16;
        assertThat(counts.parameters()).isEqualTo(8 * (27 + 1) + 5 * (features + 1) + 10 * (5 + 1));
        assertThat(counts.multiplyAdds()).isEqualTo(features * 27 + 5 * features + 10 * 5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.5, 1})
    void everySpaceCountsAtEveryWidth(double width) {
        SplittableRandom random = new SplittableRandom(7);
        for (SearchSpace space :
                new SearchSpace[] {
                    Spaces.cells(),
                    Spaces.nasnet(),
                    Spaces.nasBench201(),
                    Spaces.chain(),
                    Spaces.mobile(),
                    Spaces.mlp(),
                    Spaces.zophLe(),
                    Spaces.hierarchical()
                }) {
            for (int i = 0; i < 50; i++) {
                SearchSpace network = space.network(space.sample(random));
                Counts whole = Counts.of(network, new InputShape(1, 28, 28), 10, 1);
                Counts narrow = Counts.of(network, new InputShape(1, 28, 28), 10, width);
                assertThat(narrow.parameters())
                        .isPositive()
                        .isLessThanOrEqualTo(whole.parameters());
                assertThat(narrow.activations()).isPositive();
                assertThat(narrow.multiplyAdds()).isLessThanOrEqualTo(whole.multiplyAdds());
            }
        }
    }
}
