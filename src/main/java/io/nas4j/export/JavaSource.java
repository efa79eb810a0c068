package io.nas4j.export;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Answer;
import io.nas4j.json.ModelCard;
import io.nas4j.model.NasModel;
import io.nas4j.nn.Slot;
import io.nas4j.train.Tensor;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * A model as one class of plain DJL, which needs nothing of nas4j, and a file of its weights,
 * {@code weights.bin}.
 */
public final class JavaSource {

    /** Statements a method: a method of the JVM holds 64 KiB of code. */
    private static final int CHUNK = 200;

    private JavaSource() {}

    /**
     * Writes both files.
     *
     * @param model to hand over
     * @param folder made where it is missing; files of these names are replaced
     * @param name of the class, in the default package
     * @throws IOException when they cannot be written
     * @throws IllegalArgumentException for a name that is none in Java, and for a network with a
     *     DJL block of a user's own
     */
    public static void write(NasModel model, Path folder, String name) throws IOException {
        require(
                SourceVersion.isIdentifier(name) && !SourceVersion.isKeyword(name),
                "a class must have a name of Java, but it was \"%s\". Try \"FoundNetwork\".",
                name);
        String text = Source.filled("Block.java.txt", texts(Source.of(model), name));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".java"), text, StandardCharsets.UTF_8);
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                Files.newOutputStream(folder.resolve("weights.bin"))))) {
            for (Tensor tensor : model.weights()) {
                for (float value : tensor.values()) {
                    out.writeFloat(value);
                }
            }
        }
    }

    private static Map<String, String> texts(Source source, String name) {
        ModelCard card = source.card();
        Map<String, String> texts = source.texts();
        texts.put("NAME", name);
        texts.put(
                "CLASSES",
                card.answer().names().stream()
                        .map(Literal::java)
                        .collect(Collectors.joining(", ")));
        texts.put("SCALE", floats(card.scale()));
        texts.put("OFFSET", floats(card.offset()));
        texts.put("ANSWER", answer(card.answer()));
        texts.put("REGISTERS", String.valueOf(source.program().values().size()));
        texts.put("OUTPUT", String.valueOf(source.program().output().id()));
        texts.put(
                "INPUT",
                source.program().input().flat() ? "x.reshape(x.getShape().get(0), -1)" : "x");
        Methods forward =
                new Methods("static ", "step", "NDArray[] r, NDArray[] p, boolean training");
        source.statements(new JavaDialect(), r -> "r[" + r + "]", p -> "p[" + p + "]")
                .forEach(forward::add);
        texts.put("CALLS", forward.calls("        ", "r, p, training"));
        texts.put("FORWARD", forward.text());
        texts.put("PARAMETERS", parameters(source.program().slots()));
        return texts;
    }

    /** What is put behind the outputs. */
    private static String answer(Answer answer) {
        return switch (answer.kind()) {
            case CLASSES -> ".softmax(1)";
            case LABELS -> ".neg().exp().add(1).pow(-1)";
            case NUMBERS ->
                    ".mul(x.getManager().create(new float[] {"
                            + floats(answer.scale())
                            + "})).add(x.getManager().create(new float[] {"
                            + floats(answer.offset())
                            + "}))";
        };
    }

    private static String parameters(List<Slot> slots) {
        Methods add = new Methods("", "add", "");
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            add.add(
                    "parameter("
                            + i
                            + ", "
                            + slot.role().isTrained()
                            + ", "
                            + slot.shape().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", "))
                            + ")");
        }
        return "    private void addAll() {\n"
                + add.calls("        ", "")
                + "\n    }\n\n"
                + add.text();
    }

    private static String floats(List<Double> values) {
        return values.stream()
                .map(value -> value.floatValue() + "f")
                .collect(Collectors.joining(", "));
    }

    /** Statements, spread over methods. */
    private static final class Methods {

        private final String modifier;
        private final String name;
        private final String arguments;
        private final StringBuilder text = new StringBuilder();
        private int statements;

        Methods(String modifier, String name, String arguments) {
            this.modifier = modifier;
            this.name = name;
            this.arguments = arguments;
        }

        void add(String statement) {
            if (statements % CHUNK == 0) {
                if (statements > 0) {
                    text.append("    }\n\n");
                }
                text.append("    private " + modifier + "void " + name + statements / CHUNK);
                text.append("(" + arguments + ") {\n");
            }
            text.append("        " + statement + ";\n");
            statements++;
        }

        String calls(String indent, String values) {
            StringBuilder calls = new StringBuilder();
            for (int i = 0; i * CHUNK < statements; i++) {
                calls.append(indent + name + i + "(" + values + ");\n");
            }
            return calls.toString().stripTrailing();
        }

        String text() {
            return text + "    }";
        }
    }
}
