package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.nas4j.nn.Concatenation;
import io.nas4j.nn.Convolutions;
import io.nas4j.supernet.FusedEdges.FusedShares;
import io.nas4j.supernet.SupernetLayer.Size;
import io.nas4j.supernet.SupernetStep.Apply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All candidates of all edges of one group, as wide calls.
 *
 * <p>Inside, a value of E edges is {@code [batch, E·channels, height, width]}, edge by edge.
 */
final class FusedCandidates {

    /** Up to so many channels, products with zeros cost less than products edge by edge. */
    private static final int BLOCK_CHANNELS = 16;

    /**
     * Below so many channels of all edges, options that differ in their kernels only run as one:
     * libtorch normalises and convolves depthwise in whole vectors, and a few channels do not fill
     * any.
     */
    private static final int NARROW = 16;

    /**
     * Convolutional options of one kind on all edges.
     *
     * @param options one step each; several where a smaller kernel is padded to the largest
     * @param share of every option, edge and channel, in this order
     * @param blocks {@code [lanes, 1, lanes, 1]}: one where both are the same
     * @param sum {@code [lanes·channels, edges·channels]}: adds the options up
     */
    private record Branch(List<Apply> options, int share, int lanes, NDArray blocks, NDArray sum) {}

    /** One option without weights; {@code apply} null where it is the value itself. */
    private record Weightless(int option, Apply apply) {}

    /** What runs the same with a larger kernel. */
    private static final Set<String> PADDED = Set.of("sep_conv", "dil_conv");

    private final SupernetLayout layout;
    private final int edges;
    private final Size out;
    private final boolean narrow;

    /** {@code [1, channels, 1, channels]}: one where both are the same. */
    private final NDArray channels;

    private final List<Branch> branches = new ArrayList<>();
    private final List<Weightless> weightless = new ArrayList<>();
    private int coefficients = -1;

    FusedCandidates(
            SupernetGraph graph,
            FusedGroup group,
            SupernetLayout layout,
            FusedShares shares,
            NDManager manager) {
        this.layout = layout;
        edges = group.edges().size();
        out = graph.values.get(group.edges().get(0).output());
        narrow = out.channels() * edges < NARROW;
        channels = manager.eye(out.channels()).reshape(1, out.channels(), 1, out.channels());
        Map<String, List<Integer>> kinds = new LinkedHashMap<>();
        for (int option = 0; option < group.candidates().size(); option++) {
            List<Apply> steps = group.candidates().get(option);
            if (steps.isEmpty()) {
                weightless.add(new Weightless(option, null));
                continue;
            }
            Apply first = steps.get(0);
            if (first.op().name().equals("none")) {
                continue;
            }
            if (first.weightCount() == 0) {
                weightless.add(0, new Weightless(option, first));
                continue;
            }
            boolean padded = narrow && PADDED.contains(first.op().name());
            kinds.computeIfAbsent(
                            padded ? first.op().name() : "option " + option,
                            kind -> new ArrayList<>())
                    .add(option);
        }
        for (List<Integer> options : kinds.values()) {
            branches.add(branch(graph, group, options, shares, manager));
        }
        if (!weightless.isEmpty()) {
            long[] index = new long[edges * weightless.size()];
            int at = 0;
            for (int e = 0; e < edges; e++) {
                for (Weightless plain : weightless) {
                    index[at++] = logit(graph, group, e, plain.option());
                }
            }
            coefficients = shares.add(index);
        }
    }

    private static long logit(SupernetGraph graph, FusedGroup group, int edge, int option) {
        return graph.logits.get(group.edges().get(edge).logits()).first() + option;
    }

