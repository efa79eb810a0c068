package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nas4j.data.Data;
import io.nas4j.space.Architecture;
import io.nas4j.supernet.PathStatistics;
import io.nas4j.supernet.Supernet;
import io.nas4j.supernet.SupernetPath;
import io.nas4j.train.Cosine;
import io.nas4j.train.CrossEntropy;
import io.nas4j.train.DeviceData;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Gradients;
import io.nas4j.train.Optimizer;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** A supernet in training, one path at a time, and what its paths score. */
final class PathTrainer implements AutoCloseable {

    private static final CrossEntropy CROSS_ENTROPY = new CrossEntropy(0);

    /** Training batches that a path's statistics are gathered on. */
    static final int GATHERED = 4;

    private final String name;
    final PathTraining settings;
    private final Task task;
    private final int[] train;
    private final int[] validation;
    private final Cosine rate;
    private final LoadedSupernet supernet;
    private final DeviceData data;
    final Supernet net;
    final SupernetState state;

    PathTrainer(String name, PathTraining settings, Optimizer forWeights, Task task) {
        this.name = name;
        this.settings = settings;
        this.task = task;
        LoadedSupernet.requireSuits(name, task.data());
        validation = task.data().split().validation();
        train = part(task.data(), settings);
        rate = Cosine.of(settings.weightRate(), settings.lastWeightRate());
        supernet = new LoadedSupernet(task, settings.resolution(), 1, forWeights);
        data = supernet.data;
        net = supernet.net;
        state = supernet.state;
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

    /** Whether the weights are beyond repair. */
    boolean isBroken() {
        return state.diverged;
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
        int steps = steps();
        double now = rate.rate((double) state.epoch / settings.epochs());
        NDArray sum = supernet.manager.zeros(new Shape(1));
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
            if (!Float.isFinite(total) || !state.isFinite()) {
                state.diverged = true;
                throw supernet.diverged();
            }
            return OptionalDouble.of(total / steps);
        } finally {
            sum.close();
        }
    }

    /** A dry run. */
    PathDryRun dryRun() {
        return new PathDryRun(name, task, supernet, this);
    }

    /** One step on the first images, whose learning is not to last. */
    void tryStep(SupernetPath path, int images) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Batch batch = data.batch(Halves.batch(train, 0, images));
            step(path, batch, settings.weightRate()).toFloatArray();
        }
    }

    /** Steps of an epoch. */
    int steps() {
        return train.length / settings.batch();
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
        Gradients.clip(gradient, LoadedSupernet.CLIP);
        state.weightOptimizer.step(state.weights, gradient, now);
        return loss.reshape(1);
    }

    /**
     * How many of a path's answers are right on the validation data, normalised by the batch.
     *
     * @return NaN when told to stop
     */
    double accuracy(Architecture architecture, TrialContext context) {
        return supernet.accuracy(settings.batch(), context, along(net.path(architecture)));
    }

    UnaryOperator<NDArray> along(SupernetPath path) {
        return images -> path.forward(images, state.weights);
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
        int[] batch = Arrays.copyOf(drawn, size);
        return (double) supernet.hits(batch, along(net.path(architecture))) / size;
    }

    /**
     * How many of a path's answers are right on the validation data, normalised by what was
     * gathered on training batches: an image's answer does not depend on its neighbours.
     *
     * @return NaN when told to stop
     */
    double recalibrated(Architecture architecture, TrialContext context) {
        int size = LoadedSupernet.EVALUATED * settings.batch();
        long hits = 0;
        try (PathStatistics statistics =
                new PathStatistics(net.path(architecture), supernet.manager)) {
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
                hits +=
                        supernet.hits(
                                Arrays.copyOfRange(validation, from, to),
                                images -> statistics.forward(images, state.weights));
            }
        }
        return (double) hits / validation.length;
    }

    @Override
    public void close() {
        supernet.close();
    }
}
