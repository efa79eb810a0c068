package io.nas4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;

/**
 * The mean over examples and labels of each label's own cross entropy: a sigmoid an output.
 *
 * @param weights of the examples that have a label, one a label; 1: as those that have it not
 */
public record BinaryCrossEntropy(float[] weights) implements Loss {

    @Override
    public NDArray of(NDArray outputs, NDArray targets) {
        // -log sigmoid(x) = softplus(-x), -log (1 - sigmoid(x)) = softplus(x)
        NDArray there = targets.mul(Activation.softPlus(outputs.neg()));
        NDArray weighted =
                isPlain()
                        ? there
                        : there.mul(
                                outputs.getManager().create(weights, new Shape(1, weights.length)));
        NDArray absent = targets.neg().addi(1).mul(Activation.softPlus(outputs));
        return weighted.add(absent).mean();
    }

    private boolean isPlain() {
        for (float weight : weights) {
            if (weight != 1) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "BinaryCrossEntropy" + (isPlain() ? "" : Arrays.toString(weights));
    }
}
