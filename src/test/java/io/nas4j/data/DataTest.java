package io.nas4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataTest {

    private static final List<String> TWO = List.of("no", "yes");

    @Test
    void imagesAndLabelsOfDifferentLengthAreRefused() {
        assertThatThrownBy(() -> Data.images("x", new byte[3 * 4], 1, 2, 2, new int[] {0, 1}, TWO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12 pixels make 3.0 images of 1×2×2 for 2 labels");
    }

    @Test
    void pixelsThatAreNoNumbersOrOutOfRangeAreRefusedWithTheirPlace() {
        float[] pixels = new float[8];
        pixels[5] = Float.NaN;
        assertThatThrownBy(() -> Data.images("x", pixels, 1, 2, 2, new int[] {0, 1}, TWO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pixel 1 of image 1 is NaN");
        pixels[5] = 17;
        assertThatThrownBy(() -> Data.images("x", pixels, 1, 2, 2, new int[] {0, 1}, TWO))
                .hasMessageContaining("17.0")
                .hasMessageContaining("Try dividing by 255");
    }

    @Test
    void floatImagesAreKeptAs256GreyLevels() {
        float[] pixels = {0, 1, 0.5f, 100 / 255f, 0, 0, 0, 0};
        Data data = Data.images("x", pixels, 1, 2, 2, new int[] {0, 1}, TWO);

        assertThat(data.pixels()).startsWith(0, 255, 128, 100);
        assertThat(data.toString())
                .isEqualTo("x: 2 images of 1×2×2, 2 classes; train 1, validation 1, test 0");
    }

    @Test
    void rowsWithANumberThatIsNotFiniteAreRefused() {
        float[] values = {1, 2, 3, Float.POSITIVE_INFINITY};
        assertThatThrownBy(() -> Data.rows("x", values, 2, new int[] {0, 1}, TWO))
                .hasMessageContaining("row 1, feature 1 is Infinity");
    }

    @Test
    void aClassWithoutAnExampleIsRefused() {
        assertThatThrownBy(
                        () ->
                                Data.rows(
                                        "x",
                                        new float[2],
                                        1,
                                        new int[] {0, 2},
                                        List.of("a", "b", "c")))
                .hasMessageContaining("\"b\" (label 1) has none");
    }

    @Test
    void aLabelWithoutAClassIsRefused() {
        assertThatThrownBy(() -> Data.rows("x", new float[2], 1, new int[] {0, 2}, TWO))
                .hasMessageContaining("labels must be in [0, 2), but label 1 is 2");
        assertThatThrownBy(() -> Data.rows("x", new float[0], 1, new int[0], TWO))
                .hasMessageContaining("is empty");
    }

    @Test
    void imagesHaveNoValuesAndRowsNoPixels() {
        Data rows = Data.rows("x", new float[] {1, 2}, 1, new int[] {0, 1}, TWO);
        assertThat(rows.isImages()).isFalse();
        assertThatThrownBy(rows::pixels).hasMessageContaining("Try values()");
        Data images = Data.images("x", new byte[2], 1, 1, 1, new int[] {0, 1}, TWO);
        assertThatThrownBy(images::values).hasMessageContaining("Try pixels()");
    }

    @Test
    void aStratifiedSplitUsesEveryExampleOnceAndBalancesEveryPart() {
        int[] labels = IntStream.range(0, 997).map(i -> i % 7 == 0 ? 1 : 0).toArray();
        Split split = Split.stratified(labels, 0.7, 0.15, 3);

        assertThat(all(split)).isEqualTo(IntStream.range(0, 997).toArray());
        assertThat(split.train()).hasSize(698);
        assertThat(split.validation().length).isBetween(149, 150);
        double ones = Arrays.stream(labels).sum();
        assertThat(ones(split.train(), labels)).isBetween(0.7 * ones - 1, 0.7 * ones + 1);
        assertThat(ones(split.test(), labels)).isBetween(0.15 * ones - 1, 0.15 * ones + 1);
        assertThat(split.train()).isNotEqualTo(Arrays.stream(split.train()).sorted().toArray());
    }

    @Test
    void aFractionThinsEveryPartAndKeepsItsProportions() {
        int[] labels = IntStream.range(0, 1000).map(i -> i % 10).toArray();
        Split split = Split.stratified(labels, 0.7, 0.15, 3);
        Split less = split.fraction(labels, 0.2, new SplittableRandom(5));

        assertThat(less.train()).hasSize(140);
        assertThat(split.train()).contains(less.train());
        assertThat(less.validation()).hasSize(30);
        assertThat(Arrays.stream(less.train()).filter(i -> labels[i] == 4).count()).isEqualTo(14);
        assertThat(split.fraction(labels, 0.2, new SplittableRandom(6)).train())
                .isNotEqualTo(less.train());
        assertThat(split.fraction(labels, 1e-9, new SplittableRandom(5)).test()).hasSize(1);
        assertThatThrownBy(() -> split.fraction(labels, 0, new SplittableRandom(5)))
                .hasMessageContaining("a share must be in (0, 1], but was 0.0");
    }

    @Test
    void aSplitThatLeaksOrPointsOutsideIsRefused() {
        Data data = Data.rows("x", new float[] {1, 2, 3}, 1, new int[] {0, 1, 0}, TWO);
        assertThatThrownBy(() -> data.split(new Split(new int[] {0, 1}, new int[] {1}, new int[0])))
                .hasMessageContaining("1 is in it twice");
        assertThatThrownBy(() -> data.split(new Split(new int[] {3}, new int[0], new int[0])))
                .hasMessageContaining("[0, 3), but one was 3");
        assertThatThrownBy(() -> data.split(new Split(new int[0], new int[] {1}, new int[0])))
                .hasMessageContaining("has none");
        assertThatThrownBy(() -> data.split(0.9, 0.2)).hasMessageContaining("sum to at most 1");
    }

    private static int[] all(Split split) {
        return IntStream.of(split.train().length)
                .boxed()
                .flatMapToInt(
                        n ->
                                IntStream.concat(
                                        Arrays.stream(split.train()),
                                        IntStream.concat(
                                                Arrays.stream(split.validation()),
                                                Arrays.stream(split.test()))))
                .sorted()
                .toArray();
    }

    private static double ones(int[] part, int[] labels) {
        return Arrays.stream(part).map(i -> labels[i]).sum();
    }

    @Test
    void theContentHashKnowsEveryExampleAndLabelButNotTheSplit() {
        byte[] pixels = new byte[4 * 9];
        int[] labels = {0, 1, 0, 1};
        List<String> classes = List.of("a", "b");
        Data data = Data.images("dots", pixels, 1, 3, 3, labels, classes);
        // so that it does not change from one version or machine to the next
        assertThat(data.contentHash()).isEqualTo("16de7ee4e8dc850f");
        byte[] brighter = pixels.clone();
        brighter[35] = 1;
        List<Data> others =
                List.of(
                        Data.images("dots", brighter, 1, 3, 3, labels, classes),
                        Data.images("dots", pixels, 1, 3, 3, new int[] {1, 0, 0, 1}, classes),
                        Data.images("dots", pixels, 1, 3, 3, labels, List.of("a", "c")),
                        Data.images("dots", pixels, 1, 9, 1, labels, classes),
                        Data.rows("dots", new float[36], 9, labels, classes));
        assertThat(others).allMatch(other -> !other.contentHash().equals(data.contentHash()));
        Data again = Data.images("points", pixels.clone(), 1, 3, 3, labels.clone(), classes);
        assertThat(again.contentHash()).isEqualTo(data.contentHash());
        Data split = data.split(0.5, 0.5);
        assertThat(split.contentHash()).isEqualTo(data.contentHash());
        assertThat(split.split().contentHash()).isNotEqualTo(data.split().contentHash());
    }

    /** More than one block of what is hashed at a time. */
    @Test
    void theContentHashOfLongArraysKnowsTheirLastNumber() {
        float[] values = new float[100_003];
        int[] labels = new int[100_003];
        labels[0] = 1;
        Data data = Data.rows("long", values, 1, labels, List.of("a", "b"));
        float[] others = values.clone();
        others[100_002] = 1;
        assertThat(Data.rows("long", others, 1, labels, List.of("a", "b")).contentHash())
                .isNotEqualTo(data.contentHash());
    }
}
