package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.nas4j.nn.Concatenation;
import io.nas4j.nn.Normaliser;
import io.nas4j.nn.Scaling;
import io.nas4j.space.Node.Merge;
import io.nas4j.supernet.SupernetStep.Apply;
import io.nas4j.supernet.SupernetStep.Leading;
import io.nas4j.supernet.SupernetStep.Merged;
import io.nas4j.supernet.SupernetStep.Mixed;
import io.nas4j.supernet.SupernetStep.Widened;
import io.nas4j.supernet.SupernetStep.Zeros;
import java.util.Arrays;
import java.util.List;

/** The plain form of a supernet, step by step: what {@link FusedEdges} must agree with. */
final class PlainSteps {

    private final SupernetGraph graph;
    private final SupernetLayout layout;

    PlainSteps(SupernetGraph graph, SupernetLayout layout) {
        this.graph = graph;
        this.layout = layout;
    }

    NDArray forward(NDArray images, NDArray weights, NDArray mixture) {
        NDArray[] arrays = layout.single(weights);
        NDArray[] shares = scalars(mixture);
        NDArray[] values = new NDArray[graph.values.size()];
        values[0] = images;
        for (SupernetStep step : graph.steps) {
            values[step.output()] = run(step, values, arrays, shares);
        }
        return values[graph.output];
    }

    private NDArray run(SupernetStep step, NDArray[] values, NDArray[] arrays, NDArray[] shares) {
        if (step instanceof Apply apply) {
            return apply(apply, values, arrays);
        }
        if (step instanceof Merged merged) {
            return merge(merged.merge(), merged.inputs(), values);
        }
        if (step instanceof Mixed mixed) {
            return mix(graph, mixed, values, shares);
        }
        return other(step, values);
    }

    /** What is neither an operation nor a merge. */
    static NDArray other(SupernetStep step, NDArray[] values) {
        if (step instanceof Zeros zeros) {
            return zeros(zeros.size(), values);
        }
        if (step instanceof Leading leading) {
            return values[leading.input()].get(":, :" + leading.channels());
        }
        Widened widened = (Widened) step;
        return PartialChannels.widen(
                values[widened.mixed()], values[widened.whole()], widened.part());
    }

    static NDArray apply(Apply step, NDArray[] values, NDArray[] arrays) {
        NDArray input = values[step.input()];
        int count = step.weightCount();
        return step.run(
                input,
                Arrays.asList(arrays).subList(step.firstWeight(), step.firstWeight() + count),
                Normaliser.BATCH);
    }

    /** For as many samples as there are images. */
    static NDArray zeros(Size size, NDArray[] values) {
        long batch = values[0].getShape().get(0);
        return values[0]
                .getManager()
                .zeros(
                        size.height() == 0
                                ? new Shape(batch, size.channels())
                                : new Shape(batch, size.channels(), size.height(), size.width()));
    }

    static NDArray merge(Merge merge, List<Integer> inputs, NDArray[] values) {
        if (merge == Merge.CONCAT) {
            NDList list = new NDList();
            inputs.forEach(input -> list.add(values[input]));
            return Concatenation.of(list, 1);
        }
        NDArray sum = values[inputs.get(0)];
        for (int input : inputs.subList(1, inputs.size())) {
            sum = sum.add(values[input]);
        }
        return merge == Merge.MEAN ? Scaling.times(sum, 1.0 / inputs.size()) : sum;
    }

    static NDArray mix(SupernetGraph graph, Mixed step, NDArray[] values, NDArray[] shares) {
        int first = graph.logits.get(step.logits()).first();
        NDArray sum = null;
        for (int i = 0; i < step.inputs().size(); i++) {
            NDArray term = values[step.inputs().get(i)].mul(shares[first + i]);
            sum = sum == null ? term : sum.add(term);
        }
        return step.picks() == 1 ? sum : Scaling.times(sum, step.picks());
    }

    private NDArray[] scalars(NDArray mixture) {
        return mixture.split(graph.logitCount()).toArray(new NDArray[0]);
    }
}
