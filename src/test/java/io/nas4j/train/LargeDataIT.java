package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nas4j.data.Data;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data that the device, or the heap, has no room for. */
class LargeDataIT {

    private static final int SIDE = 512;
    private static final int IMAGES = 400;

    @TempDir private Path folder;

    /** In a process of its own, with a heap that is smaller than the data. */
    static final class SmallHeap {
        private SmallHeap() {}

        public static void main(String[] args) throws InterruptedException {
            Data data = mapped(Path.of(args[0]));
            SearchSpace network = SearchSpace.of("tiny", Grammar.stem(4), Grammar.classifier());
            Retrained trained =
                    Retrain.of(4).batch(16).resolution(4).device("cpu").run(network, data, 1);
            long heap = Runtime.getRuntime().maxMemory() >> 20;
            System.out.println(heap + " " + trained.testAccuracy());
        }
    }

    private static Data mapped(Path file) {
        int[] labels = new int[IMAGES];
        Arrays.setAll(labels, i -> i % 2);
        return Data.mapped("large", file, 1, SIDE, SIDE, labels, List.of("dark", "bright"));
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void dataLargerThanTheHeapAreTrainedOnFromTheirFile() throws Exception {
        Path file = folder.resolve("pixels");
        write(file);
        assertThat(Files.size(file)).isEqualTo(100 << 20);
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SmallHeap.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String line;
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            line = out.readLine();
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(line).as("it came to its end").isNotNull();
        String[] words = line.split(" ");
        assertThat(Integer.parseInt(words[0])).as("MB of heap").isLessThan(100);
        // bright against dark images: what is read is what is in the file; chance is a half
        assertThat(Double.parseDouble(words[1])).isGreaterThan(0.9);
    }

    private static void write(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        byte[] noise = new byte[SIDE * SIDE];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < IMAGES; i++) {
                int level = i % 2 == 0 ? 40 : 170;
                int start = random.nextInt(64);
                for (int p = 0; p < noise.length; p++) {
                    noise[p] = (byte) (level + (p * 31 + start) % 64);
                }
                out.write(noise);
            }
        }
    }

    @Test
    void aStreamGivesWhatADeviceThatHoldsAllGives() {
        int channels = 3;
        byte[] pixels = new byte[20 * channels * 6 * 4];
        new SplittableRandom(1).nextBytes(pixels);
        int[] labels = new int[20];
        Arrays.setAll(labels, i -> i % 2);
        Data data = Data.images("set", pixels, channels, 6, 4, labels, List.of("a", "b"));
        Augmentation moved = Augmentation.NONE.shift(1).flip(true).cutout(2);
        for (int resolution : new int[] {0, 3}) {
            try (NDManager manager = NDManager.newBaseManager();
                    DeviceData held = device(data, resolution, manager, false);
                    DeviceData streamed = device(data, resolution, manager, true);
                    NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                int[] some = {7, 0, 19, 7};
                assertSame(held.batch(some), streamed.batch(some));
                assertSame(
                        held.batch(some, moved, new SplittableRandom(2)),
                        streamed.batch(some, moved, new SplittableRandom(2)));
            }
        }
    }

    private static DeviceData device(
            Data data, int resolution, NDManager manager, boolean streamed) {
        return new DeviceData(data, resolution, Normalisation.of(data), manager, streamed);
    }

    private static void assertSame(DeviceData.Batch one, DeviceData.Batch other) {
        assertThat(one.inputs().getShape()).isEqualTo(other.inputs().getShape());
        assertThat(one.inputs().toFloatArray())
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(other.inputs().toFloatArray());
        assertThat(one.labels().toLongArray()).isEqualTo(other.labels().toLongArray());
    }
}
