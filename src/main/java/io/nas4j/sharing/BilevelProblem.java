package io.nas4j.sharing;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Two losses of the same two vectors: weights are to make the training loss small, and alpha the
 * validation loss at the weights that result (DARTS, equations 3 and 4).
 */
public interface BilevelProblem {

    /** Which of the two. */
    enum Loss {
        TRAIN,
        VALIDATION
    }

    /** What a slope is taken along. */
    enum Along {
        WEIGHTS,
        ALPHA,
        BOTH;

        public boolean weights() {
            return this != ALPHA;
        }

        public boolean alpha() {
            return this != WEIGHTS;
        }
    }

    /**
     * A loss and its gradients, of which only those asked for are there.
     *
     * @param loss a scalar
     */
    record Slope(NDArray loss, Optional<NDArray> weights, Optional<NDArray> alpha) {}

    /**
     * Differentiates.
     *
     * @param loss which
     * @param along what by
     * @param weights a point, not changed
     * @param alpha a point, not changed
     * @return arrays that live as long as the current {@code NDScope}
     */
    Slope slope(Loss loss, Along along, NDArray weights, NDArray alpha);
}
