package io.nas4j.train;

import static io.nas4j.space.Require.require;

import java.util.List;

/**
 * A named array on the heap.
 *
 * @param name unique in its network
 * @param shape sizes, outermost first
 * @param values in that order; not copied
 */
public record Tensor(String name, List<Long> shape, float[] values) {

    public Tensor {
        shape = List.copyOf(shape);
        long size = shape.stream().reduce(1L, (a, b) -> a * b);
        require(
                size == values.length,
                "tensor \"%s\" of shape %s must have %d values, but has %d.",
                name,
                shape,
                size,
                values.length);
    }
}
