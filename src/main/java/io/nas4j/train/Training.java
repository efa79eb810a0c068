package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import io.nas4j.nn.Scaling;
import io.nas4j.trial.Point;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One training of one block: epochs of steps, each on one batch. Every array of a step is closed
 * with it.
 */
public final class Training implements AutoCloseable {

    private final TrainingLock turn;
    private final Block block;
    private final DeviceData data;
    private final int[] examples;
    private final Recipe recipe;
    private final Seeds seeds;
    private final Weights weights;
    private final Optimizer.State optimizer;
    private final Loss loss;
    private Quality latest = new Quality(Double.NaN, Map.of());
    private final double auxiliary;
    private final TrainingHooks hooks;
    private TrainingRecord course = TrainingRecord.START;

    /**
     * Prepares a training.
     *
     * @param turn held by the thread that trains, at least as long as this
     * @param block initialised on the device of the data
     * @param data the examples
     * @param examples what to train on: indices into the data, at least 2
     * @param recipe how
     * @param parent lends memory until {@link #close}
     * @param seed of the order and the augmentation
     */
    public Training(
            TrainingLock turn,
            Block block,
            DeviceData data,
            int[] examples,
            Recipe recipe,
            NDManager parent,
            long seed) {
        this(turn, block, data, examples, recipe, parent, seed, 0, TrainingHooks.NONE);
    }

    /**
     * Prepares a training of a block that may answer twice.
     *
     * @param auxiliary what the loss of the block's second answer counts; 0 where it has one only
     * @param hooks hear of steps and epochs
     */
    Training(
            TrainingLock turn,
            Block block,
            DeviceData data,
            int[] examples,
            Recipe recipe,
            NDManager parent,
            long seed,
            double auxiliary,
            TrainingHooks hooks) {
        require(
                examples.length >= 2,
                "a training needs at least 2 examples, but has %d. Try a larger share of the data.",
                examples.length);
        this.turn = turn;
        this.block = block;
        this.data = data;
        this.examples = examples.clone();
        this.recipe = recipe;
        this.seeds = new Seeds(seed);
        this.weights = new Weights(block, parent);
        this.optimizer = recipe.optimizer().start(weights.vector());
        this.loss = Loss.of(data.source(), recipe.smoothing());
        this.auxiliary = auxiliary;
        this.hooks = hooks;
    }

    /**
     * Trains to a number of epochs, from where it is.
     *
     * @param epochs in all, those of a restored training included; the learning rate's cosine spans
     *     them
     * @param validation what to score on after each epoch; may be empty
     * @param context asked before every batch; hears of every epoch's validation score
     * @return how it went; not whole when told to stop or interrupted (the flag stays set)
     * @throws ArithmeticException when the loss is not finite
     */
    public TrainingRecord run(int epochs, int[] validation, TrialContext context) {
        return run(epochs, epochs, validation, context);
    }

    /**
     * Trains the first epochs of a longer schedule. Nothing that an epoch does depends on where an
     * earlier run ended: its order, its augmentation and its dropout come from the seed and its
     * number, its learning rate from the schedule.
     *
     * @param epochs in all, those of a restored training included
     * @param horizon epochs that the learning rate's cosine spans, at least {@code epochs}
     * @param validation what to score on after each epoch; may be empty
     * @param context asked before every batch; hears of every epoch's validation score
     * @return how it went; not whole when told to stop or interrupted (the flag stays set)
     * @throws ArithmeticException when the loss is not finite
     */
    TrainingRecord run(int epochs, int horizon, int[] validation, TrialContext context) {
        while (course.epochs() < epochs) {
            int epoch = course.epochs() + 1;
            Epoch done = new Epoch(epoch, epochs, horizon);
            hooks.begin(epoch);
            if (!done.run(context)) {
                return course;
            }
            List<Point> training = plus(course.training(), new Point(epoch, done.score()));
            List<Point> curve = course.validation();
            boolean proceed = true;
            if (validation.length > 0) {
                Optional<Quality> quality = quality(validation, context);
                if (quality.isEmpty()) {
                    return course;
                }
                latest = quality.get();
                curve = plus(curve, new Point(epoch, latest.score()));
                proceed = context.report(epoch, latest.score());
            }
            course = new TrainingRecord(epoch, epoch == epochs, done.loss(), training, curve);
            hooks.end(this);
            if (!proceed) {
                return course;
            }
        }
        // one that was restored at its end has nothing left to do
        course = course.ended();
        return course;
    }

