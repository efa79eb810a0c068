package io.nas4j.export;

import io.nas4j.model.Classification;
import io.nas4j.model.Classifier;
import io.nas4j.model.NasModel;
import io.nas4j.space.SearchSpace;
import io.nas4j.train.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Models of random networks of every space, handed over in every form, with inputs and our answers:
 * what {@code src/bench/python/check_handover.py} checks with PyTorch and ONNX Runtime.
 */
public final class HandOver {

    private static final int EXAMPLES = 4;

    private HandOver() {}

    /**
     * Writes a folder a network.
     *
     * @param args the folder they are written into, and how many networks a space
     * @throws IOException when they cannot be written
     */
    public static void main(String[] args) throws IOException {
        int each = Integer.parseInt(args[1]);
        for (SearchSpace space : RandomModel.spaces().toList()) {
            for (int seed = 1; seed <= each; seed++) {
                write(
                        RandomModel.of(space, seed),
                        Path.of(args[0], space.name().replaceAll("\\W+", "-") + "-" + seed));
            }
        }
    }

    private static void write(NasModel model, Path folder) throws IOException {
        Files.createDirectories(folder);
        PyTorchSource.write(model, folder);
        OnnxFile.write(model, folder.resolve("direct.onnx"));
        float[] numbers = RandomModel.examples(model.card(), EXAMPLES);
        float[] raw = numbers.clone();
        for (int i = 0; i < raw.length; i++) {
            raw[i] *= model.card().images() ? 255 : 1;
        }
        List<Long> shape =
                new ArrayList<>(List.of((long) EXAMPLES, (long) model.card().channels()));
        shape.add((long) model.card().height());
        shape.add((long) model.card().width());
        int classes = model.card().classes().size();
        float[] answers = new float[EXAMPLES * classes];
        try (Classifier classifier = model.open("cpu")) {
            List<Classification> all = classifier.predict(numbers);
            for (int i = 0; i < EXAMPLES; i++) {
                System.arraycopy(all.get(i).probabilities(), 0, answers, i * classes, classes);
            }
        }
        io.nas4j.model.Safetensors.write(
                folder.resolve("expected.safetensors"),
                List.of(
                        new Tensor("raw", shape, raw),
                        new Tensor(
                                "probabilities",
                                List.of((long) EXAMPLES, (long) classes),
                                answers)));
    }
}
