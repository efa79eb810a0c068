package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.History;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/**
 * Better than luck? A result against random search at equal cost.
 *
 * <p>It rests on a sample of scores of random architectures, by the same measure: a random search's
 * trials, or a whole table. From their empirical distribution F follows that of the best of n, Fⁿ;
 * no strategy need be run again.
 *
 * @param achieved the result's best score
 * @param trials how many random architectures cost the same
 * @param sample how many random scores the comparison rests on
 * @param expected the best score that random search is expected to find in so many trials
 * @param low the 5th percentile of that best score
 * @param high its 95th percentile
 * @param luck the probability that random search does at least as well; the smaller, the less the
 *     result is luck
 * @param luckLow lower end of its 95% confidence interval (Clopper and Pearson), which tells how
 *     much the sample can say
 * @param luckHigh upper end
 * @see <a href="https://arxiv.org/abs/1909.03004">Dodge et al., 2019, for the expected best</a>
 */
public record Comparison(
        double achieved,
        int trials,
        int sample,
        double expected,
        double low,
        double high,
        double luck,
        double luckLow,
        double luckHigh) {

    /**
     * Compares.
     *
     * @param achieved the best score
     * @param trials how many random trials cost the same, at least 1
     * @param random scores of random architectures, at least 2, by the same measure
     * @return the comparison
     */
    public static Comparison of(double achieved, int trials, Collection<Double> random) {
        require(trials >= 1, "trials must be at least 1, but were %d.", trials);
        return of(achieved, trials, Baseline.of(random));
    }

    private static Comparison of(double achieved, int trials, Baseline random) {
        int m = random.sample();
        int asGood = random.atLeast(achieved);
        return new Comparison(
                achieved,
                trials,
                m,
                random.expected(trials),
                random.quantile(trials, 0.05),
                random.quantile(trials, 0.95),
                once(asGood / (double) m, trials),
                once(asGood == 0 ? 0 : bound(asGood - 1, m, 0.975), trials),
                once(asGood == m ? 1 : bound(asGood, m, 0.025), trials));
    }

    /**
     * Compares a search with a random search: as many random trials as the search's whole compute
     * pays for, or as it has trials where costs are not known.
     *
     * @param result with a best trial
     * @param random of the same measure, with at least 2 scores
     * @return the comparison
     */
    public static Comparison of(History result, History random) {
        require(
                result.measure().equals(random.measure()),
                "scores are comparable within one measure only, but these are \"%s\" and \"%s\".",
                result.measure(),
                random.measure());
        require(result.best().isPresent(), "the search has no scored trial to compare.");
        Baseline baseline = Baseline.of(random);
        Duration spent = compute(result);
        Duration perTrial = compute(random).dividedBy(baseline.sample());
        long trials =
                spent.isZero() || perTrial.isZero()
                        ? result.trials().stream().filter(trial -> !trial.reused()).count()
                        : Math.round(spent.toNanos() / (double) perTrial.toNanos());
        return of(
                result.best().get().score().getAsDouble(),
                (int) Math.max(1, Math.min(Integer.MAX_VALUE, trials)),
                baseline);
    }

    private static Duration compute(History history) {
        return history.trials().stream()
                .map(trial -> trial.cost().compute())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** In one sentence. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.4f; %d random trials cost the same and find %.4f (90%%: %.4f to %.4f); they do at"
                        + " least as well with probability %.3f (95%% confidence: %.3f to %.3f, from %d"
                        + " random scores)",
                achieved,
                trials,
                expected,
                low,
                high,
                luck,
                luckLow,
                luckHigh,
                sample);
    }

    private static double once(double probability, int trials) {
        // 1 - (1 - p)^n without losing a small p
        return -Math.expm1(trials * Math.log1p(-probability));
    }

    /** The p at which at most {@code successes} of {@code n} have the given probability. */
    private static double bound(int successes, int n, double probability) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (atMost(successes, n, middle) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double atMost(int successes, int n, double p) {
        double logTerm = n * Math.log1p(-p);
        double sum = Math.exp(logTerm);
        for (int k = 1; k <= successes; k++) {
            logTerm += Math.log((n - k + 1.0) / k) + Math.log(p) - Math.log1p(-p);
            sum += Math.exp(logTerm);
        }
        return sum;
    }
}
