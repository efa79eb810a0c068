package io.nas4j.estimate;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.util.Set;

/**
 * How good a candidate is, without always training it to the end: the third component of NAS. An
 * immutable description; what is mutable lives in its {@link Session}.
 */
public interface PerformanceEstimator {

    /**
     * Opens a session and checks, before anything trains, that the task can be estimated.
     *
     * @param task what the search is about
     * @return to be used by one thread at a time, and closed
     * @throws IllegalArgumentException when space, data and estimator do not fit each other
     */
    Session open(Task task);

    /**
     * How much is spent on a candidate unless the strategy asks otherwise.
     *
     * @return the default fidelity
     */
    default Fidelity fidelity() {
        return Fidelity.NONE;
    }

    /**
     * What its scores are called: scores are comparable within one measure only.
     *
     * @return for example {@code train(epochs=10)}
     */
    String measure();

    /**
     * The names of what its estimates report, where that is known before the first one: {@link
     * Estimate#values()}. An objective that is not among them is then refused before anything
     * trains.
     *
     * @return empty when it is not known
     */
    default Set<String> reported() {
        return Set.of();
    }

    /**
     * Two architectures with one key get one estimate; the default is the simplified network.
     *
     * @param space the search's
     * @param architecture of that space
     * @return a key for deduplication
     */
    default Object key(SearchSpace space, Architecture architecture) {
        return space.fingerprint(architecture);
    }

    /**
     * Whether a candidate that continues no trial starts from the weights of the earlier trial that
     * is most like it. The search then keeps the weights of all trials with a score, within its
     * bounds, and names that trial in {@link Candidate#continues()}.
     *
     * @return false unless overridden
     */
    default boolean inherits() {
        return false;
    }

    /**
     * Whether several sessions of it may estimate at once in threads of one JVM: look-ups and
     * functions, but nothing that trains, as DJL has one gradient collector a JVM. What cannot runs
     * in worker processes.
     *
     * @return false unless overridden
     */
    default boolean concurrent() {
        return false;
    }

    /** One search's use of an estimator. */
    @FunctionalInterface
    interface Session extends AutoCloseable {

        /**
         * Estimates.
         *
         * <p>The thread's interrupt flag belongs to whoever stops the search, a notebook's Stop
         * button for instance. Ask {@code context.proceed()}, let an {@link InterruptedException}
         * of a blocking call pass, wrapped or not, or set the flag again: the trial is then {@link
         * io.nas4j.trial.Outcome.Stopped}, and a resumed search runs it again. Whatever else is
         * thrown is a failed trial: an {@link InterruptedException} of your own making, a worker
         * that you cancelled or interrupted. An estimator that sets the flag of the searching
         * thread itself stops the search.
         *
         * @param candidate what to estimate
         * @param context where to report; when {@code report} or {@code proceed} says false, return
         *     what is known so far
         * @return a finite score and finite metrics; NaN or an infinity makes the trial a failed
         *     one
         * @throws Exception any: the trial then failed, the search goes on
         */
        Estimate estimate(Candidate candidate, TrialContext context) throws Exception;

        /**
         * Hears of a finished trial of the search, in order: for an estimator that learns from
         * earlier ones. A replay of the history tells all of them again, so that a resumed search
         * goes on alike.
         *
         * @param trial the newest that the strategy has heard of, too
         */
        default void tell(Trial trial) {}

        @Override
        default void close() {}
    }

    /**
     * A score as a plain function of the network: the one-line way to an estimator of your own.
     * Serialisable, so that executors of a cluster can be sent it where its class is known there.
     */
    @FunctionalInterface
    interface Score extends java.io.Serializable {

        /**
         * Scores.
         *
         * @param candidate what to estimate
         * @return a score, higher is better
         * @throws Exception any: the trial then failed
         */
        double of(Candidate candidate) throws Exception;
    }

    /**
     * An estimator from a function.
     *
     * @param measure what its scores are called
     * @param score the function; called from several threads at once where trials run in parallel
     * @return an estimator without fidelity
     */
    static PerformanceEstimator of(String measure, Score score) {
        return new FunctionEstimator(measure, score);
    }
}
