package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where each array of weights lies in the flat vector: arrays that a fused call reads as one lie
 * side by side.
 */
final class SupernetLayout {

    /**
     * Arrays that lie side by side.
     *
     * @param members indices of weights, in order, all of one shape
     */
    record Chunk(List<Integer> members) {}

    private final SupernetGraph graph;
    private final List<Chunk> chunks = new ArrayList<>();
    private final int[] offsets;
    private final int[] chunkOf;

    SupernetLayout(SupernetGraph graph, List<FusedGroup> groups) {
        this.graph = graph;
        offsets = new int[graph.weights.size()];
        chunkOf = new int[graph.weights.size()];
        Arrays.fill(chunkOf, -1);
        for (FusedGroup group : groups) {
            group.chunks().forEach(this::add);
        }
        for (int i = 0; i < offsets.length; i++) {
            if (chunkOf[i] < 0) {
                add(new Chunk(List.of(i)));
            }
        }
        int at = 0;
        for (Chunk chunk : chunks) {
            for (int member : chunk.members()) {
                offsets[member] = at;
                at += (int) graph.weights.get(member).size();
            }
        }
    }

    private void add(Chunk chunk) {
        chunk.members().forEach(member -> chunkOf[member] = chunks.size());
        chunks.add(chunk);
    }

    int offset(int weight) {
        return offsets[weight];
    }

    /** The index of the chunk that holds a weight. */
    int chunk(int weight) {
        return chunkOf[weight];
    }

    /** One array a weight. */
    NDArray[] single(NDArray flat) {
        Integer[] order = new Integer[offsets.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, java.util.Comparator.comparingInt(i -> offsets[i]));
        long[] starts = new long[order.length - 1];
        Arrays.setAll(starts, i -> offsets[order[i + 1]]);
        NDList parts = flat.split(starts);
        NDArray[] result = new NDArray[order.length];
        for (int i = 0; i < order.length; i++) {
            result[order[i]] = parts.get(i).reshape(graph.weights.get(order[i]).dimensions());
        }
        return result;
    }

    /** One array a chunk: of m members of shape [a, ...] as [m·a, ...]. */
    NDArray[] wide(NDArray flat) {
        long[] starts = new long[chunks.size() - 1];
        Arrays.setAll(starts, i -> offsets[chunks.get(i + 1).members().get(0)]);
        NDList parts = flat.split(starts);
        NDArray[] result = new NDArray[chunks.size()];
        for (int i = 0; i < result.length; i++) {
            List<Integer> members = chunks.get(i).members();
            long[] shape = graph.weights.get(members.get(0)).dimensions().getShape().clone();
            shape[0] *= members.size();
            result[i] = parts.get(i).reshape(new Shape(shape));
        }
        return result;
    }
}
