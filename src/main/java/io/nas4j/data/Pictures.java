package io.nas4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files decoded one after the other into one array. */
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

    /** Adds, or keeps why not. */
    void add(Path file, int label) {
        try {
            byte[] planes = Photo.pixels(Photo.read(file), channels(), size, size);
            System.arraycopy(planes, 0, pixels, count * planes.length, planes.length);
            labels[count++] = label;
        } catch (IOException e) {
            failures.add(new Failure(file, String.valueOf(e.getMessage())));
        }
    }

    int size() {
        return count;
    }

    List<Failure> failures() {
        return List.copyOf(failures);
    }

    byte[] pixels() {
        return Arrays.copyOf(pixels, count * channels() * size * size);
    }

    int[] labels() {
        return Arrays.copyOf(labels, count);
    }
}
