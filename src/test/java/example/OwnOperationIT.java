package example;

import static io.nas4j.Nas.RANDOM;
import static io.nas4j.Nas.fashionMnistSample;
import static io.nas4j.Nas.lowFidelity;
import static io.nas4j.Nas.operation;
import static io.nas4j.Nas.trials;
import static io.nas4j.operation.Argument.CHANNELS;
import static io.nas4j.operation.Argument.KERNEL;
import static io.nas4j.operation.Argument.STRIDE;
import static io.nas4j.operation.Primitive.RELU;
import static io.nas4j.operation.Primitive.SIGMOID;
import static io.nas4j.operation.Primitive.conv;
import static io.nas4j.operation.Primitive.dense;
import static io.nas4j.operation.Primitive.globalPool;
import static io.nas4j.operation.Primitive.norm;
import static io.nas4j.operation.Primitive.scale;
import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.sepConv;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.nas4j.Nas;
import io.nas4j.SearchResult;
import io.nas4j.data.Data;
import io.nas4j.journal.JournalContent;
import io.nas4j.json.Json;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.operation.Operation;
import io.nas4j.space.SearchSpace;
import io.nas4j.supernet.Supernet;
import io.nas4j.supernet.Supernet.Form;
import io.nas4j.train.Retrain;
import io.nas4j.train.Retrained;
import io.nas4j.view.Diagram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations of one's own, as a user writes them: with what is public, in no other file. */
class OwnOperationIT {

    /** A convolution whose channels are gated; of primitives. */
    private static final Operation GATED =
            Operation.of(
                    "gated_conv",
                    in ->
                            List.of(
                                    RELU,
                                    conv("conv", in.channels(), in.kernel(), in.stride()),
                                    norm("norm"),
                                    scale(globalPool(), dense("gate", in.channels()), SIGMOID)),
                    KERNEL,
                    CHANNELS,
                    STRIDE);

    /** The same without the gate; any block of DJL. */
    private static final Operation BLOCK = operation("my_block", OwnOperationIT::block);

