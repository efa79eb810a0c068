package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import io.nas4j.nn.Scaling;

/**
 * Cross entropy of a softmax, with label smoothing: the target is {@code 1 - s} for the label and
 * {@code s / classes} for every class.
 *
 * @param smoothing s in [0, 1); 0 is the plain loss
 */
public record CrossEntropy(double smoothing) {

    public CrossEntropy {
        require(
                smoothing >= 0 && smoothing < 1,
                "label smoothing must be in [0, 1), but was %s. Try 0.1.",
                smoothing);
    }

    /**
     * The mean loss of a batch.
     *
     * @param logits {@code [batch, classes]}
     * @param labels {@code [batch]}, int64
     * @return a scalar
     */
    public NDArray of(NDArray logits, NDArray labels) {
        NDArray logs = logits.logSoftmax(1);
        NDArray hit = logs.gather(labels.expandDims(1), 1).mean();
        if (smoothing == 0) {
            return hit.neg();
        }
        return Scaling.times(hit, smoothing - 1).sub(Scaling.times(logs.mean(), smoothing));
    }
}
