package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.basicdataset.cv.classification.ImageFolder;
import ai.djl.modality.cv.transform.Normalize;
import ai.djl.modality.cv.transform.Resize;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import io.nas4j.data.Data;
import io.nas4j.data.Target;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlDataIT {

    /** More than a batch, so that its seams are tested too. */
    private static final int SIZE = 300;

    @TempDir Path folder;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void imagesThroughToTensorAndRawBytesAreTheSame() {
        Data raw = DjlData.of("raw", builder(bytes()).build(), List.of());
        Data tensors =
                DjlData.of(
                        "tensors",
                        builder(bytes()).addTransform(new ToTensor()).build(),
                        List.of());

        assertThat(raw.channels()).isEqualTo(3);
        assertThat(raw.height()).isEqualTo(4);
        assertThat(raw.width()).isEqualTo(5);
        assertThat(raw.labels()).startsWith(0, 1, 2, 3, 0).hasSize(SIZE);
        assertThat(raw.classes()).containsExactly("0", "1", "2", "3");
        assertThat(tensors.pixels()).isEqualTo(raw.pixels());
        // element i of [h, w, c] is i % 251: channel 1 of the first pixel of image 270
        assertThat(raw.pixels()[270 * 60 + 20] & 0xff).isEqualTo((270 * 60 + 1) % 251);
    }

    @Test
    void labelsThatAreNotWholeArePredictedAsNumbers() {
        NDArray rows = manager.arange(2f * SIZE).reshape(SIZE, 2);
        ArrayDataset dataset =
                new ArrayDataset.Builder()
                        .setData(rows)
                        .optLabels(manager.arange(1f * SIZE).add(0.5))
                        .setSampling(10, false)
                        .build();
        Data data = DjlData.of("numbers", dataset, List.of());
        assertThat(((Target.Numbers) data.target()).values()[299]).isEqualTo(299.5f);
        assertThatThrownBy(() -> DjlData.of("numbers", dataset, List.of("a", "b")))
                .hasMessageContaining("must be whole numbers");
    }

    /** DJL's own reader of folders, with images of different sizes. */
    @Test
    void imagesOfAFolderAreReadByDjl() throws Exception {
        for (int i = 0; i < 4; i++) {
            BufferedImage image = new BufferedImage(8 + 4 * (i % 2), 8, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(i < 2 ? Color.RED : Color.BLUE);
            graphics.fillRect(0, 0, 12, 8);
            graphics.dispose();
            Path home = Files.createDirectories(folder.resolve(i < 2 ? "red" : "blue"));
            ImageIO.write(image, "png", home.resolve(i + ".png").toFile());
        }
        ImageFolder dataset =
                ImageFolder.builder()
                        .setRepositoryPath(folder)
                        .addTransform(new Resize(4, 4))
                        .addTransform(new ToTensor())
                        .setSampling(2, false)
                        .build();
        dataset.prepare();
        Data data = DjlData.of("colours", dataset, dataset.getSynset());
        assertThat(data.classes()).containsExactly("blue", "red");
        assertThat(data.labels()).containsExactly(0, 0, 1, 1);
        assertThat(data.height()).isEqualTo(4);
        // red of the last image, and its blue
        assertThat(data.pixels()[3 * 48] & 0xff).isEqualTo(255);
        assertThat(data.pixels()[3 * 48 + 32] & 0xff).isZero();
    }

    @Test
    void rowsAreRows() {
        NDArray rows = manager.arange(2f * SIZE).reshape(SIZE, 2);
        Data data = DjlData.of("rows", builder(rows).build(), List.of("a", "b", "c", "d"));

        assertThat(data.isImages()).isFalse();
        assertThat(data.channels()).isEqualTo(2);
        assertThat(data.values()[2 * 299 + 1]).isEqualTo(599);
        assertThat(data.classes()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void normalisedImagesAreRefused() {
        var normalised =
                builder(bytes())
                        .addTransform(new ToTensor())
                        .addTransform(
                                new Normalize(new float[] {.5f, .5f, .5f}, new float[] {1, 1, 1}))
                        .build();
        assertThatThrownBy(() -> DjlData.of("x", normalised, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pixels must be in [0, 1]")
                .hasMessageContaining("images without normalisation");
    }

    @Test
    void examplesThatAreNeitherImagesNorRowsAreRefused() {
        NDArray planes = manager.zeros(new Shape(SIZE, 2, 3));
        assertThatThrownBy(() -> DjlData.of("x", builder(planes).build(), List.of()))
                .hasMessageContaining("have shape [2, 3]");
    }

    private NDArray bytes() {
        return manager.arange(SIZE * 60)
                .mod(251)
                .toType(DataType.UINT8, false)
                .reshape(SIZE, 4, 5, 3);
    }

    private ArrayDataset.Builder builder(NDArray data) {
        NDArray labels = manager.arange(SIZE).mod(4).toType(DataType.INT32, false);
        return new ArrayDataset.Builder().setData(data).optLabels(labels).setSampling(32, true);
    }
}
