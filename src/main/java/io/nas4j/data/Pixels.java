package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Where the pixels of images lie. */
sealed interface Pixels {

    /** How many bytes. */
    long length();

    /** Copies as many bytes as fit into an array. */
    void read(long from, byte[] into);

    /** Rounds numbers in [0, 1] to 256 grey levels; {@code image} is how many an image has. */
    static byte[] bytes(float[] pixels, int image) {
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            require(
                    pixels[i] >= 0 && pixels[i] <= 1,
                    "pixels must be in [0, 1], but pixel %d of image %d is %s. Try %s.",
                    i % image,
                    i / image,
                    pixels[i],
                    Float.isNaN(pixels[i])
                            ? "dropping that image"
                            : "dividing by 255, or images without normalisation");
            bytes[i] = (byte) Math.round(255 * pixels[i]);
        }
        return bytes;
    }

    /** On the heap. */
    record Heap(byte[] bytes) implements Pixels {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void read(long from, byte[] into) {
            System.arraycopy(bytes, Math.toIntExact(from), into, 0, into.length);
        }
    }

    /**
     * In a file that is mapped into the address space: the system reads what is asked for, and
     * gives the memory back when it is short.
     *
     * @param file by its whole path
     * @param part bytes of each buffer but the last
     * @param parts one after the other
     */
    record Mapped(Path file, long length, int part, List<ByteBuffer> parts) implements Pixels {
        /** A buffer has less than 2 GiB. */
        private static final int PART = 1 << 30;

        static Mapped of(Path file) {
            return of(file, PART);
        }

        static Mapped of(Path file, int part) {
            require(
                    Files.isRegularFile(file),
                    "pixels are mapped from a file, but there is no \"%s\". Try its full path.",
                    file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                long length = channel.size();
                List<ByteBuffer> parts = new ArrayList<>();
                for (long from = 0; from < length; from += part) {
                    long size = Math.min(part, length - from);
                    parts.add(channel.map(FileChannel.MapMode.READ_ONLY, from, size));
                }
                return new Mapped(file.toAbsolutePath(), length, part, List.copyOf(parts));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void read(long from, byte[] into) {
            int done = 0;
            while (done < into.length) {
                long at = from + done;
                ByteBuffer buffer = parts.get((int) (at / part));
                int start = (int) (at % part);
                int size = Math.min(into.length - done, buffer.capacity() - start);
                // an absolute read: threads share the buffer
                buffer.get(start, into, done, size);
                done += size;
            }
        }
    }
}
