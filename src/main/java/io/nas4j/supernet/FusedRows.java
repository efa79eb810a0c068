package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Images as a matrix of one row a pixel. A gradient that comes back through it lies in memory as
 * the matrix does, whatever made it: the backward pass of libtorch's normalisation is twenty times
 * slower otherwise.
 *
 * @param rows {@code [batch·height·width, channels]}
 * @param extent of the images
 */
record FusedRows(NDArray rows, Extent extent) {

    /**
     * What the rows stand for; {@code phased}: the four phases of each image lie batch by batch.
     */
    record Extent(long batch, long height, long width, boolean phased) {
        Extent(long batch, long height, long width) {
            this(batch, height, width, false);
        }
    }

    static FusedRows of(NDArray image) {
        return of(image, false);
    }

    static FusedRows of(NDArray image, boolean phased) {
        Shape s = image.getShape();
        return new FusedRows(
                image.transpose(0, 2, 3, 1).reshape(-1, s.get(1)),
                new Extent(s.get(0), s.get(2), s.get(3), phased));
    }

    /** {@code [batch, channels, height, width]}, channels innermost. */
    NDArray image() {
        return rows.reshape(extent.batch(), extent.height(), extent.width(), -1)
                .transpose(0, 3, 1, 2);
    }

    FusedRows with(NDArray other) {
        return new FusedRows(other, extent);
    }

    boolean isPhased() {
        return extent.phased();
    }
}
