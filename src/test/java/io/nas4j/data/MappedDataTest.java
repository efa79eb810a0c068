package io.nas4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedDataTest {

    private static final List<String> CLASSES = List.of("a", "b");

    @TempDir private Path folder;

    @Test
    void imagesInAFileAreThoseOnTheHeap() throws IOException {
        byte[] pixels = new byte[40 * 3 * 4 * 5];
        new SplittableRandom(1).nextBytes(pixels);
        int[] labels = new int[40];
        for (int i = 0; i < 40; i++) {
            labels[i] = i % 2;
        }
        Path file = Files.write(folder.resolve("pixels"), pixels);
        Data mapped = Data.mapped("set", file, 3, 4, 5, labels, CLASSES);
        Data heap = Data.images("set", pixels, 3, 4, 5, labels, CLASSES);
        assertThat(mapped.isMapped()).isTrue();
        assertThat(heap.isMapped()).isFalse();
        assertThat(mapped.isImages()).isTrue();
        assertThat(mapped.split().train()).isEqualTo(heap.split().train());
        for (int i : new int[] {0, 17, 39}) {
            assertThat(mapped.pixels(i)).isEqualTo(heap.pixels(i)).hasSize(60);
        }
        assertThat(mapped.contentHash()).isEqualTo(heap.contentHash());
        assertThat(mapped.split(0.5, 0.2).pixels(3)).isEqualTo(heap.pixels(3));
        assertThatThrownBy(mapped::pixels)
                .hasMessage("the images of \"set\" stay in their file. Try pixels(example).");
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("torn"), new byte[17]);
        assertThatThrownBy(() -> Data.mapped("set", file, 1, 2, 2, new int[] {0, 1, 0, 1}, CLASSES))
                .hasMessageContaining("17 pixels make 4.25 images of 1×2×2 for 4 labels");
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> Data.mapped("set", none, 1, 2, 2, new int[] {0, 1}, CLASSES))
                .hasMessageContaining("there is no")
                .hasMessageContaining("Try its full path");
    }

    /** As files of more than 2 GiB are: in several buffers. */
    @Test
    void imagesThatReachOverTheEndOfABufferAreWhole() {
        assertThat(Pixels.Mapped.of(bytes(1000), 7).parts()).hasSize(143);
        byte[] image = new byte[100];
        Pixels.Mapped.of(bytes(1000), 7).read(395, image);
        for (int i = 0; i < 100; i++) {
            assertThat(image[i]).isEqualTo((byte) (395 + i));
        }
    }

    private Path bytes(int n) {
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) {
            bytes[i] = (byte) i;
        }
        try {
            return Files.write(folder.resolve("bytes"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
