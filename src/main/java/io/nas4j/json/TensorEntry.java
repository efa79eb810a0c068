package io.nas4j.json;

import static io.nas4j.space.Require.require;

import java.util.List;

/**
 * Where an array of a safetensors file lies.
 *
 * @param name unique in the file
 * @param type of its numbers, as the format names it: {@code F32}
 * @param shape sizes, outermost first; empty for a single number
 * @param from its first byte, counted behind the header
 * @param to the byte behind its last
 */
public record TensorEntry(String name, String type, List<Long> shape, long from, long to) {

    public TensorEntry {
        shape = List.copyOf(shape);
        require(
                from >= 0 && to >= from,
                "tensor \"%s\" lies between two places of a file, but from %d to %d.",
                name,
                from,
                to);
        for (long size : shape) {
            require(size >= 0, "tensor \"%s\" has sizes of at least 0, but %s.", name, shape);
        }
    }
}
