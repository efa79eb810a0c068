package io.nas4j.nn;

import static io.nas4j.space.Require.require;

/**
 * How a tree is built: the choices that belong neither to the space nor to the data.
 *
 * @param width a factor in (0, 1] on every number of channels and units, rounded, at least 1
 * @param affine whether the batch normalisation of candidate operations learns a scale and an
 *     offset; that of {@code stem}, {@code residual} and {@code batch_norm} always does
 * @param normalisePools whether every pooling operation is followed by batch normalisation without
 *     scale and offset
 */
public record Setting(double width, boolean affine, boolean normalisePools) {

    /** A network that is trained by itself. */
    public static final Setting EVALUATION = new Setting(1, true, false);

    /**
     * A supernet whose operations compete: neither a learnt scale nor an unnormalised pool may make
     * one of them louder.
     *
     * @see <a href="https://arxiv.org/abs/1806.09055">Liu et al., 2019</a>
     */
    public static final Setting SEARCH = new Setting(1, false, true);

    public Setting {
        require(
                width > 0 && width <= 1,
                "width must be in (0, 1], but was %s. Try 0.5 to halve all channels.",
                width);
    }

    /**
     * The same at another width.
     *
     * @param newWidth in (0, 1]
     * @return a copy
     */
    public Setting withWidth(double newWidth) {
        return new Setting(newWidth, affine, normalisePools);
    }

    int scaled(int size) {
        return (int) Math.max(1, Math.round(size * width));
    }
}
