package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.gradient.Guards.Alarm;
import io.nas4j.gradient.Guards.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardsTest {

    private static List<Reading> skips(Integer... counts) {
        return Arrays.stream(counts).map(count -> new Reading(count, 0)).toList();
    }

    private static List<Reading> eigenvalues(Double... values) {
        return Arrays.stream(values).map(value -> new Reading(0, value)).toList();
    }

    private static Optional<Alarm> judge(Guards guards, int epochs, Integer... counts) {
        return guards.judge(skips(counts), epochs, 0);
    }

    @Test
    void theSkipRuleGoesBackToTheLastEpochBelowItsLimit() {
        Guards guards = Guards.NONE.skips(2);
        assertThat(judge(guards, 6, 0, 1, 0, 1)).isEmpty();
        assertThat(judge(guards, 6, 0, 1, 0, 2)).contains(new Alarm("skip rule", 3));
        assertThat(judge(guards, 6, 5, 5, 1, 5)).contains(new Alarm("skip rule", 3));
        assertThat(judge(guards, 2, 1, 5)).contains(new Alarm("skip rule", 1));
    }

    @Test
    void whatAlphasFirstThirdShowsIsChance() {
        Guards guards = Guards.NONE.skips(2);
        assertThat(judge(guards, 6, 1, 5)).isEmpty();
        assertThat(judge(guards, 6, 1, 1, 5)).isEmpty();
        // alpha has rested for three of nine epochs: the sixth is the first that counts
        assertThat(guards.judge(skips(1, 1, 1, 1, 1, 5), 9, 3)).isEmpty();
        assertThat(guards.judge(skips(1, 1, 1, 5, 5, 1, 5), 9, 3))
                .contains(new Alarm("skip rule", 6));
    }

    @Test
    void theSkipRuleNeedsAnEpochToGoBackTo() {
        assertThat(judge(Guards.NONE.skips(2), 6, 0, 0, 2, 4)).isEmpty();
    }

    @Test
    void aSearchThatNeverKeptToTheLimitEndsWithItsFewestSkips() {
        Guards guards = Guards.NONE.skips(2);
        assertThat(judge(guards, 4, 3, 2, 2, 6)).contains(new Alarm("skip rule", 3));
        assertThat(judge(guards, 4, 0, 5, 4, 6)).contains(new Alarm("skip rule", 3));
        assertThat(judge(guards, 4, 0, 6, 6, 6)).contains(new Alarm("skip rule", 1));
        assertThat(judge(guards, 3, 3, 4, 3)).isEmpty();
        assertThat(judge(guards, 3, 6, 6, 6)).isEmpty();
    }

    @Test
    void theEigenvalueRuleLooksBackAndAverages() {
        Guards guards = Guards.NONE.eigenvalue(1.3);
        // 5 epochs: window 1, back 1
        assertThat(guards.judge(eigenvalues(1.0, 1.2), 5, 0)).isEmpty();
        assertThat(guards.judge(eigenvalues(1.0, 1.2, 1.7), 5, 0))
                .contains(new Alarm("eigenvalue rule", 2));
        // 50 epochs: back 8, window 10, not before epoch 11
        Double[] jump = {1., 1., 1., 1., 1., 1., 1., 1., 9., 9.};
        assertThat(guards.judge(eigenvalues(jump), 50, 0)).isEmpty();
        Double[] later = {1., 1., 1., 1., 1., 1., 1., 1., 9., 9., 9.};
        assertThat(guards.judge(eigenvalues(later), 50, 0))
                .contains(new Alarm("eigenvalue rule", 3));
    }

    @Test
    void withoutRulesNothingFires() {
        assertThat(Guards.NONE.judge(List.of(new Reading(0, 1), new Reading(9, 99)), 2, 0))
                .isEqualTo(Optional.empty());
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> new Guards().skips(-1)).hasMessageContaining("at least 0");
        assertThatThrownBy(() -> new Guards().dropSkips(1)).hasMessageContaining("[0, 1)");
        assertThatThrownBy(() -> new Guards().eigenvalue(0.5)).hasMessageContaining("above 1");
    }
}
