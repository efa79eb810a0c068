package io.nas4j.export;

import static io.nas4j.space.Grammar.chain;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import io.nas4j.data.Answer;
import io.nas4j.json.ModelCard;
import io.nas4j.model.Classification;
import io.nas4j.model.Classifier;
import io.nas4j.model.NasModel;
import io.nas4j.nn.Blocks;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Networks;
import io.nas4j.nn.Slot;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.train.Tensor;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JavaSourceIT {

    private static final String HOSTILE = "\"; System.exit(1); // \\u000a */";

    @TempDir Path folder;

    static Stream<SearchSpace> spaces() {
        return Stream.of(
                Spaces.nasBench201(4, 1),
                Spaces.cells(4, 3, 2),
                Spaces.nasnet(4, 3, 2),
                Spaces.zophLe(2),
                Spaces.chain(2),
                Spaces.mobile(1, 4, 8),
                Spaces.hierarchical(),
                Spaces.mlp(2));
    }

    /** Weights and statistics drawn at random, so that a slot out of place shows. */
    static NasModel model(SearchSpace space, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SearchSpace network = space.network(space.sample(random));
        boolean rows = space.name().startsWith("mlp");
        InputShape input = rows ? InputShape.rows(5) : new InputShape(2, 9, 9);
        List<Tensor> weights = new ArrayList<>();
        for (Slot slot : Networks.lower(network, input, 3, 1).slots()) {
            float[] values = new float[(int) slot.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        slot.role() == Slot.Role.RUNNING_VARIANCE
                                ? 0.5f + random.nextFloat()
                                : 0.8f * random.nextFloat() - 0.3f;
            }
            weights.add(
                    new Tensor(
                            slot.name(),
                            slot.shape().stream().map(Integer::longValue).toList(),
                            values));
        }
        return new NasModel(
                new ModelCard(
                        network,
                        input.channels(),
                        input.height(),
                        input.width(),
                        !rows,
                        Answer.classes(List.of("plain", HOSTILE, "äöü 😀")),
                        Collections.nCopies(input.channels(), 0.01),
                        Collections.nCopies(input.channels(), -0.4),
                        Map.of("author", HOSTILE)),
                weights);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void theCompiledSourceAnswersAsTheModel(SearchSpace space) throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            NasModel model = model(space, seed);
            Path home = folder.resolve("n" + seed);
            JavaSource.write(model, home, "FoundNetwork");
            compile(home);
            int size = model.card().channels() * model.card().height() * model.card().width();
            float[] numbers = new float[4 * size];
            SplittableRandom random = new SplittableRandom(9);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = random.nextFloat();
            }
            float[] answers = answers(home, model.card(), numbers);
            try (Classifier classifier = model.open("cpu")) {
                List<Classification> expected = classifier.predict(numbers);
                for (int i = 0; i < answers.length; i++) {
                    // another order of sums, in networks whose values grow with their depth
                    assertThat(answers[i])
                            .isCloseTo(expected.get(i / 3).probabilities()[i % 3], within(1e-5f));
                }
            }
        }
    }

    private static void compile(Path home) {
        StringWriter said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean done =
                    compiler.getTask(
                                    said,
                                    files,
                                    null,
                                    List.of("-d", home.toString(), "-proc:none"),
                                    null,
                                    files.getJavaFileObjects(home.resolve("FoundNetwork.java")))
                            .call();
            assertThat(done).as(said.toString()).isTrue();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static float[] answers(Path home, ModelCard card, float[] numbers) throws Exception {
        try (URLClassLoader loader =
                        new URLClassLoader(
                                new URL[] {home.toUri().toURL()},
                                JavaSourceIT.class.getClassLoader());
                NDManager manager = NDManager.newBaseManager()) {
            Class<?> type = loader.loadClass("FoundNetwork");
            Block block = (Block) type.getDeclaredConstructor().newInstance();
            type.getMethod("load", NDManager.class, Path.class)
                    .invoke(block, manager, home.resolve("weights.bin"));
            assertThat((String[]) type.getField("CLASSES").get(null))
                    .containsExactly("plain", HOSTILE, "äöü 😀");
            Shape shape = new Shape(4, card.channels(), card.height(), card.width());
            NDArray raw = manager.create(numbers, shape).mul(card.images() ? 255 : 1);
            return ((NDArray) type.getMethod("predict", NDArray.class).invoke(block, raw))
                    .toFloatArray();
        }
    }

    @Test
    void whatHasNoSourceIsRefusedByName() {
        SearchSpace own =
                SearchSpace.of(
                        "own",
                        chain(
                                stem(4),
                                op(
                                        Blocks.operation(
                                                "mine",
                                                (channels, stride) -> Activation.reluBlock())),
                                classifier()));
        assertThatThrownBy(() -> JavaSource.write(model(own, 1), folder, "FoundNetwork"))
                .hasMessageContaining("Foreign");
        assertThatThrownBy(() -> PyTorchSource.write(model(own, 1), folder))
                .hasMessageContaining("Foreign");
        NasModel model = model(Spaces.nasBench201(4, 1), 1);
        assertThatThrownBy(() -> JavaSource.write(model, folder, "a; b"))
                .hasMessageContaining("a; b");
    }
}
