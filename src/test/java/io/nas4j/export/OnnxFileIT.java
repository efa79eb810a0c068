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
import io.nas4j.model.Classification;
import io.nas4j.model.Classifier;
import io.nas4j.model.NasModel;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime, another program by other people, reads the file and answers the same. */
class OnnxFileIT {

    private static final int EXAMPLES = 3;
    private static final Offset<Float> TOLERANCE = within(1e-5f);

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
        ModelCard card = classes.card();
        float[] rows = RandomModel.examples(card, EXAMPLES);
        List<Answer> answers =
                List.of(
                        new Answer(
                                Target.Kind.NUMBERS,
                                List.of("a", "b", "c"),
                                List.of(2.0, 0.5, 1.0),
                                List.of(-1.0, 3.0, 0.0)),
                        new Answer(Target.Kind.LABELS, List.of("a", "b", "c")));
        for (Answer answer : answers) {
            NasModel model =
                    new NasModel(
                            new ModelCard(
                                    card.network(),
                                    card.channels(),
                                    card.height(),
                                    card.width(),
                                    card.images(),
                                    card.encoding(),
                                    answer,
                                    card.scale(),
                                    card.offset(),
                                    card.provenance()),
                            classes.weights());
            Path file = folder.resolve("answer.onnx");
            OnnxFile.write(model, file);
            boolean numbers = answer.kind() == Target.Kind.NUMBERS;
            float[][] found = answers(file, card, rows, numbers ? "numbers" : "probabilities");
            try (Classifier open = model.open("cpu")) {
                for (int i = 0; i < EXAMPLES; i++) {
                    float[] wanted = new float[3];
                    for (int j = 0; j < 3; j++) {
                        String name = answer.names().get(j);
                        wanted[j] =
                                numbers
                                        ? open.numbers(rows)[i][j]
                                        : open.labels(rows).get(i).get(name).floatValue();
                    }
                    assertThat(found[i]).containsExactly(wanted, within(1e-4f));
                }
            }
        }
    }

    private void answersAlike(NasModel model) throws IOException, OrtException {
        Path file = folder.resolve("network.onnx");
        OnnxFile.write(model, file);
        float[] numbers = RandomModel.examples(model.card(), EXAMPLES);
        float[][] answers = answers(file, model.card(), numbers, "probabilities");
        try (Classifier classifier = model.open("cpu")) {
            List<Classification> expected = classifier.predict(numbers);
            assertThat(answers).hasNumberOfRows(EXAMPLES);
            for (int i = 0; i < EXAMPLES; i++) {
                // another order of sums
                assertThat(answers[i]).containsExactly(expected.get(i).probabilities(), TOLERANCE);
            }
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
