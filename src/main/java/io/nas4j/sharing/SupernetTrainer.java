package io.nas4j.sharing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nas4j.data.Data;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import io.nas4j.supernet.Supernet;
import io.nas4j.train.Adam;
import io.nas4j.train.Augmentation;
import io.nas4j.train.DeviceData;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Devices;
import io.nas4j.train.Memory;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Place;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A supernet on its device, with its data and its state: what every search that trains one opens.
 * It runs epochs and measures accuracies; what a step does is the caller's.
 */
public final class SupernetTrainer implements AutoCloseable {

    /** Batches of a training step that are evaluated as one. */
    public static final int EVALUATED = 4;

    /** How the weights are trained. */
    public final SupernetTraining training;

    /** What the search is about. */
    public final Task task;

    /** Which examples are for what. */
    public final TrainingSplit split;

    /** Owner of all arrays. */
    public final NDManager manager;

    /** The images, on the device. */
    public final DeviceData data;

    /** The network. */
    public final Supernet net;

    /** What training changes. */
    public final SupernetState state;

    private final Replicas replicas;
    private final Augmentation changes;

    /**
     * One training step.
     *
     * @param <P> what is drawn for a step: how the network runs, or several such
     */
    @FunctionalInterface
    public interface Step<P> {

        /**
         * Trains.
         *
         * @param number of the step in its epoch, from 0
         * @param drawn for this step
         * @param rate learning rate of the weights
         * @return the step's losses
         */
        NDArray run(int number, P drawn, double rate);
    }

    /**
     * Loads.
     *
     * @param task images with validation data, as {@link TrainingSplit} checks; data and state are
     *     on the first of its devices, a step is shared by all
     * @param training of the weights; alpha has the paper's Adam
     * @param part one of so many channels goes through the candidates; 1: all do
     * @param split of the task's data
     */
    public SupernetTrainer(Task task, SupernetTraining training, int part, TrainingSplit split) {
        this.task = task;
        this.training = training;
        this.split = split;
        Data images = task.data();
        Replicas.requireShares(training.batch(), task.devices());
        manager = NDManager.newBaseManager(Devices.of(task.device()));
        try {
            data = new DeviceData(images, training.pixels(images), manager);
            changes = training.changes(Math.min(data.height(), data.width()));
            net =
                    Supernet.of(
                            task.space(),
                            data.channels(),
                            data.height(),
                            data.width(),
                            images.outputs(),
                            Supernet.Form.FUSED,
                            part,
                            manager);
            state =
                    new SupernetState(
                            net,
                            manager,
                            weightSeed(task),
                            task.seeds().random(0, "supernet alpha"),
                            training.optimizer(),
                            Adam.darts());
            replicas = Replicas.on(task.devices(), net, manager);
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    /** What an epoch spends. */
    public Fidelity fidelity() {
        return new Fidelity(1, training.data(), 1, training.pixels(task.data()));
    }

    /** Steps of an epoch. */
    public int steps() {
        return split.weights().length / training.batch();
    }

    /** Whether all epochs are done. */
    public boolean isTrained() {
        return state.epoch >= training.epochs();
    }

    /** What a step differentiates, on all devices: see {@link SupernetProblem}. */
    public SupernetProblem problem(
            ForwardPass pass,
            Batch train,
            Batch validation,
            Optional<UnaryOperator<NDArray>> penalty) {
        return new SupernetProblem(replicas, pass, train, validation, penalty);
    }

    /** How many devices share a step. */
    public int devices() {
        return replicas.count();
    }

    /** The fewest images that these can share. */
    public int smallestBatch() {
        return Replicas.smallestBatch(devices());
    }

    /** Tells where a slice runs, where that is on several devices. */
    public void place(TrialContext context) {
        if (devices() > 1) {
            context.placed(new Place("supernet", String.join(", ", task.devices())));
        }
    }

    /** Batch number {@code step} of an order, on the first device, its images as they are. */
    public Batch batch(int[] order, int step) {
        return batch(order, step, training.batch());
    }

    /**
     * The same, changed as the training's augmentation says.
     *
     * @param random draws the changes; not asked where there are none
     */
    public Batch augmented(int[] order, int step, RandomGenerator random) {
        int[] indices = TrainingSplit.batch(order, step, training.batch());
        return data.batch(indices, changes, random);
    }

    /** The same in batches of another size. */
    public Batch batch(int[] order, int step, int images) {
        return data.batch(TrainingSplit.batch(order, step, images));
    }

    /**
     * Trains for one epoch.
     *
     * @param losses how many a step returns
     * @param draws asked before each step, outside of its scope
     * @param step runs in a scope of its own
     * @param share of the slice's progress that this is
     * @return the mean losses; empty when told to stop
     * @throws IllegalStateException when a loss or a weight is not finite; {@link
     *     SupernetState#diverged} is then set
     */
    public <P> Optional<float[]> epoch(
            int losses, Supplier<P> draws, Step<P> step, TrialContext context, double share) {
        int steps = steps();
        double rate = training.rate().rate((double) state.epoch / training.epochs());
        NDArray sums = manager.zeros(new Shape(losses));
        try {
            for (int i = 0; i < steps; i++) {
                if (!context.proceed()) {
                    return Optional.empty();
                }
                P drawn = draws.get();
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    sums.addi(step.run(i, drawn, rate));
                }
                context.progress(share * (i + 1) / steps);
            }
            float[] means = sums.toFloatArray();
            boolean finite = state.isFinite();
            for (int i = 0; i < losses; i++) {
                finite &= Float.isFinite(means[i]);
                means[i] /= steps;
            }
            if (!finite) {
                state.diverged = true;
                throw new IllegalStateException(
                        "the supernet's loss became NaN in epoch "
                                + (state.epoch + 1)
                                + ". Try a smaller weightRate.");
            }
            return Optional.of(means);
        } finally {
            sums.close();
        }
    }

    /**
     * The accuracy on the validation data, in batches of several times the training's.
     *
     * @param pass how the network runs, with weights and alpha as they are now
     * @return NaN when told to stop
     */
    public double accuracy(TrialContext context, ForwardPass pass) {
        Answers all = answers(context, pass);
        return all.equals(Answers.NONE) ? Double.NaN : all.accuracy();
    }

    /**
     * The same, and how likely the right answers were; {@link Answers#NONE} when told to stop. Each
     * device takes a batch in its turn.
     */
    public Answers answers(TrialContext context, ForwardPass pass) {
        int[] validation = split.validation();
        int size = Math.min(validation.length, EVALUATED * training.batch());
        // whole batches only: a smaller one has other statistics
        int count = validation.length / size;
        Answers sum = Answers.NONE;
        for (int from = 0; from < count; from += devices()) {
            if (!context.proceed()) {
                return Answers.NONE;
            }
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                List<Batch> batches = new ArrayList<>();
                for (int i = from; i < Math.min(count, from + devices()); i++) {
                    batches.add(batch(validation, i, size));
                }
                for (Answers answers :
                        replicas.answers(pass, batches, state.weights, state.alpha)) {
                    sum = sum.plus(answers);
                }
            }
        }
        return sum;
    }

