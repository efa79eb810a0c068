package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Pictures as the JVM decodes them, and the bytes that networks read. */
public final class Photo {

    /**
     * A picture of more pixels than this is taken for an attack or a mistake: a few bytes of a file
     * can claim any number. A pixel takes at most 32 bytes on its way.
     */
    private static final long LARGEST =
            Math.min(100_000_000, Runtime.getRuntime().maxMemory() / 32);

    /** A few bytes of the JVM's other format, TIFF, can take all memory. */
    private static final Set<String> FORMATS = Set.of("jpeg", "png", "gif", "bmp");

    private static final int WHITE = 255;

    private Photo() {}

    /**
     * Decodes a file: JPEG, PNG, GIF, BMP.
     *
     * @param file of at most 100 million pixels, and as many as a 32nd of the heap has bytes; an
     *     orientation that a camera noted is not heeded
     * @return the (first) picture
     * @throws IOException with the reason, when it is torn or no picture
     */
    public static BufferedImage read(Path file) throws IOException {
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
                String format = reader.getFormatName();
                if (!FORMATS.contains(format.toLowerCase(Locale.ROOT))) {
                    throw new IOException("a picture in the format " + format);
                }
                reader.setInput(in, true, true);
                long area = (long) reader.getWidth(0) * reader.getHeight(0);
                if (area > LARGEST) {
                    throw new IOException(area + " pixels, more than " + LARGEST);
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (EOFException e) {
            throw new IOException("the file ends too early", e);
        } catch (RuntimeException e) {
            // decoders of torn files throw whatever goes wrong inside of them
            throw new IOException(
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        }
    }

    /**
     * The largest part in the middle of the wanted shape, averaged down (or repeated up) to the
     * wanted size; what is transparent becomes white.
     *
     * @param image of any size
     * @param channels 3 for red, green and blue; 1 for brightness as in ITU-R BT.601
     * @param height wanted, at least 1
     * @param width wanted, at least 1
     * @return unsigned bytes {@code [channels, height, width]}
     */
    public static byte[] pixels(BufferedImage image, int channels, int height, int width) {
        require(
                channels == 1 || channels == 3,
                "a picture is read in 1 channel or 3, but %d were asked for.",
                channels);
        double scale =
                Math.min((double) image.getHeight() / height, (double) image.getWidth() / width);
        int high = Math.max(1, (int) Math.round(height * scale));
        int wide = Math.max(1, (int) Math.round(width * scale));
        int[] colours =
                image.getRGB(
                        (image.getWidth() - wide) / 2,
                        (image.getHeight() - high) / 2,
                        wide,
                        high,
                        null,
                        0,
                        wide);
        byte[] planes = new byte[channels * colours.length];
        for (int i = 0; i < colours.length; i++) {
            int alpha = colours[i] >>> 24;
            int red = overWhite(colours[i] >> 16 & 0xff, alpha);
            int green = overWhite(colours[i] >> 8 & 0xff, alpha);
            int blue = overWhite(colours[i] & 0xff, alpha);
            if (channels == 1) {
                planes[i] = (byte) Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
            } else {
                planes[i] = (byte) red;
                planes[colours.length + i] = (byte) green;
                planes[2 * colours.length + i] = (byte) blue;
            }
        }
        return high == height && wide == width
                ? planes
                : Resize.area(planes, channels, high, wide, height, width);
    }

    private static int overWhite(int value, int alpha) {
        return Math.round((value * alpha + WHITE * (255 - alpha)) / 255f);
    }
}
