package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nas4j.data.Data;
import io.nas4j.nn.PathStatistics;
import io.nas4j.nn.Supernet;
import io.nas4j.nn.SupernetPath;
import io.nas4j.space.Architecture;
import io.nas4j.train.Adam;
import io.nas4j.train.Cosine;
import io.nas4j.train.CrossEntropy;
import io.nas4j.train.DeviceData;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Devices;
import io.nas4j.train.Gradients;
import io.nas4j.train.Optimizer;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A supernet in training, one path at a time, and what its paths score. */
final class PathTrainer implements AutoCloseable {

    private static final double CLIP = 5;
    private static final CrossEntropy CROSS_ENTROPY = new CrossEntropy(0);

    /** Training batches that a path's statistics are gathered on. */
    private static final int GATHERED = 4;

    private final PathTraining settings;
    private final Task task;
    private final int[] train;
    private final int[] validation;
    private final NDManager manager;
    private final DeviceData data;
    private final Cosine rate;
    final Supernet net;
    final SupernetState state;

    /** Whether the weights are beyond repair. */
    private boolean broken;

    PathTrainer(String name, PathTraining settings, Optimizer forWeights, Task task) {
        this.settings = settings;
        this.task = task;
        Data examples = task.data();
        require(
                examples.isImages(),
                "%s searches networks of images, but data \"%s\" are rows. Try EVOLUTION.",
                name,
                examples.name());
        validation = examples.split().validation();
        require(
                validation.length > 0,
                "%s scores its supernet on the validation data, but \"%s\" has none. Try another"
                        + " split.",
                name,
                examples.name());
        train = part(examples, settings);
        rate = Cosine.of(settings.weightRate(), settings.lastWeightRate());
        manager = NDManager.newBaseManager(Devices.of(task.device()));
        try {
            int resolution = Math.min(settings.resolution(), examples.height());
            data = new DeviceData(examples, resolution, manager);
            net =
                    Supernet.of(
                            task.space(),
                            data.channels(),
                            data.height(),
                            data.width(),
                            examples.classes().size(),
                            Supernet.Form.FUSED,
                            manager);
            state =
                    new SupernetState(
                            net,
                            manager,
                            task.seeds().seed(0, "supernet weights"),
                            task.seeds().random(0, "supernet alpha"),
                            forWeights,
                            Adam.darts());
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    /** Always the same share of the training data: the first of a fixed shuffle. */
    private static int[] part(Data examples, PathTraining settings) {
        int[] all = Halves.shuffled(examples.split().train(), new SplittableRandom(1));
        int count = (int) (all.length * settings.data());
        require(
                count >= settings.batch(),
                "%s of the training data are %d examples, fewer than a batch (%d). Try batch(%d),"
                        + " or a larger share.",
                settings.data(),
                count,
                settings.batch(),
                count);
        return Arrays.copyOf(all, count);
    }

    boolean isBroken() {
        return broken;
    }

    /** Whether all epochs are done. */
    boolean isTrained() {
        return state.epoch >= settings.epochs();
    }

    /** What an epoch spends. */
    Fidelity fidelity() {
        return new Fidelity(1, settings.data(), 1, settings.resolution());
    }

    /**
     * Trains for one epoch, a path a batch.
     *
     * @param paths asked before each batch
     * @param share of the slice's progress that this is
     * @return the mean loss; empty when told to stop
     * @throws IllegalStateException when the loss is not finite
     */
    OptionalDouble epoch(Supplier<Architecture> paths, TrialContext context, double share) {
        int[] order = Halves.shuffled(train, task.seeds().random(state.epoch, "supernet order"));
        int steps = order.length / settings.batch();
        double now = rate.rate((double) state.epoch / settings.epochs());
        NDArray sum = manager.zeros(new Shape(1));
        try {
            for (int i = 0; i < steps; i++) {
                if (!context.proceed()) {
                    return OptionalDouble.empty();
                }
                SupernetPath path = net.path(paths.get());
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    sum.addi(step(path, data.batch(Halves.batch(order, i, settings.batch())), now));
                }
                context.progress(share * (i + 1) / steps);
            }
            float total = sum.toFloatArray()[0];
            if (!Float.isFinite(total)) {
                broken = true;
                throw new IllegalStateException(
                        "the supernet's loss became NaN in epoch "
                                + (state.epoch + 1)
                                + ". Try a smaller weightRate.");
            }
            return OptionalDouble.of(total / steps);
        } finally {
            sum.close();
        }
    }

    private NDArray step(SupernetPath path, Batch batch, double now) {
        // a fresh array over the same memory: gradients of earlier steps cannot leak into it
        NDArray leaf = state.weights.stopGradient();
        leaf.setRequiresGradient(true);
        NDArray loss;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray entropy = CROSS_ENTROPY.of(path.forward(batch.inputs(), leaf), batch.labels());
            collector.backward(entropy);
            loss = entropy.stopGradient();
        }
        NDArray gradient = leaf.getGradient();
        Gradients.clip(gradient, CLIP);
        state.weightOptimizer.step(state.weights, gradient, now);
        return loss.reshape(1);
    }

