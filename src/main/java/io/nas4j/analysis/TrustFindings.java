package io.nas4j.analysis;

import io.nas4j.analysis.Trust.Scores;
import io.nas4j.space.Architecture;
import io.nas4j.trial.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes {@link Trust} of scores, and says what they do not tell. */
final class TrustFindings {

    /** An interval of tau that is wider tells good estimators hardly from bad ones. */
    private static final double WIDE = 0.2;

    private static final double NARROW = 0.1;
    private static final double MANY_TIES = 0.05;

    private final Scores reference;
    private final Map<Architecture, Double> truth;
    private final int top;
    private final Seeds seeds;

    TrustFindings(Scores reference, int top, Seeds seeds) {
        this.reference = reference;
        this.truth = reference.byNetwork();
        this.top = top;
        this.seeds = seeds;
    }

    /** Scores of the networks that all given have scored: one row each. */
    private static double[][] common(List<Map<Architecture, Double>> all) {
        List<Architecture> both =
                all.get(0).keySet().stream()
                        .filter(network -> all.stream().allMatch(m -> m.containsKey(network)))
                        .toList();
        return all.stream()
                .map(scores -> both.stream().mapToDouble(scores::get).toArray())
                .toArray(double[][]::new);
    }

    private static boolean ranks(double[]... scores) {
        return scores[0].length >= Agreement.LEAST
                && Arrays.stream(scores).allMatch(row -> Arrays.stream(row).distinct().count() > 1);
    }

    Optional<Scores> best(List<Scores> free) {
        return free.stream()
                .filter(scores -> tau(scores) > Double.NEGATIVE_INFINITY)
                .max(Comparator.comparingDouble(this::tau));
    }

    private double tau(Scores scores) {
        double[][] rows = common(List.of(scores.byNetwork(), truth));
        return Ranks.kendall(rows[0], rows[1]).orElse(Double.NEGATIVE_INFINITY);
    }

    Trust of(Scores scores, Optional<Scores> best) {
        List<String> warnings = new ArrayList<>();
        double[][] rows = common(List.of(scores.byNetwork(), truth));
        int n = rows[0].length;
        Optional<Agreement> agreement = Optional.empty();
        Optional<Sampled> gain = Optional.empty();
        if (ranks(rows)) {
            Agreement found = Agreement.of(rows[0], rows[1], Math.min(top, n), seeds);
            agreement = Optional.of(found);
            gain = scores.free() ? Optional.empty() : best.flatMap(free -> gain(scores, free));
            doubts(found, warnings);
            gain.filter(interval -> interval.low() <= 0)
                    .ifPresent(
                            interval ->
                                    warnings.add(
                                            "it is not shown to rank better than "
                                                    + best.orElseThrow().name()
                                                    + ", which is free: tau higher by "
                                                    + interval));
        } else {
            warnings.add(
                    n < Agreement.LEAST
                            ? "a ranking needs at least "
                                    + Agreement.LEAST
                                    + " networks that both have scored, but there are "
                                    + n
                            : "all scores are equal on one side: nothing is ranked");
        }
        lost(scores, warnings);
        Duration cost = scores.cost();
        double whole = reference.cost().toNanos();
        return new Trust(
                scores.name(),
                scores.free(),
                agreement,
                gain,
                cost,
                whole > 0 ? OptionalDouble.of(cost.toNanos() / whole) : OptionalDouble.empty(),
                scores.setUp(),
                (int) scores.failed(),
                warnings);
    }

    private Optional<Sampled> gain(Scores scores, Scores free) {
        double[][] rows = common(List.of(scores.byNetwork(), free.byNetwork(), truth));
        return ranks(rows)
                ? Optional.of(Agreement.gain(rows[0], rows[1], rows[2], seeds))
                : Optional.empty();
    }

    private void doubts(Agreement found, List<String> warnings) {
        if (found.kendall().covers(0)) {
            warnings.add("its ranking cannot be told from chance: tau's interval holds 0");
        }
        if (found.kendall().halfWidth() > WIDE) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "%d networks tell tau to within \u00b1%.2f only; some %,d would tell it"
                                    + " to within \u00b1%.1f",
                            found.sample(),
                            found.kendall().halfWidth(),
                            found.needed(NARROW),
                            NARROW));
        }
        if (found.chance() >= 0.5) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "precision@%d of %d networks is %.2f by chance alone. Try more"
                                    + " architectures or a smaller top",
                            found.top(),
                            found.sample(),
                            found.chance()));
        } else if (found.precision().low() <= found.chance()) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "it is not shown to find the best %d: by chance precision is %.2f",
                            found.top(),
                            found.chance()));
        }
        ties("the estimator", found.ties(), warnings);
        ties("the reference", found.referenceTies(), warnings);
    }

    private static void ties(String who, double share, List<String> warnings) {
        if (share >= MANY_TIES) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "%s gives one score to %.0f %% of all pairs, which it therefore does"
                                    + " not rank",
                            who,
                            100 * share));
        }
    }

    private static void lost(Scores scores, List<String> warnings) {
        if (scores.failed() > 0) {
            warnings.add(
                    scores.failed()
                            + (scores.failed() == 1 ? " network has" : " networks have")
                            + " no score"
                            + scores.history()
                                    .lastFailure()
                                    .map(why -> ", the last one because: " + why)
                                    .orElse(""));
        }
        if (scores.setUp().toSeconds() >= 1
                && scores.setUp()
                                .multipliedBy(2)
                                .compareTo(
                                        scores.cost()
                                                .multipliedBy(Math.max(1, scores.history().size())))
                        > 0) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "of its time %,d s were spent before the first network; spread over"
                                    + " more of them, it costs less",
                            scores.setUp().toSeconds()));
        }
    }
}
