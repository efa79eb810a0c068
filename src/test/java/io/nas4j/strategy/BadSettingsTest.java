package io.nas4j.strategy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.space.Spaces;
import io.nas4j.trial.Fidelity;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Rule, actual value, and what to try: before the first trial. */
class BadSettingsTest {

    private static void refused(ThrowingCallable wrong, String... parts) {
        assertThatThrownBy(wrong)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    private static ThrowingCallable opening(SearchStrategy strategy) {
        return () ->
                strategy.open(
                        SearchStrategyContract.task(Spaces.nasBench201(1, 1), 1), Fidelity.NONE);
    }

    @Test
    void tournamentLargerThanPopulation() {
        refused(
                opening(new Evolution().population(5).tournament(10)),
                "population (5) must be at least tournament (10)",
                "Try tournament <= 5");
    }

    @Test
    void settingsMayComeInAnyOrder() throws Throwable {
        opening(new Evolution().tournament(25).population(100)).call();
        opening(new Evolution().population(100).tournament(25)).call();
    }

    @Test
    void sharesOutsideOfTheirRange() {
        refused(() -> new Evolution().crossover(1.5), "[0, 1]", "1.5");
        refused(() -> new Bohb().random(-1), "[0, 1]", "-1.0");
        refused(() -> new Tpe().floor(0), "floor", "at least 1", "0");
        refused(() -> new Tpe().good(0), "(0, 1)", "0.0", "Try 0.1");
        refused(() -> new Reinforce().decay(1), "[0, 1)", "1.0", "Try 0.9");
        refused(() -> new Reinforce().rate(Double.NaN), "above 0", "NaN");
    }

    @Test
    void countsBelowTheirLeast() {
        refused(() -> new Evolution().population(1), "at least 2", "1");
        refused(() -> new LocalSearch().starts(0), "at least 1", "0");
        refused(() -> new Bayesian().startup(1), "at least 2", "1", "Try 10");
        refused(() -> new Bananas().members(1), "at least 2", "1", "Try 5");
        refused(() -> new Hyperband().eta(1), "at least 2", "1", "Try 3");
        refused(() -> new Asha().least(0), "at least 1", "0");
    }

    @Test
    void severalFidelitiesNeedEpochs() {
        refused(opening(new Hyperband()), "epochs (0)", "(1)", "Try");
        refused(opening(new Asha()), "epochs (0)", "(1)", "Try");
        refused(opening(new Bohb()), "epochs (0)", "(1)", "Try");
    }
}
