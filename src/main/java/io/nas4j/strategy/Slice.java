package io.nas4j.strategy;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.TrialContext;

/** A piece of a strategy's own training: becomes one trial. */
public interface Slice {

    /**
     * What its score is called, for example {@code supernet}.
     *
     * @return another name than any estimator's
     */
    String measure();

    /**
     * How much one slice spends.
     *
     * @return for example one epoch
     */
    Fidelity fidelity();

    /**
     * Trains.
     *
     * @param context where to report and whom to ask whether to go on
     * @return the architecture that the strategy would derive now, its score in the supernet, and
     *     what was learned
     * @throws Exception any: the trial then failed
     */
    Step advance(TrialContext context) throws Exception;

    /**
     * What a slice found.
     *
     * @param architecture derived from what is learned
     * @param estimate the supernet's score
     * @param learned softmax(alpha), or a policy
     */
    record Step(Architecture architecture, Estimate estimate, OptionWeights learned) {}
}
