package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.nas4j.nn.Scaling;
import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.OptionScores;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.supernet.SupernetGraph.Logits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From a supernet's logits to shares of options, and from shares to an architecture. */
final class SupernetShares {

    private final SearchSpace space;
    private final SupernetGraph graph;

    SupernetShares(SearchSpace space, SupernetGraph graph) {
        this.space = space;
        this.graph = graph;
    }

    /**
     * The share of every option: a softmax over each decision's logits.
     *
     * @param logits {@code [logitCount]}
     * @return {@code [logitCount]}
     */
    NDArray mixture(NDArray logits) {
        NDList parts = new NDList();
        for (NDArray run : runs(logits, graph.inOrder())) {
            parts.add(run.softmax(1).flatten());
        }
        return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts);
    }

    /**
     * A smooth maximum of each decision's logits, what β-DARTS keeps small.
     *
     * @param logits {@code [logitCount]}
     * @return the mean over decisions of log Σ exp, a scalar
     */
    NDArray logSumExp(NDArray logits) {
        NDArray sum = null;
        int count = 0;
        for (NDArray run : runs(logits, alphas())) {
            NDArray part = run.sub(run.logSoftmax(1)).get(":, 0").sum();
            sum = sum == null ? part : sum.add(part);
            count += (int) run.getShape().get(0);
        }
        return Scaling.times(sum, 1.0 / count);
    }

    /** Beta is not meant: it decides nothing between operations. */
    private List<Logits> alphas() {
        return graph.inOrder().stream().filter(logits -> !logits.ofEdges()).toList();
    }

    /** Decisions of one size lie side by side in most spaces: one matrix for each run of them. */
    private NDList runs(NDArray logits, List<Logits> all) {
        NDList parts = new NDList();
        int from = 0;
        while (from < all.size()) {
            int to = from;
            while (to < all.size() && all.get(to).count() == all.get(from).count()) {
                to++;
            }
            int first = all.get(from).first();
            int count = all.get(from).count();
            int end = first + (to - from) * count;
            NDArray run =
                    first == 0 && end == graph.logitCount()
                            ? logits
                            : logits.get(first + ":" + end);
            parts.add(run.reshape(to - from, count));
            from = to;
        }
        return parts;
    }

    /**
     * Shares in the form in which a search records them: by decision, and for a decision between
     * edges their own shares (PC-DARTS' softmax(beta)), or where there are none the largest share
     * of an operation on each (none does not count).
     *
     * @param mixture as {@link #mixture} made it
     * @return weights of every decision
     */
    OptionWeights learned(float[] mixture) {
        Map<String, List<Double>> byDecision = new LinkedHashMap<>();
        graph.edges.forEach(
                (decision, ranks) -> byDecision.put(decision.id(), strongest(ranks, mixture)));
        for (Logits logits : graph.logits) {
            List<Double> shares = new ArrayList<>();
            for (int i = 0; i < logits.count(); i++) {
                shares.add((double) mixture[logits.first() + i]);
            }
            byDecision.put(logits.decision().id(), shares);
        }
        return new OptionWeights(byDecision);
    }

    /**
     * What {@link #learned} recorded, as it was.
     *
     * @param learned of this network
     * @return shares in the order of the flat vector
     */
    float[] mixture(OptionWeights learned) {
        float[] mixture = new float[graph.logitCount()];
        for (Logits logits : graph.logits) {
            for (int i = 0; i < logits.count(); i++) {
                mixture[logits.first() + i] = (float) learned.score(logits.decision(), i);
            }
        }
        return mixture;
    }

    /**
     * Discretises as DARTS does (section 2.4): of the edges into a vertex those with the strongest
     * operation, and on each its strongest operation. Where edges have shares of their own, an
     * operation's strength is the product of both (PC-DARTS). An implied {@code none} takes part in
     * the softmax and is no option of the space.
     *
     * @param mixture as {@link #mixture} made it
     * @param none whether {@code none} may be derived where the space lists it as an option
     * @return an architecture of the space
     */
    Architecture derive(float[] mixture, boolean none) {
        return space.derive(scores(mixture, none));
    }

    /** Whether what is derived had to give way to a constraint of the space. */
    boolean isRepaired(float[] mixture, boolean none) {
        return !space.admits(space.choose(scores(mixture, none)::best));
    }

    private OptionScores scores(float[] mixture, boolean none) {
        OptionWeights learned = learned(mixture);
        Map<String, List<Double>> byEdge = new LinkedHashMap<>();
        for (Logits logits : graph.logits) {
            if (logits.ofEdges()) {
                byEdge.put(
                        logits.decision().id(),
                        strongest(graph.edges.get(logits.decision()), mixture));
            }
        }
        return (decision, option) -> {
            double share = learned.score(decision, option);
            List<Double> strongest = byEdge.get(decision.id());
            double strength = strongest == null ? share : share * strongest.get(option);
            return !none && isNone(decision, option) ? -1 : strength;
        };
    }

    private List<Double> strongest(List<Integer> edges, float[] mixture) {
        return edges.stream().map(edge -> best(graph.logits.get(edge), mixture)).toList();
    }

    private double best(Logits logits, float[] mixture) {
        double best = 0;
        for (int i = 0; i < logits.decision().options(); i++) {
            if (!logits.zeros().contains(i)) {
                best = Math.max(best, mixture[logits.first() + i]);
            }
        }
        return best;
    }

    /** Whether an option adds nothing. */
    boolean isNone(Decision decision, int option) {
        return graph.logits.stream()
                .anyMatch(l -> l.decision().equals(decision) && l.zeros().contains(option));
    }

    /** Decisions between edges without logits of their own, and the decision on each edge. */
    Map<Decision, List<Decision>> edges() {
        Map<Decision, List<Decision>> result = new LinkedHashMap<>();
        graph.edges.forEach(
                (decision, ranks) -> {
                    List<Logits> each = ranks.stream().map(graph.logits::get).toList();
                    if (each.stream().allMatch(Logits::hasImplicitNone)
                            && !decisions().containsKey(decision)) {
                        result.put(decision, each.stream().map(Logits::decision).toList());
                    }
                });
        return result;
    }

    /**
     * The decisions that have logits, in the order of the flat vector.
     *
     * @return each with its number of logits: one more than options where {@code none} is implied
     */
    Map<Decision, Integer> decisions() {
        Map<Decision, Integer> result = new LinkedHashMap<>();
        graph.inOrder().forEach(logits -> result.put(logits.decision(), logits.count()));
        return result;
    }
}
