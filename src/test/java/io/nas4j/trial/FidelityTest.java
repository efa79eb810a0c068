package io.nas4j.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FidelityTest {

    private static final Fidelity FULL = Fidelity.epochs(27).data(0.5);

    @Test
    void aCutKeepsTheScheduleAndSaysSo() {
        Fidelity cut = FULL.cutAt(3).width(0.5).resolution(14);
        assertThat(cut.horizon()).isEqualTo(27);
        assertThat(cut).hasToString("epochs=3, schedule=to 27, data=0.5, width=0.5, resolution=14");
        assertThat(FULL.cutAt(3).cutAt(27)).isEqualTo(FULL);
    }

    @Test
    void aTrainingOfAnotherLengthHasItsOwnSchedule() {
        assertThat(FULL.withEpochs(3)).hasToString("epochs=3, data=0.5");
        assertThat(FULL.withEpochs(3)).isNotEqualTo(FULL.cutAt(3));
    }

    @Test
    void aScheduleCannotEndBeforeTheTraining() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FULL.cutAt(28))
                .withMessageContaining("horizon (27 epochs)")
                .withMessageContaining("(28)");
    }
}
