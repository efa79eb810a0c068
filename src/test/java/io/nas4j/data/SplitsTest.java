package io.nas4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitsTest {

    private static final int IMAGES = 2000;

    /** Told before anything trains; of rows only where it is more than chance. */
    @Test
    void copiesInTwoPartsAreWorthAWarning() {
        Data data =
                Data.images(
                                "x",
                                new byte[] {1, 2, 3, 1},
                                1,
                                1,
                                1,
                                new int[] {0, 1, 0, 0},
                                List.of("a", "b"))
                        .split(new Split(new int[] {0, 1}, new int[] {2}, new int[] {3}));
        assertThat(data.leaks().warning(data).orElseThrow())
                .contains("Of \"x\" 0 validation examples are copies of training examples, 1 test")
                .contains("Try data.split(Splits.byContent");
        Data apart = data.split(new Split(new int[] {0, 1, 3}, new int[] {2}, new int[0]));
        assertThat(apart.leaks().warning(apart)).isEmpty();
    }

    @Test
    void aGroupIsNeverTornApart() {
        int[] groups = IntStream.range(0, 1000).map(i -> i * 7 % 50).toArray();
        Split split = Splits.grouped(groups, 0.6, 0.2, 3);
        Set<Integer> train = groupsOf(split.train(), groups);
        assertThat(train).doesNotContainAnyElementsOf(groupsOf(split.validation(), groups));
        assertThat(train).doesNotContainAnyElementsOf(groupsOf(split.test(), groups));
        assertThat(split.train()).hasSizeBetween(580, 620);
        assertThat(split.validation()).hasSizeBetween(180, 220);
    }

    private static Set<Integer> groupsOf(int[] part, int[] groups) {
        return Arrays.stream(part).mapToObj(i -> groups[i]).collect(Collectors.toSet());
    }

    @Test
    void oneGroupCannotBeSplit() {
        assertThatThrownBy(() -> Splits.grouped(new int[100], 0.3, 0.3, 1))
                .hasMessageContaining("smaller groups");
    }

    /** Shares of 2,000 examples have a standard error of 0.01; five of them are allowed. */
    @Test
    void theContentDecidesThePart() {
        Data data = noise(IMAGES);
        Split split = Splits.byContent(data, 0.7, 0.15);
        assertThat(split.train().length / (double) IMAGES).isBetween(0.65, 0.75);
        assertThat(split.validation().length / (double) IMAGES).isBetween(0.10, 0.20);
        Data fewer = noise(IMAGES / 2);
        Set<Integer> before = boxed(split.test());
        before.removeIf(i -> i >= IMAGES / 2);
        assertThat(boxed(Splits.byContent(fewer, 0.7, 0.15).test())).isEqualTo(before);
    }

    private static Set<Integer> boxed(int[] indices) {
        return Arrays.stream(indices)
                .boxed()
                .collect(Collectors.toCollection(java.util.HashSet::new));
    }

    @Test
    void copiesInAnotherPartAreFound() {
        Data data = noise(100).split(new Split(range(0, 80), range(80, 90), range(90, 100)));
        assertThat(Leaks.of(data).isEmpty()).isTrue();
        byte[] pixels = data.pixels().clone();
        System.arraycopy(pixels, 3 * 16, pixels, 85 * 16, 16);
        System.arraycopy(pixels, 82 * 16, pixels, 95 * 16, 16);
        Data copied =
                Data.images("copied", pixels, 1, 4, 4, data.labels(), data.classes())
                        .split(data.split());
        Leaks leaks = Leaks.of(copied);
        assertThat(leaks.validation()).isEqualTo(1);
        assertThat(leaks.test()).isEqualTo(1);
        assertThat(leaks.pairs()).containsExactly(new Leaks.Pair(85, 3), new Leaks.Pair(95, 82));
        assertThat(Leaks.of(copied.split(Splits.byContent(copied, 0.7, 0.15))).isEmpty()).isTrue();
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    private static Data noise(int images) {
        byte[] pixels = new byte[images * 16];
        new SplittableRandom(4).nextBytes(pixels);
        int[] labels = IntStream.range(0, images).map(i -> i % 2).toArray();
        return Data.images("noise", pixels, 1, 4, 4, labels, List.of("even", "odd"));
    }
}
