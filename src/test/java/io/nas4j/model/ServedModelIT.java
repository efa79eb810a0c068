package io.nas4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is a model of DJL, loaded by {@code Criteria} and asked by a {@code Predictor}. */
class ServedModelIT {

    private final NasModel model = SmallModel.of(3);

    @TempDir Path folder;
    private Path home;

    @BeforeEach
    void save() throws Exception {
        home = folder.resolve("model");
        model.save(home);
    }

    @Test
    void aPredictorAnswersAsTheModel() throws Exception {
        List<BufferedImage> pictures = List.of(picture(40, 30, 1), picture(8, 8, 2));
        List<Image> images = new ArrayList<>();
        pictures.forEach(p -> images.add(ImageFactory.getInstance().fromImage(p)));
        try (ZooModel<Image, Classifications> served =
                        NasModel.criteria(home).optDevice(Device.cpu()).build().loadModel();
                Predictor<Image, Classifications> predictor = served.newPredictor();
                Classifier classifier = model.open("cpu")) {
            List<Classifications> batch = predictor.batchPredict(images);
            for (int i = 0; i < 2; i++) {
                Classification expected = classifier.predict(pictures.get(i));
                same(predictor.predict(images.get(i)), expected);
                same(batch.get(i), expected);
            }
            assertThat(served.getProperty("author")).isEqualTo("me");
        }
    }

    @Test
    void numbersAreAskedAsOfTheModel() throws Exception {
        float[] values = new float[model.card().channels() * 64];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 7 / 7f;
        }
        Criteria<float[], Classifications> criteria =
                NasModel.criteria(home).setTypes(float[].class, Classifications.class).build();
        try (ZooModel<float[], Classifications> served = criteria.loadModel();
                Predictor<float[], Classifications> predictor = served.newPredictor();
                Classifier classifier = model.open("cpu")) {
            same(predictor.predict(values), classifier.predict(values).get(0));
            assertThatThrownBy(() -> predictor.predict(new float[3]))
                    .isInstanceOf(TranslateException.class)
                    .hasRootCauseMessage(
                            "a predictor is asked with one example of 192 numbers, but was given 3."
                                    + " Try batchPredict for several.");
        }
    }

    @Test
    void whatCannotBeServedIsSaidWhenItIsLoaded() {
        Criteria<String, Classifications> texts =
                NasModel.criteria(home).setTypes(String.class, Classifications.class).build();
        assertThatThrownBy(texts::loadModel).hasStackTraceContaining("float[].class, but");
        assertThatThrownBy(NasModel.criteria(folder.resolve("none")).build()::loadModel)
                .hasStackTraceContaining("there is none");
    }

    private static BufferedImage picture(int width, int height, int seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, i * 7919 * seed & 0xffffff);
        }
        return image;
    }

    private static void same(Classifications served, Classification expected) {
        assertThat(served.getClassNames()).isEqualTo(expected.classes());
        for (int i = 0; i < expected.probabilities().length; i++) {
            assertThat(served.getProbabilities().get(i))
                    .isCloseTo((double) expected.probabilities()[i], within(1e-5));
        }
    }
}
