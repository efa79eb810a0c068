package io.nas4j.train;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * How a gradient becomes a step: an immutable description in PyTorch's arithmetic (DJL's own
 * optimizers keep the learning rate inside the momentum). What changes lives in its {@link State}.
 */
public sealed interface Optimizer permits Sgd, Adam, DjlOptimizer {

    /**
     * Starts with zero moments.
     *
     * @param weights an array of the shape, device and manager that the moments are to have
     * @return the state for this one array
     */
    State start(NDArray weights);

    /** The moments of one array of weights. */
    interface State extends AutoCloseable {

        /**
         * Changes the weights in place.
         *
         * @param weights the array of {@link Optimizer#start}, or another of its shape; must not
         *     require a gradient
         * @param gradient of the same shape, not changed
         * @param rate learning rate
         */
        void step(NDArray weights, NDArray gradient, double rate);

        /**
         * Where {@link #step} would lead; changes nothing (the unrolled step of DARTS, equation 7).
         *
         * @param weights the array of {@link Optimizer#start}, or another of its shape
         * @param gradient of the same shape
         * @param rate learning rate
         * @return a new array, alive as long as the current {@code NDScope}
         */
        NDArray ahead(NDArray weights, NDArray gradient, double rate);

        /**
         * Copies the moments to the heap.
         *
         * @return what {@link #restore} takes
         */
        Moments save();

        /**
         * Goes back to saved moments.
         *
         * @param moments of an optimizer of the same kind over the same shape
         */
        void restore(Moments moments);

        @Override
        void close();
    }

    /**
     * Moments on the heap.
     *
     * @param steps how many were made
     * @param values one array a moment
     */
    record Moments(int steps, List<float[]> values) {
        public Moments {
            values = List.copyOf(values);
        }
    }
}
