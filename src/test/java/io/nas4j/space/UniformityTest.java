package io.nas4j.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Chi-squared tests at alpha = 1e-6. With 5 options (4 degrees of freedom) the critical value is
 * 33.4, and 30,000 draws detect a relative bias of 10 % of one option with power 0.999.
 */
class UniformityTest {

    private static final int DRAWS = 30_000;
    private static final double CRITICAL = 33.4;

    private final SearchSpace space = Spaces.nasBench201(16, 1);

    @Test
    void samplesAnswerEachDecisionUniformly() {
        SplittableRandom random = new SplittableRandom(11);
        long[][] counts = new long[6][5];
        for (int i = 0; i < DRAWS; i++) {
            Architecture sample = space.sample(random);
            for (int d = 0; d < 6; d++) {
                counts[d][sample.choices().get(d)]++;
            }
        }
        for (long[] count : counts) {
            assertThat(chiSquared(count)).isLessThan(CRITICAL);
        }
    }

    /** 6 decisions × 4 other options: 23 degrees of freedom, critical value 72.5. */
    @Test
    void mutantsAreUniformOverAllNeighbours() {
        SplittableRandom random = new SplittableRandom(12);
        Architecture parent = space.sample(random);
        long[] counts = new long[24];
        for (int i = 0; i < DRAWS; i++) {
            Architecture mutant = space.mutate(parent, random);
            for (int d = 0; d < 6; d++) {
                int before = parent.choices().get(d);
                int after = mutant.choices().get(d);
                if (before != after) {
                    counts[d * 4 + (after < before ? after : after - 1)]++;
                }
            }
        }
        assertThat(chiSquared(counts)).isLessThan(72.5);
    }

    /** The negative twin: a chooser that prefers one option by 10 % must be rejected. */
    @Test
    void aBiasedChooserIsRejected() {
        SplittableRandom random = new SplittableRandom(13);
        long[] counts = new long[5];
        for (int i = 0; i < DRAWS; i++) {
            int answer = random.nextInt(50);
            counts[answer < 11 ? 0 : 1 + (answer - 11) % 4]++;
        }
        assertThat(chiSquared(counts)).isGreaterThan(CRITICAL);
    }

    private static double chiSquared(long[] counts) {
        double expected = (double) DRAWS / counts.length;
        double sum = 0;
        for (long count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }
}
