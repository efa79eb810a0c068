package io.nas4j.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A graph of ONNX as it grows: nodes, each with one result, and the arrays that they read. The
 * numbers of fields and types are those of {@code onnx.proto3}.
 */
final class OnnxGraph {

    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final Protobuf graph = new Protobuf();
    private int names;

    /** An attribute of a node. */
    record Attribute(String name, Object value) {

        static Attribute of(String name, long value) {
            return new Attribute(name, value);
        }

        static Attribute of(String name, float value) {
            return new Attribute(name, value);
        }

        static Attribute of(String name, Integer... values) {
            return new Attribute(name, List.of(values));
        }

        Protobuf message() {
            Protobuf attribute = new Protobuf().text(1, name);
            if (value instanceof Float number) {
                return attribute.number(2, number).whole(20, 1);
            } else if (value instanceof Long whole) {
                return attribute.whole(3, whole).whole(20, 2);
            }
            ((List<?>) value).forEach(v -> attribute.whole(8, ((Integer) v).longValue()));
            return attribute.whole(20, 7);
        }
    }

    /**
     * Adds a node.
     *
     * @return the name of its result
     */
    String node(String type, List<String> inputs, Attribute... attributes) {
        return node(type, "t" + names++, inputs, attributes);
    }

    String node(String type, String result, List<String> inputs, Attribute... attributes) {
        Protobuf node = new Protobuf();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, result).text(3, "n_" + result).text(4, type);
        Arrays.stream(attributes).forEach(attribute -> node.message(5, attribute.message()));
        graph.message(1, node);
        return result;
    }

    String array(String name, List<? extends Number> shape, float[] values) {
        graph.message(
                5, new Protobuf().wholes(1, shape).whole(2, FLOAT).text(8, name).floats(9, values));
        return name;
    }

    String number(float value) {
        return array("c" + names++, List.of(), new float[] {value});
    }

    String wholes(Integer... values) {
        String name = "c" + names++;
        graph.message(
                5,
                new Protobuf()
                        .wholes(1, List.of(values.length))
                        .whole(2, INT64)
                        .wholes(7, List.of(values))
                        .text(8, name));
        return name;
    }

    /**
     * The whole graph.
     *
     * @param input its name, and its sizes behind the batch
     * @param output its name, and its sizes behind the batch
     */
    Protobuf message(
            String name,
            String input,
            List<Integer> inputSizes,
            String output,
            List<Integer> outputSizes) {
        return graph.text(2, name)
                .message(11, value(input, inputSizes))
                .message(12, value(output, outputSizes));
    }

    private static Protobuf value(String name, List<Integer> sizes) {
        Protobuf shape = new Protobuf().message(1, new Protobuf().text(2, "n"));
        List<Protobuf> dimensions = new ArrayList<>();
        sizes.forEach(size -> dimensions.add(new Protobuf().whole(1, size)));
        dimensions.forEach(dimension -> shape.message(1, dimension));
        Protobuf tensor = new Protobuf().whole(1, FLOAT).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }
}
