package io.nas4j.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EncodingTest {

    private static final SearchSpace SPACE = Spaces.nasBench201(1, 1);

    private static Architecture cell(Integer... operations) {
        return new Architecture("nas-bench-201", List.of(operations));
    }

    @Test
    void oneHotMarksTheOptionOfEachDecision() {
        double[] code = Encoding.oneHot(SPACE).encode(cell(0, 1, 2, 3, 4, 0));
        assertThat(code).hasSize(30).containsOnly(0, 1);
        assertThat(List.of(code[0], code[6], code[12], code[18], code[24], code[25]))
                .containsOnly(1.0);
    }

    @Test
    void oneHotLeavesUnreachedDecisionsAtZero() {
        SearchSpace chain = Spaces.chain();
        Encoding encoding = Encoding.oneHot(chain);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20; i++) {
            Architecture sample = chain.sample(random);
            double sum = 0;
            for (double value : encoding.encode(sample)) {
                sum += value;
            }
            assertThat(sum).isEqualTo(sample.choices().size());
        }
    }

    /** The edges into 1 from 0, 2 from 0 and 1, 3 from 0, 1 and 2; zero edges cut their paths. */
    @Test
    void pathsRunFromInputToOutput() {
        assertThat(Paths.paths(SPACE, cell(3, 0, 2, 1, 0, 4)))
                .containsExactly(
                        "cell:>skip_connect", "cell:>nor_conv_3x3>nor_conv_1x1>avg_pool_3x3");
    }

    @Test
    void pathsDoNotTellEqualFunctionsApart() {
        Set<String> viaFirst = Paths.paths(SPACE, cell(3, 0, 0, 0, 2, 0));
        Set<String> viaSecond = Paths.paths(SPACE, cell(0, 3, 0, 0, 0, 2));
        assertThat(viaFirst).isEqualTo(viaSecond).hasSize(1);
    }

    /** 5 operations without zero: 4 + 16 + 64 sequences of at most three. */
    @Test
    void nasBench201Has84Paths() {
        assertThat(Encoding.paths(SPACE, SPACE.stream().toList(), 1000).length()).isEqualTo(84);
    }

    @Test
    void longPathsAreCutFirst() {
        Encoding encoding = Encoding.paths(SPACE, List.of(cell(3, 0, 2, 1, 0, 4)), 1);
        assertThat(encoding.encode(cell(0, 0, 0, 1, 0, 0))).containsExactly(1);
        assertThat(encoding.encode(cell(3, 0, 2, 0, 0, 4))).containsExactly(0);
    }

    @Test
    void everySpaceHasPaths() {
        for (SearchSpace space :
                List.of(
                        Spaces.cells(),
                        Spaces.nasnet(),
                        Spaces.chain(),
                        Spaces.zophLe(),
                        Spaces.hierarchical(),
                        Spaces.mlp())) {
            Architecture sample = space.sample(new SplittableRandom(1));
            assertThat(Paths.paths(space, sample)).isNotEmpty();
        }
    }

    @Test
    void neighboursAreWhatMutationReaches() {
        Architecture parent = cell(0, 1, 2, 3, 4, 0);
        List<Architecture> neighbours = Neighbours.of(SPACE, parent, 1);
        assertThat(neighbours).hasSize(24).doesNotHaveDuplicates().doesNotContain(parent);
        Set<Architecture> mutants = new HashSet<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            mutants.add(SPACE.mutate(parent, random));
        }
        assertThat(mutants).isEqualTo(new HashSet<>(neighbours));
    }

    @Test
    void neighboursInConditionalSpacesChangeOneDecision() {
        for (SearchSpace space : List.of(Spaces.cells(), Spaces.chain(), Spaces.zophLe())) {
            Architecture parent = space.sample(new SplittableRandom(2));
            var old = space.answers(parent);
            for (Architecture neighbour : Neighbours.of(space, parent, 1)) {
                space.check(neighbour);
                var changed = space.answers(neighbour);
                assertThat(
                                changed.keySet().stream()
                                        .filter(old::containsKey)
                                        .filter(id -> !changed.get(id).equals(old.get(id))))
                        .hasSize(1);
            }
            assertThat(Neighbours.of(space, parent, 1)).isEqualTo(Neighbours.of(space, parent, 1));
        }
    }
}
