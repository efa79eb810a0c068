package io.nas4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BaselineTest {

    private final Baseline baseline = Baseline.of(List.of(0.3, 0.1, 0.2));

    @Test
    void theBestOfOneIsTheMean() {
        assertThat(expected(baseline, 1)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void theBestOfTwoIsWorkedOutByHand() {
        // of three pairs one has the maximum 0.2, two have 0.3
        assertThat(expected(baseline, 2)).isCloseTo((0.2 + 2 * 0.3) / 3, within(1e-12));
        assertThat(expected(baseline, 3)).isEqualTo(0.3);
    }

    @Test
    void theExpectedBestIsTheMeanOverAllSubsets() {
        List<Double> scores = List.of(0.31, 0.9, 0.12, 0.55, 0.56, 0.1, 0.77, 0.55);
        for (int m = 1; m <= scores.size(); m++) {
            double sum = 0;
            int subsets = 0;
            for (int mask = 0; mask < 1 << scores.size(); mask++) {
                if (Integer.bitCount(mask) == m) {
                    int chosen = mask;
                    sum +=
                            IntStream.range(0, scores.size())
                                    .filter(i -> (chosen >> i & 1) == 1)
                                    .mapToDouble(scores::get)
                                    .max()
                                    .orElseThrow();
                    subsets++;
                }
            }
            assertThat(expected(Baseline.of(scores), m)).isCloseTo(sum / subsets, within(1e-12));
        }
    }

    /** Of 8 uniform numbers the largest is 8/9 on average; a sample of 10 is to tell so. */
    @Test
    void theExpectedBestIsUnbiased() {
        assertThat(deviation(sample -> expected(Baseline.of(sample), 8))).isBetween(-4.0, 4.0);
    }

    /** The twin: the mean of the best of 8 draws with replacement from the sample is too low. */
    @Test
    void theMeanBestOfDrawsFromTheSampleIsBiased() {
        assertThat(
                        deviation(
                                sample -> {
                                    List<Double> sorted = sample.stream().sorted().toList();
                                    double sum = 0;
                                    for (int i = 1; i <= 10; i++) {
                                        double share =
                                                Math.pow(i / 10.0, 8) - Math.pow((i - 1) / 10.0, 8);
                                        sum += sorted.get(i - 1) * share;
                                    }
                                    return sum;
                                }))
                .isLessThan(-10);
    }

    /** Of an estimator's mean over 4000 samples from the truth, in standard errors. */
    private static double deviation(ToDoubleFunction<List<Double>> estimator) {
        SplittableRandom random = new SplittableRandom(3);
        double[] found =
                DoubleStream.generate(
                                () ->
                                        estimator.applyAsDouble(
                                                DoubleStream.generate(random::nextDouble)
                                                        .limit(10)
                                                        .boxed()
                                                        .toList()))
                        .limit(4000)
                        .toArray();
        double mean = DoubleStream.of(found).average().orElseThrow();
        double squares = DoubleStream.of(found).map(x -> (x - mean) * (x - mean)).sum();
        return (mean - 8 / 9.0) / Math.sqrt(squares / 3999 / 4000);
    }

    @Test
    void fewerScoresThanTrialsTellNothingOfTheBest() {
        assertThat(baseline.best(4)).isEmpty();
        assertThatThrownBy(() -> baseline.best(0)).hasMessageContaining("at least 1");
    }

    private static double expected(Baseline baseline, int trials) {
        return baseline.best(trials).orElseThrow().expected();
    }

    @Test
    void quantilesHoldTheShareOfSearchesThatTheyPromise() {
        List<Double> scores = IntStream.range(0, 500).mapToObj(i -> i / 500.0).toList();
        Baseline many = Baseline.of(scores);
        double low = many.best(20).orElseThrow().low();
        double high = many.best(20).orElseThrow().high();
        SplittableRandom random = new SplittableRandom(7);
        int within = 0;
        for (int search = 0; search < 2000; search++) {
            double best = 0;
            for (int trial = 0; trial < 20; trial++) {
                best = Math.max(best, scores.get(random.nextInt(500)));
            }
            within += best > low && best <= high ? 1 : 0;
        }
        assertThat(within / 2000.0).isBetween(0.87, 0.93);
        // a band for other numbers of trials would not hold them
        assertThat(many.best(1).orElseThrow().high())
                .isLessThan(many.best(200).orElseThrow().low());
    }

    @Test
    void oneScoreIsNoSample() {
        assertThatThrownBy(() -> Baseline.of(List.of(0.5))).hasMessageContaining("Try");
    }
}
