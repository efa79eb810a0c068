package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.Seeds;
import java.util.function.ToDoubleFunction;

/**
 * How well an estimator's scores rank networks, judged by those of a reference. The networks are a
 * random sample; the intervals say how much it tells about all of them: 95%, by 2,000 draws with
 * replacement (percentile bootstrap).
 *
 * @param sample how many networks both have scored
 * @param top how many count as the best in {@code precision}
 * @param kendall tau-b
 * @param spearman rho
 * @param precision the share of the estimator's {@code top} best that are among the reference's
 * @param ties the share of pairs to which the estimator gives one score
 * @param referenceTies the same of the reference
 */
public record Agreement(
        int sample,
        int top,
        Sampled kendall,
        Sampled spearman,
        Sampled precision,
        double ties,
        double referenceTies) {

    /** Fewer networks than that have no ranking worth an interval. */
    public static final int LEAST = 3;

    /**
     * Compares.
     *
     * @param estimated one score a network, at least 3, not all equal
     * @param reference as many, not all equal
     * @param top in [1, sample]
     * @param seeds where the bootstrap's draws come from
     * @return the same for the same arguments
     */
    public static Agreement of(double[] estimated, double[] reference, int top, Seeds seeds) {
        int n = estimated.length;
        require(
                n >= LEAST && reference.length == n,
                "rankings must have at least %d networks, and the same, but have %d and %d.",
                LEAST,
                n,
                reference.length);
        require(top >= 1 && top <= n, "top must be between 1 and %d, but is %d.", n, top);
        int[] x = Ranks.dense(estimated);
        int[] y = Ranks.dense(reference);
        require(
                Ranks.kendall(estimated, reference).isPresent(),
                "scores that are all equal rank nothing. Try other networks.");
        long[] codes = Ranks.codes(x, y);
        return new Agreement(
                n,
                top,
                kendall(estimated, reference, seeds),
                interval(n, drawn -> Ranks.spearman(pick(codes, drawn)), seeds),
                interval(n, drawn -> Ranks.precision(x, y, drawn, top), seeds),
                Ranks.ties(estimated),
                Ranks.ties(reference));
    }

    /**
     * Kendall's tau-b alone.
     *
     * @param estimated one score a network, not all equal
     * @param reference as many, not all equal
     * @param seeds where the bootstrap's draws come from
     * @return with its interval
     */
    public static Sampled kendall(double[] estimated, double[] reference, Seeds seeds) {
        long[] codes = Ranks.codes(Ranks.dense(estimated), Ranks.dense(reference));
        return interval(codes.length, drawn -> Ranks.kendall(pick(codes, drawn)), seeds);
    }

    /**
     * How much better one estimator ranks than another: its tau less the other's, of the same
     * networks, drawn together, so that what is easy or hard about the sample cancels.
     *
     * @param one its scores, at least 3, not all equal
     * @param other as many, not all equal
     * @param reference as many, not all equal
     * @param seeds where the bootstrap's draws come from
     * @return above 0 throughout where the first ranks better
     */
    public static Sampled gain(double[] one, double[] other, double[] reference, Seeds seeds) {
        int[] judge = Ranks.dense(reference);
        long[] first = Ranks.codes(Ranks.dense(one), judge);
        long[] second = Ranks.codes(Ranks.dense(other), judge);
        return interval(
                reference.length,
                drawn -> Ranks.kendall(pick(first, drawn)) - Ranks.kendall(pick(second, drawn)),
                seeds);
    }

    /** Each from the same draws, so that an interval does not depend on what else is asked. */
    private static Sampled interval(int n, ToDoubleFunction<int[]> statistic, Seeds seeds) {
        return Bootstrap.of(n, statistic, seeds.random(n, "bootstrap"));
    }

    private static long[] pick(long[] codes, int[] drawn) {
        long[] picked = new long[drawn.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = codes[drawn[i]];
        }
        return picked;
    }

    /**
     * What precision is by chance.
     *
     * @return top / sample
     */
    public double chance() {
        return (double) top / sample;
    }

    /**
     * How many networks would tell tau to within a half-width, the interval shrinking with the
     * square root of their number.
     *
     * @param halfWidth above 0
     * @return at least {@link #sample()}
     */
    public int needed(double halfWidth) {
        double factor = kendall.halfWidth() / halfWidth;
        return (int) Math.ceil(sample * Math.max(1, factor * factor));
    }

    /** For example {@code tau 0.62 [0.41, 0.79], Spearman …, precision@5 …, of 30 networks}. */
    @Override
    public String toString() {
        return "tau "
                + kendall
                + ", Spearman "
                + spearman
                + ", precision@"
                + top
                + " "
                + precision
                + ", of "
                + sample
                + " networks";
    }
}
