package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.nas4j.nn.FusedEdges.FusedShares;
import io.nas4j.nn.SupernetLayer.Size;
import io.nas4j.nn.SupernetStep.Apply;
import java.util.ArrayList;
import java.util.List;

/**
 * All candidates of all edges of one group, as wide calls.
 *
 * <p>Inside, a value of E edges is {@code [batch, E·channels, height, width]}, edge by edge.
 */
final class FusedCandidates {

    /** Up to so many channels, products with zeros cost less than products edge by edge. */
    private static final int BLOCK_CHANNELS = 16;

    /** One convolutional option. */
    private record Branch(Apply first, int[] chunks, int share) {}

    /** One option without weights; {@code apply} null where it is the value itself. */
    private record Weightless(Apply apply) {}

    private final int edges;
    private final Size out;

    /** {@code [edges, 1, edges, 1]}: one where both edges are the same. */
    private final NDArray blocks;

    private final List<Branch> branches = new ArrayList<>();
    private final List<Weightless> weightless = new ArrayList<>();
    private int coefficients = -1;

    FusedCandidates(
            SupernetGraph graph,
            FusedGroup group,
            SupernetLayout layout,
            FusedShares shares,
            NDManager manager) {
        edges = group.edges().size();
        out = graph.values.get(group.edges().get(0).output());
        blocks = manager.eye(edges).reshape(edges, 1, edges, 1);
        List<Integer> plainOptions = new ArrayList<>();
        for (int option = 0; option < group.candidates().size(); option++) {
            List<Apply> steps = group.candidates().get(option);
            if (steps.isEmpty()) {
                weightless.add(new Weightless(null));
                plainOptions.add(option);
                continue;
            }
            Apply first = steps.get(0);
            if (first.op().name().equals("none")) {
                continue;
            }
            if (first.weightCount() == 0) {
                weightless.add(new Weightless(first));
                plainOptions.add(option);
                continue;
            }
            int[] chunks = new int[first.weightCount()];
            for (int i = 0; i < chunks.length; i++) {
                chunks[i] = layout.chunk(first.firstWeight() + i);
            }
            int channels = graph.values.get(first.output()).channels();
            branches.add(
                    new Branch(first, chunks, shares.add(gamma(graph, group, option, channels))));
        }
        if (!weightless.isEmpty()) {
            long[] index = new long[edges * weightless.size()];
            int at = 0;
            for (int e = 0; e < edges; e++) {
                for (int option : plainOptions) {
                    index[at++] = logit(graph, group, e, option);
                }
            }
            coefficients = shares.add(index);
        }
    }

    private static long logit(SupernetGraph graph, FusedGroup group, int edge, int option) {
        return graph.logits.get(group.edges().get(edge).logits()).first() + option;
    }

    private static long[] gamma(SupernetGraph graph, FusedGroup group, int option, int channels) {
        long[] index = new long[group.edges().size() * channels];
        for (int i = 0; i < index.length; i++) {
            index[i] = logit(graph, group, i / channels, option);
        }
        return index;
    }

    /** One value an edge. */
    NDList run(NDArray x, NDArray[] weights, NDArray[] shares) {
        NDArray wide = branches.isEmpty() ? null : convolved(x, weights, shares);
        NDArray pooled = weightless.isEmpty() ? null : combined(x, shares[coefficients]);
        NDArray sum = wide == null ? pooled : pooled == null ? wide : pooled.addi(wide);
        NDList values = new NDList();
        for (NDArray part : edges == 1 ? new NDList(sum) : sum.split(edges, 0)) {
            values.add(new FusedRows(part.reshape(-1, out.channels()), out(x)).image());
        }
        return values;
    }

    private FusedRows.Extent out(NDArray x) {
        return new FusedRows.Extent(x.getShape().get(0), out.height(), out.width());
    }

    /** Options with weights: {@code [edges, batch·height·width, channels]}. */
    private NDArray convolved(NDArray x, NDArray[] weights, NDArray[] shares) {
        FusedSource source = new FusedSource(Activation.relu(x), edges);
        NDArray straight = null;
        NDArray phased = null;
        for (Branch branch : branches) {
            FusedRows last = convolutions(branch, source, weights);
            NDArray shared = Normaliser.byBatch(last.rows(), shares[branch.share()], null);
            last.rows().close();
            // nothing reads a normalisation's output in its backward pass: add in place
            if (last.isPhased()) {
                phased = phased == null ? shared : phased.addi(shared);
            } else {
                straight = straight == null ? shared : straight.addi(shared);
            }
        }
        if (phased != null) {
            NDArray back = FusedSource.unphased(phased, out(x));
            straight = straight == null ? back : straight.add(back);
        }
        return straight.reshape(-1, edges, out.channels()).transpose(1, 0, 2);
    }

