package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingTest {

    @Test
    void aShuffleKeepsEveryExampleAndLeavesItsInputAlone() {
        int[] all = IntStream.range(0, 100).toArray();
        int[] order = Sampling.shuffled(all, new SplittableRandom(1));
        assertThat(all).isEqualTo(IntStream.range(0, 100).toArray());
        assertThat(order).isNotEqualTo(all).containsExactlyInAnyOrder(all);
        assertThat(Sampling.shuffled(all, new SplittableRandom(1))).isEqualTo(order);
        assertThat(Sampling.shuffled(all, new SplittableRandom(2))).isNotEqualTo(order);
    }
}
