package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.nas4j.analysis.Interval;
import io.nas4j.data.Answer;
import io.nas4j.data.Data;
import io.nas4j.data.TableEncoding;
import io.nas4j.data.Target;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Cost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A trained network as plain data: it outlives every native array.
 *
 * @param network a space without holes
 * @param input of a sample
 * @param encoding how a table's cells become rows; empty where the data were no table
 * @param answer what its outputs mean
 * @param normalisation that the network expects of its inputs
 * @param weights of all its parameters, batch statistics included, in the block's order
 * @param test how well these weights predict the test split
 * @param course how the training of these weights went; not whole where it was stopped
 * @param replicates the trainings that came to their end, one a seed, this one's first
 * @param notes what a reader should know of it, in sentences; empty as a rule
 * @param cost what all of it took, the tests included
 */
public record Retrained(
        SearchSpace network,
        InputShape input,
        Optional<TableEncoding> encoding,
        Answer answer,
        Normalisation normalisation,
        List<Tensor> weights,
        Quality test,
        TrainingRecord course,
        List<Replicate> replicates,
        List<String> notes,
        Cost cost) {

    /**
     * One training of several.
     *
     * @param seed of its first weights, its order and its augmentation
     * @param testScore accuracy, or what else the answer is scored by
     * @param course how it went
     */
    public record Replicate(long seed, double testScore, TrainingRecord course) {}

    public Retrained {
        replicates = List.copyOf(replicates);
        notes = List.copyOf(notes);
        weights = List.copyOf(weights);
    }

    /**
     * The names of the classes.
     *
     * @return by label
     * @throws IllegalArgumentException when something else is predicted
     */
    public List<String> classes() {
        answer.requireKind(Target.Kind.CLASSES, "classes()");
        return answer.names();
    }

    /**
     * The accuracy on the test split; of data that were {@linkplain Data#balanced balanced}, the
     * balanced accuracy.
     *
     * @return in [0, 1]
     * @throws IllegalArgumentException when no classes are predicted; {@link #test} has every score
     */
    public double testAccuracy() {
        answer.requireKind(Target.Kind.CLASSES, "testAccuracy()");
        return test.score();
    }

    Retrained with(List<Replicate> all, List<String> told, Cost whole) {
        return new Retrained(
                network,
                input,
                encoding,
                answer,
                normalisation,
                weights,
                test,
                course,
                all,
                told,
                whole);
    }

    /**
     * The mean test score of all seeds.
     *
     * @return that of these weights where it was stopped
     */
    public double meanScore() {
        return replicates.stream().mapToDouble(Replicate::testScore).average().orElse(test.score());
    }

    /**
     * Where the mean over all seeds lies: how much the score of this network depends on luck.
     *
     * @return Student's interval of 95 %; empty with one seed
     */
    public Optional<Interval> scoreInterval() {
        return replicates.size() < 2
                ? Optional.empty()
                : Optional.of(
                        Interval.ofMean(
                                replicates.stream().mapToDouble(Replicate::testScore).toArray()));
    }

    static List<Tensor> tensors(Block block) {
        List<Tensor> tensors = new ArrayList<>();
        block.getParameters()
                .forEach(
                        entry -> {
                            NDArray array = entry.getValue().getArray();
                            List<Long> shape =
                                    Arrays.stream(array.getShape().getShape()).boxed().toList();
                            tensors.add(new Tensor(entry.getKey(), shape, array.toFloatArray()));
                        });
        return tensors;
    }

    /**
     * The network as a DJL block with its weights, for {@code Model.setBlock}, {@code Model.save}
     * and predictors.
     *
     * @param manager what the weights live on, and how long
     * @return from {@code [batch, channels, height, width]}, normalised, to logits
     */
    public Network block(NDManager manager) {
        Network block = Networks.compile(network, input, answer.outputs(), 1);
        block.initialize(manager, new SplittableRandom(0));
        for (int i = 0; i < weights.size(); i++) {
            Parameter parameter = block.getParameters().valueAt(i);
            Tensor tensor = weights.get(i);
            parameter.close();
            parameter.setInitializer((m, shape, type) -> array(m, shape, type, tensor));
            parameter.initialize(manager, DataType.FLOAT32);
        }
        return block;
    }

    private static NDArray array(NDManager manager, Shape shape, DataType type, Tensor tensor) {
        return manager.create(tensor.values(), shape).toType(type, false);
    }

    /**
     * Classifies.
     *
     * @param data of the shape that the network was trained on, at any resolution above its own
     * @param examples indices into it
     * @return one label an example
     * @throws IllegalArgumentException when no classes are predicted
     */
    public int[] predict(Data data, int... examples) {
        answer.requireKind(Target.Kind.CLASSES, "predict(data, examples)");
        require(
                data.channels() == input.channels(),
                "the network reads %d channels, but data \"%s\" have %d.",
                input.channels(),
                data.name(),
                data.channels());
        int resolution = data.height() == input.height() ? 0 : input.height();
        try (NDManager manager = NDManager.newBaseManager(Devices.of(Devices.AUTO));
                DeviceData device = new DeviceData(data, resolution, normalisation, manager)) {
            Network block = block(manager);
            ParameterStore store = new ParameterStore(manager, false);
            int[] labels = new int[examples.length];
            for (int from = 0; from < examples.length; from += Evaluation.BATCH) {
                int to = Math.min(examples.length, from + Evaluation.BATCH);
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    NDArray inputs = device.batch(Arrays.copyOfRange(examples, from, to)).inputs();
                    NDArray logits =
                            block.forward(store, new NDList(inputs), false).singletonOrThrow();
                    long[] best = logits.argMax(1).toLongArray();
                    for (int i = 0; i < best.length; i++) {
                        labels[from + i] = (int) best[i];
                    }
                }
            }
            return labels;
        }
    }

    /** In one line, without the weights. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "test %s %.4f%s after %s%d epochs (%.0f s): %,d parameters, %,d"
                        + " multiply-adds%s",
                answer.score(),
                test.score(),
                scoreInterval().map(this::spread).orElse(""),
                course.whole() ? "" : "only ",
                course.epochs(),
                cost.compute().toMillis() / 1e3,
                cost.parameters(),
                cost.multiplyAdds(),
                notes.isEmpty() ? "" : "; " + String.join("; ", notes));
    }

    private String spread(Interval interval) {
        return String.format(
                Locale.ROOT,
                " (mean of %d seeds %.4f ± %.4f)",
                replicates.size(),
                meanScore(),
                (interval.high() - interval.low()) / 2);
    }
}
