package io.nas4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Files decoded into one array, on all cores: beside that array there is only what the pictures
 * under way take, however many there are. The order is that of the files.
 */
final class Pictures {

    /** A file that could not be read. */
    record Failure(Path file, String reason) {}

    private final int size;
    private final boolean grey;
    private final byte[] pixels;
    private final int[] labels;
    private final List<Failure> failures = new ArrayList<>();
    private int count;

    Pictures(int size, boolean grey, int most) {
        this.size = size;
        this.grey = grey;
        pixels = new byte[most * channels() * size * size];
        labels = new int[most];
    }

    private int channels() {
        return grey ? 1 : 3;
    }

    /** Adds those that can be read, in their order, and keeps why not of the others. */
    void add(List<Path> files, int label) {
        int length = channels() * size * size;
        int first = count;
        String[] reasons = new String[files.size()];
        IntStream.range(0, reasons.length)
                .parallel()
                .forEach(i -> reasons[i] = decode(files.get(i), (first + i) * length));
        for (int i = 0; i < reasons.length; i++) {
            if (reasons[i] != null) {
                failures.add(new Failure(files.get(i), reasons[i]));
                continue;
            }
            if (first + i != count) {
                System.arraycopy(pixels, (first + i) * length, pixels, count * length, length);
            }
            labels[count++] = label;
        }
    }

    /** Null where it went well. */
    private String decode(Path file, int at) {
        try {
            byte[] planes = Photo.pixels(Photo.read(file), channels(), size, size);
            System.arraycopy(planes, 0, pixels, at, planes.length);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    int size() {
        return count;
    }

    List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** Not copied where every file was read. */
    byte[] pixels() {
        int length = count * channels() * size * size;
        return length == pixels.length ? pixels : Arrays.copyOf(pixels, length);
    }

    int[] labels() {
        return Arrays.copyOf(labels, count);
    }
}
