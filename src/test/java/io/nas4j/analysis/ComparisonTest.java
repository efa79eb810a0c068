package io.nas4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final List<Double> PERCENT =
            IntStream.rangeClosed(1, 100).mapToObj(i -> i / 100.0).toList();

    @Test
    void luckIsTheChanceThatTheBestOfManyDrawsIsAsGood() {
        Comparison comparison = Comparison.of(0.96, 10, PERCENT);
        assertThat(comparison.luck()).isCloseTo(1 - Math.pow(0.95, 10), within(1e-12));
        assertThat(comparison.expected()).isCloseTo(0.91409, within(1e-4));
        assertThat(comparison.low()).isEqualTo(0.75);
        assertThat(comparison.high()).isEqualTo(1.0);
    }

    /** Clopper and Pearson for 5 of 100: 1.643% to 11.284%. */
    @Test
    void theIntervalIsExact() {
        Comparison comparison = Comparison.of(0.96, 1, PERCENT);
        assertThat(comparison.luckLow()).isCloseTo(0.01643, within(1e-5));
        assertThat(comparison.luckHigh()).isCloseTo(0.11284, within(1e-5));
    }

    @Test
    void neverReachedIsNotCertainty() {
        Comparison comparison = Comparison.of(2, 1, PERCENT);
        assertThat(comparison.luck()).isZero();
        assertThat(comparison.luckLow()).isZero();
        // 1 - 0.025^(1/100)
        assertThat(comparison.luckHigh()).isCloseTo(0.03622, within(1e-5));
    }

    /** 400 comparisons with 40 random scores each: the truth lies in 95% of intervals or more. */
    @Test
    void theIntervalCoversTheTruth() {
        SplittableRandom random = new SplittableRandom(1);
        double truth = 1 - Math.pow(0.9, 20);
        long covered =
                IntStream.range(0, 400)
                        .mapToObj(
                                i ->
                                        Comparison.of(
                                                0.9,
                                                20,
                                                DoubleStream.generate(random::nextDouble)
                                                        .limit(40)
                                                        .boxed()
                                                        .toList()))
                        .filter(c -> c.luckLow() <= truth && truth <= c.luckHigh())
                        .count();
        assertThat(covered).isBetween(372L, 399L);
    }

    @Test
    void equalCostIsEqualCompute() {
        History search = history(2, 30, 0.9);
        History random = history(20, 3, 0.5);
        // 60 seconds of search pay for 20 random trials of 3 seconds
        assertThat(Comparison.of(search, random).trials()).isEqualTo(20);
        assertThat(Comparison.of(history(7, 0, 0.9), random).trials()).isEqualTo(7);
        assertThat(Comparison.of(search, random).toString()).contains("20 random trials");
    }

    @Test
    void otherMeasuresAreRefused() {
        assertThatThrownBy(() -> Comparison.of(history(2, 1, 1), History.empty("proxy")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"proxy\"");
    }

    private static History history(int trials, int seconds, double score) {
        History history = History.empty("m");
        for (int i = 0; i < trials; i++) {
            history =
                    history.plus(
                            new Trial(
                                    i,
                                    new Architecture("s", List.of(i)),
                                    "m",
                                    Fidelity.NONE,
                                    0,
                                    OptionalInt.empty(),
                                    new Outcome.Completed(
                                            Estimate.of(
                                                    score, Cost.of(Duration.ofSeconds(seconds))))));
        }
        return history;
    }
}
