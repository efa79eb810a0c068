package io.nas4j.view;

import static io.nas4j.space.Require.require;
import static io.nas4j.view.Svg.number;

import io.nas4j.data.Data;
import io.nas4j.data.Resize;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image of a data set, small and in few colours: paths of equal pixels, as a drawing in an
 * untrusted notebook may hold no pictures.
 *
 * @param caption below; may be empty
 * @param channels 1 (grey), 3 (colour), or any other number, of which the first is shown
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 * @param pixels unsigned bytes {@code [channels, height, width]}
 */
public record Thumbnail(String caption, int channels, int height, int width, byte[] pixels)
        implements Picture {

    /** Larger images are averaged down. */
    private static final int LARGEST = 32;

    private static final int SIDE = 112;

    /** Levels of each colour. */
    private static final int LEVELS = 16;

    public Thumbnail {
        require(
                pixels.length == channels * height * width,
                "an image of %d×%d×%d has as many pixels, but there are %d.",
                channels,
                height,
                width,
                pixels.length);
    }

    /**
     * One example.
     *
     * @param caption below
     * @param data images
     * @param example index into them
     * @return at most 32 pixels high and wide
     */
    public static Thumbnail of(String caption, Data data, int example) {
        byte[] pixels = data.pixels(example);
        int height = Math.min(LARGEST, data.height());
        int width = Math.min(LARGEST, data.width());
        if (height < data.height() || width < data.width()) {
            pixels =
                    Resize.area(
                            pixels, data.channels(), data.height(), data.width(), height, width);
        }
        return new Thumbnail(caption, data.channels(), height, width, pixels);
    }

    @Override
    public Svg svg() {
        double scale = (double) SIDE / Math.max(height, width);
        Pen pen = new Pen();
        Map<String, StringBuilder> runs = new TreeMap<>();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; ) {
                String color = color(y, x);
                int end = x + 1;
                while (end < width && color(y, end).equals(color)) {
                    end++;
                }
                runs.computeIfAbsent(color, c -> new StringBuilder())
                        .append('M')
                        .append(number(x * scale))
                        .append(' ')
                        .append(number(y * scale))
                        .append('h')
                        .append(number((end - x) * scale))
                        .append('v')
                        .append(number(scale))
                        .append('H')
                        .append(number(x * scale))
                        .append('z');
                x = end;
            }
        }
        runs.forEach((color, path) -> pen.fill(path.toString(), color, 1));
        double tall = height * scale;
        if (!caption.isEmpty()) {
            pen.text(0, tall + 14, caption, 11, Pen.INK, Pen.Anchor.START);
        }
        double wide = Math.max(width * scale, Math.min(2 * SIDE, TextWidth.of(caption, 11)));
        return pen.svg(wide, tall + (caption.isEmpty() ? 0 : 20), alt());
    }

    private String color(int y, int x) {
        int red = level(0, y, x);
        return channels == 3
                ? String.format(Locale.ROOT, "#%x%x%x", red, level(1, y, x), level(2, y, x))
                : String.format(Locale.ROOT, "#%x%x%x", red, red, red);
    }

    private int level(int channel, int y, int x) {
        return (pixels[(channel * height + y) * width + x] & 0xff) * LEVELS / 256;
    }

    @Override
    public String alt() {
        return "Image of " + width + " by " + height + " pixels: " + caption;
    }

    /** In a terminal, dark is a dot and bright is a block. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(caption);
        // two rows a line: a character is twice as high as it is wide
        for (int y = 0; y < height; y += 2) {
            text.append('\n');
            for (int x = 0; x < width; x++) {
                text.append(" \u2591\u2592\u2593\u2588".charAt(level(0, y, x) * 5 / LEVELS));
            }
        }
        return text.toString();
    }
}
