package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CosineTest {

    @Test
    void isCosineAnnealingLrOfPyTorchWhenAskedByEpoch() {
        // torch 2.7.1: CosineAnnealingLR(T_max=5, eta_min=0.01) from 0.1
        double[] torch = {
            0.1, 0.09140576474687263, 0.06890576474687263, 0.04109423525312736, 0.018594235253127367
        };
        Cosine cosine = Cosine.of(0.1, 0.01);
        for (int epoch = 0; epoch < 5; epoch++) {
            assertThat(cosine.rate(epoch / 5.0)).isCloseTo(torch[epoch], within(1e-12));
        }
    }

    @Test
    void warmUpClimbsLinearlyAndTheRestIsTheWholeCosine() {
        Cosine cosine = new Cosine(0.2, 0, 0.5);
        assertThat(cosine.rate(0)).isZero();
        assertThat(cosine.rate(0.25)).isCloseTo(0.1, within(1e-12));
        assertThat(cosine.rate(0.5)).isCloseTo(0.2, within(1e-12));
        assertThat(cosine.rate(0.75)).isCloseTo(0.1, within(1e-12));
        assertThat(cosine.rate(1)).isCloseTo(0, within(1e-12));
    }

    @Test
    void aConstantRateStays() {
        assertThat(Cosine.constant(0.3).rate(0.7)).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void refusesRatesThatCannotTrain() {
        assertThatThrownBy(() -> Cosine.of(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the learning rate must be above 0, but was 0.0. Try 0.05.");
        assertThatThrownBy(() -> Cosine.of(0.1, 0.2)).hasMessageContaining("[0, 0.1]");
        assertThatThrownBy(() -> new Cosine(0.1, 0, 1)).hasMessageContaining("warm-up");
    }
}
