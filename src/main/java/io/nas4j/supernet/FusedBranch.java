package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.nas4j.nn.Concatenation;
import io.nas4j.nn.Convolutions;
import io.nas4j.nn.Normaliser;
import io.nas4j.operation.Fusion;
import io.nas4j.supernet.FusedGroup.Candidate;
import io.nas4j.supernet.SupernetStep.Apply;
import java.util.List;

/**
 * Convolutional candidates of one fast form, on all edges of a group; several where a smaller
 * kernel is padded to the largest. A lane is one candidate on one edge.
 */
final class FusedBranch {

    /** Up to so many channels, products with zeros cost less than products edge by edge. */
    private static final int BLOCK_CHANNELS = 16;

    /** One step each: the first edge's. */
    private final List<Apply> options;

    private final Fusion fusion;
    private final int edges;
    private final int lanes;

    /** Of every option, edge and channel, in this order. */
    private final int share;

    private final SupernetLayout layout;

    /** {@code [lanes, 1, lanes, 1]}: one where both are the same. */
    private final NDArray blocks;

    /** {@code [lanes·channels, edges·channels]}: adds the options up. */
    private final NDArray sum;

    FusedBranch(
            List<Candidate> candidates,
            int edges,
            int channels,
            int share,
            SupernetLayout layout,
            NDManager manager) {
        this.options = candidates.stream().map(candidate -> candidate.steps().get(0)).toList();
        this.fusion = candidates.get(0).fusion().orElseThrow();
        this.edges = edges;
        this.lanes = candidates.size() * edges;
        this.share = share;
        this.layout = layout;
        this.blocks = manager.eye(lanes).reshape(lanes, 1, lanes, 1);
        this.sum = manager.eye(edges * channels).tile(new long[] {candidates.size(), 1});
    }

    int lanes() {
        return lanes;
    }

    /** What all options make together, their shares as the gammas of their last normalisation. */
    FusedRows run(FusedSource source, NDArray[] weights, NDArray[] shares) {
        FusedRows last = convolutions(source, weights);
        NDArray shared = Normaliser.byBatch(last.rows(), shares[share], null);
        last.rows().close();
        if (options.size() > 1) {
            NDArray each = shared;
            shared = each.matMul(sum);
            each.close();
        }
        return last.with(shared);
    }

    /** Everything but the last normalisation. */
    private FusedRows convolutions(FusedSource source, NDArray[] weights) {
        Apply step = options.get(0);
        NDArray[] w = new NDArray[step.weightCount()];
        for (int i = 0; i < w.length; i++) {
            w[i] = weight(i, weights);
        }
        int stride = step.op().args().getOrDefault("stride", 1);
        switch (fusion) {
            case CONVOLUTION:
                int padding = (int) (w[0].getShape().get(2) - 1) / 2;
                return FusedRows.of(
                        Convolutions.same(source.active(), w[0], stride, padding, padding, 1, 1));
            case REDUCE:
                return FusedRows.of(reduced(source.active(), w[0], w[1]));
            case DILATED:
                return pointwise(source.dilated(w[0], stride), w[1]);
            case SEPARABLE:
                FusedRows first = pointwise(source.depthwise(w[0], stride), w[1]);
                NDArray normed = Normaliser.byBatch(first.rows(), null, null);
                NDArray between = Activation.relu(normed);
                normed.close();
                NDArray deep =
                        FusedSource.depthwise(
                                new FusedRows(between, first.extent()).image(), w[2], 1);
                return pointwise(FusedRows.of(deep), w[3]);
            default:
                throw new IllegalStateException("no weights are fused as " + fusion);
        }
    }

    /** One array of all options: small kernels with zeros around them. */
    private NDArray weight(int index, NDArray[] weights) {
        NDList all = new NDList();
        long largest = 0;
        for (Apply option : options) {
            NDArray weight = weights[layout.chunk(option.firstWeight() + index)];
            largest = Math.max(largest, weight.getShape().get(2));
            all.add(weight);
        }
        NDList padded = new NDList();
        for (NDArray weight : all) {
            long margin = (largest - weight.getShape().get(2)) / 2;
            padded.add(
                    margin == 0
                            ? weight
                            : weight.pad(new Shape(margin, margin, margin, margin), 0));
        }
        return Concatenation.of(padded, 0);
    }

    /**
     * A factorized reduce as one convolution: a 2×2 kernel where both sides are even; else a 3×3
     * one, of taps in the centre and one pixel further.
     */
    private NDArray reduced(NDArray active, NDArray even, NDArray odd) {
        long evens = even.getShape().get(0) / edges;
        long odds = odd.getShape().get(0) / edges;
        long inputs = even.getShape().get(1);
        // a 2×2 kernel would leave out the last row of an odd map
        int margin = (int) ((active.getShape().get(2) | active.getShape().get(3)) % 2);
        NDArray first =
                even.reshape(edges, evens, inputs, 1, 1).pad(new Shape(margin, 1, margin, 1), 0);
        NDArray last =
                odd.reshape(edges, odds, inputs, 1, 1)
                        .pad(new Shape(1 + margin, 0, 1 + margin, 0), 0);
        NDArray dense =
                NDArrays.concat(new NDList(first, last), 1)
                        .reshape((evens + odds) * edges, inputs, 2 + margin, 2 + margin);
        return Convolutions.same(active, dense, 2, margin, margin, 1, 1);
    }

    /**
     * A 1×1 convolution of each lane's channels, as one product: of few channels with a matrix that
     * is zero between lanes, else lane by lane.
     */
    private FusedRows pointwise(FusedRows deep, NDArray point) {
        long outputs = point.getShape().get(0) / lanes;
        long inputs = point.getShape().get(1);
        NDArray rows = deep.rows();
        NDArray product;
        if (lanes == 1) {
            product = rows.matMul(point.reshape(outputs, inputs).transpose());
        } else if (inputs <= BLOCK_CHANNELS || lanes * inputs <= 4 * BLOCK_CHANNELS) {
            NDArray matrix =
                    point.reshape(lanes, outputs, 1, inputs)
                            .mul(blocks)
                            .reshape(lanes * outputs, lanes * inputs);
            product = rows.matMul(matrix.transpose());
        } else {
            product =
                    rows.reshape(-1, lanes, inputs)
                            .transpose(1, 0, 2)
                            .matMul(point.reshape(lanes, outputs, inputs).transpose(0, 2, 1))
                            .transpose(1, 0, 2)
                            .reshape(-1, lanes * outputs);
        }
        rows.close();
        return deep.with(product);
    }
}
