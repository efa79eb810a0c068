package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

/**
 * How a relaxed search chooses its answer once the supernet is trained: by the strongest alpha, or
 * by perturbation (DARTS-PT), which asks the network itself: decision by decision, in random order,
 * each operation is left out, and the one that the supernet's accuracy misses most stays; then
 * likewise the edges into each vertex. After each round the weights are tuned to what is left.
 *
 * @param rounds into which the decisions are divided evenly, each a trial of measure {@code
 *     selection}; a round never holds less than one decision, as in the paper; 0: by alpha, without
 *     perturbation
 * @param tuning epochs of the weights after each round, at least 0; may be a fraction
 * @param resting whether alpha never learns, so that every option has the same share until it is
 *     chosen, the paper's "fixed alpha"; only where there are rounds
 * @see <a href="https://arxiv.org/abs/2108.04392">DARTS-PT: Wang et al., 2021, algorithm 1</a>
 */
public record Selection(int rounds, double tuning, boolean resting) {

    /** By alpha, as in DARTS. */
    public static final Selection STRONGEST = new Selection(0, 0, false);

    /** For small machines: 6 rounds, half an epoch of tuning after each, alpha at rest. */
    public Selection() {
        this(6, 0.5, true);
    }

    public Selection {
        require(rounds >= 0, "rounds must be at least 0 (by alpha), but were %d. Try 6.", rounds);
        require(tuning >= 0, "tuning must be at least 0 epochs, but was %s. Try 0.5.", tuning);
        require(
                rounds > 0 || !resting,
                "alpha cannot rest for good where it chooses the answer (rounds 0). Try 6 rounds.");
    }
}
