package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.History;
import java.util.Collection;

/**
 * What random search finds in any number of trials, told from a sample of scores of random
 * architectures: from their empirical distribution F follows that of the best of n, Fⁿ.
 *
 * @see <a href="https://arxiv.org/abs/1909.03004">Dodge et al., 2019</a>
 */
public final class Baseline {

    private final double[] sorted;

    private Baseline(double[] sorted) {
        this.sorted = sorted;
    }

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
     * @param random with at least 2 scores
     * @return the baseline
     */
    public static Baseline of(History random) {
        return of(
                random.scored().stream()
                        .filter(trial -> !trial.reused())
                        .map(trial -> trial.score().getAsDouble())
                        .toList());
    }

    /** How many scores it rests on. */
    public int sample() {
        return sorted.length;
    }

    /**
     * The expected best score: E max = Σ s_i ((i/m)ⁿ - ((i-1)/m)ⁿ) over ascending scores.
     *
     * @param trials at least 1
     * @return never above the best of the sample
     */
    public double expected(int trials) {
        double m = sorted.length;
        double sum = 0;
        for (int i = 1; i <= sorted.length; i++) {
            sum += sorted[i - 1] * (Math.pow(i / m, trials) - Math.pow((i - 1) / m, trials));
        }
        return sum;
    }

    /**
     * A quantile of the best score.
     *
     * @param trials at least 1
     * @param share in (0, 1)
     * @return the score that the best of so many stays below with that probability
     */
    public double quantile(int trials, double share) {
        int at = (int) Math.ceil(Math.pow(share, 1.0 / trials) * sorted.length) - 1;
        return sorted[Math.max(0, Math.min(sorted.length - 1, at))];
    }

    int atLeast(double score) {
        int count = 0;
        while (count < sorted.length && sorted[sorted.length - 1 - count] >= score) {
            count++;
        }
        return count;
    }
}
