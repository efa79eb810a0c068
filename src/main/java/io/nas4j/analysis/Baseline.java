package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.History;
import java.util.Collection;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

/**
 * What random search finds in a number of trials, told from a sample of scores of random
 * architectures. A sample of n scores tells of up to n trials, and of no more.
 *
 * @see <a href="https://arxiv.org/abs/1909.03004">Dodge et al., 2019, for the expected best</a>
 * @see <a href="https://arxiv.org/abs/2004.13705">Tang et al., 2020, for its unbiased estimator</a>
 */
public final class Baseline {

    private static final Quantile QUANTILE = Quantile.withDefaults().with(EstimationMethod.HF1);

    private final double[] sorted;

    private Baseline(double[] sorted) {
        this.sorted = sorted;
    }

    /**
     * The best score of random search.
     *
     * @param expected its mean over searches
     * @param low its 5th percentile
     * @param high its 95th percentile
     */
    public record Best(double expected, double low, double high) {}

    /**
     * From scores by one measure.
     *
     * @param random a random search's scores, or those of a whole table; at least 2
     * @return the baseline
     */
    public static Baseline of(Collection<Double> random) {
        require(
                random.size() >= 2,
                "a comparison needs at least 2 scores of random architectures, but got %d. Try a"
                        + " random search of some trials.",
                random.size());
        return new Baseline(random.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    /**
     * From a random search; an estimate that was served again counts once.
     *
     * @param random with at least 2 scores at full fidelity
     * @return the baseline
     */
    public static Baseline of(History random) {
        return of(
                random.comparable().stream()
                        .filter(trial -> !trial.reused())
                        .map(trial -> trial.score().getAsDouble())
                        .toList());
    }

    /**
     * How many scores it rests on.
     *
     * @return at least 1
     */
    public int sample() {
        return sorted.length;
    }

    /**
     * The best score that random search finds.
     *
     * @param trials at least 1
     * @return empty where there are fewer scores than trials: no estimator is unbiased then
     */
    public Optional<Best> best(int trials) {
        require(trials >= 1, "trials must be at least 1, but were %d.", trials);
        return trials > sorted.length
                ? Optional.empty()
                : Optional.of(
                        new Best(expected(trials), quantile(trials, 0.05), quantile(trials, 0.95)));
    }

    /**
     * The mean of the largest over all subsets of so many scores, which is unbiased: Σ s_i C(i - 1,
     * m - 1) / C(n, m) over ascending scores.
     */
    private double expected(int trials) {
        double weight = trials / (double) sorted.length;
        double sum = 0;
        for (int i = sorted.length; i >= trials; i--) {
            sum += weight * sorted[i - 1];
            // C(i - 2, m - 1) / C(i - 1, m - 1)
            weight *= (i - trials) / (i - 1.0);
        }
        return sum;
    }

    /** The score that the best of so many stays below with that probability. */
    private double quantile(int trials, double share) {
        return QUANTILE.evaluate(sorted, Math.pow(share, 1.0 / trials));
    }

    int atLeast(double score) {
        int count = 0;
        while (count < sorted.length && sorted[sorted.length - 1 - count] >= score) {
            count++;
        }
        return count;
    }
}