    private Branch branch(
            SupernetGraph graph,
            FusedGroup group,
            List<Integer> options,
            FusedShares shares,
            NDManager manager) {
        int lanes = options.size() * edges;
        int width = edges * out.channels();
        long[] index = new long[options.size() * width];
        for (int i = 0; i < index.length; i++) {
            index[i] = logit(graph, group, i % width / out.channels(), options.get(i / width));
        }
        return new Branch(
                options.stream().map(option -> group.candidates().get(option).get(0)).toList(),
                shares.add(index),
                lanes,
                manager.eye(lanes).reshape(lanes, 1, lanes, 1),
                manager.eye(width).tile(new long[] {options.size(), 1}));
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
        NDArray active = Activation.relu(x);
        Map<Integer, FusedSource> sources = new HashMap<>();
        NDArray straight = null;
        NDArray phased = null;
        for (Branch branch : branches) {
            FusedSource source =
                    sources.computeIfAbsent(
                            branch.lanes(), lanes -> new FusedSource(active, lanes));
            FusedRows last = convolutions(branch, source, weights);
            NDArray shared = Normaliser.byBatch(last.rows(), shares[branch.share()], null);
            last.rows().close();
            if (branch.options().size() > 1) {
                NDArray each = shared;
                shared = each.matMul(branch.sum());
                each.close();
            }
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
        if (narrow) {
            return side(x).matMul(
                            shares.reshape(edges, weightless.size())
                                    .transpose()
                                    .reshape(weightless.size(), 1, edges, 1)
                                    .mul(channels)
                                    .reshape(-1, edges * out.channels()))
                    .reshape(-1, edges, out.channels())
                    .transpose(1, 0, 2);
        }
        NDList rows = new NDList();
        for (Weightless option : weightless) {
            NDArray value =
                    option.apply() == null
                            ? x
                            : SupernetOperations.apply(option.apply().layers(), x, List.of());
            rows.add(value.transpose(0, 2, 3, 1).reshape(1, -1));
        }
        NDArray all = Concatenation.of(rows, 0);
        return shares.reshape(edges, weightless.size())
                .matMul(all)
                .reshape(edges, -1, out.channels());
    }

    /** Weightless options beside each other, normalised as one: a row a pixel. */
    private NDArray side(NDArray x) {
        NDList pooled = new NDList();
        for (Weightless option : weightless) {
            if (option.apply() != null) {
                SupernetLayer pooling = option.apply().layers().get(0);
                pooled.add(FusedRows.of(pooling.apply(x, List.of(), Normaliser.BATCH)).rows());
            }
        }
        NDArray itself = FusedRows.of(x).rows();
        if (pooled.isEmpty()) {
            return itself;
        }
        NDArray normed = Normaliser.byBatch(Concatenation.of(pooled, 1), null, null);
        return pooled.size() == weightless.size()
                ? normed
                : Concatenation.of(new NDList(normed, itself), 1);
    }

    /** Everything of an option but its last normalisation. */
    private FusedRows convolutions(Branch branch, FusedSource source, NDArray[] weights) {
        Apply step = branch.options().get(0);
        NDArray[] w = new NDArray[step.weightCount()];
        for (int i = 0; i < w.length; i++) {
            w[i] = weight(branch, i, weights);
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
                return pointwise(branch, source.dilated(w[0], stride), w[1]);
            case "sep_conv":
                FusedRows first = pointwise(branch, source.depthwise(w[0], stride), w[1]);
                NDArray normed = Normaliser.byBatch(first.rows(), null, null);
                NDArray between = Activation.relu(normed);
                normed.close();
                NDArray deep =
                        FusedSource.depthwise(
                                new FusedRows(between, first.extent()).image(), w[2], 1);
                return pointwise(branch, FusedRows.of(deep), w[3]);
            default:
                throw new IllegalStateException("no fused form of " + step.op());
        }
    }

    /** One array of all options: small kernels with zeros around them. */
    private NDArray weight(Branch branch, int index, NDArray[] weights) {
        NDList all = new NDList();
        long largest = 0;
        for (Apply option : branch.options()) {
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
    private FusedRows pointwise(Branch branch, FusedRows deep, NDArray point) {
        int lanes = branch.lanes();
        long outputs = point.getShape().get(0) / lanes;
        long inputs = point.getShape().get(1);
        NDArray rows = deep.rows();
        NDArray product;
        if (lanes == 1) {
            product = rows.matMul(point.reshape(outputs, inputs).transpose());
        } else if (inputs <= BLOCK_CHANNELS || lanes * inputs <= 4 * BLOCK_CHANNELS) {
            NDArray matrix =
                    point.reshape(lanes, outputs, 1, inputs)
                            .mul(branch.blocks())
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
