package io.nas4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ParetoTest {

    private static Trial trial(int number, double score, long parameters) {
        return new Trial(
                number,
                new Architecture("s", List.of(number)),
                "m",
                Fidelity.NONE,
                0,
                OptionalInt.empty(),
                new Outcome.Completed(
                        new Estimate(
                                score,
                                Map.of(),
                                List.of(),
                                new Cost(Duration.ZERO, parameters, 0))));
    }

    @Test
    void theFrontIsWhatNothingDominates() {
        List<Trial> trials =
                List.of(
                        trial(0, 0.9, 100),
                        trial(1, 0.8, 50),
                        trial(2, 0.8, 60),
                        trial(3, 0.95, 200),
                        trial(4, 0.7, 50));
        assertThat(
                        Pareto.front(
                                        trials,
                                        List.of(Objective.SCORE, Objective.minimize("parameters")))
                                .stream()
                                .map(Trial::number))
                .containsExactly(3, 0, 1);
    }

    /** A score by a supernet and one of a tenth of the epochs are higher, and say nothing here. */
    @Test
    void aFrontRanksOneMeasureAtFullFidelity() {
        History history =
                History.empty("m")
                        .plus(trial(0, "supernet", Fidelity.NONE, 0.99))
                        .plus(trial(1, "m", Fidelity.epochs(10), 0.8))
                        .plus(trial(2, "m at epochs=1", Fidelity.epochs(1), 0.97))
                        .plus(trial(3, "m at width=0.5", Fidelity.epochs(10).width(0.5), 0.98))
                        .plus(trial(4, "m", Fidelity.epochs(10), 0.7));
        assertThat(Pareto.front(history, List.of(Objective.SCORE)))
                .extracting(Trial::number)
                .containsExactly(1);
        assertThat(Pareto.front(history.trials(), List.of(Objective.SCORE)))
                .extracting(Trial::number)
                .containsExactly(0);
    }

    private static Trial trial(int number, String measure, Fidelity fidelity, double score) {
        return new Trial(
                number,
                new Architecture("s", List.of(number)),
                measure,
                fidelity,
                0,
                OptionalInt.empty(),
                new Outcome.Completed(Estimate.of(score)));
    }

    @Test
    void trialsWithoutAnObjectiveAreLeftOut() {
        assertThat(
                        Pareto.front(
                                List.of(trial(0, 1, 1)),
                                List.of(Objective.SCORE, Objective.minimize("latency"))))
                .isEmpty();
    }

    /**
     * Against the definition: front k + 1 is dominated by something in front k, by none in its own.
     */
    @Test
    void ranksFollowTheDefinition() {
        SplittableRandom random = new SplittableRandom(1);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            points.add(new double[] {random.nextInt(8), random.nextInt(8), random.nextInt(4)});
        }
        int[] ranks = Pareto.ranks(points);
        for (int i = 0; i < ranks.length; i++) {
            int longest = -1;
            for (int j = 0; j < ranks.length; j++) {
                if (Pareto.dominates(points.get(j), points.get(i))) {
                    longest = Math.max(longest, ranks[j]);
                }
            }
            assertThat(ranks[i]).isEqualTo(longest + 1);
        }
    }

    @Test
    void crowdingIsInfiniteAtTheEndsAndSumsScaledGaps() {
        double[] crowding =
                Pareto.crowding(
                        List.of(
                                new double[] {0, 10},
                                new double[] {1, 4},
                                new double[] {4, 2},
                                new double[] {10, 0}));
        assertThat(crowding)
                .containsExactly(
                        Double.POSITIVE_INFINITY, 0.4 + 0.8, 0.9 + 0.4, Double.POSITIVE_INFINITY);
    }

    @Test
    void duplicatesHaveFiniteCrowding() {
        double[] crowding =
                Pareto.crowding(
                        List.of(
                                new double[] {0, 1},
                                new double[] {0, 1},
                                new double[] {1, 0},
                                new double[] {1, 0}));
        int infinite = 0;
        for (double value : crowding) {
            infinite += Double.isInfinite(value) ? 1 : 0;
        }
        assertThat(infinite).isBetween(2, 3);
    }
}