    private static Block block(int channels, int stride) {
        return new SequentialBlock()
                .add(convolution(channels, stride, 1))
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock());
    }

    private static Conv2d convolution(int channels, int stride, int padding) {
        return Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .setFilters(channels)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .build();
    }

    /** Kernels may add in another order what lies elsewhere in memory. */
    private static final Offset<Float> ELSEWHERE = within(1e-5f);

    static Stream<SearchSpace> spaces() {
        return Stream.of(
                SearchSpace.of(
                        "gated",
                        stem(4),
                        choice("block", op(GATED, "kernel", 3), op(GATED, "kernel", 5), sepConv(3)),
                        classifier()),
                SearchSpace.of(
                        "block", stem(4), choice("block", op(BLOCK), sepConv(3)), classifier()));
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void itIsSearchedAndItsJournalIsReadBack(SearchSpace space, @TempDir Path folder)
            throws Exception {
        Path journal = folder.resolve("search.jsonl");
        SearchResult result =
                Nas.space(space)
                        .data(fashionMnistSample())
                        .estimator(lowFidelity(1).data(0.05).resolution(7))
                        .strategy(RANDOM)
                        .budget(trials(2))
                        .journal(journal.toString())
                        .quiet()
                        .run();
        assertThat(result.history().scored()).isNotEmpty();
        Operation own = space.ownOperations().iterator().next();
        JournalContent content = JournalContent.read(journal, own);
        assertThat(content.space()).isEqualTo(space);
        assertThatThrownBy(() -> JournalContent.read(journal)).hasMessageContaining(own.name());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void aTrainedNetworkPredictsWithIt(SearchSpace space) throws Exception {
        Data data = fashionMnistSample();
        SearchSpace network = space.network(space.choose(decision -> 0));
        Retrained trained = Retrain.of(1).resolution(7).run(network, data, 1);
        int[] examples = data.split().test();
        int[] predicted = trained.predict(data, examples);
        int hits = 0;
        for (int i = 0; i < examples.length; i++) {
            hits += predicted[i] == data.labels()[examples[i]] ? 1 : 0;
        }
        // batches of another size round otherwise, which may turn a tie
        assertThat((double) hits / examples.length)
                .isCloseTo(trained.testAccuracy(), within(3.5 / examples.length))
                .isGreaterThan(0.2);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void itsWeightsAreDrawnBySeedSavedAndRestored(SearchSpace space) throws Exception {
        SearchSpace network = space.network(space.choose(decision -> 0));
        InputShape shape = new InputShape(1, 8, 8);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList images = new NDList(manager.randomNormal(new Shape(4, 1, 8, 8)));
            ParameterStore store = new ParameterStore(manager, false);
            List<Network> both = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Network block = Networks.compile(network, shape, 3, 1);
                block.initialize(manager, new SplittableRandom(5));
                both.add(block);
            }
            // training moves the running statistics, those of the block too
            NDArray trained = both.get(0).forward(store, images, true).singletonOrThrow();
            assertThat(both.get(1).forward(store, images, true).singletonOrThrow().toFloatArray())
                    .containsExactly(trained.toFloatArray(), ELSEWHERE);
            float[] moved = both.get(0).forward(store, images, false).get(0).toFloatArray();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            both.get(0).saveParameters(new DataOutputStream(bytes));
            Network restored = Networks.compile(network, shape, 3, 1);
            restored.loadParameters(
                    manager, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            assertThat(restored.forward(store, images, false).get(0).toFloatArray())
                    .containsExactly(moved, ELSEWHERE)
                    .isNotEqualTo(trained.toFloatArray());
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void itIsPartOfASupernetsWeights(SearchSpace space) {
        try (NDManager manager = NDManager.newBaseManager();
                Supernet net = Supernet.of(space, 1, 9, 9, 3, Form.FUSED, manager)) {
            NDArray weights = manager.create(net.initialWeights(1));
            NDArray logits = manager.zeros(new Shape(net.logitCount()));
            weights.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray images = manager.randomNormal(new Shape(4, 1, 9, 9));
                NDArray output = net.forward(images, weights, net.mixture(logits));
                collector.backward(output.get(":, 0").sum());
            }
            float[] gradient = weights.getGradient().toFloatArray();
            net.places()
                    .forEach(
                            (name, place) -> {
                                if (name.contains(space.ownOperations().iterator().next().name())
                                        && name.contains("onv")
                                        && name.endsWith("weight")) {
                                    assertThat(gradient[place.offset()]).as(name).isNotZero();
                                }
                            });
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void itIsCountedWrittenDrawnAndToldApart(SearchSpace space) {
        Operation own = space.ownOperations().iterator().next();
        assertThat(Json.space(Json.write(space), own)).isEqualTo(space);
        assertThatThrownBy(() -> Json.space(Json.write(space)))
                .hasMessageContaining("operation \"" + own.name() + "\"")
                .hasMessageContaining("Try handing over");
        SearchSpace network = space.network(space.choose(decision -> 0));
        assertThat(Diagram.of(network).toString()).contains(own.name());
        // stem, a 3×3 convolution of 4 to 4 channels and its normalisation, the classifier, and
        // the gate, or the bias that DJL's convolution has
        int extra = own == GATED ? 4 * 4 + 4 : 4;
        Counts counts = Counts.of(network, new InputShape(1, 8, 8), 3, 1);
        assertThat(counts.parameters()).isEqualTo(36 + 8 + (4 * 4 * 9 + 8) + extra + (3 * 4 + 3));
        assertThat(counts.multiplyAdds())
                .isEqualTo(36 * 64 + 4 * 4 * 9 * 64 + (own == GATED ? 4 * 4 : 0) + 3 * 4);
        int last = space.decisions().get(0).options() - 1;
        assertThat(space.fingerprint(space.choose(decision -> 0)))
                .isNotEqualTo(space.fingerprint(space.choose(decision -> last)));
        assertThat(space.sample(new SplittableRandom(1)).space()).isEqualTo(space.name());
    }

    @Test
    void aBlockOfTheWrongShapeIsFoundWhenItIsFirstBuilt() {
        Operation narrow = operation("narrow", (channels, stride) -> convolution(channels, 1, 0));
        SearchSpace space = SearchSpace.of("wrong", stem(4), op(narrow), classifier());
        assertThatThrownBy(() -> Counts.of(space, new InputShape(1, 8, 8), 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the block of \"narrow\" at 1 must make (1, 4, 8, 8)")
                .hasMessageContaining("but makes (1, 4, 6, 6). Try");
        Operation wide = operation("wide", (channels, stride) -> convolution(9, stride, 1));
        SearchSpace other = SearchSpace.of("wrong", stem(4), op(wide), classifier());
        assertThatThrownBy(() -> Counts.of(other, new InputShape(1, 8, 8), 3, 1))
                .hasMessageContaining("\"wide\"")
                .hasMessageContaining("but makes (1, 9, 8, 8)");
    }

    @Test
    void oneNameStandsForOneOperation() {
        Operation twin = Operation.of("gated_conv", in -> List.of(RELU));
        assertThatThrownBy(
                        () -> SearchSpace.of("two", op(GATED, "kernel", 3), op(twin), classifier()))
                .hasMessage(
                        "operation \"gated_conv\" is defined twice. Try another name for one of"
                                + " the two.");
        Operation conv = Operation.of("conv", in -> List.of(RELU));
        assertThatThrownBy(() -> SearchSpace.of("two", op(conv), classifier()))
                .hasMessageContaining("operation \"conv\" is defined twice");
        assertThatThrownBy(() -> op("my_block"))
                .hasMessageContaining("unknown operation \"my_block\". Try one of none, skip")
                .hasMessageContaining("op(Operation.of(\"my_block\", ..))");
    }
}
