package io.nas4j.export;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DotSourceTest {

    @Test
    void aChainIsAnArrowAStep() {
        SearchSpace network = SearchSpace.of("hand", stem(4), norConv(3), classifier());
        assertThat(DotSource.of(network))
                .contains("digraph \"hand\" {", "n1 [label=\"stem(channels=4)\"", "n0 -> n1;")
                .contains("n1 -> n2;", "n2 -> n3;", "n3 -> n4;")
                .endsWith("}\n");
    }

    /** Six operations with an arrow in and one out each, and the sum of a node. */
    @Test
    void aCellHasAnEdgeAnOperation() {
        SearchSpace space = Spaces.nasBench201(8, 1);
        String dot = DotSource.of(space.network(space.sample(new SplittableRandom(1))));
        String cell =
                dot.substring(dot.indexOf("cluster_cell"), dot.indexOf("subgraph \"cluster\""));
        assertThat(Pattern.compile(" -> ").matcher(cell).results()).hasSize(6 + 6 + 1);
        assertThat(Pattern.compile("shape=circle").matcher(cell).results()).hasSize(3 + 1);
        assertThat(dot.chars().filter(c -> c == '{').count())
                .isEqualTo(dot.chars().filter(c -> c == '}').count());
    }

    @Test
    void aHostileNameIsALabel() {
        String hostile = "x\"]; } digraph evil { \\N <b> * \n \u202e";
        SearchSpace space =
                SearchSpace.of(hostile, stem(4), choice(hostile, norConv(3), norConv(1)));
        String plain =
                DotSource.of(SearchSpace.of("x", stem(4), choice("x", norConv(3), norConv(1))));
        assertThat(withoutStrings(DotSource.of(space))).isEqualTo(withoutStrings(plain));
        assertThat(DotSource.of(space)).matches("[\n -~]*");
    }

    private static String withoutStrings(String dot) {
        return dot.replaceAll("\"[^\"]*\"", "text");
    }

    @Test
    void holesAreDiamonds() {
        assertThat(DotSource.of(Spaces.chain())).contains("shape=diamond");
        assertThat(DotSource.of(Spaces.darts())).contains("shape=diamond");
    }
}
