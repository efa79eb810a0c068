package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.nas4j.nn.Concatenation;
import io.nas4j.nn.Fragment;
import io.nas4j.nn.Normaliser;
import io.nas4j.supernet.FusedGroup.Candidate;
import java.util.List;

/**
 * Candidates without weights, poolings and the value itself: each computed once, then one product
 * with the shares of all edges.
 */
final class FusedPools {

    private final List<Candidate> options;

    /** The poolings among them, without their normalisation. */
    private final List<Fragment> bare;

    private final int edges;
    private final int width;
    private final boolean narrow;

    /** Of every edge and option, in this order. */
    private final int share;

    /** {@code [1, channels, 1, channels]}: one where both are the same. */
    private final NDArray channels;

    /** Poolings first. */
    FusedPools(
            List<Candidate> options,
            int edges,
            int width,
            boolean narrow,
            int share,
            NDManager manager) {
        this.options = options;
        this.bare =
                options.stream()
                        .filter(option -> !option.steps().isEmpty())
                        .map(option -> bare(option.steps().get(0).fragment()))
                        .toList();
        this.edges = edges;
        this.width = width;
        this.narrow = narrow;
        this.share = share;
        this.channels = manager.eye(width).reshape(1, width, 1, width);
    }

    private static Fragment bare(Fragment pooling) {
        return Fragment.of(pooling.layers().subList(0, 1), pooling.program().input());
    }

    /** {@code [edges, batch·height·width, channels]}. */
    NDArray run(NDArray x, NDArray[] all) {
        NDArray shares = all[share].reshape(edges, options.size());
        if (narrow) {
            return side(x).matMul(
                            shares.transpose()
                                    .reshape(options.size(), 1, edges, 1)
                                    .mul(channels)
                                    .reshape(-1, edges * width))
                    .reshape(-1, edges, width)
                    .transpose(1, 0, 2);
        }
        NDList rows = new NDList();
        for (Candidate option : options) {
            NDArray value =
                    option.steps().isEmpty()
                            ? x
                            : option.steps().get(0).run(x, List.of(), Normaliser.BATCH);
            rows.add(value.transpose(0, 2, 3, 1).reshape(1, -1));
        }
        return shares.matMul(Concatenation.of(rows, 0)).reshape(edges, -1, width);
    }

    /** All beside each other, poolings normalised as one: a row a pixel. */
    private NDArray side(NDArray x) {
        NDArray itself = FusedRows.of(x).rows();
        if (bare.isEmpty()) {
            return itself;
        }
        NDList pooled = new NDList();
        for (Fragment pooling : bare) {
            pooled.add(FusedRows.of(pooling.run(x, List.of(), Normaliser.BATCH)).rows());
        }
        NDArray normed = Normaliser.byBatch(Concatenation.of(pooled, 1), null, null);
        return bare.size() == options.size()
                ? normed
                : Concatenation.of(new NDList(normed, itself), 1);
    }
}
