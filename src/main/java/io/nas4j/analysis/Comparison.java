package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.History;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Better than luck? A result against random search at equal cost.
 *
 * <p>It rests on a sample of scores of random architectures, by the same measure: a random search's
 * trials, or a whole table. No strategy need be run again.
 *
 * @param achieved the result's best score
 * @param trials how many random architectures cost the same
 * @param sample how many random scores the comparison rests on
 * @param asGood how many of them are at least as good as the result
 * @param random what random search finds in so many trials; empty where the sample is smaller
 * @param luck the probability that random search does at least as well in so many trials, were the
 *     share of scores as good exactly that of the sample; the smaller, the less the result is luck
 * @param luckLow lower end of its 95% confidence interval (Clopper and Pearson), which tells how
 *     much the sample can say
 * @param luckHigh upper end
 */
public record Comparison(
        double achieved,
        int trials,
        int sample,
        int asGood,
        Optional<Baseline.Best> random,
        double luck,
        double luckLow,
        double luckHigh) {

    /** Of the trials that cost the same: more random trials than that are not asked for. */
    private static final int MOST = 100;

    /** What the sample says, with 95% confidence. */
    public enum Verdict {
        /** In most searches of equal cost random search does worse. */
        BETTER("better than luck"),
        /** In most searches of equal cost random search does at least as well. */
        NO_BETTER("no better than luck"),
        /** The sample is too small to say. */
        UNDECIDED("undecided");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

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
        int n = random.sample();
        int asGood = random.atLeast(achieved);
        return new Comparison(
                achieved,
                trials,
                n,
                asGood,
                random.best(trials),
                once(asGood / (double) n, trials),
                once(Interval.lowOfShare(asGood, n), trials),
                once(Interval.highOfShare(asGood, n), trials));
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

    /**
     * What the sample says. It decides nothing where it has fewer scores than there are trials.
     *
     * @return with 95% confidence
     */
    public Verdict verdict() {
        return verdict(asGood, sample);
    }

    private Verdict verdict(long good, long scores) {
        if (scores < trials) {
            return Verdict.UNDECIDED;
        }
        if (once(Interval.highOfShare(good, scores), trials) < 0.5) {
            return Verdict.BETTER;
        }
        return once(Interval.lowOfShare(good, scores), trials) > 0.5
                ? Verdict.NO_BETTER
                : Verdict.UNDECIDED;
    }

    /**
     * How many random trials more would decide, if as large a share of them is as good.
     *
     * @return 0 where the verdict stands, and where a hundred times the trials would not decide:
     *     the result is about as good as random search
     */
    public int more() {
        if (verdict() != Verdict.UNDECIDED) {
            return 0;
        }
        long most = Math.min(Integer.MAX_VALUE, (long) MOST * Math.max(trials, sample));
        long few = sample;
        long many = Math.max(sample + 1, trials);
        while (many < most && !wouldDecide(many)) {
            few = many;
            many = Math.min(most, 2 * many);
        }
        if (!wouldDecide(many)) {
            return Math.max(0, trials - sample);
        }
        while (many - few > 1) {
            long middle = (few + many) / 2;
            if (wouldDecide(middle)) {
                many = middle;
            } else {
                few = middle;
            }
        }
        return (int) (many - sample);
    }

    private boolean wouldDecide(long scores) {
        long good = Math.round(asGood / (double) sample * scores);
        return verdict(good, scores) != Verdict.UNDECIDED;
    }

    /** In one or two sentences. */
    @Override
    public String toString() {
        Verdict verdict = verdict();
        String cost =
                String.format(Locale.ROOT, "%,d random trials cost the same", trials)
                        + random.map(
                                        best ->
                                                String.format(
                                                        Locale.ROOT,
                                                        " and find %.4f (90%%: %.4f to %.4f)",
                                                        best.expected(),
                                                        best.low(),
                                                        best.high()))
                                .orElse("");
        if (verdict != Verdict.UNDECIDED) {
            return String.format(
                    Locale.ROOT,
                    "%.4f, %s: %s; they do at least as well with probability %.3f (95%% confidence:"
                            + " %.3f to %.3f, from %,d random scores)",
                    achieved,
                    verdict,
                    cost,
                    luck,
                    luckLow,
                    luckHigh,
                    sample);
        }
        int more = more();
        return String.format(
                Locale.ROOT,
                "%.4f, undecided: %s. %s; %,d random scores, of which %,d are as good, do not tell"
                        + " with 95%% confidence",
                achieved,
                more == 0
                        ? "about as good as random search"
                        : String.format(Locale.ROOT, "run %,d more random trials", more),
                cost,
                sample,
                asGood);
    }

    private static double once(double probability, int trials) {
        // 1 - (1 - p)^n without losing a small p
        return -Math.expm1(trials * Math.log1p(-probability));
    }
}
