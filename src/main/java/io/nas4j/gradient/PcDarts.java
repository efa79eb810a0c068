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
 * PC-DARTS: DARTS in which one of so many channels goes through the candidates and the others pass
 * beside them, which takes a fraction of the memory and the time; and in which the edges into a
 * vertex have weights of their own (beta), which steadies what the sampled channels say.
 *
 * <p>Alpha and beta rest while the weights {@link #warmUp warm up}. The derived cell has the edges
 * and operations with the largest product of both shares. Epochs, scores and checkpoints are those
 * of {@link Darts}, whose defaults for small machines these are too; {@link #paper()} has the
 * paper's.
 *
 * <p>Where a space keeps all edges (NAS-Bench-201) or chooses inputs by itself (NASNet), there is
 * no beta: the first has nothing to decide, the second decides it already.
 *
 * @param training of the weights
 * @param alpha its training and beta's, on the same images; on the other half of them where its
 *     {@code trainLoss} is less than 1
 * @param part one of so many channels is mixed (the paper's K), at least 2; must divide the
 *     channels of the space
 * @see <a href="https://arxiv.org/abs/1907.05737">Xu et al., 2020</a>
 */
public record PcDarts(SupernetTraining training, AlphaTraining alpha, int part)
        implements DifferentiableStrategy<PcDarts> {

    /**
     * For small machines: K = 2, so that of 8 channels as many are mixed as of the paper's 16;
     * alpha rests for the first 3 of 10 epochs; changed images and one level as in {@link Darts};
     * the answer is read off the mean of alpha's last epochs.
     */
    public PcDarts() {
        this(
                new SupernetTraining().epochs(10).warmUp(0.3).augmented(),
                new AlphaTraining().averaged(0.5).trainLoss(1),
                2);
    }

    public PcDarts {
        require(
                part >= 2,
                "part must be at least 2 (one of two channels), but was %d. Try 2, or DARTS for all"
                        + " channels.",
                part);
    }

    /**
     * The paper's search on CIFAR-10: 50 epochs, alpha at rest in the first 15, batch 256, rates
     * 0.1 → 0 and 6e-4.
     *
     * @return first order, without guards
     */
    public static PcDarts paper() {
        Darts darts = Darts.paper().batch(256).weightRate(0.1, 0).warmUp(0.3).alphaRate(6e-4);
        return new PcDarts(darts.training(), darts.alpha(), 4);
    }

    @Override
    public PcDarts training(SupernetTraining other) {
        return new PcDarts(other, alpha, part);
    }

    @Override
    public PcDarts alpha(AlphaTraining other) {
        return new PcDarts(training, other, part);
    }

    /**
     * Sets how many channels are mixed.
     *
     * @param k one of so many, at least 2; default 2
     * @return a copy
     */
    public PcDarts part(int k) {
        return new PcDarts(training, alpha, k);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return session(task, fidelity).requireFits();
    }

    @Override
    public String name() {
        return "PC-DARTS";
    }

    @Override
    public Optional<ResourceEstimate> dryRun(Task task, Fidelity fidelity)
            throws InterruptedException {
        return SupernetSession.estimate(session(task, fidelity));
    }

    private DartsSession session(Task task, Fidelity fidelity) {
        return new DartsSession(this, DartsSession.Variant.partial(part), task, fidelity);
    }

    /** For example {@code pcDarts(part=2, epochs=10)}. */
    @Override
    public String toString() {
        PcDarts usual = new PcDarts();
        StringJoiner text = new StringJoiner(", ", "pcDarts(", ")");
        text.add("part=" + part);
        training.describe(text, usual.training);
        alpha.describe(text, usual.alpha);
        return text.toString();
    }
}
