package io.nas4j.strategy;

import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What to try next: the second component of NAS. An immutable description (a record with the
 * paper's defaults); what is mutable lives in its {@link Session}.
 */
public interface SearchStrategy {

    /**
     * Opens a session and checks, before anything trains, that the strategy can search the space.
     *
     * @param task what the search is about
     * @param fidelity what the search's estimator spends on a candidate
     * @return to be used by one thread at a time, and closed
     * @throws IllegalArgumentException when the space does not suit the strategy
     */
    Session open(Task task, Fidelity fidelity);

    /**
     * What a reader calls it.
     *
     * @return unless overridden, the words of the class's name, for example {@code random search}
     */
    default String name() {
        return StrategyName.of(getClass());
    }

    /**
     * What it optimises in a search of this task. One for several objectives takes those that the
     * task states, and has its own where none are stated.
     *
     * @param task what the search is about
     * @return at least one, the first one foremost; the score unless overridden
     */
    default List<Objective> objectives(Task task) {
        return List.of(Objective.SCORE);
    }

    /**
     * How many of the latest scored trials are alive in its ageing population, so that a lineage
     * can be read off a history.
     *
     * @return empty for a strategy without one
     */
    default OptionalInt ageing() {
        return OptionalInt.empty();
    }

    /**
     * How many scored trials it has from random draws before it goes by their scores: as many
     * better ones may stand in for them.
     *
     * @return 0 for a strategy that begins otherwise, the default; {@link Integer#MAX_VALUE} for
     *     one that never does anything else
     */
    default int startup() {
        return 0;
    }

    /**
     * How many slices of its own training the strategy runs before it ends by itself.
     *
     * @return empty for a strategy that only proposes, and would go on for ever
     */
    default OptionalInt slices() {
        return OptionalInt.empty();
    }

    /**
     * How many answers a strategy that ends by itself gives, each to be scored by the estimator.
     *
     * @return at least 1; of no meaning where {@link #slices()} is empty
     */
    default int answers() {
        return 1;
    }

    /**
     * What the strategy's own training will take, measured on a few steps.
     *
     * @param task what the search is about
     * @param fidelity what the search's estimator spends on a candidate
     * @return empty for a strategy that trains nothing itself
     * @throws InterruptedException when interrupted meanwhile
     */
    default Optional<ResourceEstimate> dryRun(Task task, Fidelity fidelity)
            throws InterruptedException {
        return Optional.empty();
    }

    /** One search's use of a strategy. */
    @FunctionalInterface
    interface Session extends AutoCloseable {

        /**
         * Proposes.
         *
         * @param history all trials so far; the only memory: the same history and generator give
         *     the same proposal, apart from proposals that still run and are not made twice
         * @param random the generator of this very proposal
         * @return empty: wait for a running trial, or, when none runs, the end of the search
         */
        Optional<Proposal> ask(History history, RandomGenerator random);

        /**
         * Hears of a finished trial: for a cache only, which a replay of the history rebuilds.
         *
         * @param trial the newest
         */
        default void tell(Trial trial) {}

        /**
         * Which trials a later proposal may still {@linkplain Proposal.Evaluate#continues()
         * continue}, and which it is most likely to: the search keeps what they have trained,
         * deletes that of all others, and lets go of the last ones where it becomes too much. Asked
         * after each tell while something is kept.
         *
         * @param history all trials that the session was told of; like in {@link #ask}, the only
         *     memory
         * @return numbers of trials, the most wanted first; one that a trial under way continues is
         *     still wanted. By default all with a score that none has continued yet, newest first
         */
        default List<Integer> continuable(History history) {
            Set<Integer> continued = new HashSet<>();
            List<Integer> open = new ArrayList<>();
            for (int i = history.size() - 1; i >= 0; i--) {
                Trial trial = history.trials().get(i);
                trial.continues().ifPresent(continued::add);
                if (trial.score().isPresent() && !continued.contains(i)) {
                    open.add(i);
                }
            }
            return open;
        }

        /**
         * What is to be scored at the very end: asked once, when the strategy has ended or the
         * budget is spent, and not when the search was interrupted. A strategy with weights of its
         * own answers with the architecture that it derives.
         *
         * @param history all trials
         * @return empty when nothing is left to score; an architecture that the search's estimator
         *     has scored already is not scored again
         */
        default Optional<Proposal.Evaluate> conclude(History history) {
            return Optional.empty();
        }

        /**
         * Why the strategy proposes nothing more.
         *
         * @return in words
         */
        default String ending() {
            return "the strategy has nothing more to propose";
        }

        @Override
        default void close() {}
    }

    /**
     * A session whose state is more than the history: trained weights. The loop saves it after each
     * {@link Proposal.Advance} and restores it when a search is resumed.
     */
    interface Checkpointed extends Session {

        /**
         * Writes the state.
         *
         * @param out not closed here
         * @throws IOException when it cannot be written
         */
        void save(OutputStream out) throws IOException;

        /**
         * Reads what {@link #save} wrote, before the first ask.
         *
         * @param in not closed here
         * @throws IOException when it cannot be read
         */
        void restore(InputStream in) throws IOException;
    }
}
