package io.nas4j.nn;

import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.concat;
import static io.nas4j.space.Grammar.conv;
import static io.nas4j.space.Grammar.maxPool;
import static io.nas4j.space.Grammar.none;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.residual;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;
import static io.nas4j.space.Grammar.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.space.Architecture;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoweringTest {

    private static final InputShape IMAGE = new InputShape(3, 8, 8);

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of(
                        InputShape.rows(4),
                        new Node[] {stem(4), classifier()},
                        "\"stem\" at 0 needs a feature map, but gets rows of 4 features. Try"),
                Arguments.of(
                        IMAGE,
                        new Node[] {op("flatten"), maxPool(3), classifier()},
                        "\"max_pool\" at 1 needs a feature map, but gets rows of 192 features."),
                Arguments.of(
                        IMAGE,
                        new Node[] {stem(4), sum(conv(3, 8), conv(3, 4)), classifier()},
                        "a sum at 1 adds values of one shape only, but they are 8×8×8 and 4×8×8."),
                Arguments.of(
                        IMAGE,
                        new Node[] {stem(4), sum(conv(3, 4, 2), skip()), classifier()},
                        "they are 4×4×4 and 4×8×8. Try operations that keep"),
                Arguments.of(
                        IMAGE,
                        new Node[] {stem(4), concat(skip(), op("flatten")), classifier()},
                        "must not mix feature maps with rows. Try flatten or global_pool"),
                Arguments.of(
                        IMAGE,
                        new Node[] {
                            stem(4),
                            residual(4, 2),
                            residual(4, 2),
                            residual(4, 2),
                            residual(4, 2),
                            classifier()
                        },
                        "\"residual\" at 4 would reduce a map of 1×1 pixels by stride 2. Try fewer"),
                Arguments.of(
                        IMAGE,
                        new Node[] {stem(4), op("skip_connect", "stride", 3), classifier()},
                        "the stride of \"skip_connect\" at 1 must be a power of two, but was 3."),
                Arguments.of(
                        IMAGE,
                        new Node[] {stem(4), op("conv"), classifier()},
                        "\"conv\" at 1 needs the argument \"height\". Try"),
                Arguments.of(
                        IMAGE,
                        new Node[] {stem(4)},
                        "must end in 10 outputs, but \"misfit\" ends in 4×8×8. Try classifier()"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void whatDoesNotFitTheDataIsRefusedBeforeAnyTraining(
            InputShape input, Node[] steps, String message) {
        SearchSpace network = SearchSpace.of("misfit", steps);
        assertThatThrownBy(() -> Networks.lower(network, input, 10, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aWidthOutsideItsRangeIsRefused() {
        assertThatThrownBy(() -> Networks.lower(SearchSpace.of("x", classifier()), IMAGE, 10, 1.5))
                .hasMessageStartingWith("width must be in (0, 1], but was 1.5. Try 0.5");
    }

    @Test
    void namesOfArraysAreStableAndUnique() {
        SearchSpace space = Spaces.cells();
        Architecture architecture = space.sample(new SplittableRandom(2));
        List<String> names = names(space.network(architecture));
        assertThat(names)
                .doesNotHaveDuplicates()
                .isEqualTo(names(Spaces.cells().network(architecture)))
                .startsWith(
                        "0.conv.weight",
                        "0.norm.running_mean",
                        "0.norm.running_var",
                        "0.norm.weight",
                        "0.norm.bias");
    }

    private static List<String> names(SearchSpace network) {
        return Networks.lower(network, IMAGE, 10, 1).slots().stream().map(Slot::name).toList();
    }

    @Test
    void dropPathSparesIdentitiesAndSingleValues() {
        assertThat(dropPaths(sum(norConv(3), norConv(1)))).isEqualTo(2);
        assertThat(dropPaths(sum(norConv(3), skip()))).isEqualTo(1);
        assertThat(dropPaths(sum(norConv(3), none()))).isZero();
        assertThat(dropPaths(norConv(3))).isZero();
    }

    private static long dropPaths(Node node) {
        SearchSpace network = SearchSpace.of("paths", stem(4), node, classifier());
        return Networks.lower(network, IMAGE, 10, 1).instructions().stream()
                .filter(i -> i.kernel() instanceof Kernel.DropPath)
                .count();
    }

    @Test
    void zeroBranchesAreLeftOutOfSumsAndConcatenations() {
        SearchSpace network =
                SearchSpace.of(
                        "zeros",
                        stem(4),
                        concat(norConv(3), none(), sum(none(), maxPool(3))),
                        classifier());
        Program program = Networks.lower(network, IMAGE, 10, 1);
        assertThat(program.instructions())
                .filteredOn(i -> i.kernel() instanceof Kernel.Concat)
                .singleElement()
                .satisfies(i -> assertThat(i.inputs()).hasSize(2));
        // two zeros were written down, none of them runs
        boolean[] needed = program.schedule().needed();
        int zeros = 0;
        for (int i = 0; i < needed.length; i++) {
            if (program.instructions().get(i).kernel() instanceof Kernel.Zero) {
                assertThat(needed[i]).isFalse();
                zeros++;
            }
        }
        assertThat(zeros).isEqualTo(2);
    }

    @Test
    void smallerMapsAreConcatenatedAtTheUpperLeft() {
        SearchSpace network =
                SearchSpace.of("sizes", stem(4), concat(conv(3, 4, 2), skip()), classifier());
        Program program = Networks.lower(network, IMAGE, 10, 1);
        assertThat(program.instructions())
                .extracting(Instruction::kernel)
                .contains(new Kernel.Pad(4, 4));
    }

    /** The weights of a dead cell belong to the network, but nothing could train them. */
    @Test
    void weightsBehindADeadEndAreNotLive() {
        SearchSpace space = Spaces.nasBench201();
        // 1<-0 nor_conv_3x3, which nobody reads; 3<-0 skip
        SearchSpace network =
                space.network(new Architecture(space.name(), List.of(3, 0, 0, 1, 0, 0)));
        Program program = Networks.lower(network, IMAGE, 10, 1);
        boolean[] live = program.live();
        long dead = 0;
        for (int i = 0; i < live.length; i++) {
            Slot slot = program.slots().get(i);
            dead += !live[i] && slot.role().isTrained() ? slot.size() : 0;
        }
        // five cells each at 16, 32 and 64 channels
        assertThat(dead).isEqualTo(243_040);
    }

    @Test
    void widthScalesChannelsAndUnits() {
        SearchSpace network =
                SearchSpace.of("wide", stem(10), op("dense", "units", 7), classifier());
        Program half = Networks.lower(network, IMAGE, 10, 0.5);
        assertThat(half.slots().get(0).shape()).containsExactly(5, 3, 3, 3);
        assertThat(half.slots())
                .filteredOn(slot -> slot.name().equals("1.dense.weight"))
                .singleElement()
                .satisfies(slot -> assertThat(slot.shape()).containsExactly(4, 5 * 64));
    }
}
