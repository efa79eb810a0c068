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
 * GDAS: DARTS in which each step draws one path from softmax(alpha) and runs only that, which takes
 * a fraction of the time and the memory. Alpha learns through the path by the straight-through
 * Gumbel softmax, whose temperature falls over the epochs.
 *
 * <p>Epochs and checkpoints are those of {@link Darts}; an epoch's score is the accuracy of the
 * path of alpha's strongest operations with the supernet's weights. The gradient of alpha is
 * clipped to a norm of 5. Only the drawn operations tell alpha something: the public code adds the
 * others' shares, which are 0, to the sum besides, and so gradients that no operation has a part
 * in; these are left out here. {@code none} is drawn only where it may be derived ({@link
 * #deriveNone}): a path without an output teaches nothing.
 *
 * <p>Guards are off: a skip connection that runs alone has no convolution beside it to lean on, and
 * counts of skips rise and fall while alpha is still drawn at a high temperature.
 *
 * <p>The defaults are for small machines; {@link #paper()} has the paper's.
 *
 * @param training of the weights, on half of the training data
 * @param alpha its training, on the other half; first order, without dropping skips
 * @param hot temperature of the Gumbel softmax in the first epoch
 * @param cold in the last; falls linearly
 * @see <a href="https://arxiv.org/abs/1910.04465">Dong and Yang, 2019</a>
 */
public record Gdas(SupernetTraining training, AlphaTraining alpha, double hot, double cold)
        implements DifferentiableStrategy<Gdas> {

    /**
     * For small machines: 40 epochs, in the first 40 % of which alpha rests; temperatures from 10
     * to 1; the answer is read off the mean of alpha's last epochs.
     */
    public Gdas() {
        this(
                new SupernetTraining().epochs(40).warmUp(0.4),
                new AlphaTraining().guards(Guards.NONE).averaged(0.5),
                10,
                1);
    }

    public Gdas {
        require(
                cold > 0 && cold <= hot,
                "temperatures must fall to above 0, but were %s and %s. Try 10 and 0.1.",
                hot,
                cold);
        require(
                alpha.xi() == 0,
                "GDAS draws a path a pass, so a second order (xi %s) has no finite difference to"
                        + " take. Try xi(0).",
                alpha.xi());
        require(
                alpha.guards().dropSkips() == 0,
                "GDAS draws what it leaves out by itself, but dropSkips is %s. Try dropSkips(0).",
                alpha.guards().dropSkips());
        require(
                alpha.selection().rounds() == 0,
                "GDAS trains single paths, so no mixture can miss an operation. Try"
                        + " selection(Selection.STRONGEST), or DARTS.");
    }

    /**
     * The paper's search on CIFAR-10: 250 epochs, batch 64, rates 0.025 → 0.001 and 3e-4,
     * temperatures from 10 to 0.1.
     *
     * @return for a large machine
     */
    public static Gdas paper() {
        Darts darts = Darts.paper().epochs(250);
        return new Gdas(darts.training(), darts.alpha(), 10, 0.1);
    }

    @Override
    public Gdas training(SupernetTraining other) {
        return new Gdas(other, alpha, hot, cold);
    }

    @Override
    public Gdas alpha(AlphaTraining other) {
        return new Gdas(training, other, hot, cold);
    }

    /**
     * Sets the temperature of the Gumbel softmax, which falls linearly over the epochs.
     *
     * @param first in the first epoch; default 10
     * @param last in the last epoch, above 0 and at most {@code first}; default 1
     * @return a copy
     */
    public Gdas temperature(double first, double last) {
        return new Gdas(training, alpha, first, last);
    }

    /** The temperature in an epoch, from 0. */
    double temperature(int epoch) {
        int last = training.epochs() - 1;
        return last == 0 ? hot : hot + (cold - hot) * epoch / last;
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
        return new DartsSession(
                this, DartsSession.Variant.sampled(this::temperature), task, fidelity);
    }

    /** For example {@code gdas(10.0 to 0.1, epochs=15)}. */
    @Override
    public String toString() {
        Gdas usual = new Gdas();
        StringJoiner text = new StringJoiner(", ", "gdas(", ")");
        text.add(hot + " to " + cold);
        training.describe(text, usual.training);
        alpha.describe(text, usual.alpha);
        return text.toString();
    }
}
