package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CIFAR's binary files: records of one label, or two, and 3×32×32 bytes.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">Krizhevsky, 2009</a>
 */
final class Cifar {

    private static final List<String> TEN =
            List.of(
                    "airplane",
                    "automobile",
                    "bird",
                    "cat",
                    "deer",
                    "dog",
                    "frog",
                    "horse",
                    "ship",
                    "truck");
    private static final int PIXELS = 3 * 32 * 32;
    private static final int HUNDRED = 100;

    private Cifar() {}

    static Data ten(Path folder) {
        Path home = inner(folder, "cifar-10-batches-bin");
        List<Path> batches =
                Readers.list(home).stream()
                        .filter(p -> p.getFileName().toString().startsWith("data_batch_"))
                        .toList();
        require(
                !batches.isEmpty(),
                "\"%s\" must hold data_batch_1.bin, but does not. Try the folder of CIFAR-10's"
                        + " binary version.",
                folder);
        return read("cifar-10", 1, batches, Readers.file(home, "test_batch"), TEN);
    }

    static Data hundred(Path folder) {
        Path home = inner(folder, "cifar-100-binary");
        return read(
                "cifar-100",
                2,
                List.of(Readers.file(home, "train.bin")),
                Readers.file(home, "test.bin"),
                names(home.resolve("fine_label_names.txt")));
    }

    private static Path inner(Path folder, String name) {
        Path inner = folder.resolve(name);
        return Files.isDirectory(inner) ? inner : folder;
    }

    /** The archive brings the names; without that file classes have numbers. */
    private static List<String> names(Path file) {
        if (!Files.isRegularFile(file)) {
            return IntStream.range(0, HUNDRED).mapToObj(String::valueOf).toList();
        }
        try {
            List<String> names =
                    Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                            .map(String::strip)
                            .filter(name -> !name.isEmpty())
                            .toList();
            require(
                    names.size() == HUNDRED,
                    "\"%s\" must name 100 classes, but names %d. Try deleting it.",
                    file.getFileName(),
                    names.size());
            return names;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "\"" + file.getFileName() + "\" must be text in UTF-8. Try deleting it.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads.
     *
     * @param labelled bytes of labels before an image, of which the last counts
     */
    private static Data read(
            String name, int labelled, List<Path> training, Path test, List<String> classes) {
        List<Bytes> files =
                Stream.concat(training.stream(), Stream.of(test)).map(Bytes::of).toList();
        int record = PIXELS + labelled;
        int total = files.stream().mapToInt(file -> images(file, record)).sum();
        require(
                total <= Integer.MAX_VALUE / PIXELS,
                "CIFAR files must hold at most %d images, but hold %d. Try fewer files.",
                Integer.MAX_VALUE / PIXELS,
                total);
        byte[] pixels = new byte[total * PIXELS];
        int[] labels = new int[total];
        int at = 0;
        for (Bytes file : files) {
            byte[] content = file.content();
            for (int from = 0; from < content.length; from += record) {
                labels[at] = content[from + labelled - 1] & 0xff;
                System.arraycopy(content, from + labelled, pixels, at * PIXELS, PIXELS);
                at++;
            }
        }
        int tests = images(files.get(files.size() - 1), record);
        return Data.images(name, pixels, 3, 32, 32, labels, classes)
                .split(Split.withTest(labels, tests, 0.2, 1));
    }

    private static int images(Bytes file, int record) {
        int length = file.content().length;
        require(
                length > 0 && length % record == 0,
                "CIFAR file \"%s\" must be a multiple of %d bytes, but has %d. Try downloading it"
                        + " again.",
                file.name(),
                record,
                length);
        return length / record;
    }
}
