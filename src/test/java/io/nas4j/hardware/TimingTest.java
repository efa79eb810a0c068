package io.nas4j.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** On a clock that only the timed thing moves. */
class TimingTest {

    private static final class Passes {
        private final IntToDoubleFunction milliseconds;
        private long now = Long.MAX_VALUE - 1_000_000;
        private int done;

        Passes(IntToDoubleFunction milliseconds) {
            this.milliseconds = milliseconds;
        }

        Timing time() {
            return Timing.of(
                    () -> now += (long) (1e6 * milliseconds.applyAsDouble(done++)), () -> now);
        }
    }

    @Test
    void equalPassesAreTimedTwentyTimes() {
        Timing timing = new Passes(pass -> 2).time();
        assertThat(timing).isEqualTo(new Timing(2, 2, 2, 20));
        assertThat(timing.range()).isZero();
    }

    @Test
    void theFirstPassesDoNotCount() {
        assertThat(new Passes(pass -> pass < 10 ? 40 : 2).time().high()).isEqualTo(2);
        assertThat(new Passes(pass -> pass < 10 ? 40 : 2).time().passes()).isEqualTo(20);
        // as many slow ones later do count
        assertThat(new Passes(pass -> pass >= 10 && pass < 20 ? 40 : 2).time().passes())
                .isGreaterThan(20);
    }

    @Test
    void noisyPassesAreTimedUntilTheMedianIsKnown() {
        SplittableRandom random = new SplittableRandom(1);
        Timing timing = new Passes(pass -> random.nextDouble(1.5, 2.5)).time();
        assertThat(timing.passes()).isBetween(25, 499);
        assertThat(1.57 * timing.range() / Math.sqrt(timing.passes()))
                .isLessThanOrEqualTo(0.02 * timing.median());
        assertThat(timing.median()).isCloseTo(2, within(0.1));
        // of a uniform distribution half its width
        assertThat(timing.range()).isCloseTo(0.5, within(0.15));
    }

    @Test
    void aMedianThatStaysUnknownIsGivenUpAfterFiveHundred() {
        Timing timing = new Passes(pass -> pass % 2 == 0 ? 0.2 : 1).time();
        assertThat(timing.passes()).isEqualTo(500);
        assertThat(timing.low()).isEqualTo(0.2);
        assertThat(timing.high()).isEqualTo(1);
    }

    @Test
    void slowPassesEndAfterASecondAndAreFiveAtLeast() {
        Passes slow = new Passes(pass -> 400);
        assertThat(slow.time().passes()).isEqualTo(5);
        // two of them warm up: half a second
        assertThat(slow.done).isEqualTo(7);
        // seven warm up, so 100 comes first: 7 · 100 + 6 · 50
        assertThat(new Passes(pass -> pass % 2 == 0 ? 50 : 100).time().passes()).isEqualTo(13);
    }
}
