package io.nas4j.space;

import static io.nas4j.space.Grammar.chain;
import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.input;
import static io.nas4j.space.Grammar.none;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.ref;
import static io.nas4j.space.Grammar.sepConv;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.subset;
import static io.nas4j.space.Grammar.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {

    @Test
    void anEmptySpaceIsRefusedWhereItIsWritten() {
        assertThatThrownBy(() -> choice("op")).hasMessageContaining("empty space");
        assertThatThrownBy(() -> SearchSpace.of("nothing")).hasMessageContaining("is empty");
    }

    @Test
    void anUnknownOperationIsRefusedAndTheKnownOnesAreListed() {
        assertThatThrownBy(() -> op("deep_conv", "kernel", 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deep_conv")
                .hasMessageContaining("Try one of")
                .hasMessageContaining("sep_conv");
        assertThatThrownBy(() -> SearchSpace.of("x", new Node.Op("deep_conv", Map.of())))
                .hasMessageContaining("deep_conv");
        assertThatThrownBy(() -> op("sep_conv", "kernl", 3)).hasMessageContaining("kernl");
    }

    @Test
    void aCyclicReferenceIsRefusedWithItsPath() {
        assertThatThrownBy(
                        () ->
                                SearchSpace.of(
                                        "loop",
                                        ref("a"),
                                        Map.of("a", chain(skip(), ref("b")), "b", ref("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cyclic (a -> b -> a)");
        assertThatThrownBy(() -> SearchSpace.of("gap", ref("a"), Map.of()))
                .hasMessageContaining("no definition");
    }

    @Test
    void aVertexCannotReadALaterVertex() {
        assertThatThrownBy(
                        () ->
                                SearchSpace.of(
                                        "x",
                                        Grammar.cell(
                                                1, Node.Merge.LAST, input(0), input(2), input(0))))
                .hasMessageContaining("not visible");
    }

    @Test
    void twoHolesOfOneNameInOneChainAreToldApartByPosition() {
        SearchSpace space =
                SearchSpace.of(
                        "twins",
                        choice("op", skip(), norConv(3)),
                        choice("op", skip(), norConv(3)));
        assertThat(space.decisions()).extracting(Decision::id).containsExactly("0/op", "1/op");
    }

    @Test
    void aSharedDefinitionIsDecidedOnce() {
        SearchSpace space =
                SearchSpace.of(
                        "shared",
                        chain(ref("block"), ref("block")),
                        Map.of("block", choice("op", skip(), norConv(3), sepConv(3))));
        assertThat(space.size()).isEqualTo(BigInteger.valueOf(3));
        assertThat(space.sample(new SplittableRandom(1)).choices()).hasSize(1);
    }

    @Test
    void sizeCountsDefinitionsThatOnlySomeOptionsReach() {
        Node block = choice("op", skip(), norConv(3), sepConv(3));
        SearchSpace space =
                SearchSpace.of(
                        "depth",
                        choice("depth", ref("a"), chain(ref("a"), ref("b"))),
                        Map.of("a", block, "b", block));
        assertThat(space.size()).isEqualTo(BigInteger.valueOf(3 + 9));
        assertThat(space.stream()).hasSize(12);
    }

    @Test
    void aSubsetPicksDistinctOptions() {
        Decision decision = new Decision("edges", 5, 2, List.of("a", "b", "c", "d", "e"));
        assertThat(decision.arity()).isEqualTo(10);
        for (int answer = 0; answer < 10; answer++) {
            assertThat(decision.picked(answer)).hasSize(2).doesNotHaveDuplicates().isSorted();
            assertThat(decision.answer(decision.picked(answer))).isEqualTo(answer);
        }
        assertThat(decision.label(0)).isEqualTo("a+b");
        assertThatThrownBy(() -> subset("edges", 3, skip(), none())).hasMessageContaining("pick");
    }

    @Test
    void mutationOfASubsetReplacesOnePick() {
        SearchSpace space =
                SearchSpace.of(
                        "s", subset("ops", 2, norConv(1), norConv(3), sepConv(3), sepConv(5)));
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100; i++) {
            Architecture parent = space.sample(random);
            Decision decision = space.decisions().get(0);
            List<Integer> before = decision.picked(parent.choices().get(0));
            List<Integer> after = decision.picked(space.mutate(parent, random).choices().get(0));
            assertThat(after.stream().filter(before::contains)).hasSize(1);
        }
    }

    @Test
    void mutationNeedsASecondArchitecture() {
        SearchSpace space = SearchSpace.of("one", choice("op", skip()));
        Architecture only = space.sample(new SplittableRandom(1));
        assertThatThrownBy(() -> space.mutate(only, new SplittableRandom(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has none");
    }

    @Test
    void equalNetworksShareAFingerprint() {
        SearchSpace space =
                SearchSpace.of(
                        "sums",
                        sum(
                                choice("left", none(), skip(), norConv(3)),
                                choice("right", none(), skip(), norConv(3))));
        assertThat(print(space, 1, 2)).isEqualTo(print(space, 2, 1));
        assertThat(print(space, 0, 2))
                .isEqualTo(print(space, 2, 0))
                .isNotEqualTo(print(space, 1, 2));
        assertThat(print(space, 2, 2)).isNotEqualTo(print(space, 0, 2));
    }

    @Test
    void anArchitecturesIdIsTheSameOnEveryJvm() {
        assertThat(new Architecture("darts", List.of(1, 2, 3)).id()).isEqualTo("darts-a3515277d7");
    }

    @Test
    void inheritedArgumentsReachTheOperation() {
        SearchSpace space =
                SearchSpace.of(
                        "with",
                        Grammar.with("channels", 24, "stride", 2),
                        op("conv", "kernel", 3),
                        op("conv", "kernel", 5, "channels", 8, "stride", 1));
        List<String> seen = new java.util.ArrayList<>();
        new Flow<Integer>() {
            @Override
            protected Integer apply(Node.Op op, Integer input) {
                seen.add(place() + " " + op);
                return input;
            }

            @Override
            protected Integer merge(Node.Merge merge, List<Integer> values) {
                return values.get(0);
            }

            @Override
            protected List<Integer> prepare(List<Integer> inputs, int channels) {
                return inputs;
            }
        }.run(space, 0);
        assertThat(seen)
                .containsExactly(
                        "1 conv(channels=24,kernel=3,stride=2)",
                        "2 conv(channels=8,kernel=5,stride=1)");
    }

    private static String print(SearchSpace space, Integer... choices) {
        return space.fingerprint(new Architecture(space.name(), List.of(choices)));
    }
}
