package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The MNIST family: pairs of IDX files, images and labels, for training and for the test. */
final class IdxFolder {

    private IdxFolder() {}

    static Data read(Path folder) {
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        Path training =
                find(folder, "train", "images")
                        .orElseGet(() -> Readers.file(folder, "train-images"));
        boolean transposed =
                (name + training.getFileName()).toLowerCase(Locale.ROOT).contains("emnist");
        Idx images = upright(Idx.images(Bytes.of(training)), transposed);
        Idx labels = Idx.labels(Bytes.of(pair(folder, "train")));
        Readers.requirePairs(images, labels);
        Optional<Path> test =
                find(folder, "t10k", "images").or(() -> find(folder, "test", "images"));
        int[] all = labels.asLabels();
        byte[] pixels = images.values();
        int tests = 0;
        if (test.isPresent()) {
            Idx more = upright(Idx.images(Bytes.of(test.get())), transposed);
            String part = test.get().getFileName().toString().contains("t10k") ? "t10k" : "test";
            Idx moreLabels = Idx.labels(Bytes.of(pair(folder, part)));
            require(
                    images.shape()[1] == more.shape()[1] && images.shape()[2] == more.shape()[2],
                    "training and test images must be of one size, but are %d×%d and %d×%d.",
                    images.shape()[1],
                    images.shape()[2],
                    more.shape()[1],
                    more.shape()[2]);
            Readers.requirePairs(more, moreLabels);
            tests = more.shape()[0];
            all =
                    IntStream.concat(Arrays.stream(all), Arrays.stream(moreLabels.asLabels()))
                            .toArray();
            pixels = concat(pixels, more.values());
        }
        int first = Arrays.stream(all).min().orElse(0);
        int count = Arrays.stream(all).max().orElse(0) - first + 1;
        int[] counted = Arrays.stream(all).map(label -> label - first).toArray();
        Data data =
                Data.images(
                        name,
                        pixels,
                        1,
                        images.shape()[1],
                        images.shape()[2],
                        counted,
                        names(name + training.getFileName(), first, count));
        return tests == 0 ? data : data.split(Split.withTest(counted, tests, 1 / 6.0, 1));
    }

    private static List<String> names(String file, int first, int count) {
        String lower = file.toLowerCase(Locale.ROOT);
        if (lower.contains("fashion") && count == Readers.FASHION.size()) {
            return Readers.FASHION;
        }
        if (lower.contains("letters") && first == 1 && count == 26) {
            return IntStream.range(0, count)
                    .mapToObj(i -> String.valueOf((char) ('a' + i)))
                    .toList();
        }
        return IntStream.range(first, first + count).mapToObj(String::valueOf).toList();
    }

    /** The first file whose name has both words. */
    private static Optional<Path> find(Path folder, String part, String what) {
        return Readers.list(folder).stream()
                .filter(
                        path -> {
                            String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
                            return name.contains(part + "-" + what);
                        })
                .findFirst();
    }

    private static Path pair(Path folder, String part) {
        return find(folder, part, "labels").orElseGet(() -> Readers.file(folder, part + "-labels"));
    }

    /** Columns become rows. */
    private static Idx upright(Idx images, boolean transposed) {
        int height = images.shape()[1];
        int width = images.shape()[2];
        if (!transposed || height != width) {
            return images;
        }
        byte[] from = images.values();
        byte[] to = new byte[from.length];
        for (int start = 0; start < from.length; start += height * width) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    to[start + y * width + x] = from[start + x * width + y];
                }
            }
        }
        return new Idx(images.name(), images.shape(), to);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] result = Arrays.copyOf(a, Math.addExact(a.length, b.length));
        System.arraycopy(b, 0, result, a.length, b.length);
        return result;
    }
}
