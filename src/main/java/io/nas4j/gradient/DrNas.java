package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

import io.nas4j.sharing.SupernetSession;
import io.nas4j.sharing.SupernetTraining;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * DrNAS: DARTS in which the weights of the sums are not alpha's softmax but drawn anew for every
 * pass, from a Dirichlet distribution that alpha shapes. The draws explore at first, while the
 * distribution is flat, and come to agree as it grows peaked.
 *
 * <p>The concentrations are elu(alpha) + 1; the gradient goes through the draw, by implicit
 * reparameterisation of its gamma variables. A penalty holds the concentrations near 1. The derived
 * cell is that of the distribution's means. Epochs, scores and checkpoints are those of {@link
 * Darts}. The published search on DARTS' space widens and prunes the network in stages besides,
 * which is left out here, as in its authors' search on NAS-Bench-201.
 *
 * @param training of the weights
 * @param alpha its training, on the same images, or on the other half of them where its {@code
 *     trainLoss} is less than 1; first order, without dropping skips
 * @param anchor weight of the squared distance between the concentrations and 1 in alpha's loss, at
 *     least 0
 * @see <a href="https://arxiv.org/abs/2006.10355">Chen et al., 2021</a>
 */
public record DrNas(SupernetTraining training, AlphaTraining alpha, double anchor)
        implements DifferentiableStrategy<DrNas> {

    /**
     * For small machines: the training of {@link Darts}, on changed images and of one level, in the
     * first half of which alpha rests; no guards; the authors' anchor.
     */
    public DrNas() {
        this(new Darts().training(), new AlphaTraining().guards(Guards.NONE).trainLoss(1), 1e-3);
    }

    public DrNas {
        require(anchor >= 0, "anchor must be at least 0, but was %s. Try 1e-3.", anchor);
        require(
                alpha.xi() == 0,
                "DrNAS draws its mixture a pass, so a second order (xi %s) has no finite difference"
                        + " to take. Try xi(0).",
                alpha.xi());
        require(
                alpha.guards().dropSkips() == 0,
                "DrNAS draws the shares of skip connections by itself, but dropSkips is %s. Try"
                        + " dropSkips(0).",
                alpha.guards().dropSkips());
    }

    /**
     * The authors' search on NAS-Bench-201: 100 epochs, batch 64, rates 0.025 → 0.001 and 3e-4,
     * anchor 1e-3.
     *
     * @return for a large machine
     */
    public static DrNas paper() {
        Darts darts = Darts.paper().epochs(100);
        return new DrNas(darts.training(), darts.alpha(), 1e-3);
    }

    @Override
    public DrNas training(SupernetTraining other) {
        return new DrNas(other, alpha, anchor);
    }

    @Override
    public DrNas alpha(AlphaTraining other) {
        return new DrNas(training, other, anchor);
    }

    /**
     * Sets how strongly the concentrations are held near 1.
     *
     * @param weight at least 0; default 1e-3
     * @return a copy
     */
    public DrNas anchor(double weight) {
        return new DrNas(training, alpha, weight);
    }

    @Override
    public String name() {
        return "DrNAS";
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

    private DartsSession session(Task task, Fidelity fidelity) {
        return new DartsSession(this, DartsSession.Variant.drawn(anchor), task, fidelity);
    }

    /** For example {@code drNas(epochs=8)}: the epochs, and what is not the default. */
    @Override
    public String toString() {
        DrNas usual = new DrNas();
        StringJoiner text = new StringJoiner(", ", "drNas(", ")");
        training.describe(text, usual.training);
        alpha.describe(text, usual.alpha);
        SupernetTraining.add(text, "anchor", anchor, usual.anchor);
        return text.toString();
    }
}
