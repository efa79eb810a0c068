package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.nas4j.space.Grammar;
import io.nas4j.space.Node;
import io.nas4j.space.Node.Merge;
import io.nas4j.space.SearchSpace;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code src/bench/python/darts_supernet.py --exchange} wrote of a DARTS search in PyTorch: 4
 * channels, 3 cells of 2 vertices, all 8 operations, 20 bilevel steps. Its arrays by name.
 */
public final class PyTorchPeer {

    private static final int VERTICES = 2;

    private PyTorchPeer() {}

    public static Map<String, NDArray> read(NDManager manager) throws IOException {
        Map<String, NDArray> arrays = new HashMap<>();
        try (InputStream file =
                PyTorchPeer.class.getResourceAsStream("/io/nas4j/gradient/darts-supernet.npz")) {
            NDList.decode(manager, file).forEach(array -> arrays.put(array.getName(), array));
        }
        return arrays;
    }

    /** The relaxed space; {@code none} is implied. */
    public static SearchSpace space() {
        List<Node> operations =
                List.of(
                        Grammar.maxPool(3),
                        Grammar.avgPool(3),
                        Grammar.skip(),
                        Grammar.sepConv(3),
                        Grammar.sepConv(5),
                        Grammar.dilConv(3),
                        Grammar.dilConv(5));
        List<Node> body = new ArrayList<>();
        for (int to = 2; to < VERTICES + 2; to++) {
            List<Node> edges = new ArrayList<>();
            for (int from = 0; from < to; from++) {
                edges.add(Grammar.chain(Grammar.input(from), Grammar.choice("op", operations)));
            }
            body.add(new Node.Subset("edges", 2, Merge.SUM, edges));
        }
        Node cell = new Node.Cell(2, body, Merge.CONCAT);
        return SearchSpace.of(
                "tiny",
                Grammar.chain(
                        Grammar.stem(12),
                        Grammar.with("channels", 4, "stride", 1),
                        Grammar.ref("normal"),
                        Grammar.with("channels", 8, "stride", 2),
                        Grammar.ref("reduce"),
                        Grammar.with("channels", 16, "stride", 2),
                        Grammar.ref("reduce"),
                        Grammar.classifier()),
                Map.of("normal", cell, "reduce", cell));
    }

    /** The peer's names of weights in the order of ours. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        names.add("stem.conv.weight");
        names.add("stem.norm.weight");
        names.add("stem.norm.bias");
        for (int cell = 0; cell < 3; cell++) {
            String prefix = "cells." + cell + ".";
            if (cell == 2) {
                names.add(prefix + "input0.even.weight");
                names.add(prefix + "input0.odd.weight");
            } else {
                names.add(prefix + "input0.conv.weight");
            }
            names.add(prefix + "input1.conv.weight");
            int edge = 0;
            for (int vertex = 2; vertex < VERTICES + 2; vertex++) {
                for (int from = 0; from < vertex; from++) {
                    String path = prefix + "edges." + edge++ + ".";
                    if (cell > 0 && from < 2) {
                        names.add(path + "skip_connect.even.weight");
                        names.add(path + "skip_connect.odd.weight");
                    }
                    for (String half :
                            new String[] {
                                "sep_conv_3x3.0",
                                "sep_conv_3x3.1",
                                "sep_conv_5x5.0",
                                "sep_conv_5x5.1",
                                "dil_conv_3x3.0",
                                "dil_conv_5x5.0"
                            }) {
                        names.add(path + half + ".depthwise.weight");
                        names.add(path + half + ".pointwise.weight");
                    }
                }
            }
        }
        names.add("classifier.weight");
        names.add("classifier.bias");
        return names;
    }
}
