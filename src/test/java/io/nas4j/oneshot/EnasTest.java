package io.nas4j.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EnasTest {

    private final Enas enas =
            new Enas().epochs(10).updates(3).samples(5).scoredBy(PathScore.ACCURACY);

    @Test
    void rewardsAreEarnedBehindTheWarmUpOnly() {
        double rewards = 3 * enas.controller().batch();
        assertThat(EnasSession.evaluations(enas.warmUp(0), 2)).isEqualTo(2 * 5 + rewards);
        assertThat(EnasSession.evaluations(enas.warmUp(0.7), 2))
                .isCloseTo(2 * 5 + 0.3 * rewards, within(1e-9));
    }

    @Test
    void scoresOfSeveralKindsNeedPathsThatGiveTheirUnits() {
        Enas several = enas.scoredBy(PathScore.ACCURACY, PathScore.ANGLE);
        assertThat(EnasSession.evaluations(several, 2) - EnasSession.evaluations(enas, 2))
                .isEqualTo(PathScores.REFERENCES);
    }
}