    /**
     * How many of a path's answers are right on the validation data, normalised by the batch.
     *
     * @return NaN when told to stop
     */
    double accuracy(Architecture architecture, TrialContext context) {
        SupernetPath path = net.path(architecture);
        int size = Math.min(validation.length, 4 * settings.batch());
        long hits = 0;
        int seen = 0;
        // whole batches only: a smaller one has other statistics
        for (int i = 0; i < validation.length / size; i++) {
            if (!context.proceed()) {
                return Double.NaN;
            }
            hits += hits(path, Halves.batch(validation, i, size));
            seen += size;
        }
        return (double) hits / seen;
    }

    /** The same on one batch of the validation data, drawn at random. */
    double reward(Architecture architecture, RandomGenerator random) {
        int size = Math.min(validation.length, settings.batch());
        int[] drawn = validation.clone();
        for (int i = 0; i < size; i++) {
            int j = i + random.nextInt(drawn.length - i);
            int swapped = drawn[i];
            drawn[i] = drawn[j];
            drawn[j] = swapped;
        }
        return (double) hits(net.path(architecture), Arrays.copyOf(drawn, size)) / size;
    }

    private long hits(SupernetPath path, int[] indices) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Batch batch = data.batch(indices);
            return right(path.forward(batch.inputs(), state.weights), batch);
        }
    }

    /**
     * How many of a path's answers are right on the validation data, normalised by what was
     * gathered on training batches: an image's answer does not depend on its neighbours.
     *
     * @return NaN when told to stop
     */
    double recalibrated(Architecture architecture, TrialContext context) {
        int size = 4 * settings.batch();
        long hits = 0;
        try (PathStatistics statistics = new PathStatistics(net.path(architecture), manager)) {
            int batches = Math.min(GATHERED, train.length / settings.batch());
            for (int i = 0; i < batches; i++) {
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    int[] indices = Halves.batch(train, i, settings.batch());
                    statistics.gather(data.batch(indices).inputs(), state.weights);
                }
            }
            for (int from = 0; from < validation.length; from += size) {
                if (!context.proceed()) {
                    return Double.NaN;
                }
                int to = Math.min(validation.length, from + size);
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    Batch batch = data.batch(Arrays.copyOfRange(validation, from, to));
                    hits += right(statistics.forward(batch.inputs(), state.weights), batch);
                }
            }
        }
        return (double) hits / validation.length;
    }

    private static long right(NDArray output, Batch batch) {
        return output.argMax(1).eq(batch.labels()).toType(DataType.INT64, false).sum().getLong();
    }

    @Override
    public void close() {
        state.close();
        net.close();
        data.close();
        manager.close();
    }
}
