package io.nas4j.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Files decoded one after the other into one array. */
final class Pictures {

    /** A picture of more pixels than this is taken for an attack or a mistake. */
    private static final long LARGEST = 100_000_000;

    private static final int WHITE = 255;

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
            byte[] planes = square(decode(file));
            System.arraycopy(planes, 0, pixels, count * planes.length, planes.length);
            labels[count++] = label;
        } catch (IOException | RuntimeException e) {
            // decoders of torn files throw whatever goes wrong inside of them
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            failures.add(new Failure(file, reason));
        }
    }

    private static BufferedImage decode(Path file) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            if (in == null) {
                throw new IOException("cannot be opened");
            }
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("no picture");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long area = (long) reader.getWidth(0) * reader.getHeight(0);
                if (area > LARGEST) {
                    throw new IOException(area + " pixels, more than " + LARGEST);
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        }
    }

    /** The largest square in the middle, at the size wanted. */
    private byte[] square(BufferedImage image) {
        int side = Math.min(image.getWidth(), image.getHeight());
        int[] colours =
                image.getRGB(
                        (image.getWidth() - side) / 2,
                        (image.getHeight() - side) / 2,
                        side,
                        side,
                        null,
                        0,
                        side);
        byte[] planes = new byte[channels() * colours.length];
        for (int i = 0; i < colours.length; i++) {
            int alpha = colours[i] >>> 24;
            int red = overWhite(colours[i] >> 16 & 0xff, alpha);
            int green = overWhite(colours[i] >> 8 & 0xff, alpha);
            int blue = overWhite(colours[i] & 0xff, alpha);
            if (grey) {
                // brightness as in ITU-R BT.601
                planes[i] = (byte) Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
            } else {
                planes[i] = (byte) red;
                planes[colours.length + i] = (byte) green;
                planes[2 * colours.length + i] = (byte) blue;
            }
        }
        return side == size ? planes : Resize.area(planes, channels(), side, side, size, size);
    }

    private static int overWhite(int value, int alpha) {
        return Math.round((value * alpha + WHITE * (255 - alpha)) / 255f);
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
