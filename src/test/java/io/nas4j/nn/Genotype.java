package io.nas4j.nn;

import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Cells as papers print them: for each vertex two operations with the inputs they read. */
final class Genotype {

    static final Genotype DARTS_V1 =
            new Genotype(
                    "sep_conv_3x3 1 sep_conv_3x3 0 skip_connect 0 sep_conv_3x3 1 skip_connect 0"
                            + " sep_conv_3x3 1 sep_conv_3x3 0 skip_connect 2",
                    "max_pool_3x3 0 max_pool_3x3 1 skip_connect 2 max_pool_3x3 0 max_pool_3x3 0"
                            + " skip_connect 2 skip_connect 2 avg_pool_3x3 0");

    static final Genotype DARTS_V2 =
            new Genotype(
                    "sep_conv_3x3 0 sep_conv_3x3 1 sep_conv_3x3 0 sep_conv_3x3 1 sep_conv_3x3 1"
                            + " skip_connect 0 skip_connect 0 dil_conv_3x3 2",
                    "max_pool_3x3 0 max_pool_3x3 1 skip_connect 2 max_pool_3x3 1 max_pool_3x3 0"
                            + " skip_connect 2 skip_connect 2 max_pool_3x3 1");

    /** By cell and vertex: the operation on each input. */
    private final Map<String, Map<Integer, String>> edges = new HashMap<>();

    private Genotype(String normal, String reduce) {
        read("normal", normal);
        read("reduce", reduce);
    }

    private void read(String cell, String text) {
        String[] words = text.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            edges.computeIfAbsent(cell + "/v" + (2 + i / 4), key -> new HashMap<>())
                    .put(Integer.valueOf(words[i + 1]), words[i]);
        }
    }

    Architecture in(SearchSpace space) {
        return space.choose(this::answer);
    }

    private int answer(Decision decision) {
        List<String> path = Stream.of(decision.id().split("/")).toList();
        Map<Integer, String> inputs = edges.get(path.get(0) + "/" + path.get(1));
        if (decision.picks() == 2) {
            return decision.answer(List.copyOf(inputs.keySet()));
        }
        return decision.labels().indexOf(inputs.get(Integer.valueOf(path.get(3))));
    }
}
