package io.nas4j.nn;

import static io.nas4j.space.Require.require;

/**
 * The shape of one sample: an image {@code [channels, height, width]}, or a row of features.
 *
 * @param channels of an image, or how many features a row has
 * @param height in pixels; 1 for rows
 * @param width in pixels; 1 for rows
 */
public record InputShape(int channels, int height, int width) {

    public InputShape {
        require(
                channels >= 1 && height >= 1 && width >= 1,
                "a sample must have at least 1 channel and 1×1 pixels, but had %d channels and"
                        + " %d×%d pixels.",
                channels,
                height,
                width);
    }

    /**
     * Rows of a table.
     *
     * @param features how many columns
     * @return {@code [features, 1, 1]}
     */
    public static InputShape rows(int features) {
        return new InputShape(features, 1, 1);
    }

    /**
     * Whether the samples are rows rather than images.
     *
     * @return true for 1×1 pixels
     */
    public boolean isRow() {
        return height == 1 && width == 1;
    }
}
