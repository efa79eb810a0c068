package io.nas4j.curve;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Predicts the end of a learning curve from its beginning: several {@linkplain Family families} are
 * fitted and averaged by their likelihood, penalised as by the Bayesian information criterion; the
 * spread comes from fits to resampled residuals. Later epochs weigh more, up to ten times, and a
 * curve whose scores are all in [0, 1] ends there too. This is Domhan's model without its Markov
 * chains.
 *
 * <p>Where the fits lead is trusted as far as resampling moves it little; as far as not, the
 * prediction is the last score, which ranks trainings better than a form fitted to noise does. The
 * spread is that of the fits.
 *
 * <p>A family needs one score more than it has parameters. Where no family has enough, with one or
 * two scores, the prediction is the last one.
 *
 * @param families at least one
 * @param samples how many the spread is read off, at least 20
 * @see <a href="https://www.ijcai.org/Proceedings/15/Papers/487.pdf">Domhan et al., 2015</a>
 */
public record Extrapolation(List<Family> families, int samples) {

    /** Scores of networks differ by this much of a curve's range from one epoch to the next. */
    private static final double NOISE = 0.02;

    /**
     * A curve's end differs from its last score by so much of its range, before it is looked at.
     */
    private static final double GAIN = 0.1;

    /** Fewer residuals than this tell nothing of the noise. */
    private static final int SPARE = 3;

    public Extrapolation {
        families = List.copyOf(families);
        require(!families.isEmpty(), "an extrapolation needs at least 1 family of curves.");
        require(samples >= 20, "an extrapolation needs at least 20 samples, but had %d.", samples);
    }

    /** All families, 200 samples. */
    public Extrapolation() {
        this(List.of(Family.values()), 200);
    }

    /**
     * Sets {@link #families}.
     *
     * @param some at least one; default all
     * @return a copy
     */
    public Extrapolation families(Family... some) {
        return new Extrapolation(List.of(some), samples);
    }

    /**
     * Sets {@link #samples}.
     *
     * @param count at least 20; default 200
     * @return a copy
     */
    public Extrapolation samples(int count) {
        return new Extrapolation(families, count);
    }

    /**
     * Predicts.
     *
     * @param curve scores by epoch, at least one; rising epochs, finite scores
     * @param epoch to be predicted, at least the curve's last one
     * @param random of the resampling
     * @return the same for the same arguments
     */
    public Forecast forecast(List<Point> curve, int epoch, RandomGenerator random) {
        return ensemble(curve, epoch).forecast(random);
    }

    private Ensemble ensemble(List<Point> curve, int epoch) {
        require(!curve.isEmpty(), "a curve to extrapolate needs at least 1 score, but has none.");
        int last = curve.get(curve.size() - 1).step();
        require(
                epoch >= last,
                "the epoch to predict (%d) must be at least the curve's last one (%d).",
                epoch,
                last);
        return new Ensemble(this, curve, epoch);
    }

    /** One curve's fits. */
    private static final class Ensemble {
        private final double[] epochs;
        private final double[] scores;
        private final double[] weights;
        private final int horizon;
        private final int samples;
        private final List<LeastSquares> problems = new ArrayList<>();
        private final List<Fit> fits = new ArrayList<>();
        private final Map<Family, Double> shares = new LinkedHashMap<>();
        private final double[] coarse;

        Ensemble(Extrapolation settings, List<Point> curve, int horizon) {
            this.horizon = horizon;
            this.samples = settings.samples();
            epochs = curve.stream().mapToDouble(Point::step).toArray();
            scores = curve.stream().mapToDouble(Point::score).toArray();
            weights = weights(epochs.length);
            boolean shares = Arrays.stream(scores).allMatch(score -> score >= 0 && score <= 1);
            double least = shares ? 0 : Double.NEGATIVE_INFINITY;
            double most = shares ? 1 : Double.POSITIVE_INFINITY;
            for (Family family : settings.families()) {
                if (family.parameters().size() < epochs.length) {
                    LeastSquares problem =
                            new LeastSquares(family, epochs, weights, horizon, least, most);
                    Optional<Fit> fit = problem.fit(scores);
                    if (fit.isPresent()) {
                        problems.add(problem);
                        fits.add(fit.get());
                    }
                }
            }
            coarse = new double[fits.size()];
            weigh();
        }

