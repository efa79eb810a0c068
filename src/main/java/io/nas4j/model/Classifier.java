package io.nas4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import io.nas4j.data.Data;
import io.nas4j.data.Frame;
import io.nas4j.data.Photo;
import io.nas4j.data.Target;
import io.nas4j.json.ModelCard;
import io.nas4j.nn.Network;
import io.nas4j.train.Devices;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model on a device, ready to answer. Opening takes the time of copying the weights; one is kept
 * open where many answers are wanted. For one thread at a time.
 */
public final class Classifier implements AutoCloseable {

    private static final int BATCH = 256;

    private final ModelCard card;
    private final RawInputs inputs;
    private final NDManager manager;
    private final Network block;
    private final ParameterStore store;
    private final NDArray scale;
    private final NDArray offset;

    Classifier(NasModel model, String device) {
        card = model.card();
        inputs = new RawInputs(card);
        manager = NDManager.newBaseManager(Devices.of(device));
        try {
            block = model.block(manager);
            store = new ParameterStore(manager, false);
            Shape perChannel = new Shape(1, card.channels(), 1, 1);
            scale = manager.create(floats(card.scale()), perChannel);
            offset = manager.create(floats(card.offset()), perChannel);
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }

    /**
     * Answers to a picture in a file.
     *
     * @param file JPEG, PNG, GIF or BMP
     * @return probabilities
     * @throws IOException when it cannot be read
     */
    public Classification predict(Path file) throws IOException {
        return predict(Photo.read(file));
    }

    /**
     * Answers to a picture: the largest part in its middle of the input's shape, averaged to the
     * input's size.
     *
     * @param image of any size
     * @return probabilities
     * @throws IllegalArgumentException for a network that reads rows
     */
    public Classification predict(BufferedImage image) {
        return predict(List.of(image)).get(0);
    }

    /**
     * Answers to several pictures at once.
     *
     * @param images each of any size, see {@link #predict(BufferedImage)}
     * @return one prediction a picture
     * @throws IllegalArgumentException for a network that reads rows
     */
    public List<Classification> predict(List<BufferedImage> images) {
        requireClasses("predict(image)");
        inputs.requireImages("a picture");
        int size = inputs.size();
        List<Classification> all = new ArrayList<>();
        for (int from = 0; from < images.size(); from += BATCH) {
            List<BufferedImage> some = images.subList(from, Math.min(images.size(), from + BATCH));
            float[] raw = new float[some.size() * size];
            for (int i = 0; i < some.size(); i++) {
                System.arraycopy(inputs.of(some.get(i)), 0, raw, i * size, size);
            }
            for (float[] answer : probabilities(raw)) {
                all.add(new Classification(card.classes(), answer));
            }
        }
        return List.copyOf(all);
    }

    /**
     * Answers to numbers, of one example or of several one after the other.
     *
     * @param values images {@code [n, channels, height, width]} from 0 to 1, or rows {@code [n,
     *     features]} as they were in the data
     * @return one prediction an example
     * @throws IllegalArgumentException when they are no whole number of examples, or an image's are
     *     out of range
     */
    public List<Classification> predict(float[] values) {
        requireClasses("predict(values)");
        return Arrays.stream(probabilities(inputs.of(values)))
                .map(p -> new Classification(card.classes(), p))
                .toList();
    }

    /**
     * Predicts numbers.
     *
     * @param values as for {@link #predict(float[])}
     * @return by example, then by number, in their own units
     * @throws IllegalArgumentException when the network predicts something else, or the values are
     *     no whole number of examples
     */
    public float[][] numbers(float[] values) {
        card.answer().requireKind(Target.Kind.NUMBERS, "numbers(values)");
        return probabilities(inputs.of(values));
    }

    /**
     * Predicts numbers.
     *
     * @param data of the network's kind; images of another size are averaged to its own
     * @param examples indices into it, any number
     * @return by example, then by number, in their own units
     * @throws IllegalArgumentException when the data do not fit the network
     */
    public float[][] numbers(Data data, int... examples) {
        card.answer().requireKind(Target.Kind.NUMBERS, "numbers(data, examples)");
        return probabilities(data, examples);
    }

    /**
     * Predicts which labels there are.
     *
     * @param values as for {@link #predict(float[])}
     * @return by example, each label's probability; they need not sum to 1
     * @throws IllegalArgumentException when the network predicts something else, or the values are
     *     no whole number of examples
     */
    public List<Map<String, Double>> labels(float[] values) {
        card.answer().requireKind(Target.Kind.LABELS, "labels(values)");
        List<Map<String, Double>> all = new ArrayList<>();
        for (float[] probabilities : probabilities(inputs.of(values))) {
            Map<String, Double> named = new LinkedHashMap<>();
            for (int i = 0; i < probabilities.length; i++) {
                named.put(card.answer().names().get(i), (double) probabilities[i]);
            }
            all.add(named);
        }
        return all;
    }

    /**
     * Answers to a table's rows.
     *
     * @param rows has the columns that were learned from, by name; others are ignored
     * @return one prediction a row
     * @throws IllegalArgumentException when the network learned from no table, or a column is
     *     missing or of another type
     */
    public List<Classification> predict(Frame rows) {
        return predict(inputs.encoded(rows));
    }

    /**
     * Predicts numbers of a table's rows.
     *
     * @param rows as for {@link #predict(Frame)}
     * @return by row, then by number, in their own units
     */
    public float[][] numbers(Frame rows) {
        return numbers(inputs.encoded(rows));
    }

    /**
     * Predicts labels of a table's rows.
     *
     * @param rows as for {@link #predict(Frame)}
     * @return by row, each label's probability
     */
    public List<Map<String, Double>> labels(Frame rows) {
        return labels(inputs.encoded(rows));
    }

    private void requireClasses(String what) {
        card.answer().requireKind(Target.Kind.CLASSES, what);
    }

    /**
     * Answers to examples.
     *
     * @param data of the network's kind; images of another size are averaged to its own
     * @param examples indices into it, any number
     * @return one prediction an example
     * @throws IllegalArgumentException when the data do not fit the network
     */
    public List<Classification> predict(Data data, int... examples) {
        requireClasses("predict(data, examples)");
        return Arrays.stream(probabilities(data, examples))
                .map(p -> new Classification(card.classes(), p))
                .toList();
    }

    float[][] probabilities(Data data, int... examples) {
        inputs.requireFit(data);
        float[][] all = new float[examples.length][];
        for (int from = 0; from < examples.length; from += BATCH) {
            int to = Math.min(examples.length, from + BATCH);
            float[][] some = forward(inputs.of(data, Arrays.copyOfRange(examples, from, to)));
            System.arraycopy(some, 0, all, from, some.length);
        }
        return all;
    }

    private float[][] probabilities(float[] raw) {
        int size = inputs.size();
        int count = raw.length / size;
        float[][] all = new float[count][];
        for (int from = 0; from < count; from += BATCH) {
            int to = Math.min(count, from + BATCH);
            float[][] some = forward(Arrays.copyOfRange(raw, from * size, to * size));
            System.arraycopy(some, 0, all, from, some.length);
        }
        return all;
    }

    /** One batch. */
    private float[][] forward(float[] raw) {
        int count = raw.length / inputs.size();
        int classes = card.outputs();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Shape shape = new Shape(count, card.channels(), card.height(), card.width());
            NDArray read = manager.create(raw, shape).muli(scale).addi(offset);
            NDArray outputs = block.forward(store, new NDList(read), false).singletonOrThrow();
            float[] flat = answers(outputs);
            float[][] rows = new float[count][];
            for (int i = 0; i < count; i++) {
                rows[i] = Arrays.copyOfRange(flat, i * classes, (i + 1) * classes);
            }
            return rows;
        }
    }

    private float[] answers(NDArray outputs) {
        return switch (card.answer().kind()) {
            case CLASSES -> outputs.softmax(1).toFloatArray();
            case LABELS -> Activation.sigmoid(outputs).toFloatArray();
            case NUMBERS -> card.answer().numbers(outputs.toFloatArray());
        };
    }

    @Override
    public void close() {
        manager.close();
    }
}
