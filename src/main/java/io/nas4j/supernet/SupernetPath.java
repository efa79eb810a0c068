package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.nas4j.nn.Concatenation;
import io.nas4j.nn.Executor;
import io.nas4j.nn.Normaliser;
import io.nas4j.nn.Scaling;
import io.nas4j.space.Decision;
import io.nas4j.space.Node.Merge;
import io.nas4j.space.Walk;
import io.nas4j.supernet.SupernetGraph.Logits;
import io.nas4j.supernet.SupernetStep.Apply;
import io.nas4j.supernet.SupernetStep.Merged;
import io.nas4j.supernet.SupernetStep.Mixed;
import io.nas4j.supernet.SupernetStep.Zeros;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One path through a supernet: of every decision only the picked options run, with the weights of
 * the supernet.
 *
 * <p>The numbers are those of the whole supernet under a mixture that is zero off the path; weights
 * off the path get gradients of zero. What is known to be zero, {@code none} and what only reads
 * it, does not run either.
 *
 * @see <a href="https://arxiv.org/abs/1802.03268">Pham et al., 2018</a>
 */
public final class SupernetPath {

    private final SupernetGraph graph;
    private final SupernetLayout layout;
    private final boolean channelsLast;

    /** By logits: the picked options that are operations. */
    private final List<List<Integer>> picked;

    private final List<SupernetStep> steps;

    /** By step: the values that no later step reads. */
    private final List<List<Integer>> done;

    /** By value: whether it is zeros, whatever flows in. */
    private final boolean[] zero;

    SupernetPath(
            SupernetGraph graph,
            SupernetLayout layout,
            List<List<Integer>> picked,
            boolean channelsLast) {
        this.graph = graph;
        this.layout = layout;
        this.picked = picked;
        this.channelsLast = channelsLast;
        this.zero = new boolean[graph.values.size()];
        for (SupernetStep step : graph.steps) {
            zero[step.output()] = isZero(step);
        }
        this.steps = live();
        this.done = done();
    }

    /**
     * What an architecture picks; an edge that it leaves out, or never decides on, picks nothing.
     */
    static List<List<Integer>> picks(SupernetGraph graph, Walk walk) {
        List<List<Integer>> picked = new ArrayList<>();
        for (Logits logits : graph.logits) {
            Decision decision = logits.decision();
            int answer = walk.answer(decision.id());
            picked.add(answer < 0 ? List.of() : decision.picked(answer));
        }
        return picked;
    }

    private boolean isZero(SupernetStep step) {
        if (step instanceof Apply apply) {
            return apply.fragment().isZero()
                    || (zero[apply.input()] && apply.fragment().keepsZero());
        }
        if (step instanceof Zeros) {
            return true;
        }
        return read(step).stream().allMatch(input -> zero[input]);
    }

    /** The values that a step reads on this path. */
    private List<Integer> read(SupernetStep step) {
        return step instanceof Mixed mixed
                ? picked.get(mixed.logits()).stream().map(mixed.inputs()::get).toList()
                : step.inputs();
    }

    private List<SupernetStep> live() {
        boolean[] wanted = new boolean[graph.values.size()];
        wanted[graph.output] = true;
        List<SupernetStep> found = new ArrayList<>();
        for (int i = graph.steps.size() - 1; i >= 0; i--) {
            SupernetStep step = graph.steps.get(i);
            if (wanted[step.output()] && !zero[step.output()]) {
                found.add(0, step);
                read(step).forEach(input -> wanted[input] = true);
            }
        }
        return found;
    }

