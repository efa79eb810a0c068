package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nas4j.data.Data;
import io.nas4j.data.Split;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeviceDataIT {

    private static final int N = 5;
    private static final int CHANNELS = 2;
    private static final int HEIGHT = 4;
    private static final int WIDTH = 6;

    @Test
    void aBatchIsTheChosenImagesNormalisedByTheTrainingSplit() {
        Data data = images();
        double[] mean = new double[CHANNELS];
        double[] deviation = new double[CHANNELS];
        moments(data, mean, deviation);
        try (NDManager manager = NDManager.newBaseManager();
                DeviceData device = new DeviceData(data, 0, manager);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            DeviceData.Batch batch = device.batch(3, 0);
            assertThat(batch.inputs().getShape()).isEqualTo(new Shape(2, CHANNELS, HEIGHT, WIDTH));
            assertThat(batch.labels().toLongArray()).containsExactly(0, 0);
            float[] values = batch.inputs().toFloatArray();
            int at = 0;
            for (int image : new int[] {3, 0}) {
                for (int c = 0; c < CHANNELS; c++) {
                    for (int p = 0; p < HEIGHT * WIDTH; p++) {
                        double expected = (pixel(data, image, c, p) - mean[c]) / deviation[c];
                        assertThat(values[at++]).isCloseTo((float) expected, within(1e-5f));
                    }
                }
            }
        }
    }

    /** Two photos of 2×2 pixels, by the formulas written out. */
    @Test
    void coloursAreChangedAsDrawn() {
        byte[] pixels = new byte[2 * 3 * 4];
        new java.util.Random(3).nextBytes(pixels);
        Data data =
                Data.images("photos", pixels, 3, 2, 2, new int[] {0, 1}, List.of("a", "b"))
                        .split(new Split(new int[] {0, 1}, new int[0], new int[0]));
        Augmentation augmentation = Augmentation.NONE.colour(0.3, 0.5, 0.8);
        float[] f = augmentation.draw(2, 2, 2, new SplittableRandom(5)).colours();
        Normalisation normal = Normalisation.of(data);
        try (NDManager manager = NDManager.newBaseManager();
                DeviceData device = new DeviceData(data, 0, manager);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            float[] values =
                    device.batch(new int[] {0, 1}, augmentation, new SplittableRandom(5))
                            .inputs()
                            .toFloatArray();
            for (int i = 0; i < 2; i++) {
                double[][] x = new double[3][4];
                double mean = 0;
                for (int p = 0; p < 4; p++) {
                    for (int c = 0; c < 3; c++) {
                        x[c][p] = clip((pixels[(i * 3 + c) * 4 + p] & 0xff) * f[i]);
                    }
                    mean += grey(x, p) / 4;
                }
                for (int p = 0; p < 4; p++) {
                    for (int c = 0; c < 3; c++) {
                        x[c][p] = clip(mean + f[2 + i] * (x[c][p] - mean));
                    }
                    double grey = grey(x, p);
                    for (int c = 0; c < 3; c++) {
                        double expected = clip(grey + f[4 + i] * (x[c][p] - grey));
                        assertThat(values[(i * 3 + c) * 4 + p])
                                .isCloseTo(
                                        (float) (expected * normal.scale()[c] + normal.offset()[c]),
                                        within(1e-3f));
                    }
                }
            }
        }
        assertThat(f).doesNotHaveDuplicates();
    }

    private static double clip(double value) {
        return Math.max(0, Math.min(255, value));
    }

    private static double grey(double[][] x, int p) {
        return 0.299 * x[0][p] + 0.587 * x[1][p] + 0.114 * x[2][p];
    }

    @Test
    void saturationNeedsColours() {
        Augmentation vivid = Augmentation.NONE.colour(0, 0, 0.5);
        assertThatThrownBy(() -> vivid.requireSuits(1)).hasMessageContaining("1 channels");
        assertThatThrownBy(() -> Augmentation.NONE.mixup(2)).hasMessageContaining("Try 0.2");
    }

    @Test
    void mixupMixesImagesAndTheirLabelsAlike() {
        Data data = images();
        Augmentation augmentation = Augmentation.NONE.mixup(0.4);
        int[] indices = {4, 1, 2, 0};
        Augmentation.Mix mix = augmentation.mix(4, new SplittableRandom(5));
        assertThat(mix.share()).isStrictlyBetween(0.0, 1.0);
        try (NDManager manager = NDManager.newBaseManager();
                DeviceData device = new DeviceData(data, 0, manager);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            float[] plain = device.batch(indices).inputs().toFloatArray();
            DeviceData.Batch mixed = device.batch(indices, augmentation, new SplittableRandom(5));
            float[] values = mixed.inputs().toFloatArray();
            float[] labels = mixed.labels().toFloatArray();
            assertThat(mixed.labels().getShape()).isEqualTo(new Shape(4, data.outputs()));
            int size = CHANNELS * HEIGHT * WIDTH;
            for (int i = 0; i < 4; i++) {
                int partner = mix.partners()[i];
                for (int p = 0; p < size; p++) {
                    assertThat(values[i * size + p])
                            .isCloseTo(
                                    (float)
                                            (mix.share() * plain[i * size + p]
                                                    + (1 - mix.share())
                                                            * plain[partner * size + p]),
                                    within(1e-5f));
                }
                for (int c = 0; c < data.outputs(); c++) {
                    double expected =
                            (data.labels()[indices[i]] == c ? mix.share() : 0)
                                    + (data.labels()[indices[partner]] == c ? 1 - mix.share() : 0);
                    assertThat(labels[i * data.outputs() + c])
                            .isCloseTo((float) expected, within(1e-6f));
                }
            }
        }
    }

    @Test
    void augmentationMovesFlipsAndHidesAsDrawn() {
        Data data = images();
        double[] mean = new double[CHANNELS];
        double[] deviation = new double[CHANNELS];
        moments(data, mean, deviation);
        Augmentation augmentation = new Augmentation(2, true, 3);
        int[] indices = {4, 1, 1, 2, 0, 3};
        Augmentation.Draw draw =
                augmentation.draw(indices.length, HEIGHT, WIDTH, new SplittableRandom(5));
        try (NDManager manager = NDManager.newBaseManager();
                DeviceData device = new DeviceData(data, 0, manager);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            float[] values =
                    device.batch(indices, augmentation, new SplittableRandom(5))
                            .inputs()
                            .toFloatArray();
            int at = 0;
            for (int i = 0; i < indices.length; i++) {
                for (int c = 0; c < CHANNELS; c++) {
                    for (int y = 0; y < HEIGHT; y++) {
                        for (int x = 0; x < WIDTH; x++) {
                            int row = i * HEIGHT + y;
                            int column = i * WIDTH + x;
                            boolean inside =
                                    draw.rowInside()[row] == 1 && draw.columnInside()[column] == 1;
                            boolean hidden =
                                    draw.rowHidden()[row] == 1 && draw.columnHidden()[column] == 1;
                            int p = (int) (draw.rows()[row] * WIDTH + draw.columns()[column]);
                            int raw = inside ? pixel(data, indices[i], c, p) : 0;
                            double expected = hidden ? 0 : (raw - mean[c]) / deviation[c];
                            assertThat(values[at++]).isCloseTo((float) expected, within(1e-5f));
                        }
                    }
                }
            }
        }
    }

    @Test
    void batchesLeaveNothingBehind() {
        try (NDManager manager = NDManager.newBaseManager();
                DeviceData device = new DeviceData(images(), 3, manager)) {
            int before = arrays(manager);
            for (int i = 0; i < 5; i++) {
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    device.batch(new int[] {1, 2}, new Augmentation(1, true, 1), random());
                    device.batch(1, 2, 3);
                }
            }
            assertThat(arrays(manager)).isEqualTo(before);
        }
    }

    @Test
    void rowsAreStandardisedFeatureByFeatureAndAConstantBecomesZero() {
        float[] values = {1, 7, 3, 7, 5, 7, 100, 7};
        Data data =
                Data.rows("t", values, 2, new int[] {0, 1, 0, 1}, List.of("a", "b"))
                        .split(new Split(new int[] {0, 1, 2}, new int[] {3}, new int[] {}));
        try (NDManager manager = NDManager.newBaseManager();
                DeviceData device = new DeviceData(data, 0, manager);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            DeviceData.Batch batch = device.batch(0, 1, 2);
            assertThat(batch.inputs().getShape()).isEqualTo(new Shape(3, 2, 1, 1));
            float edge = (float) Math.sqrt(1.5);
            assertThat(batch.inputs().toFloatArray())
                    .containsExactly(new float[] {-edge, 0, 0, 0, edge, 0}, within(1e-5f));
        }
    }

    @Test
    void aResolutionThatTheDataLackIsRefused() {
        assertThatThrownBy(() -> DeviceData.requireResolution(images(), 5))
                .hasMessage("resolution (5) must be at most that of the data, 4×6. Try 2.");
    }

    private static int arrays(NDManager manager) {
        return manager.getManagedArrays().size();
    }

    private static SplittableRandom random() {
        return new SplittableRandom(1);
    }

    private static Data images() {
        byte[] pixels = new byte[N * CHANNELS * HEIGHT * WIDTH];
        random().nextBytes(pixels);
        return Data.images(
                        "t",
                        pixels,
                        CHANNELS,
                        HEIGHT,
                        WIDTH,
                        new int[] {0, 1, 1, 0, 1},
                        List.of("a", "b"))
                .split(new Split(new int[] {0, 2, 4}, new int[] {1}, new int[] {3}));
    }

    private static int pixel(Data data, int image, int channel, int position) {
        return data.pixels()[(image * CHANNELS + channel) * HEIGHT * WIDTH + position] & 0xff;
    }

    private static void moments(Data data, double[] mean, double[] deviation) {
        int area = HEIGHT * WIDTH;
        int count = data.split().train().length * area;
        for (int c = 0; c < CHANNELS; c++) {
            double sum = 0;
            double squares = 0;
            for (int image : data.split().train()) {
                for (int p = 0; p < area; p++) {
                    double value = pixel(data, image, c, p);
                    sum += value;
                    squares += value * value;
                }
            }
            mean[c] = sum / count;
            deviation[c] = Math.sqrt(squares / count - mean[c] * mean[c]);
        }
    }
}
