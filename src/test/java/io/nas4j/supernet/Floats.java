package io.nas4j.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;

/** Numbers that tests of the supernet draw and compare. */
final class Floats {

    private Floats() {}

    static NDArray normal(NDManager manager, SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values);
    }

    /**
     * Relative to the largest: float sums in another order, which normalisations of few numbers
     * enlarge. Of one machine's kernels the differences were up to 8e-5, of another's 2e-5; weights
     * of another place or a forgotten term make them 1.
     */
    static void assertClose(float[] actual, float[] expected, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        float largest = 1e-3f;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as(what + " " + i)
                    .isCloseTo(expected[i], within(1e-3f * largest));
        }
    }
}
