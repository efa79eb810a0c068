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
        // of 10 of the numbers 1 to 100 the largest is 10 * 101 / 11 on average
        assertThat(comparison.random().orElseThrow().expected())
                .isCloseTo(10.10 / 11, within(1e-12));
        assertThat(comparison.random().orElseThrow().low()).isEqualTo(0.75);
        assertThat(comparison.random().orElseThrow().high()).isEqualTo(1.0);
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
    void aSampleThatIsTooSmallDecidesNothingAndSaysHowManyMoreWould() {
        Comparison comparison = Comparison.of(2, 253, PERCENT);
        assertThat(comparison.verdict()).isEqualTo(Comparison.Verdict.UNDECIDED);
        // 1 - 0.025^(253/n) < 1/2 first at n = 1347
        assertThat(comparison.more()).isEqualTo(1247);
        assertThat(comparison.random()).isEmpty();
        assertThat(comparison.toString())
                .startsWith("2.0000, undecided: run 1,247 more random trials. 253 random trials")
                .contains("100 random scores, of which 0 are as good")
                .doesNotContain("0.000");
    }

    /** As many scores as trials, and still an interval from 0 to 0.975. */
    @Test
    void aWideIntervalDecidesNothingEither() {
        Comparison comparison = Comparison.of(2, 100, PERCENT);
        assertThat(comparison.luckHigh()).isCloseTo(0.975, within(1e-3));
        assertThat(comparison.verdict()).isEqualTo(Comparison.Verdict.UNDECIDED);
        assertThat(comparison.toString()).contains("undecided: run").doesNotContain("0.000");
    }

    @Test
    void aLargeSampleDecides() {
        assertThat(Comparison.of(2, 10, PERCENT).verdict()).isEqualTo(Comparison.Verdict.BETTER);
        assertThat(Comparison.of(0.6, 10, PERCENT).verdict())
                .isEqualTo(Comparison.Verdict.NO_BETTER);
        assertThat(Comparison.of(2, 10, PERCENT).more()).isZero();
        assertThat(Comparison.of(2, 10, PERCENT).toString())
                .startsWith(
                        "2.0000, better than luck: 10 random trials cost the same and find 0.9");
    }

    /** Half of all searches do as well: no number of scores would tell one from the other. */
    @Test
    void whatIsAsGoodAsRandomSearchStaysUndecided() {
        Comparison comparison = Comparison.of(0.505, 1, PERCENT);
        assertThat(comparison.asGood()).isEqualTo(50);
        assertThat(comparison.more()).isZero();
        assertThat(comparison.toString()).contains("undecided: about as good as random search");
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
