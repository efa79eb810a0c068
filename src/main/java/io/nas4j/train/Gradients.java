package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/** What is done to a gradient before the step. */
public final class Gradients {

    private Gradients() {}

    /**
     * Shrinks a gradient, in place, to a largest L2 norm, as {@code clip_grad_norm_} does. (DJL's
     * own clipping is per value and one-sided.)
     *
     * @param gradient of all weights together
     * @param norm the largest, above 0
     */
    public static void clip(NDArray gradient, double norm) {
        require(norm > 0, "the gradient's norm must be clipped above 0, but at %s. Try 5.", norm);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            // no value leaves the device
            NDArray length = gradient.flatten().norm().add(1e-6f);
            gradient.muli(length.pow(-1f).muli((float) norm).clip(0, 1));
        }
    }
}