        /** Later epochs weigh more: 10^(i/n), as in Domhan's code. */
        private static double[] weights(int n) {
            double[] weights = new double[n];
            for (int i = 0; i < n; i++) {
                weights[i] = Math.pow(10, (i + 1.0) / n);
            }
            double sum = Arrays.stream(weights).sum();
            return Arrays.stream(weights).map(weight -> weight / sum).toArray();
        }

        private double range() {
            double most = Arrays.stream(scores).max().orElseThrow();
            double least = Arrays.stream(scores).min().orElseThrow();
            return Math.max(most - least, 1e-9);
        }

        /** exp(-BIC / 2); few points do not tell of no noise at all. */
        private void weigh() {
            int n = epochs.length;
            double floor = NOISE * NOISE * range() * range() / n;
            double[] criterion = new double[fits.size()];
            for (int i = 0; i < criterion.length; i++) {
                Fit fit = fits.get(i);
                criterion[i] =
                        n * Math.log(fit.error() + floor)
                                + fit.family().parameters().size() * Math.log(n);
            }
            double least = Arrays.stream(criterion).min().orElse(0);
            double[] raw =
                    Arrays.stream(criterion).map(its -> Math.exp(-(its - least) / 2)).toArray();
            double sum = Arrays.stream(raw).sum();
            for (int i = 0; i < raw.length; i++) {
                shares.put(fits.get(i).family(), raw[i] / sum);
            }
        }

        /** Where the fits lead, by themselves. */
        private double lead() {
            return fits.stream()
                    .mapToDouble(fit -> shares.get(fit.family()) * fit.at(horizon))
                    .sum();
        }

        /** Of two guesses at the end each counts as far as it can be trusted. */
        Forecast forecast(RandomGenerator random) {
            double last = scores[scores.length - 1];
            if (fits.isEmpty()) {
                return new Forecast(horizon, last, fits, shares, List.of(last));
            }
            double lead = lead();
            List<Double> ends = new ArrayList<>();
            for (int i = 0; i < coarse.length; i++) {
                coarse[i] = problems.get(i).predict(scores);
            }
            double doubt = 0;
            for (int i = 0; i < samples; i++) {
                ends.add(sample(random));
                doubt += (ends.get(i) - lead) * (ends.get(i) - lead) / samples;
            }
            double gain = GAIN * range() * GAIN * range();
            double trust = gain / (gain + doubt);
            return new Forecast(horizon, last + trust * (lead - last), fits, shares, ends);
        }

        /** A fit to resampled residuals, and the noise of the one score that is predicted. */
        private double sample(RandomGenerator random) {
            int which = pick(random);
            Fit fit = fits.get(which);
            int n = epochs.length;
            double[] residuals = new double[n];
            double centre = 0;
            for (int i = 0; i < n; i++) {
                residuals[i] = scores[i] - fit.at(epochs[i]);
                centre += residuals[i] / n;
            }
            // least squares leaves less than there was, and of almost no scores nothing
            int spare = n - fit.family().parameters().size();
            double scale = Math.sqrt((double) n / spare);
            double more = spare < SPARE ? NOISE * range() : 0;
            double[] again = new double[n + 1];
            for (int i = 0; i <= n; i++) {
                again[i] =
                        scale * (residuals[random.nextInt(n)] - centre)
                                + more * random.nextGaussian();
            }
            double noise = again[n];
            for (int i = 0; i < n; i++) {
                again[i] += fit.at(epochs[i]);
            }
            // both from the grid, whose coarseness is no doubt
            double moved = problems.get(which).predict(again) - coarse[which];
            return fit.at(horizon) + noise + (Double.isNaN(moved) ? 0 : moved);
        }

        private int pick(RandomGenerator random) {
            double left = random.nextDouble();
            for (int i = 0; i < fits.size() - 1; i++) {
                left -= shares.get(fits.get(i).family());
                if (left < 0) {
                    return i;
                }
            }
            return fits.size() - 1;
        }
    }
}
