package io.nas4j.trial;

/** What a running trial may ask of the search, and must tell it. */
public interface TrialContext {

    /**
     * For an estimate outside of a search: nobody listens, nobody says stop, no weights are kept.
     *
     * @param seed of the estimate's randomness
     * @return a context that always says go on; an interrupt may still end the estimate
     */
    static TrialContext silent(long seed) {
        return new SilentContext(seed);
    }

    /**
     * Where the trial's randomness comes from.
     *
     * @return the trial's seed
     */
    long seed();

    /**
     * Tells an intermediate score, and hears whether to go on.
     *
     * @param step the epoch, from 1
     * @param score validation accuracy after it
     * @return false: stop now (pruned, interrupted or over budget)
     */
    boolean report(int step, double score);

    /**
     * Whether to go on: cheap enough to be asked before every batch.
     *
     * @return false: stop now
     */
    boolean proceed();

    /**
     * Tells how far the trial has come, for the progress view.
     *
     * @param fraction in [0, 1]
     */
    default void progress(double fraction) {}

    /**
     * Tells what the trial is about, where that is not plain, for the progress view.
     *
     * @param phase in few words, for example {@code alpha rests}
     */
    default void phase(String phase) {}

    /**
     * Tells where the trial runs; an executor of several places calls it when the trial begins
     * there, perhaps twice where a worker was lost.
     *
     * @param place of the trial
     */
    default void placed(Place place) {}

    /**
     * What earlier trainings left, and where this one leaves what it takes to go on.
     *
     * @return those of this trial
     */
    default Checkpoints checkpoints() {
        return Checkpoints.NONE;
    }
}
