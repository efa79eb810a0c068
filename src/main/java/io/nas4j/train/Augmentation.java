package io.nas4j.train;

import static io.nas4j.space.Require.require;

import java.util.random.RandomGenerator;

/**
 * Random changes to training images.
 *
 * @param shift up to so many pixels in both directions, black moves in; 0: none
 * @param flip whether every other image is mirrored left to right
 * @param cutout side of a square that is hidden at a random place; 0: none
 * @see <a href="https://arxiv.org/abs/1708.04552">DeVries and Taylor, 2017 (cutout)</a>
 */
public record Augmentation(int shift, boolean flip, int cutout) {

    /** Images as they are. */
    public static final Augmentation NONE = new Augmentation(0, false, 0);

    public Augmentation {
        require(shift >= 0, "shift must be at least 0 pixels, but was %d.", shift);
        require(cutout >= 0, "cutout must be at least 0 pixels, but was %d.", cutout);
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
        return new Augmentation(pixels, flip, cutout);
    }

    /**
     * Sets {@link #flip}.
     *
     * @param mirror whether left and right are exchanged at random
     * @return a copy
     */
    public Augmentation flip(boolean mirror) {
        return new Augmentation(shift, mirror, cutout);
    }

    /**
     * Sets {@link #cutout}.
     *
     * @param side of the blanked square in pixels, at least 0; 0 is off
     * @return a copy
     */
    public Augmentation cutout(int side) {
        return new Augmentation(shift, flip, side);
    }

    boolean isNone() {
        return equals(NONE);
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
     */
    record Draw(
            long[] rows,
            long[] columns,
            byte[] rowInside,
            byte[] columnInside,
            byte[] rowHidden,
            byte[] columnHidden) {}

    Draw draw(int batch, int height, int width, RandomGenerator random) {
        Draw draw =
                new Draw(
                        new long[batch * height],
                        new long[batch * width],
                        new byte[batch * height],
                        new byte[batch * width],
                        new byte[batch * height],
                        new byte[batch * width]);
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
        return draw;
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
