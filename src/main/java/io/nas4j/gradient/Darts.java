package io.nas4j.gradient;

import io.nas4j.sharing.SupernetSession;
import io.nas4j.sharing.SupernetTraining;
import io.nas4j.train.Augmentation;
import io.nas4j.train.Cosine;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * DARTS: all architectures at once, as one network whose decisions are weighted sums; the weights
 * of the sums are learned by gradient descent on held-out data, and the strongest options kept.
 *
 * <p>Each epoch is a trial of measure {@code supernet} whose architecture is the one that would be
 * derived then; at the end the last one is scored by the search's estimator. That score is the
 * supernet's accuracy on the validation data, with the batch's own statistics. As published, half
 * of the training data trains the network and the other half alpha ({@code trainLoss(0)}).
 *
 * <p>The defaults are a profile for small machines, not the paper's: alpha moves much faster, so
 * that some hundred steps decide, and large images are halved. Three things keep alpha from
 * poolings and skip connections. It rests at first, since these are of use before any convolution
 * has learned. Images are moved, mirrored and partly hidden at random, since the weights would else
 * know a small data set by heart, and what cannot overfit would look best on images held out. And
 * alpha learns from the very batches that the weights learn from, all of the training data: its
 * loss is less noisy than that of a held-out half, and a pass serves both. {@link #paper()} has the
 * paper's.
 *
 * @param training of the weights
 * @param alpha its training, on the same images; on the other half of them where its {@code
 *     trainLoss} is less than 1
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu et al., 2019</a>
 * @see <a href="https://arxiv.org/abs/2108.08128">Hou et al., 2021, on one level in place of
 *     two</a>
 */
public record Darts(SupernetTraining training, AlphaTraining alpha)
        implements DifferentiableStrategy<Darts> {

    /**
     * For small machines: 4 epochs in batches of 32, in the first 2 of which alpha rests; half a
     * minute or so on the embedded sample, on two cores.
     */
    public Darts() {
        this(
                new SupernetTraining().epochs(4).batch(32).warmUp(0.3).augmented(),
                new AlphaTraining().trainLoss(1));
    }

    /**
     * The paper's search on CIFAR-10: 50 epochs, batch 64, rates 0.025 → 0.001 and 3e-4, images of
     * full size, moved by up to 4 pixels and mirrored.
     *
     * @return first order; {@link #secondOrder()} for the other
     */
    public static Darts paper() {
        SupernetTraining weights =
                new SupernetTraining()
                        .epochs(50)
                        .rate(Cosine.of(0.025, 0.001))
                        .resolution(0)
                        .augmentation(Augmentation.NONE.shift(4).flip(true));
        return new Darts(weights, new AlphaTraining().rate(3e-4).guards(Guards.NONE));
    }

    @Override
    public Darts training(SupernetTraining other) {
        return new Darts(other, alpha);
    }

    @Override
    public Darts alpha(AlphaTraining other) {
        return new Darts(training, other);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return session(task, fidelity).requireFits();
    }

    @Override
    public Optional<ResourceEstimate> dryRun(Task task, Fidelity fidelity)
            throws InterruptedException {
        return SupernetSession.estimate(session(task, fidelity));
    }

    DartsSession session(Task task, Fidelity fidelity) {
        return new DartsSession(this, DartsSession.Variant.WHOLE, task, fidelity);
    }

    /**
     * For example {@code darts(epochs=4, trainLoss=0.0)}: the epochs, and what is not the default.
     */
    @Override
    public String toString() {
        Darts usual = new Darts();
        StringJoiner text = new StringJoiner(", ", "darts(", ")");
        training.describe(text, usual.training);
        alpha.describe(text, usual.alpha);
        return text.toString();
    }
}
