package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.nas4j.nn.Convolutions;

/** What the edges of one group read, in the forms that their convolutions want; each made once. */
final class FusedSource {

    private final NDArray active;
    private final int edges;
    private final long batch;
    private final long channels;
    private final long height;
    private final long width;
    private NDArray repeated;
    private NDArray phases;
    private NDArray thinned;

    /** Of the value after its ReLU. */
    FusedSource(NDArray active, int edges) {
        this.active = active;
        this.edges = edges;
        Shape shape = active.getShape();
        batch = shape.get(0);
        channels = shape.get(1);
        height = shape.get(2);
        width = shape.get(3);
    }

    NDArray active() {
        return active;
    }

    /** A depthwise convolution for every edge. */
    FusedRows depthwise(NDArray weight, int stride) {
        if (repeated == null) {
            repeated = repeated(last(), batch, height, width);
        }
        return FusedRows.of(depthwise(repeated, weight, stride));
    }

    /** A depthwise convolution of dilation 2 for every edge. */
    FusedRows dilated(NDArray weight, int stride) {
        if (stride == 2) {
            // it reads every other pixel only: drop the rest, and there is no dilation left
            if (thinned == null) {
                thinned =
                        repeated(
                                last().get(":, ::2, ::2"),
                                batch,
                                (height + 1) / 2,
                                (width + 1) / 2);
            }
            return FusedRows.of(depthwise(thinned, weight, 1));
        }
        if (height % 2 != 0 || width % 2 != 0) {
            if (repeated == null) {
                repeated = repeated(last(), batch, height, width);
            }
            int padding = (int) weight.getShape().get(2) - 1;
            int groups = (int) weight.getShape().get(0);
            return FusedRows.of(
                    Convolutions.same(repeated, weight, 1, padding, padding, 2, groups));
        }
        if (phases == null) {
            phases = repeated(phased(last()), 4 * batch, height / 2, width / 2);
        }
        return FusedRows.of(depthwise(phases, weight, 1), true);
    }

    static NDArray depthwise(NDArray image, NDArray weight, int stride) {
        int padding = (int) (weight.getShape().get(2) - 1) / 2;
        int groups = (int) weight.getShape().get(0);
        return Convolutions.same(image, weight, stride, padding, padding, 1, groups);
    }

    private NDArray last() {
        return active.transpose(0, 2, 3, 1);
    }

    /** The four images of every other pixel of every other row, after one another. */
    private NDArray phased(NDArray last) {
        return last.reshape(batch, height / 2, 2, width / 2, 2, channels)
                .transpose(2, 4, 0, 1, 3, 5);
    }

    /** Back from {@link #phased}; {@code [batch·height·width, channels]} in and out. */
    static NDArray unphased(NDArray rows, FusedRows.Extent to) {
        long channels = rows.getShape().get(1);
        return rows.reshape(2, 2, to.batch(), to.height() / 2, to.width() / 2, channels)
                .transpose(2, 3, 0, 4, 1, 5)
                .reshape(-1, channels);
    }

    /** Once more for every edge, as channels: {@code [n, edges·channels, h, w]}. */
    private NDArray repeated(NDArray last, long n, long h, long w) {
        if (edges == 1) {
            return last.reshape(n, h, w, channels).transpose(0, 3, 1, 2);
        }
        return last.reshape(n, h, w, 1, channels)
                .broadcast(n, h, w, edges, channels)
                .reshape(n, h, w, edges * channels)
                .transpose(0, 3, 1, 2);
    }
}
