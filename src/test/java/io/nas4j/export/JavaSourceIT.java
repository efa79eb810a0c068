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
import io.nas4j.model.NasModel;
import io.nas4j.nn.Blocks;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JavaSourceIT {

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("io.nas4j.export.RandomModel#spaces")
    void theCompiledSourceAnswersAsTheModel(SearchSpace space) throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            answersAlike(RandomModel.of(space, seed), folder.resolve("n" + seed));
        }
    }

    /** Not only classes: numbers in their own units, and labels each by itself. */
    @Test
    void numbersAndLabelsAnswerAsTheModel() throws Exception {
        NasModel classes = RandomModel.of(Spaces.mlp(2), 3);
        for (Answer answer : RandomModel.otherAnswers()) {
            answersAlike(
                    RandomModel.answering(classes, answer),
                    folder.resolve(answer.kind().toString()));
        }
    }

    private static void answersAlike(NasModel model, Path home) throws Exception {
        JavaSource.write(model, home, "FoundNetwork");
        compile(home);
        float[] numbers = RandomModel.examples(model.card(), 4);
        float[] answers = answers(home, model.card(), numbers);
        float[][] expected = RandomModel.expected(model, numbers);
        assertThat(answers).hasSize(4 * 3);
        for (int i = 0; i < answers.length; i++) {
            // another order of sums, in networks whose values grow with their depth
            assertThat(answers[i]).isCloseTo(expected[i / 3][i % 3], within(1e-5f));
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
                    .containsExactly("plain", RandomModel.HOSTILE, "äöü 😀");
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
        assertThatThrownBy(() -> JavaSource.write(RandomModel.of(own, 1), folder, "FoundNetwork"))
                .hasMessageContaining("Foreign");
        assertThatThrownBy(() -> PyTorchSource.write(RandomModel.of(own, 1), folder))
                .hasMessageContaining("Foreign");
        assertThatThrownBy(() -> OnnxFile.write(RandomModel.of(own, 1), folder.resolve("own.onnx")))
                .hasMessageContaining("Foreign");
        NasModel model = RandomModel.of(Spaces.nasBench201(4, 1), 1);
        assertThatThrownBy(() -> JavaSource.write(model, folder, "a; b"))
                .hasMessageContaining("a; b");
    }
}
