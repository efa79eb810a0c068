package io.nas4j.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.oneshot.PathScores.Unit;
import io.nas4j.sharing.Answers;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathScoringTest {

    private static final Answers ANSWERS = new Answers(3, 4 * Math.log(0.25), 4);

    @Test
    void eachScoreIsWhatItSays() {
        assertThat(PathScore.ACCURACY.of(() -> ANSWERS, () -> 1)).isEqualTo(0.75);
        assertThat(PathScore.LIKELIHOOD.of(() -> ANSWERS, () -> 1)).isCloseTo(0.25, within(1e-9));
        assertThat(PathScore.ANGLE.of(() -> ANSWERS, () -> Math.PI / 4)).isEqualTo(0.25);
    }

    @Test
    void theAngleAsksForNoAnswers() {
        double angle =
                PathScore.ANGLE.of(
                        () -> {
                            throw new AssertionError("the path ran");
                        },
                        () -> Math.PI);
        assertThat(angle).isEqualTo(1);
        assertThat(new PathScoring().scores(PathScore.ANGLE).asksImages()).isFalse();
        assertThat(new PathScoring().asksImages()).isTrue();
    }

    @Test
    void aUnitIsMedianAndQuartiles() {
        Unit unit = Unit.of(new double[] {9, 1, 2, 3, 4, 5, 6, 7, 100, 8, 0, 10});
        assertThat(unit).isEqualTo(new Unit(6, 6));
        assertThat(unit.in(9)).isEqualTo(0.5);
    }

    /** Else a score that most paths share would outweigh every other. */
    @Test
    void whereMostAreAlikeTheWholeRangeIsTheUnit() {
        assertThat(Unit.of(new double[] {2, 2, 2, 2, 2, 2, 2, 4})).isEqualTo(new Unit(2, 2));
        assertThat(Unit.of(new double[] {2, 2, 2, 2}).in(2)).isZero();
    }

    @Test
    void thePublishedScoringIsOnePart() {
        assertThat(OneShot.paper().scoring()).isEqualTo(PathScoring.paper());
        assertThat(PathScoring.paper().tuning()).isZero();
        assertThat(PathScoring.paper().scores()).containsExactly(PathScore.ACCURACY);
        assertThat(Enas.paper().scores()).containsExactly(PathScore.ACCURACY);
    }

    @Test
    void textsNameWhatIsNotTheDefault() {
        assertThat(new OneShot().tuning(3).scoredBy(PathScore.ANGLE).toString())
                .endsWith("scores=[ANGLE], tuning=3)");
        assertThat(new OneShot().toString()).doesNotContain("scores", "tuning");
        assertThat(new RandomSharing().scoredBy(PathScore.ANGLE).toString())
                .contains("scores=[ANGLE]");
        assertThat(new Enas().scoredBy(PathScore.ACCURACY).toString())
                .contains("scores=[ACCURACY]");
    }

    @Test
    void whatCannotScoreIsRefused() {
        assertThatThrownBy(() -> new OneShot().scoredBy())
                .hasMessageContainingAll("need a score", "Try PathScore.ANGLE");
        assertThatThrownBy(() -> new OneShot().scoredBy(PathScore.ANGLE, PathScore.ANGLE))
                .hasMessageContaining("counts once");
        assertThatThrownBy(() -> new OneShot().tuning(-1))
                .hasMessageContainingAll("at least 0 steps", "-1");
        assertThatThrownBy(() -> new OneShot().recalibration(1)).hasMessageContaining("Try 256");
        assertThatThrownBy(() -> new PathScoring(List.of(), 256, 0))
                .hasMessageContaining("need a score");
        assertThatThrownBy(() -> new Enas().scoredBy()).hasMessageContaining("need a score");
    }
}
