package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.nas4j.nn.Scaling;
import java.util.Arrays;

/**
 * Cross entropy of a softmax, with label smoothing: the target is {@code 1 - s} for the label and
 * {@code s / classes} for every class. With weights, each class' part of the loss counts so much,
 * and the mean is over the weights of the batch's labels.
 *
 * @param smoothing s in [0, 1); 0 is the plain loss
 * @param weights one a class; empty: all count the same
 */
public record CrossEntropy(double smoothing, float[] weights) implements Loss {

    public CrossEntropy {
        require(
                smoothing >= 0 && smoothing < 1,
                "label smoothing must be in [0, 1), but was %s. Try 0.1.",
                smoothing);
    }

    /**
     * All classes count the same.
     *
     * @param smoothing in [0, 1)
     */
    public CrossEntropy(double smoothing) {
        this(smoothing, new float[0]);
    }

    /**
     * The mean loss of a batch.
     *
     * @param logits {@code [batch, classes]}
     * @param labels {@code [batch]}, int64; or the share of each class, float32 {@code [batch,
     *     classes]}
     * @return a scalar
     */
    @Override
    public NDArray of(NDArray logits, NDArray labels) {
        NDArray logs = logits.logSoftmax(1);
        if (labels.getShape().dimension() == 2 || weights.length > 0) {
            return ofShares(logs, shares(logs, labels));
        }
        NDArray hit = logs.gather(labels.expandDims(1), 1).mean();
        if (smoothing == 0) {
            return hit.neg();
        }
        return Scaling.times(hit, smoothing - 1).sub(Scaling.times(logs.mean(), smoothing));
    }

    private static NDArray shares(NDArray logs, NDArray labels) {
        return labels.getShape().dimension() == 2
                ? labels
                : labels.oneHot((int) logs.getShape().get(1), logs.getDataType());
    }

    private NDArray ofShares(NDArray logs, NDArray shares) {
        long classes = logs.getShape().get(1);
        NDArray smooth = shares.mul(1 - smoothing).addi(smoothing / classes);
        NDArray each = logs.neg();
        NDArray mass = shares.sum();
        if (weights.length > 0) {
            NDArray factors = logs.getManager().create(weights, new Shape(1, classes));
            smooth = smooth.muli(factors);
            mass = shares.mul(factors).sum();
        }
        return each.mul(smooth).sum().div(mass);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CrossEntropy same
                && smoothing == same.smoothing
                && Arrays.equals(weights, same.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(smoothing) + Arrays.hashCode(weights);
    }
}
