package io.nas4j.gradient;

import java.util.random.RandomGenerator;

/**
 * A number drawn from a gamma distribution of scale 1, as its logarithm, and how that would move
 * with the shape if the same quantile were drawn. Logarithms of small shapes' draws lie far below
 * what a float can hold.
 *
 * @param log of the number drawn
 * @param slope d log / d shape, by implicit reparameterisation
 * @see <a href="https://arxiv.org/abs/1805.08498">Figurnov et al., 2018, equation 5</a>
 */
record GammaDraw(double log, double slope) {

    private static final int TERMS = 2000;

    /**
     * Draws from a shape above 0; from one that is no finite number, as of a search that diverged,
     * NaN.
     */
    static GammaDraw of(double shape, RandomGenerator random) {
        if (!Double.isFinite(shape)) {
            return new GammaDraw(Double.NaN, Double.NaN);
        }
        double log =
                shape >= 1
                        ? marsagliaTsang(shape, random)
                        : marsagliaTsang(shape + 1, random) + Math.log(uniform(random)) / shape;
        return new GammaDraw(log, slope(shape, log));
    }

    private static double uniform(RandomGenerator random) {
        return Math.max(random.nextDouble(), 1e-300);
    }

    /** Marsaglia and Tsang (2000), for shapes of at least 1. */
    private static double marsagliaTsang(double shape, RandomGenerator random) {
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(uniform(random)) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return Math.log(d * v);
            }
        }
    }

    /**
     * -(∂F/∂a) / (z f), with F(z; a) = z^a e^-z Σ z^k / Γ(a+k+1) and f its density: the sum of t_k
     * (ψ(a+k+1) - log z), where t_0 = 1/a and t_k+1 = t_k z / (a+k+1).
     */
    static double slope(double shape, double log) {
        double z = Math.exp(log);
        if (z > shape + 12 * Math.sqrt(shape) + 20) {
            // beyond all but one draw in billions the sum's terms cancel: its limit for large z
            return (log - digamma(shape)) / z;
        }
        double term = 1 / shape;
        double psi = digamma(shape + 1);
        double sum = 0;
        for (int k = 0; k < TERMS; k++) {
            double next = term * (psi - log);
            sum += next;
            double at = shape + k + 1;
            if (at > z && Math.abs(next) < 1e-14 * Math.abs(sum)) {
                break;
            }
            term *= z / at;
            psi += 1 / at;
        }
        return sum;
    }

    /** The logarithmic derivative of the gamma function, above 0. */
    static double digamma(double x) {
        double shift = 0;
        double at = x;
        while (at < 6) {
            shift -= 1 / at;
            at++;
        }
        double s = 1 / (at * at);
        return shift
                + Math.log(at)
                - 1 / (2 * at)
                - s * (1 / 12.0 - s * (1 / 120.0 - s * (1 / 252.0 - s * (1 / 240.0 - s / 132))));
    }
}