    /**
     * Scores without learning.
     *
     * @param indices into the data, at least one
     * @param context asked before every batch
     * @return empty when told to stop
     */
    public Optional<Quality> quality(int[] indices, TrialContext context) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return Evaluation.quality(
                    block,
                    weights.store(weights.vector()),
                    data,
                    indices,
                    () -> mayProceed(context));
        }
    }

    /** What there is to say of the last validation besides its score. */
    Map<String, Double> metrics() {
        return latest.metrics();
    }

    /** Copies the trained weights into the block. */
    public void write() {
        weights.write();
    }

    /** How it went so far. */
    TrainingRecord course() {
        return course;
    }

    /** All that it takes to go on. */
    TrainingState save() {
        return new TrainingState(course, weights.save(), optimizer.save());
    }

    /** Other weights to start from, as {@link Weights#save} gives them. */
    void startFrom(List<float[]> values) {
        weights.restore(values);
    }

    void restore(TrainingState state) {
        TrainingRecord done = state.course();
        course =
                new TrainingRecord(
                        done.epochs(), false, done.loss(), done.training(), done.validation());
        weights.restore(state.weights());
        optimizer.restore(state.moments());
    }

    private static boolean mayProceed(TrialContext context) {
        return context.proceed() && !Thread.currentThread().isInterrupted();
    }

    private static List<Point> plus(List<Point> points, Point point) {
        List<Point> more = new ArrayList<>(points);
        more.add(point);
        return more;
    }

    /** One pass; the last, incomplete batch of the shuffled examples is left out. */
    private final class Epoch {
        private final int epoch;
        private final int epochs;
        private final int horizon;
        private final int batch = Math.min(recipe.batch(), examples.length);
        private final int steps = examples.length / batch;
        private final Tally tally = Tally.of(data.source());
        private double lossSum;

        Epoch(int epoch, int epochs, int horizon) {
            this.epoch = epoch;
            this.epochs = epochs;
            this.horizon = horizon;
        }

        boolean run(TrialContext context) {
            turn.seed(seeds.seed(epoch, "engine"));
            int[] order = Sampling.shuffled(examples, seeds.random(epoch, "order"));
            RandomGenerator augmentation = seeds.random(epoch, "augmentation");
            for (int step = 0; step < steps; step++) {
                if (!mayProceed(context)) {
                    return false;
                }
                double done = epoch - 1 + (double) step / steps;
                context.progress(done / epochs);
                int[] indices = Arrays.copyOfRange(order, step * batch, (step + 1) * batch);
                int before = (epoch - 1) * steps + step;
                double rate = recipe.rate().rate(done / horizon, before);
                step(indices, step + 1, rate, augmentation);
            }
            context.progress((double) epoch / epochs);
            return true;
        }

        double loss() {
            return lossSum / steps;
        }

        double score() {
            return tally.quality().score();
        }

        private void step(int[] indices, int number, double rate, RandomGenerator random) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                DeviceData.Batch taken = data.batch(indices, recipe.augmentation(), random);
                NDArray leaf = weights.leaf();
                NDArray logits;
                NDArray mean;
                try (GradientCollector collector = turn.collector()) {
                    NDList inputs = new NDList(taken.inputs());
                    NDList answers = block.forward(weights.store(leaf), inputs, true);
                    logits = answers.get(0);
                    mean = loss(answers, taken.labels());
                    collector.backward(mean);
                }
                NDArray gradient = leaf.getGradient();
                if (recipe.clip() > 0) {
                    Gradients.clip(gradient, recipe.clip());
                }
                optimizer.step(weights.vector(), gradient, rate);
                // the step's only wait for the device, when all its work is queued
                float value = mean.getFloat();
                if (!Float.isFinite(value)) {
                    throw new ArithmeticException(
                            String.format(
                                    java.util.Locale.ROOT,
                                    "loss became %s in epoch %d, batch %d. Try a lower learning"
                                            + " rate than %s.",
                                    Float.isNaN(value) ? "NaN" : "infinite",
                                    epoch,
                                    number,
                                    rate));
                }
                lossSum += value;
                tally.add(indices, logits.toFloatArray());
                hooks.step(taken, logits, steps);
            }
        }

        private NDArray loss(NDList answers, NDArray labels) {
            NDArray first = loss.of(answers.get(0), labels);
            if (answers.size() == 1) {
                return first;
            }
            NDArray second = loss.of(answers.get(1), labels);
            return first.add(Scaling.times(second, auxiliary));
        }
    }

    @Override
    public void close() {
        optimizer.close();
        weights.close();
    }
}