    /** Weightless options: each computed once, then one product with all edges' shares. */
    private NDArray combined(NDArray x, NDArray shares) {
        NDList rows = new NDList();
        for (Weightless option : weightless) {
            NDArray value =
                    option.apply() == null
                            ? x
                            : SupernetOperations.apply(option.apply().layers(), x, List.of());
            rows.add(value.transpose(0, 2, 3, 1).reshape(1, -1));
        }
        NDArray all = rows.size() == 1 ? rows.get(0) : NDArrays.concat(rows, 0);
        return shares.reshape(edges, weightless.size())
                .matMul(all)
                .reshape(edges, -1, out.channels());
    }

    /** Everything of an option but its last normalisation. */
    private FusedRows convolutions(Branch branch, FusedSource source, NDArray[] weights) {
        Apply step = branch.first();
        NDArray[] w = new NDArray[branch.chunks().length];
        for (int i = 0; i < w.length; i++) {
            w[i] = weights[branch.chunks()[i]];
        }
        int stride = step.op().args().getOrDefault("stride", 1);
        switch (step.op().name()) {
            case "nor_conv":
                int padding = (int) (w[0].getShape().get(2) - 1) / 2;
                return FusedRows.of(
                        Convolutions.same(source.active(), w[0], stride, padding, padding, 1, 1));
            case "skip_connect":
                return FusedRows.of(reduced(source.active(), w[0], w[1]));
            case "dil_conv":
                return pointwise(source.dilated(w[0], stride), w[1]);
            case "sep_conv":
                FusedRows first = pointwise(source.depthwise(w[0], stride), w[1]);
                NDArray normed = Normaliser.byBatch(first.rows(), null, null);
                NDArray between = Activation.relu(normed);
                normed.close();
                NDArray deep =
                        FusedSource.depthwise(
                                new FusedRows(between, first.extent()).image(), w[2], 1);
                return pointwise(FusedRows.of(deep), w[3]);
            default:
                throw new IllegalStateException("no fused form of " + step.op());
        }
    }

    /** A factorized reduce as one 3×3 convolution: taps in the centre, and one pixel further. */
    private NDArray reduced(NDArray active, NDArray even, NDArray odd) {
        long half = even.getShape().get(0) / edges;
        long inputs = even.getShape().get(1);
        Shape shape = new Shape(edges, half, inputs, 1, 1);
        NDArray centre = even.reshape(shape).pad(new Shape(1, 1, 1, 1), 0);
        NDArray shifted = odd.reshape(shape).pad(new Shape(2, 0, 2, 0), 0);
        NDArray dense =
                NDArrays.concat(new NDList(centre, shifted), 1)
                        .reshape(2 * half * edges, inputs, 3, 3);
        return Convolutions.same(active, dense, 2, 1, 1, 1, 1);
    }

    /**
     * A 1×1 convolution of each edge's channels, as one product: of few channels with a matrix that
     * is zero between edges, else edge by edge.
     */
    private FusedRows pointwise(FusedRows deep, NDArray point) {
        long outputs = point.getShape().get(0) / edges;
        long inputs = point.getShape().get(1);
        NDArray rows = deep.rows();
        NDArray product;
        if (edges == 1) {
            product = rows.matMul(point.reshape(outputs, inputs).transpose());
        } else if (inputs <= BLOCK_CHANNELS || edges * inputs <= 4 * BLOCK_CHANNELS) {
            NDArray matrix =
                    point.reshape(edges, outputs, 1, inputs)
                            .mul(blocks)
                            .reshape(edges * outputs, edges * inputs);
            product = rows.matMul(matrix.transpose());
        } else {
            product =
                    rows.reshape(-1, edges, inputs)
                            .transpose(1, 0, 2)
                            .matMul(point.reshape(edges, outputs, inputs).transpose(0, 2, 1))
                            .transpose(1, 0, 2)
                            .reshape(-1, edges * outputs);
        }
        rows.close();
        return deep.with(product);
    }
}
