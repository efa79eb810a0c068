package io.nas4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.analysis.Assessment;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.data.Split;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.train.Retrain;
import io.nas4j.train.Retrained;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NasModelIT {

    private static Data data;
    private static Retrained trained;
    private static NasModel model;

    @TempDir Path folder;

    @BeforeAll
    static void train() throws InterruptedException {
        Data all = Readers.fashionMnistSample();
        data =
                all.split(
                        new Split(
                                IntStream.range(0, 600).toArray(),
                                IntStream.range(600, 700).toArray(),
                                IntStream.range(700, 900).toArray()));
        SearchSpace space = Spaces.nasBench201(4, 1);
        SearchSpace network = space.network(space.sample(new SplittableRandom(2)));
        trained = Retrain.of(1).resolution(14).run(network, data, 3);
        model = NasModel.of(trained, Map.of("author", "a <b>\"person\"</b>\n"));
    }

    @Test
    void theAssessmentIsThatOfTheTraining() {
        Assessment assessment = model.evaluate(data);
        // the weights lie elsewhere in memory now: one image may stand on the edge of two classes
        assertThat(assessment.accuracy())
                .isCloseTo(trained.testAccuracy(), within(1.5 / assessment.count()));
        assertThat(assessment.count()).isEqualTo(200);
        assertThat(IntStream.range(0, 10).map(c -> Arrays.stream(assessment.confusion()[c]).sum()))
                .containsExactly(
                        IntStream.range(0, 10)
                                .map(c -> count(data.split().test(), c))
                                .boxed()
                                .toArray(Integer[]::new));
    }

    private static int count(int[] examples, int label) {
        return (int) Arrays.stream(examples).filter(i -> data.labels()[i] == label).count();
    }

    @Test
    void aSavedModelAnswersAsBefore() throws IOException {
        Path home = folder.resolve("my model");
        model.save(home);
        NasModel again = NasModel.load(home);
        assertThat(again.card().network()).isEqualTo(model.card().network());
        assertThat(again.card().scale()).isEqualTo(model.card().scale());
        assertThat(again.card().provenance()).containsAllEntriesOf(model.card().provenance());
        for (int i = 0; i < model.weights().size(); i++) {
            assertThat(again.weights().get(i).values()).isEqualTo(model.weights().get(i).values());
        }
        float[] before = model.predict(picture(701)).probabilities();
        float[] after = again.predict(picture(701)).probabilities();
        // two runs of one computation may take another order of sums where threads differ
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(1e-5f));
        }
        model.save(home); // over itself
        assertThat(home).isDirectoryNotContaining("glob:**part");
    }

    private static BufferedImage picture(int example) {
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 784; i++) {
            image.getRaster().setSample(i % 28, i / 28, 0, data.pixels()[example * 784 + i] & 0xff);
        }
        return image;
    }

    /** A picture, its numbers, and its place in the data are one question. */
    @Test
    void everyWayToAskGivesOneAnswer() {
        float[] numbers = new float[14 * 14];
        Arrays.fill(numbers, 0.5f);
        BufferedImage grey = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 2400; i++) {
            grey.setRGB(i % 60, i / 60, 0x808080);
        }
        try (Classifier classifier = model.open("cpu")) {
            Classification bySize = classifier.predict(grey);
            Classification byNumbers = classifier.predict(numbers).get(0);
            for (int i = 0; i < 10; i++) {
                // 128 of 255 is not quite a half
                assertThat(bySize.probabilities()[i])
                        .isCloseTo(byNumbers.probabilities()[i], within(0.02f));
            }
            double sum = 0;
            for (float probability : bySize.probabilities()) {
                sum += probability;
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
            List<Classification> both = classifier.predict(data, 701, 702);
            assertThat(both).hasSize(2);
            assertThat(both.get(0).top(2)).hasSize(2);
        }
    }

    @Test
    void wrongInputsAreRefused() {
        try (Classifier classifier = model.open("cpu")) {
            assertThatThrownBy(() -> classifier.predict(new float[195]))
                    .hasMessageContaining("196 numbers (1×14×14)");
            float[] bytes = new float[196];
            bytes[3] = 255;
            assertThatThrownBy(() -> classifier.predict(bytes))
                    .hasMessageContaining("dividing by 255");
            Data rows = Data.rows("r", new float[4], 2, new int[] {0, 1}, List.of("a", "b"));
            assertThatThrownBy(() -> classifier.predict(rows, 0))
                    .hasMessageContaining("are rows of 2");
        }
        Data others =
                Data.images("o", new byte[2 * 784], 1, 28, 28, new int[] {0, 1}, List.of("x", "y"));
        assertThatThrownBy(() -> model.evaluate(others, 0)).hasMessageContaining("the classes of");
    }

    @Test
    void theSummaryAddsUpToTheCounts() {
        Counts counts = Counts.of(model.card().network(), new InputShape(1, 14, 14), 10, 1);
        assertThat(model.summary().multiplyAdds()).isEqualTo(counts.multiplyAdds());
        assertThat(model.summary().parameters()).isLessThanOrEqualTo(counts.parameters());
        assertThat(model.summary().toString()).contains("Convolution 3×3", "multiply-adds");
    }

    @Test
    void aDamagedOrForeignFolderIsRefusedWithTheReason() throws IOException {
        Path home = folder.resolve("model");
        model.save(home);
        Path weights = home.resolve("weights.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        byte[] flipped = whole.clone();
        flipped[whole.length - 3] ^= 1;
        Files.write(weights, flipped);
        assertThatThrownBy(() -> NasModel.load(home)).hasMessageContaining("damaged");
        Files.write(weights, Arrays.copyOf(whole, whole.length - 8));
        assertThatThrownBy(() -> NasModel.load(home)).isInstanceOf(IllegalArgumentException.class);
        Files.delete(weights);
        assertThatThrownBy(() -> NasModel.load(home))
                .hasMessageContaining("has no weights.safetensors");
        Files.write(weights, whole);
        Files.writeString(home.resolve("model.json"), "{\"nas4j\":1,\"kind\":\"trial\"}");
        assertThatThrownBy(() -> NasModel.load(home)).hasMessageContaining("of a trial");
        assertThatThrownBy(() -> NasModel.load(folder.resolve("none")))
                .hasMessageContaining("there is none");
        Files.writeString(folder.resolve("mine.txt"), "precious");
        assertThatThrownBy(() -> model.save(folder)).hasMessageContaining("mine.txt");
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() {
        assertThatThrownBy(() -> new NasModel(model.card(), model.weights().subList(1, 5)))
                .hasMessageContaining("arrays of weights");
    }
}
