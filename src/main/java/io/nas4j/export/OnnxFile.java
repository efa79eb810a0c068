package io.nas4j.export;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Answer;
import io.nas4j.json.ModelCard;
import io.nas4j.model.NasModel;
import io.nas4j.nn.Instruction;
import io.nas4j.nn.LayerCount;
import io.nas4j.nn.Program;
import io.nas4j.train.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A model as one file of ONNX, for ONNX Runtime, browsers and phones. It needs no Python to be
 * written.
 *
 * <p>Its input {@code raw} are values as in the data: images {@code [n, channels, height, width]}
 * from 0 to 255, rows {@code [n, features]}. Its output {@code probabilities} are {@code [n,
 * classes]}; where numbers are predicted, it is {@code numbers}, in their own units. Their names
 * and where the model comes from are in the metadata.
 *
 * @see <a href="https://onnx.ai">ONNX</a>, opset 17
 */
public final class OnnxFile {

    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;

    /** No message of Protocol Buffers is longer than 2 GiB. */
    private static final long MOST_WEIGHTS = 500_000_000;

    private OnnxFile() {}

    /**
     * Writes the file.
     *
     * @param model to hand over
     * @param file overwritten where it exists; usually ends in {@code .onnx}
     * @throws IOException when it cannot be written
     * @throws IllegalArgumentException for a network with a DJL block of a user's own, or of more
     *     than 2 GiB
     */
    public static void write(NasModel model, Path file) throws IOException {
        long numbers = model.weights().stream().mapToLong(w -> w.values().length).sum();
        require(
                numbers <= MOST_WEIGHTS,
                "one file of ONNX holds 2 GiB, but the network has %d numbers. Try"
                        + " PyTorchSource.write.",
                numbers);
        byte[] bytes = message(model).toByteArray();
        Path part = file.resolveSibling("." + UUID.randomUUID() + ".nas4j-part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Protobuf message(NasModel model) {
        Source source = Source.of(model);
        ModelCard card = source.card();
        Protobuf message =
                new Protobuf()
                        .whole(1, IR_VERSION)
                        .text(2, "nas4j")
                        .message(7, graph(source, model.weights()))
                        .message(8, new Protobuf().text(1, "").whole(2, OPSET));
        metadata(card).forEach((key, value) -> message.message(14, entry(key, value)));
        return message;
    }

    private static Map<String, String> metadata(ModelCard card) {
        Map<String, String> metadata = new TreeMap<>();
        List<String> names = card.answer().names();
        for (int label = 0; label < names.size(); label++) {
            metadata.put("class." + label, names.get(label));
        }
        card.provenance().forEach((name, text) -> metadata.put("provenance." + name, text));
        return metadata;
    }

    private static Protobuf entry(String key, String value) {
        return new Protobuf().text(1, key).text(2, value);
    }

    private static Protobuf graph(Source source, List<Tensor> weights) {
        ModelCard card = source.card();
        Program program = source.program();
        OnnxGraph graph = new OnnxGraph();
        OnnxOperators operators = new OnnxOperators(program, graph);
        boolean[] live = program.live();
        for (int slot = 0; slot < live.length; slot++) {
            if (live[slot]) {
                graph.array(slot(slot), weights.get(slot).shape(), weights.get(slot).values());
            }
        }
        Map<Integer, String> registers = new HashMap<>();
        registers.put(program.input().id(), normalised(card, program.input().flat(), graph));
        boolean[] needed = LayerCount.needed(program);
        for (int i = 0; i < needed.length; i++) {
            if (needed[i]) {
                Instruction instruction = program.instructions().get(i);
                List<String> in = instruction.inputs().stream().map(registers::get).toList();
                List<String> slots = instruction.slots().stream().map(OnnxFile::slot).toList();
                registers.put(instruction.output(), operators.add(instruction, in, slots));
            }
        }
        String answer = answer(card.answer(), registers.get(program.output().id()), graph);
        return graph.message(
                "network",
                "raw",
                program.input().flat()
                        ? List.of(card.channels())
                        : List.of(card.channels(), card.height(), card.width()),
                answer,
                List.of(card.outputs()));
    }

    /** What is put behind the outputs, by the name that it is asked for. */
    private static String answer(Answer answer, String outputs, OnnxGraph graph) {
        return switch (answer.kind()) {
            case CLASSES ->
                    graph.node(
                            "Softmax",
                            "probabilities",
                            List.of(outputs),
                            OnnxGraph.Attribute.of("axis", 1L));
            case LABELS -> graph.node("Sigmoid", "probabilities", List.of(outputs));
            case NUMBERS -> {
                List<Integer> shape = List.of(1, answer.outputs());
                String unit = graph.array("unit", shape, floats(answer.scale()));
                String zero = graph.array("zero", shape, floats(answer.offset()));
                String scaled = graph.node("Mul", List.of(outputs, unit));
                yield graph.node("Add", "numbers", List.of(scaled, zero));
            }
        };
    }

    private static String slot(int number) {
        return "p" + number;
    }

    private static String normalised(ModelCard card, boolean flat, OnnxGraph graph) {
        List<Integer> shape =
                flat ? List.of(1, card.channels()) : List.of(1, card.channels(), 1, 1);
        String scale = graph.array("scale", shape, floats(card.scale()));
        String offset = graph.array("offset", shape, floats(card.offset()));
        return graph.node("Add", List.of(graph.node("Mul", List.of("raw", scale)), offset));
    }

    private static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }
}
