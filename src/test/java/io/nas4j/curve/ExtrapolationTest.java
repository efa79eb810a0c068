package io.nas4j.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.trial.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtrapolationTest {

    private static final int SEEN = 12;
    private static final int END = 36;

    /** Parameters in the order of {@link Family#parameters()}, and the formula written out. */
    private static List<Double> truth(Family family) {
        return switch (family) {
            case POW3 -> List.of(0.84, 0.52, 0.7);
            case EXP3 -> List.of(0.9, 0.5, 0.21);
            case LOG_POWER -> List.of(0.77, 1.3, 0.8);
            case WEIBULL -> List.of(0.9, 0.6, 0.2, 0.8);
            case MMF -> List.of(0.9, 0.7, 0.4, 1.4);
            case ILOG2 -> List.of(0.78, 0.43);
        };
    }

    private static double value(Family family, List<Double> p, double x) {
        return switch (family) {
            case POW3 -> p.get(0) - p.get(1) * Math.pow(x, -p.get(2));
            case EXP3 -> p.get(0) - p.get(1) * Math.exp(-p.get(2) * x);
            case LOG_POWER -> p.get(0) / (1 + Math.pow(x / p.get(1), -p.get(2)));
            case WEIBULL -> p.get(0) - p.get(1) * Math.exp(-Math.pow(p.get(2) * x, p.get(3)));
            case MMF -> p.get(0) - p.get(1) / (1 + Math.pow(p.get(2) * x, p.get(3)));
            case ILOG2 -> p.get(0) - p.get(1) / Math.log(x + 1);
        };
    }

    private static List<Point> curve(int epochs, DoubleUnaryOperator score) {
        List<Point> points = new ArrayList<>();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            points.add(new Point(epoch, score.applyAsDouble(epoch)));
        }
        return points;
    }

    private static Forecast forecast(Extrapolation extrapolation, List<Point> curve) {
        return extrapolation.forecast(curve, END, new SplittableRandom(1));
    }

    /** Within 1e-4: a simplex stops where the error no longer falls in double precision. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void theParametersOfACurveWithoutNoiseAreFound(Family family) {
        List<Double> truth = truth(family);
        Forecast forecast =
                forecast(
                        new Extrapolation().families(family),
                        curve(SEEN, x -> value(family, truth, x)));
        List<Double> found = forecast.fits().get(0).parameters();
        for (int i = 0; i < truth.size(); i++) {
            assertThat(found.get(i))
                    .as(family.parameters().get(i))
                    .isCloseTo(truth.get(i), within(1e-4));
        }
        assertThat(forecast.score()).isCloseTo(value(family, truth, END), within(1e-6));
        assertThat(forecast.quantile(0.95) - forecast.quantile(0.05)).isLessThan(1e-3);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void allFamiliesTogetherPredictACurveOfOneOfThem(Family family) {
        List<Double> truth = truth(family);
        Forecast forecast =
                forecast(new Extrapolation(), curve(SEEN, x -> value(family, truth, x)));
        // the average of several forms, each of which fits within the assumed noise
        assertThat(forecast.score()).isCloseTo(value(family, truth, END), within(0.03));
        assertThat(forecast.weights().values().stream().mapToDouble(w -> w).sum())
                .isCloseTo(1, within(1e-9));
    }

    /**
     * The two errors of a well-known re-implementation: {@code kappa * eta}, and no exponential.
     */
    @Test
    void hillsCurveIsRaisedToItsExponent() {
        // theta x^eta / (kappa^eta + x^eta) is log_power with the scale kappa
        double theta = 0.772;
        double kappa = 2.461;
        double eta = 0.586;
        double hill = theta * Math.pow(9, eta) / (Math.pow(kappa, eta) + Math.pow(9, eta));
        assertThat(new Fit(Family.LOG_POWER, 0, theta, List.of(kappa, eta), 0).at(9))
                .isCloseTo(hill, within(1e-12));
        double wrong = theta * Math.pow(9, eta) / (kappa * eta + Math.pow(9, eta));
        assertThat(hill).isNotCloseTo(wrong, within(0.02));
    }

    @Test
    void noFitFallsAndSharesStayShares() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 50; i++) {
            Forecast forecast = forecast(new Extrapolation(), curve(5, x -> random.nextDouble()));
            for (Fit fit : forecast.fits()) {
                assertThat(fit.at(END)).isBetween(fit.at(1) - 1e-12, 1.0);
            }
            assertThat(forecast.score()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void scoresOfAnotherScaleAreNotBounded() {
        Forecast forecast =
                forecast(
                        new Extrapolation().families(Family.POW3),
                        curve(SEEN, x -> 84 - 52 * Math.pow(x, -0.7)));
        assertThat(forecast.score()).isCloseTo(84 - 52 * Math.pow(END, -0.7), within(1e-4));
    }

    @Test
    void oneOrTwoScoresPredictTheLastOne() {
        assertThat(forecast(new Extrapolation(), curve(2, x -> 0.3 * x)).score()).isEqualTo(0.6);
        assertThat(forecast(new Extrapolation(), curve(1, x -> 0.3)).fits()).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameForecastAndAnotherAnother() {
        List<Point> noisy = noisy(7);
        assertThat(forecast(new Extrapolation(), noisy))
                .isEqualTo(forecast(new Extrapolation(), noisy));
        assertThat(new Extrapolation().forecast(noisy, END, new SplittableRandom(2)).samples())
                .isNotEqualTo(forecast(new Extrapolation(), noisy).samples());
    }

    /**
     * 200 curves of the families with noise of 0.01: a 90 % interval holds the end in 90 % of them,
     * less where a curve's form is another one's or its noise is misjudged; 80 % is three standard
     * errors of chance below that and a tenth for those.
     */
    @Test
    void theIntervalHoldsTheEndAboutAsOftenAsItSays() {
        assertThat(coverage(0.05, 0.95)).isBetween(0.80, 0.995);
    }

    @Test
    void aNarrowerIntervalHoldsItLessOften() {
        assertThat(coverage(0.4, 0.6)).isLessThan(0.5);
    }

    private static double coverage(double low, double high) {
        int held = 0;
        for (int i = 0; i < 200; i++) {
            Family family = Family.values()[i % Family.values().length];
            double end =
                    value(family, truth(family), END) + 0.01 * new Random(-i - 1).nextGaussian();
            Forecast forecast = forecast(new Extrapolation(), noisy(i));
            held += end >= forecast.quantile(low) && end <= forecast.quantile(high) ? 1 : 0;
        }
        return held / 200.0;
    }

    private static List<Point> noisy(int number) {
        Family family = Family.values()[number % Family.values().length];
        Random random = new Random(number);
        return curve(SEEN, x -> value(family, truth(family), x) + 0.01 * random.nextGaussian());
    }

    @Test
    void theChanceOfEndingAboveAScoreFallsWithTheScore() {
        Forecast forecast = forecast(new Extrapolation(), noisy(0));
        assertThat(forecast.chanceAbove(0.2)).isGreaterThan(0.99);
        assertThat(forecast.chanceAbove(forecast.quantile(0.5))).isBetween(0.4, 0.6);
        assertThat(forecast.chanceAbove(1.5)).isLessThan(0.01).isPositive();
    }

    @Test
    void trainingSpeedIsTheNegativeAreaUnderTheLoss() {
        assertThat(TrainingSpeed.sotl(List.of(2.0, 1.0, 0.5))).isEqualTo(-3.5);
        assertThat(TrainingSpeed.sotlE(List.of(2.0, 1.0, 0.5)))
                .isCloseTo(-(0.01 * (0.01 * 2 + 0.99 * 1) + 0.99 * 0.5), within(1e-12));
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forecast(new Extrapolation(), List.of()))
                .withMessageContaining("at least 1 score");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Extrapolation().forecast(noisy(0), 5, new SplittableRandom(1)))
                .withMessageContaining("(5) must be at least the curve's last one (12)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Extrapolation().samples(3))
                .withMessageContaining("at least 20 samples, but had 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Extrapolation(List.of(), 200))
                .withMessageContaining("at least 1 family");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingSpeed.sotl(List.of()))
                .withMessageContaining("at least 1 epoch");
    }
}
