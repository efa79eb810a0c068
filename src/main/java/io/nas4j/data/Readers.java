package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where data come from: the embedded sample, folders of known formats, tables. */
public final class Readers {

    static final List<String> FASHION =
            List.of(
                    "T-shirt",
                    "trouser",
                    "pullover",
                    "dress",
                    "coat",
                    "sandal",
                    "shirt",
                    "sneaker",
                    "bag",
                    "ankle boot");

    private Readers() {}

    /**
     * The 10,000 images of Fashion-MNIST's test file ({@code t10k}), in this library: 28×28 grey
     * levels, 10 classes of 1,000. Accuracies on it cannot be compared with published ones, whose
     * models learn from the 60,000 images of the training file.
     *
     * @return split anew into 7,000 / 1,500 / 1,500, always the same
     * @see <a href="https://arxiv.org/abs/1708.07747">Xiao et al., 2017</a>
     */
    public static Data fashionMnistSample() {
        Idx images = Idx.images(resource("t10k-images-idx3-ubyte.gz"));
        Idx labels = Idx.labels(resource("t10k-labels-idx1-ubyte.gz"));
        return images("fashion-mnist-sample", images, labels, FASHION);
    }

    /**
     * A folder as MNIST, Fashion-MNIST, KMNIST, QMNIST, EMNIST and others publish it: a pair of
     * files {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, and one with
     * {@code t10k} or {@code test}, plain or {@code .gz}; what stands before and between does not
     * matter ({@code emnist-letters-train-images-idx3-ubyte.gz}). Labels that do not begin at 0, as
     * those of EMNIST's letters, are counted from the first; EMNIST's images, which are published
     * transposed, are set upright.
     *
     * @param folder holds the four files, or the two for training only
     * @return with a test pair, that is the test part, and a sixth of the others validates (of
     *     60,000: 50,000 / 10,000); without, split 70 / 15 / 15. Classes have the labels' names:
     *     clothes, letters, digits, or the numbers in the file
     */
    public static Data idx(Path folder) {
        return IdxFolder.read(folder);
    }

    /**
     * CIFAR-10 in its binary version: {@code data_batch_1.bin} to {@code 5}, {@code
     * test_batch.bin}.
     *
     * @param folder holds them, or holds the folder {@code cifar-10-batches-bin}
     * @return 3×32×32 images; the test batch is the test part, a fifth of the others validates
     *     (40,000 / 10,000 / 10,000)
     */
    public static Data cifar10(Path folder) {
        return Cifar.ten(folder);
    }

    /**
     * CIFAR-100 in its binary version: {@code train.bin}, {@code test.bin}; the 100 fine classes.
     *
     * @param folder holds them, or holds the folder {@code cifar-100-binary}
     * @return 3×32×32 images; the test file is the test part, a fifth of the others validates
     *     (40,000 / 10,000 / 10,000)
     */
    public static Data cifar100(Path folder) {
        return Cifar.hundred(folder);
    }

    /**
     * A folder of images, a folder a class: {@code flowers/rose/1.jpg}. Read with {@link
     * ImageFolder}'s defaults: 32×32 pixels, squeezed to the square's middle, at most one file in
     * twenty unreadable.
     *
     * @param folder holds a folder for each class, or the folders {@code train}, {@code test} and
     *     perhaps {@code val} of such folders
     * @return split as the folders say, else 70 / 15 / 15; {@link Data#notes()} names what could
     *     not be read
     * @throws IllegalArgumentException when there are no classes, or too many unreadable files
     */
    public static Data folder(Path folder) {
        return new ImageFolder().read(folder);
    }

    /**
     * Rows of a file of comma-separated values.
     *
     * @param file the first line names the columns
     * @param targets the column to be predicted, or several
     * @return as {@link #table}
     */
    public static Data csv(Path file, String... targets) {
        return table(Csv.read(file), targets);
    }

    /**
     * Rows of a table of text, read with {@link TableReader}'s defaults: numbers, categories, dates
     * in ISO 8601 and sentences become features; cells may be empty.
     *
     * @param table its columns' types are {@linkplain Frame#of found out}
     * @param targets the column to be predicted, or several
     * @return split 70 / 15 / 15; {@link Data#encoding()} tells what was done with each column
     */
    public static Data table(Csv table, String... targets) {
        return new TableReader().read(Frame.of(table), targets);
    }

    static Data images(String name, Idx images, Idx labels, List<String> classes) {
        requirePairs(images, labels);
        int[] shape = images.shape();
        return Data.images(
                name, images.values(), 1, shape[1], shape[2], labels.asLabels(), classes);
    }

    static void requirePairs(Idx images, Idx labels) {
        require(
                images.shape()[0] == labels.shape()[0],
                "images and labels must be of one length, but \"%s\" has %d and \"%s\" has %d. Try"
                        + " the two files of one set.",
                images.name(),
                images.shape()[0],
                labels.name(),
                labels.shape()[0]);
    }

    private static Bytes resource(String name) {
        try (InputStream in = Readers.class.getResourceAsStream(name)) {
            return Bytes.of(name, java.util.Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(Path folder, String prefix) {
        return find(folder, prefix)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "\""
                                                + folder
                                                + "\" must hold a file that starts with "
                                                + prefix
                                                + ", but holds "
                                                + list(folder).stream()
                                                        .map(Path::getFileName)
                                                        .limit(10)
                                                        .toList()
                                                + ". Try the folder that the files were downloaded"
                                                + " to."));
    }

    private static Optional<Path> find(Path folder, String prefix) {
        return list(folder).stream()
                .filter(path -> path.getFileName().toString().startsWith(prefix))
                .findFirst();
    }

    static List<Path> list(Path folder) {
        Folders.requireFolder(folder);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
