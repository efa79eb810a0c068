package io.nas4j.supernet;

import static io.nas4j.space.Grammar.chain;
import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.dilConv;
import static io.nas4j.space.Grammar.input;
import static io.nas4j.space.Grammar.maxPool;
import static io.nas4j.space.Grammar.none;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.sepConv;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;
import static io.nas4j.space.Grammar.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nas4j.space.Grammar;
import io.nas4j.space.Node;
import io.nas4j.space.Node.Merge;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.supernet.Supernet.Form;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SupernetIT {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theSupernetOfTheDartsPaperHasItsNumberOfWeights() {
        try (Supernet net = Supernet.of(Spaces.darts(), 3, 32, 32, 10, Form.FUSED, manager)) {
            assertThat(net.weightCount()).isEqualTo(1_930_618);
            // 14 edges of 8 operations in each of two cells
            assertThat(net.logitCount()).isEqualTo(2 * 14 * 8);
        }
    }

    /** The authors' log says "param size = 1.930618MB". */
    @Test
    void theDartsSupernetHasTheAuthorsParameters() {
        try (Supernet net = Supernet.of(Spaces.darts(), 3, 32, 32, 10, Form.FUSED, manager)) {
            assertThat(net.weightCount()).isEqualTo(1_930_618);
        }
    }

    @Test
    void thePartialSupernetOfThePcDartsPaperHasItsNumberOfWeights() {
        try (Supernet net = Supernet.of(Spaces.darts(), 3, 32, 32, 10, Form.FUSED, 4, manager)) {
            assertThat(net.weightCount()).isEqualTo(299_578);
            // and 14 edges have a weight of their own
            assertThat(net.logitCount()).isEqualTo(2 * 14 * 8 + 2 * 14);
        }
    }

    static Stream<Arguments> spaces() {
        return Stream.of(
                Arguments.of(Spaces.darts(4, 3), 12),
                Arguments.of(Spaces.darts(18, 3), 8),
                Arguments.of(Spaces.cells(4, 3, 2), 14),
                Arguments.of(Spaces.nasBench201(4, 1), 8),
                Arguments.of(Spaces.nasnet(4, 3, 2), 8),
                Arguments.of(Spaces.hierarchical(), 8),
                Arguments.of(Spaces.mobile(1, 4, 6), 7),
                Arguments.of(
                        SearchSpace.of(
                                "five lines",
                                stem(6),
                                choice("first", norConv(3), sepConv(5), maxPool(3)),
                                choice("second", norConv(3), skip(), none()),
                                classifier()),
                        7));
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void bothFormsGiveTheSameOutputsAndGradients(SearchSpace space, int side) {
        assertFormsAgree(space, 3, side, 1);
    }

    static Stream<Arguments> partialSpaces() {
        return Stream.of(
                Arguments.of(Spaces.darts(16, 3), 12, 4),
                Arguments.of(Spaces.darts(12, 3), 9, 3),
                Arguments.of(Spaces.cells(4, 3, 2), 14, 2),
                Arguments.of(Spaces.nasBench201(8, 1), 8, 4),
                Arguments.of(Spaces.nasnet(8, 3, 2), 8, 4),
                Arguments.of(Spaces.hierarchical(), 8, 2));
    }

    @ParameterizedTest
    @MethodSource("partialSpaces")
    void bothFormsAgreeOnPartialChannels(SearchSpace space, int side, int part) {
        assertFormsAgree(space, 3, side, part);
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                        none(),
                        skip(),
                        maxPool(3),
                        Grammar.avgPool(3),
                        norConv(1),
                        norConv(3),
                        sepConv(3),
                        sepConv(5),
                        dilConv(3),
                        dilConv(5))
                .flatMap(
                        op ->
                                Stream.of(4, 20)
                                        .flatMap(
                                                channels ->
                                                        Stream.of(1, 2)
                                                                .map(
                                                                        stride ->
                                                                                Arguments.of(
                                                                                        op,
                                                                                        channels,
                                                                                        stride))));
    }

    /** Each operation alone beside one fixed other, on an even and on an odd side. */
    @ParameterizedTest
    @MethodSource("operations")
    void bothFormsAgreeForEveryOperationAndStride(Node.Op op, int channels, int stride) {
        for (int side : List.of(8, 7)) {
            Node edges =
                    new Node.Subset(
                            "edges",
                            1,
                            Merge.SUM,
                            List.of(
                                    chain(input(0), choice("op", op, norConv(1))),
                                    chain(input(0), choice("op", op, norConv(1)))));
            SearchSpace space =
                    SearchSpace.of(
                            "one operation",
                            stem(channels),
                            with("channels", channels, "stride", stride),
                            new Node.Cell(1, List.of(edges), Merge.CONCAT),
                            classifier());
            assertFormsAgree(space, 1, side, 1);
        }
    }

    private void assertFormsAgree(SearchSpace space, int channels, int side, int part) {
        try (Supernet plain =
                        Supernet.of(space, channels, side, side, 5, Form.PLAIN, part, manager);
                Supernet fused =
                        Supernet.of(space, channels, side, side, 5, Form.FUSED, part, manager)) {
            Result a = run(plain, channels, side);
            Result b = run(fused, channels, side);
            assertThat(a.output).hasSize(15);
            Floats.assertClose(b.output, a.output, "output");
            Floats.assertClose(b.weights, a.weights, "gradient of the weights");
            Floats.assertClose(b.logits, a.logits, "gradient of the logits");
        }
    }

    private record Result(float[] output, float[] weights, float[] logits) {}

    private Result run(Supernet net, int channels, int side) {
        SplittableRandom random = new SplittableRandom(3);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray images =
                    Floats.normal(manager, random, 3 * channels * side * side)
                            .reshape(new Shape(3, channels, side, side));
            NDArray targets = Floats.normal(manager, random, 15).reshape(3, 5);
            NDArray logits = Floats.normal(manager, random, net.logitCount());
            NDArray weights = manager.create(net.initialWeights(5));
            weights.setRequiresGradient(true);
            logits.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray output = net.forward(images, weights, net.mixture(logits));
                collector.backward(output.mul(targets).sum());
                return new Result(
                        output.toFloatArray(),
                        weights.getGradient().toFloatArray(),
                        logits.getGradient().toFloatArray());
            }
        }
    }

    @Test
    void aStrongEdgeIsKeptAndAnImpliedNoneIsNeverChosen() {
        SearchSpace space = Spaces.darts(4, 3);
        try (Supernet net = Supernet.of(space, 3, 8, 8, 5, Form.FUSED, manager)) {
            float[] logits = new float[net.logitCount()];
            // the first vertex has two edges only; of the second's three, the last two are strong
            int edge = 8;
            for (int e = 0; e < 14; e++) {
                logits[e * edge + 7] = 3;
            }
            logits[3 * edge + 4] = 2;
            logits[4 * edge + 2] = 2.5f;
            float[] mixture = net.mixture(manager.create(logits)).toFloatArray();
            Map<String, Integer> answers = new java.util.LinkedHashMap<>();
            io.nas4j.space.Walk walk = space.walk(net.derive(mixture, true));
            walk.decisions().forEach(d -> answers.put(d.id(), walk.answer(d.id())));
            assertThat(walk.decisions().stream().filter(d -> d.id().equals("normal/v3/edges")))
                    .singleElement()
                    .satisfies(
                            d -> assertThat(d.picked(walk.answer(d.id()))).containsExactly(1, 2));
            assertThat(answers).containsEntry("normal/v3/edges/1/op", 4);
            assertThat(answers).containsEntry("normal/v3/edges/2/op", 2);
        }
    }

    /** NAS-Bench-201 lists none among its operations, so some of its architectures hold it. */
    @Test
    void noneIsDerivedWhereTheSpaceListsItAndOnlyIfAllowed() {
        SearchSpace space = Spaces.nasBench201(4, 1);
        try (Supernet net = Supernet.of(space, 3, 8, 8, 5, Form.FUSED, manager)) {
            float[] logits = new float[net.logitCount()];
            int options = logits.length / 6;
            for (int edge = 0; edge < 6; edge++) {
                logits[edge * options] = edge % 2 == 0 ? 3 : -3; // none
                logits[edge * options + 2] = 2;
            }
            float[] mixture = net.mixture(manager.create(logits)).toFloatArray();
            assertThat(net.derive(mixture, true).choices()).containsExactly(0, 2, 0, 2, 0, 2);
            assertThat(net.derive(mixture, false).choices()).containsExactly(2, 2, 2, 2, 2, 2);
        }
    }

    @Test
    void aSpaceOfIntegersIsRefused() {
        assertThatThrownBy(() -> Supernet.of(Spaces.chain(), 1, 28, 28, 10, Form.FUSED, manager))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no continuous relaxation");
    }
}
