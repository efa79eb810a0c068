package io.nas4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {

    @TempDir Path folder;

    @Test
    void theSampleHasTenThousandBalancedImagesInAFixedSplit() {
        Data data = Readers.fashionMnistSample();

        assertThat(data.size()).isEqualTo(10_000);
        assertThat(data.pixels()).hasSize(10_000 * 28 * 28);
        assertThat(data.classes()).hasSize(10).startsWith("T-shirt").endsWith("ankle boot");
        assertThat(data.labels()).startsWith(9, 2, 1, 1, 6, 1, 4, 6);
        Split split = data.split();
        assertThat(perClass(split.train(), data)).containsOnly(700);
        assertThat(perClass(split.validation(), data)).containsOnly(150);
        assertThat(perClass(split.test(), data)).containsOnly(150);
        assertThat(Readers.fashionMnistSample().split().train()).isEqualTo(split.train());
        long sum =
                IntStream.range(0, 7_840_000)
                        .map(i -> data.pixels()[i] & 0xff)
                        .asLongStream()
                        .sum();
        assertThat(sum / 7_840_000.0 / 255).isBetween(0.28, 0.30); // published mean: 0.286
    }

    @Test
    void aFolderOfFourIdxFilesKeepsItsOwnTestSet() throws IOException {
        write("train-images-idx3-ubyte", images(60, 2, 3));
        gzip("train-labels-idx1-ubyte.gz", labels(60));
        gzip("t10k-images-idx3-ubyte.gz", images(10, 2, 3));
        write("t10k-labels.idx1-ubyte", labels(10));
        Data data = Readers.idx(folder);

        assertThat(data.size()).isEqualTo(70);
        assertThat(data.height()).isEqualTo(2);
        assertThat(data.width()).isEqualTo(3);
        assertThat(data.classes()).containsExactly("0", "1", "2", "3", "4");
        assertThat(data.split().train()).hasSize(50);
        assertThat(data.split().validation()).hasSize(10);
        assertThat(data.split().test()).containsExactly(IntStream.range(60, 70).toArray());
        assertThat(data.pixels()[6]).isEqualTo((byte) 6);
    }

    @Test
    void emnistsLettersAreSetUprightAndCountedFromTheFirst() throws IOException {
        byte[] labels = labels(52);
        for (int i = 0; i < 52; i++) {
            labels[8 + i] = (byte) (1 + i % 26);
        }
        byte[] images = images(52, 3, 3);
        write("emnist-letters-train-images-idx3-ubyte", images);
        write("emnist-letters-train-labels-idx1-ubyte", labels);
        gzip("emnist-letters-test-images-idx3-ubyte.gz", images);
        gzip("emnist-letters-test-labels-idx1-ubyte.gz", labels);
        Data data = Readers.idx(folder);
        assertThat(data.classes()).hasSize(26).startsWith("a", "b").endsWith("z");
        assertThat(data.labels()[27]).isEqualTo(1);
        assertThat(data.split().test()).hasSize(52).startsWith(52);
        // row 0, column 2 of the second image is column 0, row 2 of the file's
        assertThat(data.pixels()[9 + 2]).isEqualTo(images[16 + 9 + 2 * 3]);
        assertThat(data.pixels()[9 + 1 * 3 + 2]).isEqualTo(images[16 + 9 + 2 * 3 + 1]);
    }

    @Test
    void numbersWithTheLowByteFirstAreTold() throws IOException {
        byte[] images = images(60, 2, 3);
        images[0] = 3;
        images[1] = 8;
        images[2] = 0;
        images[3] = 0;
        write("train-images-idx3-ubyte", images);
        write("train-labels-idx1-ubyte", labels(60));
        assertThatThrownBy(() -> Readers.idx(folder)).hasMessageContaining("high byte first");
    }

    @Test
    void aTruncatedIdxFileIsRefusedWithBothSizes() throws IOException {
        write("train-images-idx3-ubyte", Arrays.copyOf(images(60, 2, 3), 16 + 300));
        write("train-labels-idx1-ubyte", labels(60));
        assertThatThrownBy(() -> Readers.idx(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "must hold 60×2×3 = 360 bytes after its header, but holds 300")
                .hasMessageContaining("Try downloading it again");
        write("train-images-idx3-ubyte", new byte[7]);
        assertThatThrownBy(() -> Readers.idx(folder)).hasMessageContaining("has 7 bytes in all");
    }

    @Test
    void aTornGzipFileIsRefused() throws IOException {
        gzip("train-images.gz", images(60, 9, 9));
        Path file = folder.resolve("train-images.gz");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        write("train-labels", labels(60));
        assertThatThrownBy(() -> Readers.idx(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a whole gzip file, but it is torn");
    }

    @Test
    void swappedIdxFilesAreRefused() throws IOException {
        write("train-images-idx3-ubyte", labels(60));
        write("train-labels-idx1-ubyte", images(60, 2, 3));
        assertThatThrownBy(() -> Readers.idx(folder))
                .hasMessageContaining("must start with 0x00000803, but starts with 0x00000801")
                .hasMessageContaining("Try swapping images and labels");
    }

    @Test
    void idxImagesAndLabelsOfDifferentLengthAreRefused() throws IOException {
        write("train-images-idx3-ubyte", images(60, 2, 3));
        write("train-labels-idx1-ubyte", labels(59));
        assertThatThrownBy(() -> Readers.idx(folder))
                .hasMessageContaining("has 60")
                .hasMessageContaining("has 59");
    }

    @Test
    void aFolderWithoutTheFilesIsRefusedByName() throws IOException {
        write("readme", new byte[1]);
        assertThatThrownBy(() -> Readers.idx(folder))
                .hasMessageContaining("starts with train-images, but holds [readme]");
        assertThatThrownBy(() -> Readers.idx(folder.resolve("none")))
                .hasMessageContaining("must be a folder");
        assertThatThrownBy(() -> Readers.cifar10(folder)).hasMessageContaining("data_batch_1.bin");
        assertThatThrownBy(() -> Readers.csv(folder.resolve("none.csv"), "y"))
                .hasMessageContaining("must be a file");
    }

    @Test
    void cifarBatchesAreReadPlaneByPlane() throws IOException {
        write("data_batch_1.bin", cifar(30));
        write("data_batch_2.bin", cifar(20));
        write("test_batch.bin", cifar(10));
        Data data = Readers.cifar10(folder);

        assertThat(data.size()).isEqualTo(60);
        assertThat(data.channels()).isEqualTo(3);
        assertThat(data.labels()).startsWith(0, 1, 2, 3);
        assertThat(data.pixels()[3072 * 7 + 5]).isEqualTo((byte) (7 + 5));
        assertThat(data.split().test()).containsExactly(IntStream.range(50, 60).toArray());
        assertThat(data.split().train()).hasSize(40);
        write("data_batch_2.bin", Arrays.copyOf(cifar(20), 5000));
        assertThatThrownBy(() -> Readers.cifar10(folder))
                .hasMessageContaining("must be a multiple of 3073 bytes, but has 5000");
    }

    @Test
    void aCsvFileBecomesRowsAndTextBecomesZeroOneFeatures() throws IOException {
        String text =
                "size,\"colour, outside\",kind\n1.5,red,b\n2,\"dark \"\"x\"\"\",a\n\n3,red,b\n";
        Files.writeString(folder.resolve("t.csv"), text);
        Data data = Readers.csv(folder.resolve("t.csv"), "kind");
        data = data.split(new Split(new int[] {0, 1}, new int[] {2}, new int[0]));

        assertThat(data.channels()).isEqualTo(3);
        assertThat(data.classes()).containsExactly("a", "b");
        assertThat(data.labels()).containsExactly(1, 0, 1);
        assertThat(data.values()).containsExactly(1.5f, 0, 1, 2, 1, 0, 3, 0, 1);
    }

    @Test
    void spacesLineEndsAndTheByteOrderMarkDoNotMatter() {
        Csv plain = Csv.parse("t", "a,b\n1,\"x, y\"\n2,z\n");
        assertThat(Csv.parse("t", "\ufeffa , b\r\n\r\n 1 ,\t\"x, y\"\r\n2,z")).isEqualTo(plain);
        assertThat(plain.rows()).containsExactly(List.of("1", "x, y"), List.of("2", "z"));
    }

    @Test
    void aTableThatCannotBeLearnedFromIsRefused() {
        assertRefused("a,b\n1,2\n", "c", "\"c\" must be a column of \"t\", but these are [a, b]");
        assertRefused("a,b\n1,x\n2,\n", "b", "column \"b\" of \"t\" is empty in row 2");
        assertRefused("a,b\n1,0.5\n2,NaN\n", "b", "column \"b\" of \"t\" is empty in row 2");
        assertRefused("a,b\n1,x\nred,y\n", "b", "row 2 has \"red\"");
        assertRefused("b\n1\n2\n", "b", "a column to predict from, but \"t\" has only [b]");
        assertRefused("a,b\n1,x\n2\n", "b", "row 2 has 1");
        assertRefused("a,a\n1,x\n", "a", "differently");
        assertRefused("a,b\n0,y\n\"1,x\n", "b", "startline 3");
        assertRefused("a,b\n0,y\n\"1\"2,x\n", "b", "line: 3");
        assertRefused("", "b", "must have a header, but is empty");
        StringBuilder text = new StringBuilder("a,b\n");
        IntStream.range(0, 101).forEach(i -> text.append(i).append(',').append(i).append("th\n"));
        assertRefused(text.toString(), "b", "has 101 values. Try binning it");
    }

    private static void assertRefused(String text, String target, String message) {
        assertThatThrownBy(() -> Readers.table(Csv.parse("t", text), target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static int[] perClass(int[] part, Data data) {
        int[] counts = new int[data.classes().size()];
        for (int index : part) {
            counts[data.labels()[index]]++;
        }
        return counts;
    }

    private static byte[] images(int count, int height, int width) {
        ByteBuffer buffer = ByteBuffer.allocate(16 + count * height * width);
        buffer.putInt(0x803).putInt(count).putInt(height).putInt(width);
        IntStream.range(0, count * height * width).forEach(i -> buffer.put((byte) i));
        return buffer.array();
    }

    private static byte[] labels(int count) {
        ByteBuffer buffer = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        IntStream.range(0, count).forEach(i -> buffer.put((byte) (i % 5)));
        return buffer.array();
    }

    private static byte[] cifar(int count) {
        ByteBuffer buffer = ByteBuffer.allocate(3073 * count);
        for (int i = 0; i < count; i++) {
            buffer.put((byte) (i % 10));
            for (int k = 0; k < 3072; k++) {
                buffer.put((byte) (i + k));
            }
        }
        return buffer.array();
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private void gzip(String name, byte[] content) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(content);
        }
    }

    @Test
    void cifar100TakesTheFineLabels() throws IOException {
        int record = 2 + 3072;
        byte[] train = new byte[500 * record];
        byte[] test = new byte[100 * record];
        for (int i = 0; i < 500; i++) {
            train[i * record] = 19;
            train[i * record + 1] = (byte) (i % 100);
            train[i * record + 2] = (byte) i;
        }
        for (int i = 0; i < 100; i++) {
            test[i * record + 1] = (byte) i;
        }
        write("train.bin", train);
        write("test.bin", test);
        Data data = Readers.cifar100(folder);

        assertThat(data.classes()).hasSize(100).startsWith("0", "1");
        assertThat(data.labels()).startsWith(0, 1, 2).endsWith(98, 99);
        assertThat(data.pixels()[3072]).isEqualTo((byte) 1);
        assertThat(data.split().train()).hasSize(400);
        assertThat(data.split().test()).hasSize(100);
    }

    @Test
    void aSmallFileThatUnpacksToMoreThanTheHeapIsRefused() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(new byte[1 << 20]);
        }
        assertThat(packed.size()).isLessThan(2_000);
        byte[] bytes = packed.toByteArray();
        assertThat(Bytes.of("whole", new ByteArrayInputStream(bytes), 1 << 20).content())
                .hasSize(1 << 20);
        for (byte[] content : List.of(bytes, new byte[1 << 20])) {
            ByteArrayInputStream in = new ByteArrayInputStream(content);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Bytes.of("bomb.gz", in, (1 << 20) - 1))
                    .withMessageContaining("\"bomb.gz\" must have at most 1048575 bytes")
                    .withMessageContaining("but has more");
        }
    }

    @Test
    void idxSizesWhoseProductIsBeyondAllNumbersAreRefused() {
        ByteBuffer header = ByteBuffer.allocate(16 + 9);
        header.putInt(0x0803).putInt(Integer.MAX_VALUE);
        header.putInt(Integer.MAX_VALUE).putInt(Integer.MAX_VALUE);
        Bytes file = new Bytes("huge", header.array());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Idx.images(file))
                .withMessageContaining("\"huge\" must hold 2147483647×2147483647×2147483647");
    }
}
