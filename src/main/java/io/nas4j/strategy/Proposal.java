package io.nas4j.strategy;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.trial.Fidelity;
import java.util.OptionalInt;

/** What a strategy wants done next. */
public sealed interface Proposal {

    /**
     * Estimate an architecture: plain data, may run anywhere.
     *
     * @param architecture the candidate
     * @param fidelity how much to spend
     * @param continues the number of the trial whose training to go on with
     * @param learned what the strategy believes now; recorded with the trial
     */
    record Evaluate(
            Architecture architecture,
            Fidelity fidelity,
            OptionalInt continues,
            OptionWeights learned)
            implements Proposal {

        /**
         * A candidate that continues no trial.
         *
         * @param architecture of the search's space
         * @param fidelity how much to spend
         */
        public Evaluate(Architecture architecture, Fidelity fidelity) {
            this(architecture, fidelity, OptionalInt.empty(), OptionWeights.NONE);
        }
    }

    /**
     * Run one slice of the strategy's own training, for example one epoch of a supernet.
     *
     * @param slice runs in the searching process
     */
    record Advance(Slice slice) implements Proposal {}
}
