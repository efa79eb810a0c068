package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/** Arrays one after the other, safe where gradients are recorded. */
public final class Concatenation {

    private Concatenation() {}

    /**
     * Joins arrays.
     *
     * <p>DJL's own {@code NDArrays.concat} makes of a single array a copy that no gradient flows
     * through (0.36.0): a cell of one vertex would train nothing before its last. Here a single
     * array is that array itself.
     *
     * @param arrays at least 1
     * @param axis along which they are joined
     * @return a new array, or the only one
     */
    public static NDArray of(NDList arrays, int axis) {
        return arrays.size() == 1 ? arrays.get(0) : NDArrays.concat(arrays, axis);
    }
}
