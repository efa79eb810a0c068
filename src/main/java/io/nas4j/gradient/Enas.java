package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

import io.nas4j.controller.RnnController;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * ENAS: an LSTM controller draws the paths on which a supernet is trained, and learns by REINFORCE
 * which of them score well with the shared weights. A reward costs one batch of validation data in
 * place of a training.
 *
 * <p>Each epoch is a trial of measure {@code supernet}: the weights learn for a pass over the
 * training data, then the controller learns from rewards, and of several architectures that it then
 * draws the one of the highest accuracy on the validation data is kept, with that accuracy. The
 * last epoch's is scored by the search's estimator. Paths normalise by the statistics of their
 * batch.
 *
 * <p>The defaults are for small machines; {@link #paper()} has the published ones.
 *
 * @param training of the shared weights
 * @param controller how paths are drawn and learned from; its batch is one update's rewards
 * @param updates of the controller an epoch, at least 1
 * @param samples architectures drawn at an epoch's end, of which the best is kept; at least 1
 * @see <a href="https://arxiv.org/abs/1802.03268">Pham et al., 2018</a>
 */
public record Enas(PathTraining training, RnnController controller, int updates, int samples)
        implements SearchStrategy {

    /** For small machines: a controller without bounds that learns within some hundred rewards. */
    public Enas() {
        this(
                new PathTraining(),
                new RnnController().batch(5).learningRate(0.01).entropyWeight(1e-3),
                20,
                6);
    }

    public Enas {
        require(updates >= 1, "updates must be at least 1 an epoch, but were %d.", updates);
        require(samples >= 1, "samples must be at least 1, but were %d. Try 10.", samples);
    }

    /**
     * The published cell search on CIFAR-10: 150 epochs in batches of 160, rates 0.05 → 0.0005 on
     * one cosine (there with restarts), 30 updates of 10 rewards an epoch, {@link
     * RnnController#enas()}.
     *
     * @return for a large machine
     */
    public static Enas paper() {
        return new Enas(
                new PathTraining(150, 160, 0.05, 0.0005, 1, 0), RnnController.enas(), 30, 10);
    }

    public Enas epochs(int epochs) {
        return training(training.epochs(epochs));
    }

    public Enas batch(int images) {
        return training(training.batch(images));
    }

    public Enas weightRate(double first, double last) {
        return training(training.weightRate(first, last));
    }

    public Enas data(double share) {
        return training(training.data(share));
    }

    public Enas resolution(int pixels) {
        return training(training.resolution(pixels));
    }

    public Enas training(PathTraining other) {
        return new Enas(other, controller, updates, samples);
    }

    public Enas controller(RnnController other) {
        return new Enas(training, other, updates, samples);
    }

    public Enas updates(int count) {
        return new Enas(training, controller, count, samples);
    }

    public Enas samples(int count) {
        return new Enas(training, controller, updates, count);
    }

    @Override
    public OptionalInt slices() {
        return OptionalInt.of(training.epochs());
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new EnasSession(this, task, fidelity).requireFits();
    }

    @Override
    public Optional<ResourceEstimate> dryRun(Task task, Fidelity fidelity)
            throws InterruptedException {
        try (EnasSession session = new EnasSession(this, task, fidelity)) {
            return Optional.of(session.dryRun());
        }
    }
}
