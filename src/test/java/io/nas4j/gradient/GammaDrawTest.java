package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GammaDrawTest {

    private static final double[] QUANTILES = {1e-4, 0.01, 0.2, 0.5, 0.8, 0.99, 0.9999};

    /** The quantile that a number is stays when shape and number move together. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 1, 1.7, 5, 40})
    void theSlopeIsThatOfTheInverseDistribution(double shape) {
        double h = 1e-4 * shape;
        for (double quantile : QUANTILES) {
            double z = GammaDistribution.of(shape, 1).inverseCumulativeProbability(quantile);
            if (z < 1e-250) {
                continue; // the library has no numbers that small
            }
            double above =
                    GammaDistribution.of(shape + h, 1).inverseCumulativeProbability(quantile);
            double below =
                    GammaDistribution.of(shape - h, 1).inverseCumulativeProbability(quantile);
            double difference = (Math.log(above) - Math.log(below)) / (2 * h);
            // the library's inverse is good to some 1e-9, divided by h
            assertThat(GammaDraw.slope(shape, Math.log(z)))
                    .isCloseTo(difference, within(2e-3 * Math.abs(difference) + 1e-4));
        }
    }

    @Test
    void farOutWhereTheSumWouldCancelTheSlopeIsItsLimit() {
        double log = Math.log(60);
        double slope = GammaDraw.slope(2, log);
        // d z / d a = ∫ (log(z + s) - ψ(a)) (1 + s/z)^(a-1) e^-s ds, here by the midpoint rule
        double sum = 0;
        double step = 1e-3;
        for (double s = step / 2; s < 60; s += step) {
            sum += (Math.log(60 + s) - GammaDraw.digamma(2)) * (1 + s / 60) * Math.exp(-s) * step;
        }
        assertThat(slope * 60).isCloseTo(sum, within(0.05 * sum));
    }

    @Test
    void theDigammaFunctionHasItsKnownValues() {
        assertThat(GammaDraw.digamma(1)).isCloseTo(-0.5772156649015329, within(1e-9));
        assertThat(GammaDraw.digamma(0.5)).isCloseTo(-1.9635100260214235, within(1e-9));
        assertThat(GammaDraw.digamma(10)).isCloseTo(2.251752589066721, within(1e-9));
    }

    /** Mean and variance are the shape; E log z is the digamma function, whose slope is known. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1, 6})
    void drawsHaveTheDistributionsMoments(double shape) {
        int count = 200_000;
        SplittableRandom random = new SplittableRandom(3);
        double sum = 0;
        double squares = 0;
        double slopes = 0;
        for (int i = 0; i < count; i++) {
            GammaDraw draw = GammaDraw.of(shape, random);
            double z = Math.exp(draw.log());
            sum += z / count;
            squares += z * z / count;
            slopes += draw.slope() / count;
        }
        // five standard errors of each mean, or more
        assertThat(sum).isCloseTo(shape, within(5 * Math.sqrt(shape / count)));
        assertThat(squares - sum * sum).isCloseTo(shape, within(0.04 * shape));
        double h = 1e-4;
        double trigamma = (GammaDraw.digamma(shape + h) - GammaDraw.digamma(shape - h)) / (2 * h);
        assertThat(slopes).isCloseTo(trigamma, within(0.02 * trigamma));
    }

    /** Else the rejection loop would look for an acceptable draw for ever. */
    @Test
    void whatIsNoNumberDrawsNoNumber() {
        SplittableRandom random = new SplittableRandom(3);
        assertThat(GammaDraw.of(Double.NaN, random).log()).isNaN();
        assertThat(GammaDraw.of(Double.POSITIVE_INFINITY, random).log()).isNaN();
    }

    /** The twin: of another shape the mean is found to be off. */
    @Test
    void anotherShapesMeanIsFoundOut() {
        SplittableRandom random = new SplittableRandom(3);
        double sum = 0;
        for (int i = 0; i < 200_000; i++) {
            sum += Math.exp(GammaDraw.of(1.02, random).log()) / 200_000;
        }
        assertThat(Math.abs(sum - 1)).isGreaterThan(5 * Math.sqrt(1 / 200_000.0));
    }
}
