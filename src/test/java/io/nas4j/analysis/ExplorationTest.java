package io.nas4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ExplorationTest {

    private static final SearchSpace SPACE = Spaces.nasBench201(1, 1);

    @Test
    void noveltyIsTheDistanceToTheNearestBefore() {
        History history = History.empty("m");
        List<List<Integer>> choices =
                List.of(
                        List.of(0, 0, 0, 0, 0, 0),
                        List.of(1, 1, 1, 0, 0, 0),
                        List.of(1, 1, 1, 1, 0, 0),
                        List.of(0, 0, 0, 0, 0, 0));
        for (List<Integer> choice : choices) {
            history =
                    history.plus(
                            new Trial(
                                    history.size(),
                                    new Architecture("nas-bench-201", choice),
                                    "m",
                                    Fidelity.NONE,
                                    0,
                                    OptionalInt.empty(),
                                    new Outcome.Failed("no", "", Cost.ZERO)));
        }
        assertThat(Exploration.of(SPACE, history).stream().map(Exploration::novelty))
                .containsExactly(1.0, 0.5, 1 - 5 / 6.0, 0.0);
    }

    @Test
    void entropyIsOneForUniformAndZeroForCertain() {
        assertThat(entropy(0.25, 0.25, 0.25, 0.25)).isCloseTo(1, within(1e-12));
        assertThat(entropy(1, 0, 0)).isZero();
        assertThat(entropy(0.5, 0.5, 0, 0)).isCloseTo(0.5, within(1e-12));
    }

    private static double entropy(double... weights) {
        return Exploration.entropy(
                new OptionWeights(Map.of("d", DoubleStream.of(weights).boxed().toList())));
    }
}
