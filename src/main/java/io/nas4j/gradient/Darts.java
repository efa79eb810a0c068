package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * DARTS: all architectures at once, as one network whose decisions are weighted sums; the weights
 * of the sums are learned by gradient descent on held-out data, and the strongest options kept.
 *
 * <p>Each epoch is a trial of measure {@code supernet} whose architecture is the one that would be
 * derived then; at the end the last one is scored by the search's estimator. Half of the training
 * data trains the network, the other half alpha; the score is the supernet's accuracy on the
 * validation data, with the batch's own statistics.
 *
 * <p>The defaults are a profile for small machines, not the paper's: alpha moves much faster, so
 * that some hundred steps decide. {@link #paper()} has the paper's numbers.
 *
 * @param epochs passes over half of the training data, at least 1
 * @param batch images a step
 * @param xi how far the weights' next step is looked ahead (ξ of equation 6), in learning rates: 0
 *     is first order, 1 second order as published
 * @param weightRate learning rate of the weights, falling to {@code lastWeightRate} on a cosine
 * @param lastWeightRate at least 0
 * @param alphaRate learning rate of alpha (Adam)
 * @param data share of the training data, in (0, 1]
 * @param resolution height and width of the images in pixels; 0 keeps the data's
 * @param guards against the collapse to skip connections; {@link Guards#NONE} as published
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu et al., 2019</a>
 */
public record Darts(
        int epochs,
        int batch,
        double xi,
        double weightRate,
        double lastWeightRate,
        double alphaRate,
        double data,
        int resolution,
        Guards guards)
        implements SearchStrategy {

    /** For small machines: a minute or so on the embedded sample, on two cores. */
    public Darts() {
        this(6, 64, 0, 0.05, 0.001, 0.02, 1, 14, new Guards());
    }

    public Darts {
        require(epochs >= 1, "DARTS needs at least 1 epoch, but has %d.", epochs);
        require(batch >= 2, "a batch must have at least 2 images, but has %d. Try 64.", batch);
        require(xi >= 0, "xi must be at least 0 (first order), but was %s. Try 1.", xi);
        require(
                weightRate > 0 && lastWeightRate >= 0 && lastWeightRate <= weightRate,
                "learning rates of the weights must fall from above 0 to at least 0, but were %s"
                        + " and %s. Try 0.025 and 0.001.",
                weightRate,
                lastWeightRate);
        require(alphaRate > 0, "alpha's learning rate must be above 0, but was %s.", alphaRate);
        require(data > 0 && data <= 1, "data must be in (0, 1], but was %s. Try 0.5.", data);
        require(resolution >= 0, "resolution must be at least 0, but was %d.", resolution);
    }

    /**
     * The paper's search on CIFAR-10: 50 epochs, batch 64, rates 0.025 → 0.001 and 3e-4.
     *
     * @return first order; {@link #secondOrder()} for the other
     */
    public static Darts paper() {
        return new Darts(50, 64, 0, 0.025, 0.001, 3e-4, 1, 0, Guards.NONE);
    }

    public Darts epochs(int other) {
        return new Darts(
                other, batch, xi, weightRate, lastWeightRate, alphaRate, data, resolution, guards);
    }

    public Darts batch(int other) {
        return new Darts(
                epochs, other, xi, weightRate, lastWeightRate, alphaRate, data, resolution, guards);
    }

    public Darts xi(double other) {
        return new Darts(
                epochs,
                batch,
                other,
                weightRate,
                lastWeightRate,
                alphaRate,
                data,
                resolution,
                guards);
    }

    /**
     * Looks one step of the weights ahead; a step takes about three times as long.
     *
     * @return with ξ the current learning rate
     */
    public Darts secondOrder() {
        return xi(1);
    }

    public Darts weightRate(double first, double last) {
        return new Darts(epochs, batch, xi, first, last, alphaRate, data, resolution, guards);
    }

    public Darts alphaRate(double other) {
        return new Darts(
                epochs, batch, xi, weightRate, lastWeightRate, other, data, resolution, guards);
    }

    public Darts data(double share) {
        return new Darts(
                epochs,
                batch,
                xi,
                weightRate,
                lastWeightRate,
                alphaRate,
                share,
                resolution,
                guards);
    }

    public Darts resolution(int pixels) {
        return new Darts(
                epochs, batch, xi, weightRate, lastWeightRate, alphaRate, data, pixels, guards);
    }

    public Darts guards(Guards other) {
        return new Darts(
                epochs, batch, xi, weightRate, lastWeightRate, alphaRate, data, resolution, other);
    }

    @Override
    public OptionalInt slices() {
        return OptionalInt.of(epochs);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new DartsSession(this, Relaxation.WHOLE, task, fidelity).requireFits();
    }

    @Override
    public Optional<ResourceEstimate> dryRun(Task task, Fidelity fidelity)
            throws InterruptedException {
        try (DartsSession session = new DartsSession(this, Relaxation.WHOLE, task, fidelity)) {
            return Optional.of(session.dryRun());
        }
    }

    /** For example {@code darts(epochs=6, xi=1.0)}: the epochs, and what is not the default. */
    @Override
    public String toString() {
        Darts usual = new Darts();
        StringBuilder text = new StringBuilder("darts(epochs=").append(epochs);
        add(text, "batch", batch, usual.batch);
        add(text, "xi", xi, usual.xi);
        add(text, "weightRate", weightRate, usual.weightRate);
        add(text, "lastWeightRate", lastWeightRate, usual.lastWeightRate);
        add(text, "alphaRate", alphaRate, usual.alphaRate);
        add(text, "data", data, usual.data);
        add(text, "resolution", resolution, usual.resolution);
        add(text, "guards", guards, usual.guards);
        return text.append(')').toString();
    }

    private static void add(StringBuilder text, String name, Object value, Object usual) {
        if (!value.equals(usual)) {
            text.append(", ").append(name).append('=').append(value);
        }
    }
}
