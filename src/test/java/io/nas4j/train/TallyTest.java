package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.data.Data;
import io.nas4j.data.Split;
import io.nas4j.data.Target;
import io.nas4j.trial.Metrics;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {

    private static final Split ALL = new Split(new int[] {0, 1, 2, 3}, new int[0], new int[0]);

    private static final Data RARE =
            Data.rows("x", new float[4], 1, new int[] {0, 0, 0, 1}, List.of("often", "rare"))
                    .split(ALL);

    /** Always "often": three of four are right, but one class of two is never found. */
    private static Quality alwaysOften(Data data) {
        Tally tally = Tally.of(data);
        tally.add(new int[] {0, 1}, new float[] {1, 0, 2, 1});
        tally.add(new int[] {2, 3}, new float[] {1, 0, 2, 1});
        return tally.quality();
    }

    @Test
    void accuracyIsFooledByARareClassAndTheBalancedOneIsNot() {
        assertThat(alwaysOften(RARE).score()).isEqualTo(0.75);
        assertThat(alwaysOften(RARE).metrics()).containsEntry(Metrics.BALANCED_ACCURACY, 0.5);
        assertThat(alwaysOften(RARE.balanced()).score()).isEqualTo(0.5);
        assertThat(alwaysOften(RARE.balanced()).metrics()).containsEntry(Metrics.ACCURACY, 0.75);
    }

    @Test
    void theRareClassWeighsMoreInTheLossOfBalancedData() {
        assertThat(Loss.of(RARE, 0.1)).isEqualTo(new CrossEntropy(0.1));
        assertThat(Loss.of(RARE.balanced(), 0.1))
                .isEqualTo(new CrossEntropy(0.1, new float[] {4 / 6f, 2}));
        assertThat(RARE.balanced()).hasToString(RARE.toString().replace("es;", "es, balanced;"));
    }

    @Test
    void numbersAreJudgedInTheirOwnUnit() {
        Data data =
                Data.rows(
                                "x",
                                new float[4],
                                1,
                                new Target.Numbers(List.of("y"), new float[] {10, 20, 30, 40}))
                        .split(ALL);
        Tally tally = Tally.of(data);
        // outputs 0 are the mean, 25
        tally.add(new int[] {0, 1, 2, 3}, new float[4]);
        assertThat(tally.quality().score()).isCloseTo(0, within(1e-6));
        assertThat(tally.quality().metrics().get(Metrics.MAE)).isCloseTo(10, within(1e-4));
    }
}
