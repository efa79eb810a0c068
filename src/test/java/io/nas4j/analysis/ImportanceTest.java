package io.nas4j.analysis;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.conv;
import static io.nas4j.space.Grammar.relu;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.analysis.Importance.Effect;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Functions whose analysis of variance is known. */
class ImportanceTest {

    private static final SearchSpace SPACE =
            SearchSpace.of(
                    "four",
                    stem(4),
                    choice("a", relu(), skip(), conv(1, 4)),
                    choice("b", relu(), skip()),
                    choice("c", relu(), skip()),
                    choice("d", relu(), skip(), conv(1, 4), conv(3, 4)),
                    classifier());

    private static History history(int trials, long seed, ToDoubleFunction<int[]> score) {
        return history(trials, seed, "m", score);
    }

    private static History history(
            int trials, long seed, String measure, ToDoubleFunction<int[]> score) {
        SplittableRandom random = new SplittableRandom(seed);
        History history = History.empty(measure);
        for (int i = 0; i < trials; i++) {
            Architecture drawn = SPACE.sample(random);
            Map<String, Integer> answers = SPACE.answers(drawn);
            int[] x = SPACE.decisions().stream().mapToInt(d -> answers.get(d.id())).toArray();
            history = history.plus(trial(i, drawn, measure, score.applyAsDouble(x)));
        }
        return history;
    }

    private static Trial trial(
            int number, Architecture architecture, String measure, double score) {
        return new Trial(
                number,
                architecture,
                measure,
                Fidelity.NONE,
                0,
                OptionalInt.empty(),
                new Outcome.Completed(Estimate.of(score)));
    }

    /** Of a: −1, 0, 1, variance 2/3; of b: ±0.5, variance 1/4; nothing else. */
    @Test
    void effectsThatAddUpHaveTheirVariancesAsShares() {
        Importance found = Importance.of(SPACE, history(80, 1, x -> 7 + (x[0] - 1) + (x[1] - 0.5)));
        assertThat(found.explained()).isGreaterThan(0.98);
        assertThat(effect(found, 0).share()).isCloseTo(2 / 3.0 / (2 / 3.0 + 0.25), within(0.03));
        assertThat(effect(found, 1).share()).isCloseTo(0.25 / (2 / 3.0 + 0.25), within(0.03));
        assertThat(effect(found, 2).share()).isLessThan(0.01);
        assertThat(effect(found, 3).share()).isLessThan(0.01);
        assertThat(found.interactions().get(0).share()).isLessThan(0.01);
        assertThat(effect(found, 0).options().stream().map(Importance.Marginal::difference))
                .zipSatisfy(
                        List.of(-1.0, 0.0, 1.0),
                        (is, should) -> assertThat(is).isCloseTo(should, within(0.08)));
        assertThat(effect(found, 0).best().option()).contains("conv");
        assertThat(found.effects().get(0).decision()).isEqualTo(id(0));
    }

    /** b and c say nothing alone, and all together. */
    @Test
    void anExclusiveOrIsAnInteraction() {
        Importance found = Importance.of(SPACE, history(80, 2, x -> x[1] ^ x[2]));
        Importance.Interaction first = found.interactions().get(0);
        assertThat(List.of(first.first(), first.second())).containsExactly(id(1), id(2));
        assertThat(first.share()).isGreaterThan(0.95);
        assertThat(found.effects().get(0).share()).isLessThan(0.03);
        assertThat(found.explained()).isGreaterThan(0.95);
    }

    @Test
    void sharesSumToOne() {
        Importance found = Importance.of(SPACE, history(60, 3, x -> x[0] * x[3] + 0.3 * x[1]));
        double sum =
                found.effects().stream().mapToDouble(Effect::share).sum()
                        + found.interactions().stream().mapToDouble(i -> i.share()).sum();
        assertThat(sum).isCloseTo(1, within(1e-9));
        assertThat(found.effects()).hasSize(4);
        assertThat(found.interactions()).hasSize(6);
    }

    /** The negative twin: of chance alone nothing is predicted, and it says so. */
    @Test
    void ofChanceNothingIsExplained() {
        SplittableRandom noise = new SplittableRandom(8);
        Importance found = Importance.of(SPACE, history(60, 4, x -> noise.nextDouble()));
        assertThat(found.explained()).isLessThan(0.3);
        assertThat(found.trust()).contains("hardly to be believed");
        assertThat(found.toString()).contains("60 trials");
    }

    @Test
    void equalScoresHaveNoShares() {
        Importance found = Importance.of(SPACE, history(20, 5, x -> 0.5));
        assertThat(found.effects()).allMatch(effect -> effect.share() == 0);
    }

    @Test
    void searchesOfOtherMeasuresAreComparedWithinEach() {
        History percent = history(60, 6, x -> 100 * x[1] + 400);
        History fraction = history(60, 7, "n", x -> x[1] - 0.1);
        Importance found = Importance.of(SPACE, List.of(percent, fraction));
        assertThat(found.trials()).isEqualTo(120);
        // of one measure they keep their units
        Importance same =
                Importance.of(SPACE, List.of(percent, history(60, 8, x -> 100 * x[1] + 400)));
        assertThat(effect(same, 1).options().get(1).difference()).isCloseTo(50, within(3.0));
        assertThat(effect(found, 1).share()).isGreaterThan(0.95);
    }

    @Test
    void tooFewTrialsAreRefused() {
        assertThatThrownBy(() -> Importance.of(SPACE, history(9, 1, x -> x[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 10 comparable trials, but there are 9");
    }

    private static String id(int decision) {
        return SPACE.decisions().get(decision).id();
    }

    private static Effect effect(Importance found, int decision) {
        return found.effects().stream()
                .filter(effect -> effect.decision().equals(id(decision)))
                .findFirst()
                .orElseThrow();
    }
}
