package io.nas4j.supernet;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nas4j.nn.Slot;
import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.supernet.SupernetGraph.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The continuous relaxation of a space: a network in which every decision is the weighted sum of
 * all its options (DARTS, equation 2).
 *
 * <p>A function of two flat vectors, the weights and the logits of the decisions (alpha), so that
 * whoever trains it may step, copy and compare them whole. Candidates normalise by the statistics
 * of the batch, without affine part, as in the paper's search. An option of a subset may be left
 * out altogether: its inner choice has one more logit, for {@code none}, which adds nothing.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu et al., 2019</a>
 */
public final class Supernet implements AutoCloseable {

    /** How the network is computed; both give the same numbers. */
    public enum Form {
        /**
         * Operation by operation, as written in the paper: what the other form is tested against.
         */
        PLAIN,
        /** Edges that share a source run as few wide calls. */
        FUSED
    }

    private final SearchSpace space;
    private final SupernetGraph graph;
    private final SupernetLayout layout;
    private final PlainSteps plain;
    private final FusedEdges fused;
    private final SupernetShares shares;
    private final Form form;
    private final NDManager manager;

    private Supernet(SearchSpace space, SupernetGraph graph, Form form, NDManager manager) {
        this.space = space;
        this.graph = graph;
        this.form = form;
        this.manager = manager;
        List<FusedGroup> groups = FusedGroup.of(graph);
        this.layout = new SupernetLayout(graph, groups);
        this.plain = new PlainSteps(graph, layout);
        this.shares = new SupernetShares(space, graph);
        this.fused = new FusedEdges(graph, groups, layout, manager);
    }

    /**
     * Relaxes a space.
     *
     * @param space with at least one decision between operations
     * @param channels of the images
     * @param height of the images
     * @param width of the images
     * @param classes how many the network tells apart
     * @param form how it is computed
     * @param parent owns the few constants that this keeps; its device is where the network runs
     * @return to be closed
     * @throws IllegalArgumentException when a decision has no continuous relaxation: it sets an
     *     integer, or its options make values of different sizes
     */
    public static Supernet of(
            SearchSpace space,
            int channels,
            int height,
            int width,
            int classes,
            Form form,
            NDManager parent) {
        return of(space, channels, height, width, classes, form, 1, parent);
    }

    /**
     * Relaxes a space as PC-DARTS does: in every choice between operations, one of so many channels
     * goes through the candidates, the others beside them, and where a space chooses between the
     * edges of a vertex, these get logits of their own (beta).
     *
     * @param space with at least one decision between operations
     * @param channels of the images
     * @param height of the images
     * @param width of the images
     * @param classes how many the network tells apart
     * @param form how it is computed
     * @param part one of so many channels is mixed; 1 is DARTS
     * @param parent owns the few constants that this keeps; its device is where the network runs
     * @return to be closed
     * @throws IllegalArgumentException also when {@code part} does not divide the channels that
     *     candidates read
     * @see <a href="https://arxiv.org/abs/1907.05737">Xu et al., 2020</a>
     */
    public static Supernet of(
            SearchSpace space,
            int channels,
            int height,
            int width,
            int classes,
            Form form,
            int part,
            NDManager parent) {
        require(part >= 1, "part must be at least 1 (all channels), but was %d. Try 4.", part);
        SupernetGraph graph =
                new SupernetGraph(space, new Size(channels, height, width), classes, part);
        return new Supernet(space, graph, form, parent.newSubManager());
    }

    /**
     * The same network elsewhere: weights and logits of the one are those of the other.
     *
     * @param parent owns the few constants that this keeps; its device is where the network runs
     * @return to be closed
     */
    public Supernet on(NDManager parent) {
        return new Supernet(space, graph, form, parent.newSubManager());
    }

    /**
     * How many numbers the network learns; the logits are not among them.
     *
     * @return at least 1
     */
    public long weightCount() {
        return graph.weightCount();
    }

    /**
     * How long the flat vector of logits is.
     *
     * @return at least 1
     */
    public int logitCount() {
        return graph.logitCount();
    }