    private List<List<Integer>> done() {
        boolean[] wanted = new boolean[graph.values.size()];
        wanted[0] = true; // the images are not ours
        wanted[graph.output] = true;
        List<List<Integer>> found = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            List<Integer> last =
                    read(steps.get(i)).stream().filter(input -> !wanted[input]).distinct().toList();
            last.forEach(input -> wanted[input] = true);
            found.add(0, last);
        }
        return found;
    }

    /**
     * How many operations run: those with weights, and poolings.
     *
     * @return at least 1
     */
    public int operations() {
        return (int) steps.stream().filter(Apply.class::isInstance).count();
    }

    /** The operations that the images reach; none where they do not reach the output. */
    List<Apply> reached() {
        boolean[] reached = new boolean[graph.values.size()];
        reached[0] = true;
        List<Apply> found = new ArrayList<>();
        for (SupernetStep step : steps) {
            boolean does = read(step).stream().anyMatch(input -> reached[input] && !zero[input]);
            reached[step.output()] = does;
            if (does && step instanceof Apply apply) {
                found.add(apply);
            }
        }
        return reached[graph.output] ? found : List.of();
    }

    /** What an operation reads. */
    int channels(Apply step) {
        return graph.values.get(step.input()).channels();
    }

    /**
     * How many numbers an image leaves for the backward pass: what each layer and each sum makes.
     *
     * @return at least 1; paths of one supernet compare by it, memory is only roughly four times it
     */
    public long activations() {
        long sum = 0;
        for (SupernetStep step : steps) {
            if (step instanceof Apply apply) {
                sum += apply.fragment().activations();
            } else {
                sum += graph.values.get(step.output()).count();
            }
        }
        return sum;
    }

    /**
     * Runs the path; picked options of one decision are summed as they are.
     *
     * @param images {@code [batch, channels, height, width]}
     * @param weights {@code [weightCount]} of the supernet
     * @return {@code [batch, classes]}
     */
    public NDArray forward(NDArray images, NDArray weights) {
        return forward(images, weights, null, Normaliser.BATCH);
    }

    /**
     * Runs the path as {@link Supernet#forward} would under this mixture, were it zero off the
     * path: so the shares of picked options get gradients.
     *
     * @param images {@code [batch, channels, height, width]}
     * @param weights {@code [weightCount]} of the supernet
     * @param mixture {@code [logitCount]}
     * @return {@code [batch, classes]}
     */
    public NDArray forward(NDArray images, NDArray weights, NDArray mixture) {
        return forward(images, weights, mixture, Normaliser.BATCH);
    }

    NDArray forward(NDArray images, NDArray weights, NDArray mixture, Normaliser normaliser) {
        NDArray[] arrays = layout.single(weights);
        NDList shares = mixture == null ? null : mixture.split(graph.logitCount());
        NDArray[] values = new NDArray[graph.values.size()];
        values[0] = images;
        for (int i = 0; i < steps.size(); i++) {
            SupernetStep step = steps.get(i);
            values[step.output()] = run(step, values, arrays, shares, normaliser);
            done.get(i).forEach(input -> Executor.free(values, input));
        }
        return values[graph.output];
    }

    private NDArray run(
            SupernetStep step,
            NDArray[] values,
            NDArray[] arrays,
            NDList shares,
            Normaliser normaliser) {
        if (step instanceof Apply apply) {
            int first = apply.firstWeight();
            NDArray result =
                    apply.run(
                            value(apply.input(), values),
                            Arrays.asList(arrays).subList(first, first + apply.weightCount()),
                            normaliser);
            if (!channelsLast || result.getShape().dimension() != 4) {
                return result;
            }
            NDArray last = FusedEdges.channelsLast(result);
            if (last != result) {
                result.close();
            }
            return last;
        }
        if (step instanceof Merged merged) {
            return merge(merged, values);
        }
        if (step instanceof Mixed mixed) {
            return mix(mixed, values, shares);
        }
        for (int input : step.inputs()) {
            values[input] = value(input, values);
        }
        return PlainSteps.other(step, values);
    }

    private NDArray merge(Merged step, NDArray[] values) {
        if (step.merge() == Merge.CONCAT) {
            NDList all = new NDList();
            step.inputs().forEach(input -> all.add(value(input, values)));
            return Concatenation.of(all, 1);
        }
        NDArray sum = null;
        for (int input : step.inputs()) {
            if (!zero[input]) {
                sum = sum == null ? values[input] : sum.add(values[input]);
            }
        }
        return step.merge() == Merge.MEAN ? Scaling.times(sum, 1.0 / step.inputs().size()) : sum;
    }

    private NDArray mix(Mixed step, NDArray[] values, NDList shares) {
        int first = graph.logits.get(step.logits()).first();
        NDArray sum = null;
        for (int option : picked.get(step.logits())) {
            int input = step.inputs().get(option);
            if (zero[input]) {
                continue;
            }
            NDArray term =
                    shares == null ? values[input] : values[input].mul(shares.get(first + option));
            sum = sum == null ? term : sum.add(term);
        }
        return shares == null || step.picks() == 1 ? sum : Scaling.times(sum, step.picks());
    }

    /** A value to be read by what does not treat zeros apart. */
    private NDArray value(int index, NDArray[] values) {
        if (!zero[index]) {
            return values[index];
        }
        if (values[index] == null) {
            values[index] = PlainSteps.zeros(graph.values.get(index), values);
        }
        return values[index];
    }
}
