package io.nas4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileTest {

    private static final Data ROWS =
            Data.rows(
                            "dots",
                            new float[] {0, 1.5f, -2, 3, 4, 5, 6, 7},
                            2,
                            new int[] {0, 1, 0, 1},
                            List.of("a", "ä"))
                    .split(new Split(new int[] {3, 0}, new int[] {1}, new int[] {2}))
                    .noting(List.of("one row was left out"));

    @Test
    void rowsImagesAndSplitsComeBack(@TempDir Path folder) throws IOException {
        Data images =
                Data.images(
                        "dark",
                        new byte[] {1, -2, 3, 4},
                        1,
                        1,
                        2,
                        new int[] {0, 1},
                        List.of("a", "b"));
        for (Data data : List.of(ROWS, images)) {
            DataReference reference = DataReference.of(data, folder);
            assertThat(reference.file()).isPresent();
            Data read = reference.read();
            assertThat(read).hasToString(data.toString());
            assertThat(read.contentHash()).isEqualTo(data.contentHash());
            assertThat(read.split().contentHash()).isEqualTo(data.split().contentHash());
        }
    }

    @Test
    void theEmbeddedSampleNeedsNoFile(@TempDir Path folder) throws IOException {
        Data sample = Readers.fashionMnistSample();
        DataReference reference = DataReference.of(sample, folder);
        assertThat(reference.file()).isEmpty();
        assertThat(reference.read().split().contentHash()).isEqualTo(sample.split().contentHash());
        assertThat(DataReference.of(sample.split(0.5, 0.3), folder).file()).isPresent();
    }

    @Test
    void mappedImagesStayInTheirFile(@TempDir Path folder) throws IOException {
        Path pixels = Files.write(folder.resolve("pixels"), new byte[1_000_000]);
        int[] labels = new int[100];
        Arrays.fill(labels, 50, 100, 1);
        Data mapped = Data.mapped("dark", pixels, 1, 100, 100, labels, List.of("a", "b"));
        DataReference reference = DataReference.of(mapped.split(0.5, 0.3), folder);
        assertThat(Files.size(reference.file().orElseThrow())).isLessThan(2_000);
        Data read = reference.read();
        assertThat(read.isMapped()).isTrue();
        assertThat(read.contentHash()).isEqualTo(mapped.contentHash());
        assertThat(read.split().contentHash())
                .isEqualTo(mapped.split(0.5, 0.3).split().contentHash());

        Files.setLastModifiedTime(pixels, FileTime.fromMillis(1));
        assertThatIllegalArgumentException()
                .isThrownBy(reference::read)
                .withMessageContaining("must stay as they are while a search runs")
                .withMessageContaining("was changed. Try starting the search again.");
        Files.delete(pixels);
        assertThatIllegalArgumentException()
                .isThrownBy(reference::read)
                .withMessageContaining("there is no");
    }

    @Test
    void otherContentIsRefused(@TempDir Path folder) throws IOException {
        DataReference reference = DataReference.of(ROWS, folder);
        Path file = reference.file().orElseThrow();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 64;
        Files.write(file, bytes);
        assertThatIllegalArgumentException()
                .isThrownBy(reference::read)
                .withMessageContaining("must have the content");
        for (int length : new int[] {0, 3, 20, 60}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatIllegalArgumentException().isThrownBy(reference::read);
        }
    }
}