    /**
     * Weights to start from: uniform in ±1/√(fan-in), as PyTorch's layers start; each array from a
     * generator of its own, so the numbers do not depend on the form.
     *
     * @param seed where they come from
     * @return flat, in this network's order
     */
    public float[] initialWeights(long seed) {
        float[] flat = new float[Math.toIntExact(weightCount())];
        for (int i = 0; i < graph.weights.size(); i++) {
            Slot weight = graph.weights.get(i);
            int from = layout.offset(i);
            int to = from + (int) weight.size();
            if (weight.role() == Slot.Role.GAMMA || weight.role() == Slot.Role.BETA) {
                Arrays.fill(flat, from, to, weight.role() == Slot.Role.GAMMA ? 1 : 0);
                continue;
            }
            double bound = 1 / Math.sqrt(weight.fanIn());
            SplittableRandom random = new SplittableRandom(seed * 31 + weight.name().hashCode());
            for (int k = from; k < to; k++) {
                flat[k] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        }
        return flat;
    }

    /**
     * Where each array of weights lies in the flat vector.
     *
     * @return offset and shape by name
     */
    public Map<String, Place> places() {
        Map<String, Place> places = new LinkedHashMap<>();
        for (int i = 0; i < graph.weights.size(); i++) {
            Slot weight = graph.weights.get(i);
            places.put(weight.name(), new Place(layout.offset(i), weight.dimensions()));
        }
        return places;
    }

    /**
     * A place in the flat vector of weights.
     *
     * @param offset of the first number
     * @param shape of the array
     */
    public record Place(int offset, Shape shape) {}

    /**
     * The share of every option: a softmax over each decision's logits.
     *
     * @param logits {@code [logitCount]}
     * @return {@code [logitCount]}
     */
    public NDArray mixture(NDArray logits) {
        return shares.mixture(logits);
    }

    /**
     * A smooth maximum of each decision's logits, what β-DARTS keeps small.
     *
     * @param logits {@code [logitCount]}
     * @return the mean over decisions of log Σ exp, a scalar
     */
    public NDArray logSumExp(NDArray logits) {
        return shares.logSumExp(logits);
    }

    /**
     * Runs the network.
     *
     * @param images {@code [batch, channels, height, width]}
     * @param weights {@code [weightCount]}
     * @param mixture {@code [logitCount]}: see {@link #mixture}
     * @return {@code [batch, classes]}
     */
    public NDArray forward(NDArray images, NDArray weights, NDArray mixture) {
        if (form == Form.FUSED) {
            return fused.forward(images, weights, mixture);
        }
        return plain.forward(images, weights, mixture);
    }

    /**
     * The path that an architecture takes: its operations only.
     *
     * @param architecture of the space that was relaxed
     * @return to be run with this network's weights, as long as this is open
     */
    public SupernetPath path(Architecture architecture) {
        return path(SupernetPath.picks(graph, space.walk(architecture)));
    }

    /**
     * The path of single answers, one decision by one: also such as no architecture takes, with
     * every edge of a vertex.
     *
     * @param picked the picked logits of each decision, in the order of {@link #decisions}; the one
     *     after the last option is {@code none}
     * @return to be run with this network's weights, as long as this is open
     */
    public SupernetPath path(List<List<Integer>> picked) {
        List<Logits> order = graph.inOrder();
        List<List<Integer>> options = new ArrayList<>();
        for (Logits logits : graph.logits) {
            int count = logits.decision().options();
            List<Integer> picks = picked.get(order.indexOf(logits));
            options.add(picks.stream().filter(option -> option < count).toList());
        }
        return new SupernetPath(graph, layout, options, !manager.getDevice().isGpu());
    }

    /**
     * Shares in the form in which a search records them: by decision, and for a decision between
     * edges their own shares (PC-DARTS' softmax(beta)), or where there are none the largest share
     * of an operation on each (none does not count).
     *
     * @param mixture as {@link #mixture} made it
     * @return weights of every decision
     */
    public OptionWeights learned(float[] mixture) {
        return shares.learned(mixture);
    }

    /**
     * The shares that were recorded.
     *
     * @param learned what {@link #learned} gave
     * @return shares in the order of the flat vector
     */
    public float[] recorded(OptionWeights learned) {
        return shares.mixture(learned);
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
    public Architecture derive(float[] mixture, boolean none) {
        return shares.derive(mixture, none);
    }

    /**
     * Whether the architecture that is derived had to give way to a constraint of the space.
     *
     * @param mixture as {@link #mixture} made it
     * @param none whether {@code none} may be derived
     * @return false where there are no constraints
     */
    public boolean isRepaired(float[] mixture, boolean none) {
        return shares.isRepaired(mixture, none);
    }

    /**
     * The decisions that have logits, in the order of the flat vector.
     *
     * @return each with its number of logits: one more than options where {@code none} is implied
     */
    public Map<Decision, Integer> decisions() {
        return shares.decisions();
    }

    /**
     * Whether an option is {@code none} that the space lists among a decision's operations.
     *
     * @param decision one of {@link #decisions}
     * @param option of it
     * @return whether it adds nothing; an implied {@code none} is no option
     */
    public boolean isNone(Decision decision, int option) {
        return shares.isNone(decision, option);
    }

    /**
     * The decisions between the edges of a vertex that have no logits of their own: what ranks an
     * edge is the decision between its operations, whose last logit is {@code none}.
     *
     * @return for each, the decision of every edge, in the order of its options
     */
    public Map<Decision, List<Decision>> edges() {
        return shares.edges();
    }

    @Override
    public void close() {
        manager.close();
    }
}
