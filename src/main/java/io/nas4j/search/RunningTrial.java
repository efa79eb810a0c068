package io.nas4j.search;

import io.nas4j.estimate.Candidate;
import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Place;
import io.nas4j.trial.Trial;
import java.util.Optional;
import java.util.OptionalInt;

/** A trial from its proposal to its end: of one of three kinds. */
sealed interface RunningTrial {

    Facts facts();

    /** What is tried, where that is known before its end. */
    Optional<Architecture> architecture();

    /** Why it was told to stop; empty when it was not. */
    default String refusal() {
        return "";
    }

    /** Where it runs; empty for the searching thread. */
    default Optional<Place> place() {
        return Optional.empty();
    }

    /**
     * What is known of a trial of any kind from its start.
     *
     * @param number from 0
     * @param seen how many trials the strategy had heard of when it proposed this one
     * @param measure what its score is called
     * @param fidelity how much is spent
     * @param seed of its randomness
     */
    record Facts(int number, int seen, String measure, Fidelity fidelity, long seed) {

        Trial trial(Architecture architecture, OptionalInt continues, Outcome outcome) {
            return new Trial(number, architecture, measure, fidelity, seed, continues, outcome);
        }
    }

    /**
     * A candidate that the estimator scores.
     *
     * @param facts its own
     * @param proposal what the strategy wants
     * @param candidate what the estimator is given
     * @param context what it may ask
     */
    record Estimation(
            Facts facts, Proposal.Evaluate proposal, Candidate candidate, LoopContext context)
            implements RunningTrial {

        @Override
        public Optional<Architecture> architecture() {
            return Optional.of(proposal.architecture());
        }

        @Override
        public String refusal() {
            return context.refusal();
        }

        @Override
        public Optional<Place> place() {
            return context.place();
        }

        Trial trial(Outcome outcome) {
            return facts.trial(
                    proposal.architecture(),
                    proposal.continues(),
                    complete(outcome, proposal.learned(), context));
        }
    }

    /**
     * A slice of the strategy's own training.
     *
     * @param facts its own
     * @param slice what runs
     * @param context what it may ask
     */
    record OwnTraining(Facts facts, Slice slice, LoopContext context) implements RunningTrial {

        @Override
        public Optional<Architecture> architecture() {
            return Optional.empty();
        }

        @Override
        public String refusal() {
            return context.refusal();
        }

        @Override
        public Optional<Place> place() {
            return context.place();
        }

        Trial trial(Architecture derived, OptionWeights learned, Outcome outcome) {
            return facts.trial(derived, OptionalInt.empty(), complete(outcome, learned, context));
        }
    }

    /**
     * A candidate equal to an earlier one, whose estimate is served again: it ends at once.
     *
     * @param facts its own
     * @param proposal what the strategy wants
     * @param earlier the estimate
     */
    record Repeat(Facts facts, Proposal.Evaluate proposal, Outcome.Completed earlier)
            implements RunningTrial {

        @Override
        public Optional<Architecture> architecture() {
            return Optional.of(proposal.architecture());
        }

        Trial trial() {
            return facts.trial(proposal.architecture(), proposal.continues(), earlier);
        }
    }

    /**
     * A candidate equal to one that is still under way. It ends when the strategy is to hear of it,
     * as a repeat of that one, or as an estimation where that one has no score: so it does not
     * matter which of several trials ends first.
     *
     * @param estimation what is run where there is nothing to repeat
     */
    record Awaiting(Estimation estimation) implements RunningTrial {

        @Override
        public Facts facts() {
            return estimation.facts();
        }

        @Override
        public Optional<Architecture> architecture() {
            return estimation.architecture();
        }

        Repeat repeat(Outcome.Completed earlier) {
            return new Repeat(facts(), estimation.proposal(), earlier);
        }
    }

    /** An outcome with what only the loop knows: what was learned, why it was stopped. */
    private static Outcome complete(Outcome outcome, OptionWeights learned, LoopContext context) {
        if (outcome instanceof Outcome.Completed completed && !learned.isEmpty()) {
            return new Outcome.Completed(completed.estimate(), learned, completed.reuses());
        }
        if (outcome instanceof Outcome.Stopped stopped && !context.refusal().isEmpty()) {
            return new Outcome.Stopped(context.refusal(), stopped.curve(), stopped.cost());
        }
        return outcome;
    }
}
