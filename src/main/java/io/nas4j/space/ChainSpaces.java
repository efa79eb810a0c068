package io.nas4j.space;

import static io.nas4j.space.Grammar.batchNorm;
import static io.nas4j.space.Grammar.chain;
import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.input;
import static io.nas4j.space.Grammar.none;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.ref;
import static io.nas4j.space.Grammar.relu;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.with;
import static io.nas4j.space.Require.require;

import io.nas4j.space.Node.Merge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Spaces of layers one after the other, of a depth that is decided too. */
final class ChainSpaces {

    private ChainSpaces() {}

    static SearchSpace convolutional(int blocks) {
        require(blocks >= 1, "blocks must be at least 1, but were %d.", blocks);
        Map<String, Node> shared = new LinkedHashMap<>();
        for (int i = 1; i <= blocks; i++) {
            shared.put(
                    "block " + i,
                    chain(
                            choice("kernel", sides("kernel", 1, 3, 5)),
                            choice("filters", sides("channels", 8, 16, 32)),
                            op("conv"),
                            batchNorm(),
                            Spaces.activation("activation"),
                            choice("pool", skip(), op("max_pool", "kernel", 3, "stride", 2))));
        }
        return SearchSpace.of("chain", chain(depth("block ", blocks), classifier()), shared);
    }

    static SearchSpace perceptron(int layers) {
        require(layers >= 1, "layers must be at least 1, but were %d.", layers);
        Map<String, Node> shared = new LinkedHashMap<>();
        for (int i = 1; i <= layers; i++) {
            shared.put(
                    "layer " + i,
                    chain(
                            choice("units", sides("units", 16, 32, 64, 128, 256)),
                            op("dense"),
                            Spaces.activation("activation"),
                            choice("dropout", skip(), Grammar.dropout(20), Grammar.dropout(50))));
        }
        return SearchSpace.of(
                "mlp", chain(op("flatten"), depth("layer ", layers), classifier()), shared);
    }

    static SearchSpace zophLe(int layers) {
        require(layers >= 1, "layers must be at least 1, but were %d.", layers);
        List<Node> vertices = new ArrayList<>();
        for (int layer = 1; layer <= layers; layer++) {
            List<Node> sources = new ArrayList<>();
            sources.add(input(layer - 1));
            for (int from = 1; from < layer - 1; from++) {
                sources.add(choice("skip from " + from, none(), input(from)));
            }
            vertices.add(
                    chain(
                            new Node.Join(Merge.CONCAT, sources),
                            choice("filter height", sides("height", 1, 3, 5, 7)),
                            choice("filter width", sides("width", 1, 3, 5, 7)),
                            choice("stride", sides("stride", 1, 2)),
                            choice("filters", sides("channels", 8, 16, 24, 32)),
                            op("conv"),
                            batchNorm(),
                            relu()));
        }
        return SearchSpace.of(
                "zoph-le-" + layers, new Node.Cell(1, vertices, Merge.LAST), classifier());
    }

    static SearchSpace mobile(int blocks, int... channels) {
        require(blocks >= 1, "a stage must have at least 1 block, but had %d.", blocks);
        require(channels.length >= 1, "a mobile space needs the channels of at least 1 stage.");
        List<Node> steps = new ArrayList<>();
        steps.add(Grammar.stem(channels[0]));
        for (int stage = 0; stage < channels.length; stage++) {
            for (int block = 0; block < blocks; block++) {
                boolean first = block == 0 && stage > 0;
                List<Node> options = new ArrayList<>();
                for (int expansion : new int[] {3, 6}) {
                    for (int kernel : new int[] {3, 5, 7}) {
                        options.add(
                                first
                                        ? op(
                                                "mbconv",
                                                "kernel",
                                                kernel,
                                                "expansion",
                                                expansion,
                                                "channels",
                                                channels[stage],
                                                "stride",
                                                2)
                                        : Grammar.mbConv(kernel, expansion));
                    }
                }
                if (!first) {
                    options.add(skip());
                }
                steps.add(choice("stage " + (stage + 1) + " block " + (block + 1), options));
            }
        }
        steps.addAll(List.of(op("relu6"), classifier()));
        return SearchSpace.of("mobile", new Node.Chain(steps), Map.of());
    }

    private static Node depth(String prefix, int most) {
        return choice(
                "depth",
                IntStream.rangeClosed(1, most)
                        .mapToObj(
                                depth ->
                                        new Node.Chain(
                                                IntStream.rangeClosed(1, depth)
                                                        .<Node>mapToObj(i -> ref(prefix + i))
                                                        .toList()))
                        .toList());
    }

    private static List<Node> sides(String argument, int... values) {
        return IntStream.of(values).<Node>mapToObj(value -> with(argument, value)).toList();
    }
}
