package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What keeps a relaxed search from collapsing to skip connections, whose gradients need no training
 * and so run ahead of all others.
 *
 * <p>Two rules stop a search and go back to an epoch before the collapse; two measures work against
 * it all the time. What each saw is recorded with every epoch.
 *
 * @param skips DARTS+: stop when the derived cell (not the reducing one) holds at least so many
 *     skip connections, and keep the cell of the last epoch that had fewer; the first third of
 *     alpha's epochs is not judged, since there the order of the options is chance; after a whole
 *     search without a cell to go back to, the one with fewest is kept, if need be an early one; 0
 *     is off. The paper's limit is 2 (section 3.2). The default is 3, since a short search is still
 *     near chance: of the cells of {@code cells()}, six operations of five kinds, one in three
 *     drawn at random has two skip connections or more, and one in ten has three
 * @param betaDecay β-DARTS: λ of λ · mean(logsumexp(alpha)) in alpha's loss at the end of the
 *     search, growing linearly from 0; 0 is off. The authors' code adds 0.5 an epoch whatever the
 *     length, 25 at the end of 50 epochs, with a learning rate of alpha of 3e-4; the default is 1,
 *     for a few epochs at the rate of 0.02
 * @param dropSkips P-DARTS: how probable it is at the start that a skip connection is left out of a
 *     step, in [0, 1), falling linearly to 0 at the end; 0 is off. The authors' command has rates
 *     of 0.1, 0.4 and 0.7 in its three stages
 * @param eigenvalue DARTS-ES: stop when the largest eigenvalue of alpha's Hessian, averaged over
 *     the last epochs, has grown by this factor, and go back to the epoch it has grown from; costs
 *     20 passes an epoch; 0 is off. The authors' code has 1.3
 * @see <a href="https://arxiv.org/abs/1909.06035">DARTS+: Liang et al., 2019</a>
 * @see <a href="https://arxiv.org/abs/2203.01665">β-DARTS: Ye et al., 2022</a>
 * @see <a href="https://arxiv.org/abs/1904.12760">P-DARTS: Chen et al., 2019</a>
 * @see <a href="https://arxiv.org/abs/1909.09656">DARTS-ES: Zela et al., 2020</a>
 */
public record Guards(int skips, double betaDecay, double dropSkips, double eigenvalue) {

    /** The published search, which may collapse. */
    public static final Guards NONE = new Guards(0, 0, 0, 0);

    /** The skip rule at 3 and a gentle β-decay. */
    public Guards() {
        this(3, 1, 0, 0);
    }

    public Guards {
        require(skips >= 0, "skips must be at least 0 (off), but was %d. Try 2.", skips);
        require(betaDecay >= 0, "betaDecay must be at least 0 (off), but was %s.", betaDecay);
        require(
                dropSkips >= 0 && dropSkips < 1,
                "dropSkips must be in [0, 1), but was %s. Try 0.3.",
                dropSkips);
        require(
                eigenvalue == 0 || eigenvalue > 1,
                "eigenvalue must be 0 (off) or a factor above 1, but was %s. Try 1.3.",
                eigenvalue);
    }

    /**
     * Sets {@link #skips}.
     *
     * @param limit at least 0; 0 is off; default 3
     * @return a copy
     */
    public Guards skips(int limit) {
        return new Guards(limit, betaDecay, dropSkips, eigenvalue);
    }

    /**
     * Sets {@link #betaDecay}.
     *
     * @param lambda at the end of the search, at least 0; 0 is off; default 1
     * @return a copy
     */
    public Guards betaDecay(double lambda) {
        return new Guards(skips, lambda, dropSkips, eigenvalue);
    }

    /**
     * Sets {@link #dropSkips}.
     *
     * @param probability in [0, 1); 0 is off, the default
     * @return a copy
     */
    public Guards dropSkips(double probability) {
        return new Guards(skips, betaDecay, probability, eigenvalue);
    }

    /**
     * Sets {@link #eigenvalue}.
     *
     * @param factor above 1; 0 is off, the default
     * @return a copy
     */
    public Guards eigenvalue(double factor) {
        return new Guards(skips, betaDecay, dropSkips, factor);
    }

    /**
     * What an epoch showed.
     *
     * @param skips in the derived cell
     * @param eigenvalue 0 where it was not computed
     */
    record Reading(int skips, double eigenvalue) {}

    /**
     * A rule that fired.
     *
     * @param rule its name, as the epoch's metric has it
     * @param kept the epoch to go back to, from 1
     */
    record Alarm(String rule, int kept) {}

    /**
     * Judges the newest epoch.
     *
     * @param readings of all epochs so far
     * @param epochs how many the search has in all: what is "soon" is measured by it
     * @param frozen of these, how many in which alpha did not learn yet
     */
    Optional<Alarm> judge(List<Reading> readings, int epochs, int frozen) {
        int now = readings.size();
        int first = frozen + (epochs - frozen) / 3 + 1;
        if (skips > 0 && now >= first && readings.get(now - 1).skips() >= skips) {
            for (int epoch = now - 1; epoch >= first; epoch--) {
                if (readings.get(epoch - 1).skips() < skips) {
                    return Optional.of(new Alarm("skip rule", epoch));
                }
            }
            if (now == epochs) {
                return fewest(readings, first)
                        .or(() -> fewest(readings, 1))
                        .map(epoch -> new Alarm("skip rule", epoch));
            }
        }
        // the numbers of DARTS-ES' code for 50 epochs: window 10, look back 8, not before epoch 10
        int window = Math.max(1, epochs / 5);
        int back = Math.max(1, Math.round(0.16f * epochs));
        if (eigenvalue > 0 && now > Math.max(back, epochs / 5)) {
            double before = mean(readings, now - back, window);
            if (before > 0 && mean(readings, now, window) / before > eigenvalue) {
                return Optional.of(new Alarm("eigenvalue rule", now - back));
            }
        }
        return Optional.empty();
    }

    /** No epoch kept to the limit: the latest with fewest skips, unless it is the last of all. */
    private static Optional<Integer> fewest(List<Reading> readings, int first) {
        int best = readings.size();
        for (int epoch = best - 1; epoch >= first; epoch--) {
            if (readings.get(epoch - 1).skips() < readings.get(best - 1).skips()) {
                best = epoch;
            }
        }
        return best == readings.size() ? Optional.empty() : Optional.of(best);
    }

    private static double mean(List<Reading> readings, int end, int window) {
        List<Reading> some = new ArrayList<>(readings.subList(Math.max(0, end - window), end));
        return some.stream().mapToDouble(Reading::eigenvalue).average().orElse(0);
    }
}
