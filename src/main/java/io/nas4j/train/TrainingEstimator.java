package io.nas4j.train;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Task;
import java.util.Set;

/**
 * Trains a candidate and scores it by its accuracy on the validation split. At a low fidelity it
 * trains for fewer epochs, on less data, with fewer channels, on smaller images. The learning
 * rate's cosine spans the fidelity's {@linkplain Fidelity#horizon() horizon}: the candidate's own
 * epochs, or, under a strategy of several fidelities, those of the longest training. There the
 * measure names it, for example {@code train(epochs=27) at epochs=3, schedule=to 27}.
 *
 * <p>A candidate that {@code continues} an earlier trial goes on from its weights up to the
 * fidelity's epochs, which gives what training all of them at once gives: the same examples in the
 * same order, the same augmentation, the same learning rates. So where those weights are gone, or
 * belong to another schedule, the candidate trains all epochs from the start to the same score; its
 * metrics then say {@code restarted}.
 *
 * @param fidelity how much to spend on a candidate
 * @param recipe how to train
 * @param device {@code auto} (the search's), {@code cpu}, {@code gpu} or {@code gpu:3}
 */
public record TrainingEstimator(Fidelity fidelity, Recipe recipe, String device)
        implements PerformanceEstimator {

    public TrainingEstimator {
        require(
                recipe.rate() instanceof Cosine && !(recipe.optimizer() instanceof DjlOptimizer),
                "a search's trainings need an optimizer and a rate that a journal can name, but"
                        + " were %s and %s. Try them in Retrain, which takes DJL's.",
                recipe.optimizer(),
                recipe.rate());
    }

    /**
     * Full training: all data, all channels, full resolution.
     *
     * @param epochs at least 1
     * @return on the GPU when DJL sees one
     */
    public static TrainingEstimator train(int epochs) {
        return lowFidelity(epochs);
    }

    /**
     * Short training; {@link #data}, {@link #width}, {@link #resolution} and {@link #schedule}
     * combine freely.
     *
     * @param epochs at least 1
     * @return on the GPU when DJL sees one
     */
    public static TrainingEstimator lowFidelity(int epochs) {
        require(epochs >= 1, "epochs must be at least 1, but were %d. Try 10.", epochs);
        return new TrainingEstimator(Fidelity.epochs(epochs), Recipe.DEFAULT, Devices.AUTO);
    }

    /**
     * Trains on a share of the training data, class by class, always the same examples.
     *
     * @param share in (0, 1]; default 1
     * @return a copy
     */
    public TrainingEstimator data(double share) {
        return fidelity(fidelity.data(share));
    }

    /**
     * Trains networks with a share of their channels.
     *
     * @param share in (0, 1]; default 1
     * @return a copy
     */
    public TrainingEstimator width(double share) {
        return fidelity(fidelity.width(share));
    }

    /**
     * Trains on smaller images.
     *
     * @param pixels height and width; 0, the default, keeps the data's
     * @return a copy
     */
    public TrainingEstimator resolution(int pixels) {
        return fidelity(fidelity.resolution(pixels));
    }

    /**
     * Trains the first epochs of a longer schedule: the learning rate falls as if so many epochs
     * were trained, and the training ends before it is low. By default it spans the candidate's own
     * epochs.
     *
     * @param epochs that the learning rate's cosine spans, at least those that are trained
     * @return a copy
     */
    public TrainingEstimator schedule(int epochs) {
        require(
                epochs >= fidelity.epochs(),
                "the schedule must span at least the %d epochs that are trained, but spans %d. Try"
                        + " schedule(200).",
                fidelity.epochs(),
                epochs);
        return fidelity(fidelity.schedule(epochs));
    }

    /**
     * Sets {@link #fidelity}.
     *
     * @param other of at least 1 epoch
     * @return a copy
     */
    public TrainingEstimator fidelity(Fidelity other) {
        return new TrainingEstimator(other, recipe, device);
    }

    /**
     * Sets {@link #recipe}.
     *
     * @param other default {@link Recipe#DEFAULT}
     * @return a copy
     */
    public TrainingEstimator recipe(Recipe other) {
        return new TrainingEstimator(fidelity, other, device);
    }

    /**
     * Sets the batch.
     *
     * @param examples per step, at least 2; default 64
     * @return a copy
     */
    public TrainingEstimator batch(int examples) {
        return recipe(recipe.batch(examples));
    }

    /**
     * Sets the optimizer.
     *
     * @param other default SGD, Nesterov momentum 0.9, weight decay 3e-4
     * @return a copy
     */
    public TrainingEstimator optimizer(Optimizer other) {
        return recipe(recipe.optimizer(other));
    }

    /**
     * Sets the learning rate.
     *
     * @param rate default from 0.1 to 0
     * @return a copy
     */
    public TrainingEstimator rate(Cosine rate) {
        return recipe(recipe.rate(rate));
    }

    /**
     * Clips the gradient.
     *
     * @param norm L2, at least 0; 0 is off; default 5
     * @return a copy
     */
    public TrainingEstimator clip(double norm) {
        return recipe(recipe.clip(norm));
    }

    /**
     * Smooths the labels.
     *
     * @param share in [0, 1); default 0
     * @return a copy
     */
    public TrainingEstimator smoothing(double share) {
        return recipe(recipe.smoothing(share));
    }

    /**
     * Augments the training images.
     *
     * @param augmentation default none
     * @return a copy
     */
    public TrainingEstimator augmentation(Augmentation augmentation) {
        return recipe(recipe.augmentation(augmentation));
    }

    /**
     * Sets {@link #device}.
     *
     * @param name {@code auto}, the default, {@code cpu}, {@code gpu} or {@code gpu:3}
     * @return a copy
     */
    public TrainingEstimator device(String name) {
        return new TrainingEstimator(fidelity, recipe, name);
    }

    @Override
    public Session open(Task task) {
        require(
                fidelity.epochs() >= 1,
                "epochs must be at least 1, but were %d. Try lowFidelity(10).",
                fidelity.epochs());
        return new TrainingSession(this, task);
    }

    @Override
    public Set<String> reported() {
        return Set.of(
                Metrics.SCORE,
                Metrics.PARAMETERS,
                Metrics.MULTIPLY_ADDS,
                Metrics.COMPUTE,
                Metrics.EPOCHS,
                Metrics.TRAIN_LOSS,
                Metrics.TRAIN_ACCURACY);
    }

    /** For example {@code train(epochs=10, data=0.2)}; the default recipe is left out. */
    @Override
    public String measure() {
        return "train(" + fidelity + recipe.differences() + ")";
    }

    @Override
    public String toString() {
        return measure();
    }
}
