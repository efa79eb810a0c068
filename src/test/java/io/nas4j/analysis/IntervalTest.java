package io.nas4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {

    /** scipy.stats.t.interval(0.95, 2, loc=mean, scale=sem). */
    @Test
    void theIntervalOfAMeanIsStudents() {
        Interval interval = Interval.ofMean(0.93, 0.934, 0.929);
        assertThat(interval.low()).isCloseTo(0.924428, within(1e-6));
        assertThat(interval.high()).isCloseTo(0.937572, within(1e-6));
        assertThat(Interval.ofMean(2, 2)).isEqualTo(new Interval(2, 2));
        assertThatThrownBy(() -> Interval.ofMean(1.0))
                .hasMessageContaining("got 1. Try more seeds");
    }
}
