package io.nas4j.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void theLikelihoodIsTheGeometricMeanOverAllImages() {
        Answers two = new Answers(1, Math.log(0.5) + Math.log(0.02), 2);
        Answers three = two.plus(new Answers(1, Math.log(0.8), 1));
        assertThat(two.likelihood()).isCloseTo(0.1, within(1e-9));
        assertThat(three.accuracy()).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(three.likelihood()).isCloseTo(Math.cbrt(0.5 * 0.02 * 0.8), within(1e-9));
        assertThat(Answers.NONE.plus(two)).isEqualTo(two);
    }

    @Test
    void answersThatAreNoNumbersHaveNoLikelihood() {
        assertThat(new Answers(0, Double.NaN, 4).likelihood()).isZero();
    }
}
