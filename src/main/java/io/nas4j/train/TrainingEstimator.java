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
     * Short training; {@link #data}, {@link #width} and {@link #resolution} make it cheaper still.
     *
     * @param epochs at least 1
     * @return on the GPU when DJL sees one
     */
    public static TrainingEstimator lowFidelity(int epochs) {
        require(epochs >= 1, "epochs must be at least 1, but were %d. Try 10.", epochs);
        return new TrainingEstimator(Fidelity.epochs(epochs), Recipe.DEFAULT, Devices.AUTO);
    }

    public TrainingEstimator data(double share) {
        return fidelity(fidelity.data(share));
    }

    public TrainingEstimator width(double share) {
        return fidelity(fidelity.width(share));
    }

    public TrainingEstimator resolution(int pixels) {
        return fidelity(fidelity.resolution(pixels));
    }

    public TrainingEstimator fidelity(Fidelity other) {
        return new TrainingEstimator(other, recipe, device);
    }

    public TrainingEstimator recipe(Recipe other) {
        return new TrainingEstimator(fidelity, other, device);
    }

    public TrainingEstimator batch(int examples) {
        return recipe(recipe.batch(examples));
    }

    public TrainingEstimator optimizer(Optimizer other) {
        return recipe(recipe.optimizer(other));
    }

    public TrainingEstimator rate(Cosine rate) {
        return recipe(recipe.rate(rate));
    }

    public TrainingEstimator clip(double norm) {
        return recipe(recipe.clip(norm));
    }

    public TrainingEstimator smoothing(double share) {
        return recipe(recipe.smoothing(share));
    }

    public TrainingEstimator augmentation(Augmentation augmentation) {
        return recipe(recipe.augmentation(augmentation));
    }

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
