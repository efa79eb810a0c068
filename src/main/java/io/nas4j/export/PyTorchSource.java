package io.nas4j.export;

import io.nas4j.data.Answer;
import io.nas4j.json.ModelCard;
import io.nas4j.model.NasModel;
import io.nas4j.model.Safetensors;
import io.nas4j.nn.Slot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A model for PyTorch: {@code network.py}, which needs torch and safetensors alone, its {@code
 * weights.safetensors}, and {@code convert.py}, which makes TorchScript and ONNX of them.
 */
public final class PyTorchSource {

    private PyTorchSource() {}

    /**
     * Writes the three files.
     *
     * @param model to hand over
     * @param folder made where it is missing; files of these names are replaced
     * @throws IOException when they cannot be written
     * @throws IllegalArgumentException for a network with a DJL block of a user's own
     */
    public static void write(NasModel model, Path folder) throws IOException {
        Source source = Source.of(model);
        Map<String, String> texts = texts(source);
        Files.createDirectories(folder);
        Safetensors.write(folder.resolve("weights.safetensors"), model.weights());
        Files.writeString(
                folder.resolve("network.py"),
                Source.filled("network.py.txt", texts),
                StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("convert.py"),
                Source.filled("convert.py.txt", texts),
                StandardCharsets.UTF_8);
    }

    /** What is put behind the outputs. */
    private static String answer(Answer answer) {
        return switch (answer.kind()) {
            case CLASSES -> ".softmax(1)";
            case LABELS -> ".sigmoid()";
            case NUMBERS ->
                    " * torch.tensor("
                            + answer.scale()
                            + ") + torch.tensor("
                            + answer.offset()
                            + ")";
        };
    }

    private static Map<String, String> texts(Source source) {
        ModelCard card = source.card();
        Map<String, String> texts = source.texts();
        texts.put(
                "CLASSES",
                card.answer().names().stream()
                        .map(Literal::python)
                        .collect(Collectors.joining(", ", "[", "]")));
        texts.put("SCALE", card.scale().toString());
        texts.put("OFFSET", card.offset().toString());
        texts.put("ANSWER", answer(card.answer()));
        List<Slot> slots = source.program().slots();
        StringBuilder names = new StringBuilder();
        StringBuilder parameters = new StringBuilder();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            String shape =
                    slot.shape().stream().map(String::valueOf).collect(Collectors.joining(", "));
            names.append("    \"p" + i + "\": " + Literal.python(slot.name()) + ",\n");
            parameters.append(
                    slot.role().isTrained()
                            ? "        self.p" + i + " = nn.Parameter(torch.zeros(" + shape + "))\n"
                            : "        self.register_buffer(\"p"
                                    + i
                                    + "\", torch.zeros("
                                    + shape
                                    + "))\n");
        }
        texts.put("NAMES", names.toString().stripTrailing());
        texts.put("PARAMETERS", parameters.toString().stripTrailing());
        texts.put("INPUT", source.program().input().flat() ? "x.flatten(1)" : "x");
        texts.put(
                "FORWARD",
                source.statements(new PythonDialect(), r -> "r" + r, p -> "self.p" + p).stream()
                        .map(statement -> "        " + statement)
                        .collect(Collectors.joining("\n")));
        texts.put("OUTPUT", "r" + source.program().output().id());
        return texts;
    }
}
