package io.nas4j.export;

import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.nas4j.data.Answer;
import io.nas4j.data.Target;
import io.nas4j.json.ModelCard;
import io.nas4j.model.NasModel;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime, another program by other people, reads the file and answers the same. */
class OnnxFileIT {

    private static final int EXAMPLES = 3;

    /** Two libraries round in their own ways; here by 2e-6. */
    private static final Offset<Float> TOLERANCE = within(3e-5f);

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("io.nas4j.export.RandomModel#spaces")
    void networksOfEverySpaceAnswerAsTheModel(SearchSpace space) throws Exception {
        for (long seed = 1; seed <= 4; seed++) {
            answersAlike(RandomModel.of(space, seed));
        }
    }

    @ParameterizedTest
    @MethodSource("io.nas4j.nn.OperationsIT#operations")
    void everyOperationAnswersAsTheModel(Node.Op operation) throws Exception {
        answersAlike(RandomModel.of(SearchSpace.of("one", stem(4), operation, classifier()), 5));
    }

    /** Not only classes: numbers in their own units, and labels each by itself. */
    @Test
    void numbersAndLabelsAnswerAsTheModel() throws Exception {
        NasModel classes = RandomModel.of(Spaces.mlp(2), 3);
        float[] rows = RandomModel.examples(classes.card(), EXAMPLES);
        for (Answer answer : RandomModel.otherAnswers()) {
            NasModel model = RandomModel.answering(classes, answer);
            Path file = folder.resolve("answer.onnx");
            OnnxFile.write(model, file);
            boolean numbers = answer.kind() == Target.Kind.NUMBERS;
            float[][] found =
                    answers(file, model.card(), rows, numbers ? "numbers" : "probabilities");
            float[][] expected = RandomModel.expected(model, rows);
            for (int i = 0; i < EXAMPLES; i++) {
                assertThat(found[i]).containsExactly(expected[i], within(1e-4f));
            }
        }
    }

    private void answersAlike(NasModel model) throws IOException, OrtException {
        Path file = folder.resolve("network.onnx");
        OnnxFile.write(model, file);
        float[] numbers = RandomModel.examples(model.card(), EXAMPLES);
        float[][] answers = answers(file, model.card(), numbers, "probabilities");
        float[][] expected = RandomModel.expected(model, numbers);
        assertThat(answers).hasNumberOfRows(EXAMPLES);
        for (int i = 0; i < EXAMPLES; i++) {
            // another order of sums
            assertThat(answers[i]).containsExactly(expected[i], TOLERANCE);
        }
    }

    private static float[][] answers(Path file, ModelCard card, float[] numbers, String output)
            throws OrtException {
        float[] raw = numbers.clone();
        for (int i = 0; i < raw.length; i++) {
            raw[i] *= card.images() ? 255 : 1;
        }
        long[] shape =
                card.images()
                        ? new long[] {EXAMPLES, card.channels(), card.height(), card.width()}
                        : new long[] {EXAMPLES, card.channels()};
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = runtime.createSession(file.toString(), options);
                    OnnxTensor input =
                            OnnxTensor.createTensor(runtime, FloatBuffer.wrap(raw), shape);
                    OrtSession.Result result = session.run(Map.of("raw", input))) {
                return (float[][]) result.get(output).orElseThrow().getValue();
            }
        }
    }

    @Test
    void classesAndProvenanceAreInTheMetadataWordForWord() throws Exception {
        NasModel model = RandomModel.of(Spaces.nasBench201(4, 1), 1);
        Path file = folder.resolve("network.onnx");
        OnnxFile.write(model, file);
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        try (OrtSession session = runtime.createSession(file.toString())) {
            assertThat(session.getMetadata().getProducerName()).isEqualTo("nas4j");
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsEntry("class.0", "plain")
                    .containsEntry("class.1", RandomModel.HOSTILE)
                    .containsEntry("provenance.author", RandomModel.HOSTILE)
                    .containsEntry("provenance." + RandomModel.HOSTILE, "key");
        }
        // its binding for Java knows no sign beyond 16 bits; the file does
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .contains(
                        new String(
                                "äöü 😀".getBytes(StandardCharsets.UTF_8),
                                StandardCharsets.ISO_8859_1));
    }

    @Test
    void aFileThatCannotBeWrittenLeavesTheOldOne() throws IOException {
        NasModel model = RandomModel.of(Spaces.nasBench201(4, 1), 1);
        Path taken = Files.createDirectories(folder.resolve("network.onnx").resolve("full"));
        assertThatThrownBy(() -> OnnxFile.write(model, taken.getParent()))
                .isInstanceOf(IOException.class);
        assertThat(taken).isDirectory();
        assertThat(folder).isDirectoryNotContaining("glob:**part");
    }
}
