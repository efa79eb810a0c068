package io.nas4j.curve;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Predictive termination: a training ends when it is unlikely to end better than the best of the
 * search. Domhan's rule, with one change: how far a prediction is off is not read off the curve
 * itself but off the ended trials, whose ends are known. Under a learning rate that falls to 0 the
 * last epochs gain more than any form fitted to the first ones tells, in every training alike; and
 * a rule that does not know it ends them all.
 *
 * <p>Of the extrapolation and of the last score, the one counts whose errors on the ended trials
 * differ less. The end is then Student-distributed around it.
 *
 * @param chance of a better end below which a training ends, in (0, 0.5]
 * @param grace epochs that every training has, at least 0
 * @param least ended trials that must be known, at least 3
 * @param extrapolation of the curves
 * @see <a href="https://www.ijcai.org/Proceedings/15/Papers/487.pdf">Domhan et al., 2015, section
 *     3.3</a>
 */
public record ExtrapolationRule(double chance, int grace, int least, Extrapolation extrapolation)
        implements StoppingRule {

    /** The latest ended trials tell enough, and an epoch's end must not take long. */
    private static final int MOST = 20;

    public ExtrapolationRule {
        require(
                chance > 0 && chance <= 0.5,
                "the chance must be in (0, 0.5], but was %s. Try 0.05.",
                chance);
        require(grace >= 0, "the grace must be at least 0 epochs, but was %d.", grace);
        require(
                least >= 3,
                "errors need at least 3 ended trials to be known by, but had %d. Try 5.",
                least);
    }

    /** Below 5 %, after 1 epoch of grace and 5 ended trials. */
    public ExtrapolationRule() {
        this(0.05, 1, 5, new Extrapolation().samples(40));
    }

    /**
     * Sets {@link #chance}.
     *
     * @param share in (0, 0.5]; default 0.05
     * @return a copy
     */
    public ExtrapolationRule chance(double share) {
        return new ExtrapolationRule(share, grace, least, extrapolation);
    }

    /**
     * Sets {@link #grace}.
     *
     * @param epochs at least 0; default 1
     * @return a copy
     */
    public ExtrapolationRule grace(int epochs) {
        return new ExtrapolationRule(chance, epochs, least, extrapolation);
    }

    /**
     * Sets {@link #least}.
     *
     * @param trials at least 3; default 5
     * @return a copy
     */
    public ExtrapolationRule least(int trials) {
        return new ExtrapolationRule(chance, grace, trials, extrapolation);
    }

    /**
     * Sets {@link #extrapolation}.
     *
     * @param other of the curves; default all families, 40 samples
     * @return a copy
     */
    public ExtrapolationRule extrapolation(Extrapolation other) {
        return new ExtrapolationRule(chance, grace, least, other);
    }

    @Override
    public Optional<String> stop(UnderWay trial) {
        int end = trial.fidelity().horizon();
        List<List<Point>> ended =
                trial.epoch() <= grace || trial.toBeat().isEmpty()
                        ? List.of()
                        : trial.peers().stream()
                                .filter(curve -> curve.get(curve.size() - 1).step() == end)
                                .toList();
        if (ended.size() < least) {
            return Optional.empty();
        }
        List<List<Point>> latest = ended.subList(Math.max(0, ended.size() - MOST), ended.size());
        Errors errors =
                List.<ToDoubleFunction<List<Point>>>of(
                                curve ->
                                        extrapolation
                                                .forecast(
                                                        curve,
                                                        end,
                                                        new SplittableRandom(trial.seed()))
                                                .score(),
                                curve -> curve.get(curve.size() - 1).score())
                        .stream()
                        .map(predictor -> Errors.of(predictor, latest, trial.epoch()))
                        .min(Comparator.comparingDouble(Errors::spread))
                        .orElseThrow();
        double best = trial.toBeat().getAsDouble();
        double better = errors.chanceAbove(best, trial.curve());
        return better >= chance
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                Locale.ROOT,
                                "it ends above the best score (%.4f) with a chance of %.3f only:"
                                        + " after epoch %d it leads to %.4f",
                                best,
                                better,
                                trial.epoch(),
                                errors.corrected(trial.curve())));
    }

    /** What a predictor lacked of the ends that are known. */
    private record Errors(
            ToDoubleFunction<List<Point>> predictor, int count, double mean, double spread) {

        static Errors of(
                ToDoubleFunction<List<Point>> predictor, List<List<Point>> ended, int epoch) {
            List<Double> errors = new ArrayList<>();
            for (List<Point> curve : ended) {
                List<Point> seen = curve.stream().filter(p -> p.step() <= epoch).toList();
                double end = curve.get(curve.size() - 1).score();
                errors.add(end - predictor.applyAsDouble(seen));
            }
            double mean = errors.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
            double squares = errors.stream().mapToDouble(e -> (e - mean) * (e - mean)).sum();
            return new Errors(
                    predictor, errors.size(), mean, Math.sqrt(squares / (errors.size() - 1)));
        }

        double corrected(List<Point> curve) {
            return predictor.applyAsDouble(curve) + mean;
        }

        double chanceAbove(double score, List<Point> curve) {
            double lacking = score - corrected(curve);
            double deviation = spread * Math.sqrt(1 + 1.0 / count);
            return deviation > 0
                    ? TDistribution.of(count - 1).survivalProbability(lacking / deviation)
                    : lacking < 0 ? 1 : 0;
        }
    }
}
