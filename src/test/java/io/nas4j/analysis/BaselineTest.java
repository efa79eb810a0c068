package io.nas4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BaselineTest {

    private final Baseline baseline = Baseline.of(List.of(0.3, 0.1, 0.2));

    @Test
    void theBestOfOneIsTheMean() {
        assertThat(baseline.expected(1)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void theBestOfTwoIsWorkedOutByHand() {
        // of nine pairs one has the maximum 0.1, three have 0.2, five have 0.3
        assertThat(baseline.expected(2)).isCloseTo((0.1 + 3 * 0.2 + 5 * 0.3) / 9, within(1e-12));
    }

    @Test
    void quantilesHoldTheShareOfSearchesThatTheyPromise() {
        List<Double> scores = IntStream.range(0, 500).mapToObj(i -> i / 500.0).toList();
        Baseline many = Baseline.of(scores);
        double low = many.quantile(20, 0.05);
        double high = many.quantile(20, 0.95);
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
        assertThat(many.quantile(1, 0.95)).isLessThan(many.quantile(50, 0.5));
    }

    @Test
    void oneScoreIsNoSample() {
        assertThatThrownBy(() -> Baseline.of(List.of(0.5))).hasMessageContaining("Try");
    }
}
