package io.nas4j.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpacesTest {

    @Test
    void nasBench201Has15625ArchitecturesInTableOrder() {
        List<Architecture> all = Spaces.nasBench201().stream().toList();
        assertThat(all).hasSize(15_625).doesNotHaveDuplicates();
        assertThat(Spaces.nasBench201().size()).isEqualTo(15_625);
        assertThat(all.get(0).choices()).containsExactly(0, 0, 0, 0, 0, 0);
        assertThat(all.get(1).choices()).containsExactly(0, 0, 0, 0, 0, 1);
        assertThat(all.get(3125).choices()).containsExactly(1, 0, 0, 0, 0, 0);
    }

    /**
     * The paper counts 6,466 strings with zero branches kept in sums; with zeros dropped and nested
     * sums flattened, an independent enumeration of the 15,625 cells gives 4,930.
     */
    @Test
    void nasBench201FingerprintsTellFunctionsApart() {
        SearchSpace space = Spaces.nasBench201(1, 1);
        Set<String> distinct = new HashSet<>();
        space.stream().forEach(a -> distinct.add(space.fingerprint(a)));
        assertThat(distinct).hasSize(4930);
    }

    /** What measured and retrained is found by: another number is another network. */
    @Test
    void fingerprintsAreTheSameOnEveryMachineAndInEveryVersion() {
        assertThat(
                        Stream.of(
                                        Spaces.cells(),
                                        Spaces.nasBench201(),
                                        Spaces.nasnet(),
                                        Spaces.chain())
                                .map(
                                        space ->
                                                space.fingerprint(
                                                        space.sample(new SplittableRandom(1)))))
                .containsExactly(
                        "ee46bd688327a995",
                        "6b0521eadece6588",
                        "9d61897dcd2cc16c",
                        "23b256b8bea5722d");
    }

    @Test
    void theDartsSpaceHasAbout1e18Architectures() {
        // (1·3·6·10 edge pairs × 7^8 operations) squared
        assertThat(Spaces.darts().size().doubleValue()).isBetween(1.07e18, 1.08e18);
        assertThat(Spaces.darts().decisions()).hasSize(2 * (4 + 14));
    }

    @Test
    void printedSpacesSayHowLargeTheyAre() {
        for (SearchSpace space :
                List.of(
                        Spaces.cells(),
                        Spaces.darts(),
                        Spaces.nasnet(),
                        Spaces.nasBench201(),
                        Spaces.chain(),
                        Spaces.mlp(),
                        Spaces.zophLe(),
                        Spaces.hierarchical())) {
            assertThat(space.toString()).startsWith(space.name()).contains("architectures");
            assertThat(space.fingerprint(space.sample(new SplittableRandom(1)))).hasSize(16);
        }
    }

    @Test
    void aStackOfCellsHasATwinOfAnotherSize() {
        SplittableRandom random = new SplittableRandom(7);
        SearchSpace small = Spaces.darts(4, 5);
        Architecture found = small.sample(random);
        SearchSpace large = Spaces.darts(36, 20);
        assertThat(Spaces.scaled(small, 36, 20)).isEqualTo(large);
        assertThat(Spaces.scaled(small.network(found), 36, 20)).isEqualTo(large.network(found));
        SearchSpace nasnet = Spaces.nasnet();
        Architecture other = nasnet.sample(random);
        assertThat(Spaces.scaled(nasnet.network(other), 16, 8))
                .isEqualTo(Spaces.nasnet(16, 8, 5).network(other));
        SearchSpace bench = Spaces.nasBench201(4, 1);
        Architecture cell = bench.sample(random);
        assertThat(Spaces.scaled(bench.network(cell), 16, 5))
                .isEqualTo(Spaces.nasBench201().network(cell));
        // the negative twin: other answers, another network
        assertThat(Spaces.scaled(small.network(small.sample(random)), 36, 20))
                .isNotEqualTo(large.network(found));
    }

    @Test
    void otherSpacesHaveNoTwin() {
        for (SearchSpace space : List.of(Spaces.chain(), Spaces.mobile(), Spaces.hierarchical())) {
            assertThatThrownBy(() -> Spaces.scaled(space, 8, 5))
                    .hasMessageContaining("only stacks of cells have another size")
                    .hasMessageContaining("\"" + space.name() + "\" is none");
        }
        assertThatThrownBy(() -> Spaces.scaled(Spaces.cells(), 8, 2))
                .hasMessageContaining("cells must be at least 3");
    }
}
