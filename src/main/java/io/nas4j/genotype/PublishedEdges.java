package io.nas4j.genotype;

import io.nas4j.genotype.Genotype.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Edges in brief: an operation and its input, one after the other. */
final class PublishedEdges {

    private PublishedEdges() {}

    /**
     * Reads both cells.
     *
     * @param all whether every vertex is concatenated; else those that no other reads
     */
    static Genotype genotype(String normal, String reduce, boolean all) {
        List<Edge> first = edges(normal);
        List<Edge> second = edges(reduce);
        return new Genotype(first, concat(first, all), second, concat(second, all));
    }

    private static List<Integer> concat(List<Edge> edges, boolean all) {
        return all
                ? IntStream.range(2, 2 + edges.size() / 2).boxed().toList()
                : Genotype.looseEnds(edges);
    }

    private static List<Edge> edges(String text) {
        List<Edge> edges = new ArrayList<>();
        String[] words = text.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            edges.add(new Edge(words[i], Integer.parseInt(words[i + 1])));
        }
        return edges;
    }
}
