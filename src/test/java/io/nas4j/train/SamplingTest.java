package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingTest {

    @Test
    void aShareKeepsTheProportionsOfTheClasses() {
        int[] labels = IntStream.range(0, 1000).map(i -> i % 4 == 0 ? 1 : 0).toArray();
        int[] all = Sampling.shuffled(IntStream.range(0, 1000).toArray(), new SplittableRandom(3));
        int[] taken = Sampling.stratified(all, labels, 0.2);
        assertThat(taken).hasSize(200).doesNotHaveDuplicates();
        assertThat(Arrays.stream(taken).filter(i -> labels[i] == 1)).hasSize(50);
    }

    @Test
    void aRareClassKeepsOneExample() {
        int[] labels = new int[100];
        labels[99] = 2;
        int[] taken = Sampling.stratified(IntStream.range(0, 100).toArray(), labels, 0.1);
        assertThat(taken).hasSize(11).contains(99);
    }

    @Test
    void theSameShareIsTheSameExamples() {
        int[] labels = IntStream.range(0, 50).map(i -> i % 3).toArray();
        int[] all = IntStream.range(0, 50).toArray();
        assertThat(Sampling.stratified(all, labels, 0.3))
                .isEqualTo(Sampling.stratified(all, labels, 0.3));
        assertThat(Sampling.stratified(all, labels, 1)).isEqualTo(all);
    }

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
