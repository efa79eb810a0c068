package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDManager;
import io.nas4j.data.Answer;
import io.nas4j.data.Data;
import io.nas4j.data.Split;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.TrialContext;
import java.time.Duration;
import java.util.Optional;

/**
 * The final training of a found architecture, and its one look at the test split.
 *
 * @param epochs at least 1
 * @param recipe how to train
 * @param resolution height and width to average the images down to; 0 keeps them
 * @param everything whether the validation split is trained on too, which then cannot give a curve
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:3}
 */
public record Retrain(
        int epochs, Recipe recipe, int resolution, boolean everything, String device) {

    public Retrain {
        require(epochs >= 1, "epochs must be at least 1, but were %d. Try 10.", epochs);
    }

    /**
     * Trains on train and validation split.
     *
     * @param epochs at least 1
     * @return at full resolution, on the GPU when DJL sees one
     */
    public static Retrain of(int epochs) {
        return new Retrain(epochs, Recipe.DEFAULT, 0, true, Devices.AUTO);
    }

    /**
     * Sets {@link #recipe}.
     *
     * @param other how the network is trained
     * @return a copy
     */
    public Retrain recipe(Recipe other) {
        return new Retrain(epochs, other, resolution, everything, device);
    }

    /**
     * Augments the training images.
     *
     * @param augmentation default none
     * @return a copy
     */
    public Retrain augmentation(Augmentation augmentation) {
        return recipe(recipe.augmentation(augmentation));
    }

    /**
     * Trains on smaller images.
     *
     * @param pixels height and width; 0, the default, keeps the data's
     * @return a copy
     */
    public Retrain resolution(int pixels) {
        return new Retrain(epochs, recipe, pixels, everything, device);
    }

    /**
     * Sets the device.
     *
     * @param name {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:3}
     * @return a copy
     */
    public Retrain device(String name) {
        return new Retrain(epochs, recipe, resolution, everything, name);
    }

    /**
     * Keeps the validation split apart, to draw a curve of its accuracy.
     *
     * @return trains on the training split only
     */
    public Retrain onTrainingSplit() {
        return new Retrain(epochs, recipe, resolution, false, device);
    }

    /**
     * Trains.
     *
     * @param network a space without holes
     * @param data with a test split
     * @param seed of the first weights, the order and the augmentation
     * @return trained
     * @throws InterruptedException when interrupted before the end
     */
    public Retrained run(SearchSpace network, Data data, long seed) throws InterruptedException {
        return run(network, data, new Uninterrupted(seed));
    }

    /**
     * Trains.
     *
     * @param network a space without holes
     * @param data with a test split
     * @param context gives the seed, hears of the progress, may stop it
     * @return trained
     * @throws InterruptedException when stopped before the end
     */
    public Retrained run(SearchSpace network, Data data, TrialContext context)
            throws InterruptedException {
        Split split = data.split();
        require(
                split.test().length > 0,
                "retraining needs examples to test on, but the test split of \"%s\" is empty. Try"
                        + " data.split(0.7, 0.15).",
                data.name());
        Readiness.check(data);
        DeviceData.requireResolution(data, resolution);
        Fidelity fidelity = Fidelity.epochs(epochs).resolution(resolution);
        InputShape shape = TrainingSession.shape(data, fidelity);
        int classes = data.outputs();
        Counts counts = Counts.of(network, shape, classes, 1);
        int[] examples =
                everything ? Sampling.concat(split.train(), split.validation()) : split.train();
        int[] validation = everything ? new int[0] : split.validation();
        try (TrainingLock turn = TrainingLock.take(context.seed());
                NDManager manager = NDManager.newBaseManager(Devices.of(device));
                DeviceData device = new DeviceData(data, resolution, manager)) {
            long start = System.nanoTime();
            Network block = Networks.compile(network, shape, classes, 1);
            block.initialize(manager, new Seeds(context.seed()).random(0, "weights"));
            try (Training training =
                    new Training(turn, block, device, examples, recipe, manager, context.seed())) {
                TrainingRecord course = training.run(epochs, validation, context);
                Optional<Quality> test =
                        course.whole() ? training.quality(split.test(), context) : Optional.empty();
                if (test.isEmpty()) {
                    throw new InterruptedException(
                            "retraining was stopped after "
                                    + course.epochs()
                                    + " of "
                                    + epochs
                                    + " epochs");
                }
                training.write();
                Duration compute = Duration.ofNanos(System.nanoTime() - start);
                return new Retrained(
                        network,
                        shape,
                        Answer.of(data),
                        Normalisation.of(data),
                        Retrained.tensors(block),
                        test.get(),
                        course,
                        new Cost(compute, counts.parameters(), counts.multiplyAdds()));
            }
        }
    }

    /** Nobody listens; only an interrupt stops it. */
    private record Uninterrupted(long seed) implements TrialContext {
        @Override
        public boolean report(int step, double score) {
            return true;
        }

        @Override
        public boolean proceed() {
            return true;
        }
    }
}
