package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.nas4j.nn.FusedEdges.FusedShares;
import io.nas4j.nn.SupernetGraph.Apply;
import io.nas4j.nn.SupernetLayer.Size;
import java.util.ArrayList;
import java.util.List;

/**
 * All candidates of all edges of one group, as wide calls.
 *
 * <p>Inside, a value of E edges is {@code [batch, E·channels, height, width]}, edge by edge.
 */
final class FusedCandidates {

    /** Up to so many channels a depthwise and a pointwise convolution fold into a dense one. */
    private static final int DENSE_CHANNELS = 16;

    /** One convolutional option. */
    private record Branch(Apply first, int[] chunks, int share) {}

    /** One option without weights; {@code apply} null where it is the value itself. */
    private record Weightless(Apply apply) {}

    private final int edges;
    private final Size in;
    private final List<Branch> branches = new ArrayList<>();
    private final List<Weightless> weightless = new ArrayList<>();
    private int coefficients = -1;

    FusedCandidates(
            SupernetGraph graph, FusedGroup group, SupernetLayout layout, FusedShares shares) {
        edges = group.edges().size();
        in = graph.values.get(group.source());
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
        NDArray wide = null;
        if (!branches.isEmpty()) {
            NDArray active = Activation.relu(x);
            for (Branch branch : branches) {
                NDArray last = convolutions(branch, active, weights);
                NDArray shared = SupernetLayer.norm(last, shares[branch.share()], null);
                last.close();
                if (wide == null) {
                    wide = shared;
                } else {
                    // nothing reads a normalisation's output in its backward pass
                    wide.addi(shared);
                    shared.close();
                }
            }
        }
        NDList convolved = wide == null ? null : split(wide, 1);
        if (weightless.isEmpty()) {
            return convolved;
        }
        NDList pooled = combined(x, shares[coefficients]);
        if (convolved == null) {
            return pooled;
        }
        NDList sums = new NDList();
        for (int e = 0; e < edges; e++) {
            sums.add(pooled.get(e).add(convolved.get(e)));
        }
        return sums;
    }

    private NDList split(NDArray wide, int axis) {
        return edges == 1 && axis == 1 ? new NDList(wide) : wide.split(edges, axis);
    }

    /** Weightless options: each computed once, then one product with all edges' shares. */
    private NDList combined(NDArray x, NDArray shares) {
        NDList rows = new NDList();
        Shape shape = null;
        for (Weightless option : weightless) {
            NDArray value =
                    option.apply() == null
                            ? x
                            : SupernetLayer.apply(option.apply().layers(), x, List.of());
            NDArray last = value.transpose(0, 2, 3, 1);
            shape = last.getShape();
            rows.add(last.reshape(1, -1));
        }
        NDArray all = rows.size() == 1 ? rows.get(0) : NDArrays.concat(rows, 0);
        NDArray mixed = shares.reshape(edges, weightless.size()).matMul(all);
        NDList parts = new NDList();
        for (NDArray part : mixed.split(edges, 0)) {
            parts.add(part.reshape(shape).transpose(0, 3, 1, 2));
        }
        return parts;
    }

    /** Everything of an option but its last normalisation. */
    private NDArray convolutions(Branch branch, NDArray active, NDArray[] weights) {
        Apply step = branch.first();
        NDArray[] w = new NDArray[branch.chunks().length];
        for (int i = 0; i < w.length; i++) {
            w[i] = weights[branch.chunks()[i]];
        }
        int stride = step.op().args().getOrDefault("stride", 1);
        switch (step.op().name()) {
            case "nor_conv":
                int kernel = (int) w[0].getShape().get(2);
                return SupernetLayer.convolve(
                        active, w[0], stride, (kernel - 1) / 2, (kernel - 1) / 2, 1, 1);
            case "skip_connect":
                return reduced(active, w[0], w[1]);
            case "dil_conv":
                return separable(active, w[0], w[1], stride, 2, true);
            case "sep_conv":
                NDArray first = separable(active, w[0], w[1], stride, 1, true);
                NDArray normed = SupernetLayer.norm(first, null, null);
                NDArray between = Activation.relu(normed);
                normed.close();
                return separable(between, w[2], w[3], 1, 1, false);
            default:
                throw new IllegalStateException("no fused form of " + step.op());
        }
    }

    /** A factorized reduce as one 3×3 convolution: taps in the centre, and one pixel further. */
    private NDArray reduced(NDArray active, NDArray even, NDArray odd) {
        long half = even.getShape().get(0) / edges;
        Shape shape = new Shape(edges, half, in.channels(), 1, 1);
        NDArray centre = even.reshape(shape).pad(new Shape(1, 1, 1, 1), 0);
        NDArray shifted = odd.reshape(shape).pad(new Shape(2, 0, 2, 0), 0);
        NDArray dense =
                NDArrays.concat(new NDList(centre, shifted), 1)
                        .reshape(2 * half * edges, in.channels(), 3, 3);
        return SupernetLayer.convolve(active, dense, 2, 1, 1, 1, 1);
    }

    /**
     * A depthwise and a pointwise convolution.
     *
     * @param shared whether all edges read the same value; else each its own channels
     */
    private NDArray separable(
            NDArray x, NDArray depth, NDArray point, int stride, int dilation, boolean shared) {
        long inputs = depth.getShape().get(0) / edges;
        long outputs = point.getShape().get(0) / edges;
        long k = depth.getShape().get(2);
        int padding = (int) (dilation * (k - 1) / 2);
        if (inputs <= DENSE_CHANNELS) {
            NDArray dense =
                    point.reshape(edges, outputs, inputs, 1, 1)
                            .mul(depth.reshape(edges, 1, inputs, k, k))
                            .reshape(edges * outputs, inputs, k, k);
            return SupernetLayer.convolve(
                    x, dense, stride, padding, padding, dilation, shared ? 1 : edges);
        }
        NDArray wide = shared && edges > 1 ? repeated(x) : x;
        NDArray deep =
                SupernetLayer.convolve(
                        wide, depth, stride, padding, padding, dilation, (int) (edges * inputs));
        return SupernetLayer.convolve(deep, point, 1, 0, 0, 1, edges);
    }

    private NDArray repeated(NDArray x) {
        NDList copies = new NDList();
        for (int e = 0; e < edges; e++) {
            copies.add(x);
        }
        return NDArrays.concat(copies, 1);
    }
}
