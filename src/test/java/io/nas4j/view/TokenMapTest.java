package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.space.Architecture;
import io.nas4j.space.Grammar;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TokenMapTest {

    private static final SearchSpace SPACE =
            SearchSpace.of(
                    "two",
                    Grammar.choice("first", Grammar.skip(), Grammar.norConv(3)),
                    Grammar.choice("second", Grammar.skip(), Grammar.norConv(3)));

    private static final Architecture STRING = new Architecture("two", List.of(1, 0));

    @Test
    void eachColumnIsTheMeanOfItsTrials() {
        HeatMap map = HeatMap.tokens(SPACE, STRING, history(0.4, 0.6, 0.8, 1.0), 2);
        assertThat(map.columns()).containsExactly("1–2", "3–4");
        assertThat(map.rows()).hasSize(2);
        assertThat(map.rows().get(0)).startsWith("first: ");
        assertThat(map.values().get(0)).containsExactly(0.5, 0.9);
        // no trial came to the second decision
        assertThat(map.values().get(1)).containsExactly(0.5, 0.5);
    }

    @Test
    void moreSlicesThanTrialsAreRefused() {
        assertThatThrownBy(() -> HeatMap.tokens(SPACE, STRING, history(0.5), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slices must be in [1, 1]");
    }

    private static History history(double... probabilities) {
        History history = History.empty("m");
        for (double p : probabilities) {
            OptionWeights learned = new OptionWeights(Map.of("first", List.of(1 - p, p)));
            history =
                    history.plus(
                            new Trial(
                                    history.size(),
                                    STRING,
                                    "m",
                                    Fidelity.NONE,
                                    0,
                                    OptionalInt.empty(),
                                    new Outcome.Completed(
                                            Estimate.of(p), learned, OptionalInt.empty())));
        }
        return history;
    }
}
