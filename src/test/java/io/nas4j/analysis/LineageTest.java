package io.nas4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.space.Architecture;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LineageTest {

    private static final SearchSpace SPACE =
            SearchSpace.of(
                    "three",
                    Grammar.choice("a", Grammar.skip(), Grammar.norConv(3)),
                    Grammar.choice("b", Grammar.skip(), Grammar.norConv(3)),
                    Grammar.choice("c", Grammar.skip(), Grammar.norConv(3)));

    @Test
    void theParentIsTheNearestOfThoseAlive() {
        History history = history(0.3, 0, 0, 0);
        history = history.plus(trial(1, 0.6, 1, 1, 1));
        history = history.plus(trial(2, 0.7, 1, 1, 0));
        // one decision from trial 2, and from trial 0, which is dead
        history = history.plus(trial(3, 0.5, 1, 0, 0));

        Lineage lineage = Lineage.of(SPACE, history, 2);

        assertThat(lineage.members().get(0).parent()).isEmpty();
        assertThat(lineage.members().get(1).parent()).isEmpty();
        assertThat(lineage.members().get(2).parent()).contains(history.trials().get(1));
        assertThat(lineage.members().get(3).parent()).contains(history.trials().get(2));
        assertThat(lineage.members().get(3).changes()).hasSize(1);
        assertThat(lineage.members().get(3).changes().get(0)).matches("b: .*conv.* → skip.*");
        assertThat(lineage.members())
                .extracting(Lineage.Member::leaves)
                .containsExactly(2, 3, 4, 4);
        assertThat(lineage.ancestors(history.trials().get(3)))
                .extracting(member -> member.trial().number())
                .containsExactly(1, 2, 3);
    }

    @Test
    void mutationsAreToldTheBestChildFirst() {
        History history = history(0.3, 0, 0, 0);
        history = history.plus(trial(1, 0.6, 1, 1, 1));
        history = history.plus(trial(2, 0.5, 1, 1, 0));
        history = history.plus(trial(3, 0.7, 1, 0, 0));
        Lineage lineage = Lineage.of(SPACE, history, 2);
        assertThat(lineage.mutations())
                .extracting(mutation -> mutation.child().number())
                .containsExactly(3, 2);
        Lineage.Mutation best = lineage.mutations().get(0);
        assertThat(best.parent().number()).isEqualTo(2);
        assertThat(best.changes()).isEqualTo(lineage.members().get(3).changes());
        assertThat(lineage.members().get(0).origin()).isEqualTo("sampled at random");
        assertThat(lineage.members().get(3).origin()).matches("b: .*conv.* → skip.*");
    }

    @Test
    void ofTwoAsNearTheBetterOneIsTheParent() {
        for (double first : new double[] {0.2, 0.8}) {
            History history = history(first, 0, 0, 1);
            history = history.plus(trial(1, 0.5, 0, 1, 0));
            history = history.plus(trial(2, 0.6, 0, 0, 0));
            Trial parent = Lineage.of(SPACE, history, 2).members().get(2).parent().orElseThrow();
            assertThat(parent.number()).isEqualTo(first > 0.5 ? 0 : 1);
        }
    }

    @Test
    void onlyScoredTrialsAreMembers() {
        History history = history(0.3, 0, 0, 0);
        Trial failed =
                new Trial(
                        1,
                        new Architecture("three", List.of(0, 0, 1)),
                        "m",
                        Fidelity.NONE,
                        0,
                        OptionalInt.empty(),
                        new Outcome.Failed("no", "", Cost.ZERO));
        Lineage lineage = Lineage.of(SPACE, history.plus(failed), 2);
        assertThat(lineage.members()).hasSize(1);
        assertThatThrownBy(() -> lineage.ancestors(failed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trial 1 has no score");
    }

    private static History history(double score, Integer... choices) {
        return History.empty("m").plus(trial(0, score, choices));
    }

    private static Trial trial(int number, double score, Integer... choices) {
        return new Trial(
                number,
                new Architecture("three", List.of(choices)),
                "m",
                Fidelity.NONE,
                0,
                OptionalInt.empty(),
                new Outcome.Completed(Estimate.of(score)));
    }
}
