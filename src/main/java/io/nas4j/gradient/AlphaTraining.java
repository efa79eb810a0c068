package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

import io.nas4j.sharing.SupernetTraining;
import java.util.StringJoiner;

/**
 * How alpha, the logits of a relaxed space's decisions, is trained and read.
 *
 * @param xi how far the weights' next step is looked ahead (ξ of DARTS' equation 6), in learning
 *     rates of the weights: 0 is first order, 1 second order as published
 * @param rate learning rate of alpha (Adam with betas 0.5 and 0.999, weight decay 1e-3)
 * @param guards against the collapse to skip connections; {@link Guards#NONE} as published
 * @param deriveNone whether {@code none} may be derived where the space lists it among the
 *     operations of a decision; by default not, as in DARTS' code, since the share of {@code none}
 *     says nothing of its use. NAS-Bench-201's authors allow it: their code takes the strongest of
 *     all five operations. In DARTS' own space {@code none} takes part in the softmax only and is
 *     no operation of any architecture, so there it is never derived
 * @param selection how the answer is chosen once the network is trained
 * @param averaged of the epochs in which alpha has learned, over how large a share (the last ones)
 *     its mixture is averaged before an architecture is derived, in [0, 1]; 0 takes the last epoch
 *     alone, as published. Where each step sees one path, alpha jumps about its mean from epoch to
 *     epoch, and the mean is what it has learned
 * @param trainLoss how much of alpha's loss is the training loss, on the batch that the weights
 *     learn from in the same step, in [0, 1]: 0 is bilevel, as published; between, both losses
 *     teach alpha (mixed-level); 1 is one level, where nothing is held out, so that the weights
 *     learn from all training data and a step takes half as long. Only for images that cannot be
 *     learnt by heart, see {@code augmented()}, and not with a look ahead
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu et al., 2019</a>
 * @see <a href="https://arxiv.org/abs/2003.12238">MiLeNAS: He et al., 2020, equation 6</a>
 * @see <a href="https://arxiv.org/abs/2001.00326">NAS-Bench-201: Dong and Yang, 2020</a>
 */
public record AlphaTraining(
        double xi,
        double rate,
        Guards guards,
        boolean deriveNone,
        Selection selection,
        double averaged,
        double trainLoss) {

    /** For small machines: first order at a rate of 0.02, some hundred steps decide; guarded. */
    public AlphaTraining() {
        this(0, 0.02, new Guards(), false, Selection.STRONGEST, 0, 0);
    }

    public AlphaTraining {
        require(xi >= 0, "xi must be at least 0 (first order), but was %s. Try 1.", xi);
        require(rate > 0, "alpha's learning rate must be above 0, but was %s.", rate);
        require(
                averaged >= 0 && averaged <= 1,
                "alpha is averaged over a share of its epochs in [0, 1], but was %s. Try 0.5.",
                averaged);
        require(
                trainLoss >= 0 && trainLoss <= 1,
                "alpha learns from a share of the training loss in [0, 1], but that was %s. Try"
                        + " 0.5.",
                trainLoss);
        require(
                xi == 0 || trainLoss < 1,
                "a look ahead (xi %s) is judged by held-out images, but alpha follows the training"
                        + " loss alone (trainLoss 1). Try trainLoss(0.5).",
                xi);
    }

    /**
     * Sets {@link #xi}. A look ahead is judged by held-out images, so that a {@link #trainLoss} of
     * 1 becomes 0.
     *
     * @param other at least 0; 0 is first order
     * @return a copy
     */
    public AlphaTraining xi(double other) {
        double train = other > 0 && trainLoss == 1 ? 0 : trainLoss;
        return new AlphaTraining(other, rate, guards, deriveNone, selection, averaged, train);
    }

    /**
     * Sets {@link #rate}.
     *
     * @param other above 0
     * @return a copy
     */
    public AlphaTraining rate(double other) {
        return new AlphaTraining(xi, other, guards, deriveNone, selection, averaged, trainLoss);
    }

    /**
     * Sets {@link #guards}.
     *
     * @param other for example {@code Guards.NONE}
     * @return a copy
     */
    public AlphaTraining guards(Guards other) {
        return new AlphaTraining(xi, rate, other, deriveNone, selection, averaged, trainLoss);
    }

    /**
     * Sets {@link #deriveNone}.
     *
     * @param allowed whether
     * @return a copy
     */
    public AlphaTraining deriveNone(boolean allowed) {
        return new AlphaTraining(xi, rate, guards, allowed, selection, averaged, trainLoss);
    }

    /**
     * Sets {@link #selection}.
     *
     * @param other for example {@code new Selection()}
     * @return a copy
     */
    public AlphaTraining selection(Selection other) {
        return new AlphaTraining(xi, rate, guards, deriveNone, other, averaged, trainLoss);
    }

    /**
     * Sets {@link #averaged}.
     *
     * @param share in [0, 1]; 0 takes the last epoch alone
     * @return a copy
     */
    public AlphaTraining averaged(double share) {
        return new AlphaTraining(xi, rate, guards, deriveNone, selection, share, trainLoss);
    }

    /**
     * Sets {@link #trainLoss}.
     *
     * @param share in [0, 1]; 0 is bilevel, as published
     * @return a copy
     */
    public AlphaTraining trainLoss(double share) {
        return new AlphaTraining(xi, rate, guards, deriveNone, selection, averaged, share);
    }

    /** What differs from {@code usual}: part of a strategy's text. */
    void describe(StringJoiner text, AlphaTraining usual) {
        SupernetTraining.add(text, "xi", xi, usual.xi);
        SupernetTraining.add(text, "alphaRate", rate, usual.rate);
        SupernetTraining.add(text, "guards", guards, usual.guards);
        SupernetTraining.add(text, "deriveNone", deriveNone, usual.deriveNone);
        SupernetTraining.add(text, "selection", selection, usual.selection);
        SupernetTraining.add(text, "averaged", averaged, usual.averaged);
        SupernetTraining.add(text, "trainLoss", trainLoss, usual.trainLoss);
    }
}