    /** How many evaluations of a full batch, one behind the other, {@link #accuracy} is. */
    public double evaluations() {
        int full = EVALUATED * training.batch() * devices();
        return Math.max(1, (double) split.validation().length / full);
    }

    /** One evaluation, as {@link #accuracy} does many, of {@code batch} images a step. */
    public void evaluate(int batch, UnaryOperator<NDArray> forward) {
        int size = Math.min(split.validation().length, EVALUATED * batch);
        answers(TrainingSplit.batch(split.validation(), 0, size), forward);
    }

    /** What a network's answers to some images are worth. */
    public Answers answers(int[] indices, UnaryOperator<NDArray> forward) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Batch batch = data.batch(indices);
            return Answers.of(forward.apply(batch.inputs()), batch.labels());
        }
    }

    /** The weights that training started from, on the heap. */
    public float[] initialWeights() {
        return net.initialWeights(weightSeed(task));
    }

    private static long weightSeed(Task task) {
        return task.seeds().seed(0, "supernet weights");
    }

    /** A dry run, which leaves no trace: what the network learned in it is forgotten. */
    @SuppressWarnings("try") // the turn is held, not used
    public <T> T dryRun(Function<Memory, T> measure) throws InterruptedException {
        SupernetState.Copy untouched = state.copy();
        try (TrainingLock turn = TrainingLock.take(task.seeds().seed(0, "dry run"))) {
            return measure.apply(new Memory(manager.getDevice()));
        } finally {
            state.restore(untouched);
        }
    }

    @Override
    public void close() {
        replicas.close();
        state.close();
        net.close();
        data.close();
        manager.close();
    }
}
