package io.nas4j.model;

import static io.nas4j.space.Require.require;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import io.nas4j.analysis.Assessment;
import io.nas4j.analysis.LabelAssessment;
import io.nas4j.analysis.NumberAssessment;
import io.nas4j.data.Data;
import io.nas4j.data.Frame;
import io.nas4j.json.ModelCard;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.nn.Program;
import io.nas4j.nn.Slot;
import io.nas4j.operation.Operation;
import io.nas4j.train.Devices;
import io.nas4j.train.Retrained;
import io.nas4j.train.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A trained network to take away: plain data that needs no search, no journal and no training data
 * to be used.
 *
 * <pre>{@code
 * NasModel model = NasModel.of(result.retrain(20), Map.of("author", "me"));
 * model.save(Path.of("my-model"));
 * NasModel again = NasModel.load(Path.of("my-model"));
 * System.out.println(again.predict(Path.of("photo.jpg")));
 * }</pre>
 *
 * @param card the network, what it reads and answers, where it comes from
 * @param weights of all its parameters, batch statistics included, in the block's order
 */
public record NasModel(ModelCard card, List<Tensor> weights) {

    /**
     * Checks that the weights are the network's.
     *
     * @throws IllegalArgumentException naming the first array that is missing or of another shape
     */
    public NasModel {
        weights = List.copyOf(weights);
        List<Slot> slots = program(card).slots();
        require(
                weights.size() == slots.size(),
                "the network has %d arrays of weights, but there are %d.",
                slots.size(),
                weights.size());
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            List<Long> shape = slot.shape().stream().map(Integer::longValue).toList();
            require(
                    weights.get(i).shape().equals(shape),
                    "\"%s\" of the network has the shape %s, but array \"%s\" has %s.",
                    slot.name(),
                    shape,
                    weights.get(i).name(),
                    weights.get(i).shape());
        }
    }

    /**
     * A network that was trained.
     *
     * @param trained with its weights
     * @param provenance where it comes from, in names and texts; what the training knows is added
     * @return the model
     */
    public static NasModel of(Retrained trained, Map<String, String> provenance) {
        InputShape input = trained.input();
        ModelCard card =
                new ModelCard(
                        trained.network(),
                        input.channels(),
                        input.height(),
                        input.width(),
                        !input.isRow(),
                        trained.encoding(),
                        trained.answer(),
                        doubles(trained.normalisation().scale()),
                        doubles(trained.normalisation().offset()),
                        Provenance.of(trained, provenance));
        List<Slot> slots = program(card).slots();
        List<Tensor> named = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Tensor tensor = trained.weights().get(i);
            named.add(new Tensor(slots.get(i).name(), tensor.shape(), tensor.values()));
        }
        return new NasModel(card, named);
    }

    private static List<Double> doubles(float[] values) {
        return IntStream.range(0, values.length).mapToObj(i -> (double) values[i]).toList();
    }

    private static Program program(ModelCard card) {
        return Networks.lower(card.network(), input(card), card.outputs(), 1);
    }

    private static InputShape input(ModelCard card) {
        return new InputShape(card.channels(), card.height(), card.width());
    }

    /**
     * Reads a model.
     *
     * @param folder that {@link #save} wrote
     * @param own the network's operations that are not nas4j's
     * @return equal in every number
     * @throws IOException when a file cannot be read
     * @throws IllegalArgumentException when the folder is damaged or no model, with the reason
     */
    public static NasModel load(Path folder, Operation... own) throws IOException {
        return ModelFolder.read(folder, own);
    }

    /**
     * Writes a folder of two files: {@code model.json} and {@code weights.safetensors}. A folder
     * that is there already stays as it is until the new one is whole.
     *
     * @param folder made where it is missing; it may hold an earlier model, which is replaced, but
     *     nothing else
     * @throws IOException when it cannot be written
     * @throws IllegalArgumentException when the folder holds something else
     */
    public void save(Path folder) throws IOException {
        ModelFolder.write(folder, this);
    }

    /**
     * The network as a DJL block with its weights.
     *
     * @param manager what the weights live on, and how long
     * @return from {@code [batch, channels, height, width]}, normalised by the card's scale and
     *     offset, to logits {@code [batch, classes]}
     */
    public Network block(NDManager manager) {
        Network block = new Network(program(card));
        block.initialize(manager, new SplittableRandom(0));
        for (int i = 0; i < weights.size(); i++) {
            Parameter parameter = block.getParameters().valueAt(i);
            float[] values = weights.get(i).values();
            parameter.close();
            parameter.setInitializer((m, shape, type) -> m.create(values, shape));
            parameter.initialize(manager, DataType.FLOAT32);
        }
        return block;
    }

    /**
     * Brings it onto a device.
     *
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:3}
     * @return to be closed
     */
    public Classifier open(String device) {
        return new Classifier(this, device);
    }

    /**
     * How DJL finds a saved model, to be loaded and served by any code that knows DJL alone:
     *
     * <pre>{@code
     * try (ZooModel<Image, Classifications> served = NasModel.criteria(folder).build().loadModel();
     *         Predictor<Image, Classifications> predictor = served.newPredictor()) {
     *     predictor.batchPredict(images);
     * }
     * }</pre>
     *
     * @param folder that {@link #save} wrote; read when the model is loaded
     * @param own the network's operations that are not nas4j's
     * @return from pictures to classes; {@code setTypes(float[].class, Classifications.class)} for
     *     numbers, as {@link Classifier#predict(float[])} takes them
     */
    public static Criteria.Builder<Image, Classifications> criteria(Path folder, Operation... own) {
        return Criteria.builder()
                .setTypes(Image.class, Classifications.class)
                .optModelZoo(new ServedModel(folder, own));
    }

    /**
     * This model as one of DJL's.
     *
     * @param input {@code Image.class}, or {@code float[].class} for numbers of one example
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:3}
     * @param <I> what predictors are asked with
     * @return to be closed
     */
    public <I> ZooModel<I, Classifications> served(Class<I> input, String device) {
        return ServedModel.of(this, input, Devices.of(device));
    }

    /**
     * Answers to one picture; {@link #open} is faster for many.
     *
     * @param file JPEG, PNG, GIF or BMP
     * @return probabilities
     * @throws IOException when it cannot be read
     */
    public Classification predict(Path file) throws IOException {
        try (Classifier classifier = open(Devices.AUTO)) {
            return classifier.predict(file);
        }
    }

    /**
     * Answers to one picture; {@link #open} is faster for many.
     *
     * @param image of any size
     * @return probabilities
     */
    public Classification predict(BufferedImage image) {
        try (Classifier classifier = open(Devices.AUTO)) {
            return classifier.predict(image);
        }
    }

    /**
     * Answers to several pictures.
     *
     * @param images each of any size
     * @return one prediction a picture
     */
    public List<Classification> predict(List<BufferedImage> images) {
        try (Classifier classifier = open(Devices.AUTO)) {
            return classifier.predict(images);
        }
    }

    /**
     * Answers to numbers: {@link Classifier#predict(float[])}.
     *
     * @param values of one example, or of several one after the other
     * @return one prediction an example
     */
    public List<Classification> predict(float[] values) {
        try (Classifier classifier = open(Devices.AUTO)) {
            return classifier.predict(values);
        }
    }

    /**
     * Answers to a table's rows: {@link Classifier#predict(Frame)}.
     *
     * @param rows has the columns that were learned from
     * @return one prediction a row
     */
    public List<Classification> predict(Frame rows) {
        try (Classifier classifier = open(Devices.AUTO)) {
            return classifier.predict(rows);
        }
    }

    /**
     * Judges the answers to the data's test split.
     *
     * @param data with the model's classes
     * @return accuracy, confusion, calibration, mistakes
     * @throws IllegalArgumentException when the test split is empty or the classes are others
     */
    public Assessment evaluate(Data data) {
        require(
                data.split().test().length > 0,
                "evaluating needs examples to test on, but the test split of \"%s\" is empty. Try"
                        + " evaluate(data, indices).",
                data.name());
        return evaluate(data, data.split().test());
    }

    /**
     * Judges the answers to some examples.
     *
     * @param data with the model's classes
     * @param examples indices into it, at least one
     * @return accuracy, confusion, calibration, mistakes
     */
    public Assessment evaluate(Data data, int... examples) {
        return new Assessor(this).classes(data, examples);
    }

    /**
     * Judges predictions of numbers.
     *
     * @param data with the model's numbers
     * @param examples indices into it; none: the test split
     * @return R², errors, the worst misses
     * @throws IllegalArgumentException when the model predicts something else
     */
    public NumberAssessment evaluateNumbers(Data data, int... examples) {
        return new Assessor(this).numbers(data, examples);
    }

    /**
     * Judges which labels are found.
     *
     * @param data with the model's labels
     * @param examples indices into it; none: the test split
     * @return F1, precision and recall of each label
     * @throws IllegalArgumentException when the model predicts something else
     */
    public LabelAssessment evaluateLabels(Data data, int... examples) {
        return new Assessor(this).labels(data, examples);
    }

    /**
     * Predicts numbers: {@link Classifier#numbers(float[])}.
     *
     * @param values of one example, or of several one after the other
     * @return by example, then by number, in their own units
     */
    public float[][] predictNumbers(float[] values) {
        try (Classifier classifier = open(Devices.AUTO)) {
            return classifier.numbers(values);
        }
    }

    /**
     * Predicts numbers of a table's rows: {@link Classifier#numbers(Frame)}.
     *
     * @param rows has the columns that were learned from
     * @return by row, then by number, in their own units
     */
    public float[][] predictNumbers(Frame rows) {
        try (Classifier classifier = open(Devices.AUTO)) {
            return classifier.numbers(rows);
        }
    }

    /**
     * Predicts labels of a table's rows: {@link Classifier#labels(Frame)}.
     *
     * @param rows has the columns that were learned from
     * @return by row, each label's probability
     */
    public List<Map<String, Double>> predictLabels(Frame rows) {
        try (Classifier classifier = open(Devices.AUTO)) {
            return classifier.labels(rows);
        }
    }

    /**
     * Predicts labels: {@link Classifier#labels(float[])}.
     *
     * @param values of one example, or of several one after the other
     * @return by example, each label's probability
     */
    public List<Map<String, Double>> predictLabels(float[] values) {
        try (Classifier classifier = open(Devices.AUTO)) {
            return classifier.labels(values);
        }
    }

    /**
     * What the network is made of, layer by layer.
     *
     * @return a table of shapes, parameters and multiply-adds
     */
    public Summary summary() {
        return Summary.of(program(card));
    }

    /** In one line, without the weights. */
    @Override
    public String toString() {
        Counts counts = Counts.of(program(card));
        return String.format(
                Locale.ROOT,
                "model of %d×%d×%d to %d outputs: %,d parameters, %,d multiply-adds; %s",
                card.channels(),
                card.height(),
                card.width(),
                card.outputs(),
                counts.parameters(),
                counts.multiplyAdds(),
                card.provenance());
    }
}
