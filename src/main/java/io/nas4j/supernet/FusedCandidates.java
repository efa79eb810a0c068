package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import io.nas4j.operation.Fusion;
import io.nas4j.supernet.FusedEdges.FusedShares;
import io.nas4j.supernet.FusedGroup.Candidate;
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

    /**
     * Below so many channels of all edges, options that differ in their kernels only run as one:
     * libtorch normalises and convolves depthwise in whole vectors, and a few channels do not fill
     * any.
     */
    private static final int NARROW = 16;

    /** What runs the same with a larger kernel. */
    private static final Set<Fusion> PADDED = Set.of(Fusion.SEPARABLE, Fusion.DILATED);

    private final int edges;
    private final Size out;
    private final List<FusedBranch> branches = new ArrayList<>();
    private final FusedPools pools;

    FusedCandidates(
            SupernetGraph graph,
            FusedGroup group,
            SupernetLayout layout,
            FusedShares shares,
            NDManager manager) {
        edges = group.edges().size();
        out = graph.values.get(group.edges().get(0).output());
        boolean narrow = out.channels() * edges < NARROW;
        Map<Object, List<Candidate>> kinds = new LinkedHashMap<>();
        List<Candidate> weightless = new ArrayList<>();
        for (Candidate candidate : group.candidates()) {
            if (candidate.steps().isEmpty()) {
                weightless.add(candidate);
            } else if (candidate.weightCount() == 0) {
                weightless.add(0, candidate);
            } else {
                Fusion fusion = candidate.fusion().orElseThrow();
                Object kind = narrow && PADDED.contains(fusion) ? fusion : candidate.option();
                kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(candidate);
            }
        }
        for (List<Candidate> options : kinds.values()) {
            int share = shares.add(shares(graph, group, options));
            branches.add(new FusedBranch(options, edges, out.channels(), share, layout, manager));
        }
        pools =
                weightless.isEmpty()
                        ? null
                        : new FusedPools(
                                weightless,
                                edges,
                                out.channels(),
                                narrow,
                                shares.add(poolShares(graph, group, weightless)),
                                manager);
    }

    private static long logit(SupernetGraph graph, FusedGroup group, int edge, int option) {
        return graph.logits.get(group.edges().get(edge).logits()).first() + option;
    }

    /** By option, edge and channel. */
    private long[] shares(SupernetGraph graph, FusedGroup group, List<Candidate> options) {
        int width = edges * out.channels();
        long[] index = new long[options.size() * width];
        for (int i = 0; i < index.length; i++) {
            int option = options.get(i / width).option();
            index[i] = logit(graph, group, i % width / out.channels(), option);
        }
        return index;
    }

    /** By edge and option. */
    private long[] poolShares(SupernetGraph graph, FusedGroup group, List<Candidate> options) {
        long[] index = new long[edges * options.size()];
        int at = 0;
        for (int e = 0; e < edges; e++) {
            for (Candidate option : options) {
                index[at++] = logit(graph, group, e, option.option());
            }
        }
        return index;
    }

    /** One value an edge. */
    NDList run(NDArray x, NDArray[] weights, NDArray[] shares) {
        NDArray wide = branches.isEmpty() ? null : convolved(x, weights, shares);
        NDArray pooled = pools == null ? null : pools.run(x, shares);
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
        for (FusedBranch branch : branches) {
            FusedSource source =
                    sources.computeIfAbsent(
                            branch.lanes(), lanes -> new FusedSource(active, lanes));
            FusedRows shared = branch.run(source, weights, shares);
            // nothing reads a normalisation's output in its backward pass: add in place
            if (shared.isPhased()) {
                phased = phased == null ? shared.rows() : phased.addi(shared.rows());
            } else {
                straight = straight == null ? shared.rows() : straight.addi(shared.rows());
            }
        }
        if (phased != null) {
            NDArray back = FusedSource.unphased(phased, out(x));
            straight = straight == null ? back : straight.add(back);
        }
        return straight.reshape(-1, edges, out.channels()).transpose(1, 0, 2);
    }
}
