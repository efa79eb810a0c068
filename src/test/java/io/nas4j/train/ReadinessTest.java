package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.data.Data;
import io.nas4j.data.Split;
import io.nas4j.data.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadinessTest {

    private static final List<String> TWO = List.of("cat", "dog");

    private static Data classes(int... labels) {
        return Data.rows("x", new float[labels.length], 1, labels, TWO);
    }

    private static Split split(int[] train, int... test) {
        return new Split(train, new int[0], test);
    }

    @Test
    void oneClassOnlyIsRefused() {
        Data data = classes(0, 0, 1).split(split(new int[] {0, 1}));
        assertThatThrownBy(() -> Readiness.check(data))
                .hasMessageContaining("at least 2 classes")
                .hasMessageContaining("only \"cat\"");
        assertThatCode(() -> Readiness.check(classes(0, 1, 1).split(split(new int[] {0, 1}, 2))))
                .doesNotThrowAnyException();
    }

    @Test
    void aLabelThatIsNeverSeenInTrainingIsRefused() {
        Data data =
                Data.rows("x", new float[4], 1, new int[] {0, 1, 0, 2}, List.of("a", "b", "c"))
                        .split(split(new int[] {0, 1, 2}, 3));
        assertThatThrownBy(() -> Readiness.check(data))
                .hasMessageContaining("example 3, which is held back, is the first of \"c\"");
    }

    @Test
    void numbersThatDoNotDifferAndLabelsThatNobodyHasAreRefused() {
        Data same =
                Data.rows(
                        "x",
                        new float[3],
                        1,
                        new Target.Numbers(TWO, new float[] {1, 5, 2, 5, 3, 6}));
        assertThatThrownBy(() -> Readiness.check(same.split(split(new int[] {0, 1}, 2))))
                .hasMessageContaining("\"dog\" of \"x\" is always 5.0 in training");
        Data labels =
                Data.rows(
                        "x",
                        new float[3],
                        1,
                        new Target.Labels(TWO, new byte[] {1, 0, 0, 0, 0, 1}));
        assertThatThrownBy(() -> Readiness.check(labels.split(split(new int[] {0, 1}, 2))))
                .hasMessageContaining("\"dog\" of \"x\" is on none");
    }

    @Test
    void targetsThatAreNotNumbersAreRefusedAtOnce() {
        assertThatThrownBy(() -> new Target.Numbers(TWO, new float[] {1, 2, Float.NaN, 3}))
                .hasMessageContaining("\"cat\" of example 1 is NaN");
        assertThatThrownBy(() -> new Target.Labels(TWO, new byte[] {1, 0, 0, 2}))
                .hasMessageContaining("marks must be 0 or 1");
        assertThatThrownBy(() -> new Target.Labels(TWO, new byte[] {1, 0, 1, 1}))
                .hasMessageContaining("\"cat\" is on all");
    }
}
