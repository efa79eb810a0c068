package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.training.listener.TrainingListener;
import io.nas4j.data.Data;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.TrialContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The final training of a found architecture, and its one look at the test split.
 *
 * <pre>{@code
 * result.retrain(Retrain.of(20).seeds(3));
 * result.retrain(Retrain.darts().scaled(36, 20).checkpoint(Path.of("darts")));
 * }</pre>
 *
 * @param epochs at least 1
 * @param recipe how to train
 * @param dropPath probability that a summand of a cell is dropped for a sample, in [0, 1): of the
 *     last epoch, to which it grows from 0
 * @param auxiliary what the loss of an auxiliary head counts, at least 0; 0: there is none
 * @param seeds how many trainings, at least 1
 * @param resolution height and width to average the images down to; 0 keeps them
 * @param everything whether the validation split is trained on too, which then cannot give a curve
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:3}
 * @param scale the size of the network; empty keeps the found one
 * @param checkpoint where a training leaves what it takes to go on; empty: nowhere
 * @param listeners hear of every step
 * @param djlListeners listeners of DJL, which hear of every step and epoch
 */
public record Retrain(
        int epochs,
        Recipe recipe,
        double dropPath,
        double auxiliary,
        int seeds,
        int resolution,
        boolean everything,
        String device,
        Optional<Scale> scale,
        Optional<Saving> checkpoint,
        List<RetrainListener> listeners,
        List<TrainingListener> djlListeners) {

    /**
     * A size of a stack of cells.
     *
     * @param channels of the first cells
     * @param cells how many are stacked; of NAS-Bench-201's, in each of its three stages
     */
    public record Scale(int channels, int cells) {}

    /**
     * Where and when a training leaves what it takes to go on.
     *
     * @param folder of one retraining
     * @param every after so many epochs, at least 1; after the last one always
     */
    public record Saving(Path folder, int every) {
        public Saving {
            require(every >= 1, "checkpoints are every 1 epoch or more, but were every %d.", every);
        }
    }

    public Retrain {
        require(epochs >= 1, "epochs must be at least 1, but were %d. Try 10.", epochs);
        require(
                dropPath >= 0 && dropPath < 1,
                "a drop-path probability must be in [0, 1), but was %s. Try 0.2.",
                dropPath);
        require(
                auxiliary >= 0,
                "an auxiliary head counts 0 or more, but was %s. Try 0.4.",
                auxiliary);
        require(seeds >= 1, "seeds must be at least 1, but were %d. Try 3.", seeds);
        require(
                checkpoint.isEmpty() || !(recipe.optimizer() instanceof DjlOptimizer),
                "a training with an optimizer of DJL cannot leave checkpoints, as DJL keeps its"
                        + " moments to itself. Try new Sgd(..) or new Adam(), or no checkpoint.");
        listeners = List.copyOf(listeners);
        djlListeners = List.copyOf(djlListeners);
    }

    /**
     * Trains on train and validation split.
     *
     * @param epochs at least 1
     * @return at full resolution, on the GPU when DJL sees one
     */
    public static Retrain of(int epochs) {
        return new Retrain(
                epochs,
                Recipe.DEFAULT,
                0,
                0,
                1,
                0,
                true,
                Devices.AUTO,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /**
     * DARTS' evaluation on CIFAR-10, that of its successors too: 600 epochs in batches of 96, SGD
     * with momentum 0.9 and weight decay 3e-4, a cosine from 0.025 to 0, gradients clipped at 5, an
     * auxiliary head that counts 0.4, drop path that grows to 0.2, images moved by up to 4 pixels,
     * mirrored, and hidden in a square of 16. Its network is {@code scaled(36, 20)}. Here the
     * learning rate falls at every step, there at every epoch.
     *
     * @return for hours on a GPU; {@code .epochs(50)} and all else can be set
     * @see <a href="https://arxiv.org/abs/1806.09055">Liu et al., 2019, section 3.3</a>
     * @see <a href="https://github.com/quark0/darts">its code, cnn/train.py</a>
     */
    public static Retrain darts() {
        return of(600).recipe(
                        new Recipe(
                                96,
                                Sgd.darts(),
                                Cosine.of(0.025),
                                5,
                                0,
                                Augmentation.NONE.shift(4).flip(true).cutout(16)))
                .dropPath(0.2)
                .auxiliary(0.4);
    }

    /**
     * NAS-Bench-201's training on CIFAR: 200 epochs in batches of 256, SGD with Nesterov momentum
     * 0.9 and weight decay 5e-4, a cosine from 0.1 to 0, images moved by up to 4 pixels and
     * mirrored. Here the learning rate falls at every step.
     *
     * @return for half an hour on a GPU; everything can be set
     * @see <a href="https://arxiv.org/abs/2001.00326">Dong and Yang, 2020, table 3</a>
     */
    public static Retrain nasBench201() {
        return of(200).recipe(
                        new Recipe(
                                256,
                                new Sgd(0.9, 5e-4, true),
                                Cosine.of(0.1),
                                0,
                                0,
                                Augmentation.NONE.shift(4).flip(true)));
    }

    /**
     * Sets {@link #epochs}; ramps and schedules span the new number.
     *
     * @param number at least 1
     * @return a copy
     */
    public Retrain epochs(int number) {
        Draft draft = new Draft(this);
        draft.epochs = number;
        return draft.made();
    }

    /**
     * Sets {@link #recipe}.
     *
     * @param other how the network is trained
     * @return a copy
     */
    public Retrain recipe(Recipe other) {
        Draft draft = new Draft(this);
        draft.recipe = other;
        return draft.made();
    }

    /**
     * Sets the batch.
     *
     * @param examples per step, at least 2; default 64
     * @return a copy
     */
    public Retrain batch(int examples) {
        return recipe(recipe.batch(examples));
    }

    /**
     * Sets the optimizer.
     *
     * @param other default SGD, Nesterov momentum 0.9, weight decay 3e-4; {@link DjlOptimizer} for
     *     one of DJL
     * @return a copy
     */
    public Retrain optimizer(Optimizer other) {
        return recipe(recipe.optimizer(other));
    }

    /**
     * Sets the learning rate.
     *
     * @param other default {@code Cosine.of(0.1)}; {@link Tracked} for a tracker of DJL
     * @return a copy
     */
    public Retrain rate(LearningRate other) {
        return recipe(recipe.rate(other));
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
     * Sets {@link #dropPath}.
     *
     * @param last the probability that is grown to, linearly by epoch, in [0, 1); default 0
     * @return a copy
     * @see <a href="https://arxiv.org/abs/1605.07648">Larsson et al., 2017</a>
     */
    public Retrain dropPath(double last) {
        Draft draft = new Draft(this);
        draft.dropPath = last;
        return draft.made();
    }

    /**
     * Sets {@link #auxiliary}: trains a second classifier at two thirds of the depth along, which
     * is thrown away afterwards.
     *
     * @param weight of its loss, at least 0; 0, the default: without
     * @return a copy
     */
    public Retrain auxiliary(double weight) {
        Draft draft = new Draft(this);
        draft.auxiliary = weight;
        return draft.made();
    }

    /**
     * Trains several times, to tell how sure the test accuracy is. The weights that are kept are
     * the first seed's: to keep the best on the test would be to choose by it.
     *
     * @param number at least 1, the default
     * @return a copy
     */
    public Retrain seeds(int number) {
        Draft draft = new Draft(this);
        draft.seeds = number;
        return draft.made();
    }

    /**
     * Trains on smaller images.
     *
     * @param pixels height and width; 0, the default, keeps the data's
     * @return a copy
     */
    public Retrain resolution(int pixels) {
        Draft draft = new Draft(this);
        draft.resolution = pixels;
        return draft.made();
    }

    /**
     * Sets the device.
     *
     * @param name {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:3}
     * @return a copy
     */
    public Retrain device(String name) {
        Draft draft = new Draft(this);
        draft.device = name;
        return draft.made();
    }

    /**
     * Keeps the validation split apart, to draw a curve of its accuracy.
     *
     * @return trains on the training split only
     */
    public Retrain onTrainingSplit() {
        Draft draft = new Draft(this);
        draft.everything = false;
        return draft.made();
    }

    /**
     * Trains the same cells in a larger (or smaller) network: DARTS evaluates with 36 channels and
     * 20 cells what it found with 16 and 8.
     *
     * @param channels of the first cells, at least 1
     * @param cells how many are stacked
     * @return a copy; only for networks of stacked cells, see {@link Spaces#scaled}
     */
    public Retrain scaled(int channels, int cells) {
        Draft draft = new Draft(this);
        draft.scale = Optional.of(new Scale(channels, cells));
        return draft.made();
    }

    /**
     * Leaves a checkpoint after every epoch; the same call goes on from it.
     *
     * @param folder see {@link #checkpoint(Path, int)}
     * @return a copy
     */
    public Retrain checkpoint(Path folder) {
        return checkpoint(folder, 1);
    }

    /**
     * Leaves a checkpoint after some epochs, from which the same call goes on where the process
     * died or was stopped, to the result of a training without a break, up to rounding. A file
     * takes the place of the one before it only when it is whole; where it cannot be written, the
     * training goes on and its notes say so.
     *
     * @param folder made where it is missing; for one retraining and one process at a time
     * @param every after so many epochs, at least 1; after the last one always
     * @return a copy
     */
    public Retrain checkpoint(Path folder, int every) {
        Draft draft = new Draft(this);
        draft.checkpoint = Optional.of(new Saving(folder, every));
        return draft.made();
    }

    /**
     * Adds a listener.
     *
     * @param listener hears of every step, in the thread that trains
     * @return a copy
     */
    public Retrain listener(RetrainListener listener) {
        Draft draft = new Draft(this);
        draft.listeners.add(listener);
        return draft.made();
    }

    /**
     * Adds listeners of DJL: they hear what those of a DJL trainer hear, and an {@code
     * EarlyStoppingListener} ends the training.
     *
     * @param more for example {@code TrainingListener.Defaults.logging()}
     * @return a copy
     */
    public Retrain listener(TrainingListener... more) {
        Draft draft = new Draft(this);
        draft.djlListeners.addAll(List.of(more));
        return draft.made();
    }

    /**
     * Trains.
     *
     * @param network a space without holes
     * @param data with a test split
     * @param seed of the first weights, the order and the augmentation
     * @return trained; {@code course().whole()} is false where it was stopped
     * @throws InterruptedException when interrupted before the first epoch was done
     * @throws IllegalArgumentException before anything trains, when the parts do not fit each other
     *     or the folder holds a checkpoint of another training
     */
    public Retrained run(SearchSpace network, Data data, long seed) throws InterruptedException {
        return run(network, data, TrialContext.silent(seed));
    }

    /**
     * Trains.
     *
     * @param network a space without holes
     * @param data with a test split
     * @param context gives the seed, hears of the progress, may stop it
     * @return trained; {@code course().whole()} is false where it was stopped
     * @throws InterruptedException when stopped before the first epoch was done
     * @throws IllegalArgumentException before anything trains, when the parts do not fit each other
     *     or the folder holds a checkpoint of another training
     */
    public Retrained run(SearchSpace network, Data data, TrialContext context)
            throws InterruptedException {
        SearchSpace trained =
                scale.map(size -> Spaces.scaled(network, size.channels(), size.cells()))
                        .orElse(network);
        return new Retraining(this, trained, data, context).run();
    }

    /** A copy in the making. */
    private static final class Draft {
        private int epochs;
        private Recipe recipe;
        private double dropPath;
        private double auxiliary;
        private int seeds;
        private int resolution;
        private boolean everything;
        private String device;
        private Optional<Scale> scale;
        private Optional<Saving> checkpoint;
        private final List<RetrainListener> listeners;
        private final List<TrainingListener> djlListeners;

        Draft(Retrain from) {
            epochs = from.epochs;
            recipe = from.recipe;
            dropPath = from.dropPath;
            auxiliary = from.auxiliary;
            seeds = from.seeds;
            resolution = from.resolution;
            everything = from.everything;
            device = from.device;
            scale = from.scale;
            checkpoint = from.checkpoint;
            listeners = new ArrayList<>(from.listeners);
            djlListeners = new ArrayList<>(from.djlListeners);
        }

        Retrain made() {
            return new Retrain(
                    epochs,
                    recipe,
                    dropPath,
                    auxiliary,
                    seeds,
                    resolution,
                    everything,
                    device,
                    scale,
                    checkpoint,
                    listeners,
                    djlListeners);
        }
    }
}
