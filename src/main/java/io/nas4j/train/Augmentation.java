package io.nas4j.train;

import static io.nas4j.space.Require.require;

import java.util.random.RandomGenerator;

/**
 * Random changes to training images, in this order: moved and mirrored, colours changed, a square
 * hidden, and two images mixed into one. Of rows only the last is done.
 *
 * @param shift up to so many pixels in both directions, black moves in; 0: none
 * @param flip whether every other image is mirrored left to right
 * @param cutout side of a square that is hidden at a random place; 0: none
 * @param brightness each image times a factor within {@code 1 ± brightness}; 0: none
 * @param contrast each image's difference from its mean brightness, times a factor; 0: none
 * @param saturation each pixel's difference from its own brightness, times a factor; 0: none
 * @param mixup alpha of the Beta distribution of an image's share in a mixture; 0: none
 * @see <a href="https://arxiv.org/abs/1708.04552">DeVries and Taylor, 2017 (cutout)</a>
 * @see <a href="https://arxiv.org/abs/1710.09412">Zhang et al., 2018 (mixup)</a>
 */
public record Augmentation(
        int shift,
        boolean flip,
        int cutout,
        double brightness,
        double contrast,
        double saturation,
        double mixup) {

    /** Images as they are. */
    public static final Augmentation NONE = new Augmentation(0, false, 0);

    public Augmentation {
        require(shift >= 0, "shift must be at least 0 pixels, but was %d.", shift);
        require(cutout >= 0, "cutout must be at least 0 pixels, but was %d.", cutout);
        requireShare("brightness", brightness);
        requireShare("contrast", contrast);
        requireShare("saturation", saturation);
        require(
                mixup == 0 || (mixup >= 0.05 && mixup <= 1),
                "mixup must be 0 or in [0.05, 1], but was %s. Try 0.2.",
                mixup);
    }

    /**
     * Moves, mirrors and hides only.
     *
     * @param shift at least 0
     * @param flip whether to mirror
     * @param cutout at least 0
     */
    public Augmentation(int shift, boolean flip, int cutout) {
        this(shift, flip, cutout, 0, 0, 0, 0);
    }

    private static void requireShare(String name, double value) {
        require(
                value >= 0 && value <= 1,
                "%s must be in [0, 1], but was %s. Try 0.2.",
                name,
                value);
    }

    /**
     * What small images of most kinds bear: moved by a twelfth of their side, mirrored, and two
     * sevenths of the side hidden. Milder than what long trainings use (an eighth, a half), since
     * short ones must still learn something.
     *
     * @param side of the images in pixels, at least 1
     * @return for example 1 pixel and a square of 4 at 14 pixels, 3 and 9 at 32
     */
    public static Augmentation mild(int side) {
        require(side >= 1, "images have a side of at least 1 pixel, but this has %d.", side);
        return new Augmentation(Math.round(side / 12f), true, Math.round(side * 2 / 7f));
    }

    /**
     * Sets {@link #shift}.
     *
     * @param pixels at least 0; 0 is off
     * @return a copy
     */
    public Augmentation shift(int pixels) {
        return new Augmentation(pixels, flip, cutout, brightness, contrast, saturation, mixup);
    }

    /**
     * A random crop of the image's own size out of the image with a black border, which is the same
     * as moving it: sets {@link #shift}.
     *
     * @param padding of the border in pixels, at least 0; 0 is off
     * @return a copy
     */
    public Augmentation crop(int padding) {
        return shift(padding);
    }

    /**
     * Sets {@link #flip}.
     *
     * @param mirror whether left and right are exchanged at random
     * @return a copy
     */
    public Augmentation flip(boolean mirror) {
        return new Augmentation(shift, mirror, cutout, brightness, contrast, saturation, mixup);
    }

    /**
     * Sets {@link #cutout}.
     *
     * @param side of the blanked square in pixels, at least 0; 0 is off
     * @return a copy
     */
    public Augmentation cutout(int side) {
        return new Augmentation(shift, flip, side, brightness, contrast, saturation, mixup);
    }

    /**
     * Sets {@link #brightness}, {@link #contrast} and {@link #saturation}.
     *
     * @param light brightness, in [0, 1]
     * @param difference contrast, in [0, 1]
     * @param vividness saturation, in [0, 1]; images must then have red, green and blue
     * @return a copy
     */
    public Augmentation colour(double light, double difference, double vividness) {
        return new Augmentation(shift, flip, cutout, light, difference, vividness, mixup);
    }

    /**
     * Sets {@link #mixup}: each image of a batch becomes a mixture with another one, and so does
     * what is to be predicted of it. One share a batch, drawn from Beta(alpha, alpha).
     *
     * @param alpha in [0.05, 1]; 0 is off
     * @return a copy
     */
    public Augmentation mixup(double alpha) {
        return new Augmentation(shift, flip, cutout, brightness, contrast, saturation, alpha);
    }

    /**
     * Refuses images that have no colours to be changed.
     *
     * @param channels of the images
     * @throws IllegalArgumentException for a saturation without three channels
     */
    void requireSuits(int channels) {
        require(
                saturation == 0 || channels == 3,
                "saturation needs images of red, green and blue, but these have %d channels. Try"
                        + " colour(%s, %s, 0).",
                channels,
                brightness,
                contrast);
    }

    boolean isColoured() {
        return brightness > 0 || contrast > 0 || saturation > 0;
    }

    boolean isNone() {
        return equals(NONE);
    }

    /** Colours and mixtures are named where there are any. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("Augmentation[shift=" + shift)
                        .append(", flip=" + flip + ", cutout=" + cutout);
        if (isColoured()) {
            text.append(", brightness=" + brightness + ", contrast=" + contrast)
                    .append(", saturation=" + saturation);
        }
        return text.append(mixup > 0 ? ", mixup=" + mixup + "]" : "]").toString();
    }

    /**
     * Where the pixels of a batch come from, by row and by column.
     *
     * @param rows source row of each row, {@code [batch, height]}, in range
     * @param columns source column of each column, {@code [batch, width]}, in range
     * @param rowInside 1 where the source row exists, 0 where black moves in
     * @param columnInside the same for columns
     * @param rowHidden 1 where the hidden square covers the row
     * @param columnHidden the same for columns
     * @param colours factors of brightness, contrast and saturation, {@code [3, batch]}
     */
    record Draw(
            long[] rows,
            long[] columns,
            byte[] rowInside,
            byte[] columnInside,
            byte[] rowHidden,
            byte[] columnHidden,
            float[] colours) {}

    Draw draw(int batch, int height, int width, RandomGenerator random) {
        Draw draw =
                new Draw(
                        new long[batch * height],
                        new long[batch * width],
                        new byte[batch * height],
                        new byte[batch * width],
                        new byte[batch * height],
                        new byte[batch * width],
                        new float[3 * batch]);
        for (int i = 0; i < batch; i++) {
            int down = offset(random);
            int right = offset(random);
            boolean mirror = flip && random.nextBoolean();
            move(draw.rows, draw.rowInside, i * height, height, down, false);
            move(draw.columns, draw.columnInside, i * width, width, right, mirror);
            if (cutout > 0) {
                hide(draw.rowHidden, i * height, height, random.nextInt(height));
                hide(draw.columnHidden, i * width, width, random.nextInt(width));
            }
        }
        if (isColoured()) {
            for (int i = 0; i < batch; i++) {
                draw.colours[i] = factor(brightness, random);
                draw.colours[batch + i] = factor(contrast, random);
                draw.colours[2 * batch + i] = factor(saturation, random);
            }
        }
        return draw;
    }

    private static float factor(double range, RandomGenerator random) {
        return (float) (1 - range + 2 * range * random.nextDouble());
    }

    /**
     * Who is mixed with whom.
     *
     * @param partners position in the batch, one an image
     * @param share of the image itself, in [0, 1]
     */
    record Mix(int[] partners, double share) {}

    Mix mix(int batch, RandomGenerator random) {
        int[] all = java.util.stream.IntStream.range(0, batch).toArray();
        return new Mix(Sampling.shuffled(all, random), beta(random));
    }

    /** Of Beta(alpha, alpha) with alpha up to 1, by Jöhnk's rejection. */
    private double beta(RandomGenerator random) {
        while (true) {
            double a = Math.pow(random.nextDouble(), 1 / mixup);
            double b = Math.pow(random.nextDouble(), 1 / mixup);
            if (a + b > 0 && a + b <= 1) {
                return a / (a + b);
            }
        }
    }

    private int offset(RandomGenerator random) {
        return shift == 0 ? 0 : random.nextInt(2 * shift + 1) - shift;
    }

    private static void move(
            long[] source, byte[] inside, int start, int size, int offset, boolean mirror) {
        for (int to = 0; to < size; to++) {
            int from = (mirror ? size - 1 - to : to) + offset;
            boolean exists = from >= 0 && from < size;
            source[start + to] = exists ? from : 0;
            inside[start + to] = (byte) (exists ? 1 : 0);
        }
    }

    /** The centre is anywhere, so the square may reach over the edge, as in the paper's code. */
    private void hide(byte[] hidden, int start, int size, int centre) {
        int from = Math.max(0, centre - cutout / 2);
        int to = Math.min(size, centre - cutout / 2 + cutout);
        for (int at = from; at < to; at++) {
            hidden[start + at] = 1;
        }
    }
}
