package io.nas4j.gradient;

import io.nas4j.sharing.SupernetStrategy;
import java.util.OptionalInt;

/**
 * A strategy that learns alpha, the logits of a relaxed space's decisions, by gradient descent:
 * DARTS and its kin.
 *
 * @param <S> the strategy itself, which every setter returns a copy of
 */
public interface DifferentiableStrategy<S extends DifferentiableStrategy<S>>
        extends SupernetStrategy<S> {

    /**
     * How alpha is trained and read.
     *
     * @return all settings of alpha
     */
    AlphaTraining alpha();

    /**
     * Sets everything about alpha.
     *
     * @param other in place of {@link #alpha()}
     * @return a copy
     */
    S alpha(AlphaTraining other);

    /**
     * Sets how far the weights' next step is looked ahead.
     *
     * @param xi in learning rates of the weights, at least 0; default 0, first order
     * @return a copy
     */
    default S xi(double xi) {
        return alpha(alpha().xi(xi));
    }

    /**
     * Looks one step of the weights ahead; a step takes about three times as long.
     *
     * @return a copy with ξ the current learning rate
     */
    default S secondOrder() {
        return xi(1);
    }

    /**
     * Sets the learning rate of alpha.
     *
     * @param rate above 0; default 0.02
     * @return a copy
     */
    default S alphaRate(double rate) {
        return alpha(alpha().rate(rate));
    }

    /**
     * Sets what works against the collapse to skip connections.
     *
     * @param guards {@link Guards#NONE} as published
     * @return a copy
     */
    default S guards(Guards guards) {
        return alpha(alpha().guards(guards));
    }

    /**
     * Sets whether {@code none} may be derived where the space lists it as an operation.
     *
     * @param allowed default false, as in DARTS' code; NAS-Bench-201's authors allow it
     * @return a copy
     */
    default S deriveNone(boolean allowed) {
        return alpha(alpha().deriveNone(allowed));
    }

    /**
     * Chooses the answer by what the trained supernet misses most, not by alpha (DARTS-PT).
     *
     * @return a copy with {@link Selection#Selection() the usual rounds}
     */
    default S perturbation() {
        return selection(new Selection());
    }

    /**
     * Sets how the answer is chosen.
     *
     * @param selection {@link Selection#STRONGEST}, the default, by alpha
     * @return a copy
     */
    default S selection(Selection selection) {
        return alpha(alpha().selection(selection));
    }

    /**
     * Sets over how many of its epochs alpha is averaged before an architecture is derived.
     *
     * @param share of those in which it has learned, the last ones, in [0, 1]; 0 takes the last
     *     epoch alone; default 0, and 0.5 in GDAS and PC-DARTS
     * @return a copy
     */
    default S averaged(double share) {
        return alpha(alpha().averaged(share));
    }

    /**
     * Sets how much of alpha's loss is the training loss of the weights' own batch.
     *
     * @param share in [0, 1]; 0 is bilevel, as published; 1 is one level
     * @return a copy
     */
    default S trainLoss(double share) {
        return alpha(alpha().trainLoss(share));
    }

    /** The supernet's epochs, and the rounds of a selection. */
    @Override
    default OptionalInt slices() {
        return OptionalInt.of(training().epochs() + alpha().selection().rounds());
    }
}
