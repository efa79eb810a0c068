package io.nas4j.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Nsga2Test {

    private static final SearchSpace SPACE = Spaces.nasBench201(1, 1);
    private static final List<Objective> BOTH =
            List.of(Objective.SCORE, Objective.minimize("size"));

    /** The more of operation 3 the better and the larger; other operations only make it larger. */
    private static History search(SearchStrategy strategy, int trials, long seed) {
        return search(strategy, BOTH, trials, seed);
    }

    private static History search(
            SearchStrategy strategy, List<Objective> objectives, int trials, long seed) {
        Task task = SearchStrategyContract.task(SPACE, seed).objectives(objectives);
        History history = History.empty("m");
        try (SearchStrategy.Session session = strategy.open(task, Fidelity.NONE)) {
            while (history.size() < trials) {
                Proposal.Evaluate next =
                        (Proposal.Evaluate)
                                session.ask(history, task.seeds().random(history.size(), "ask"))
                                        .orElseThrow();
                List<Integer> choices = next.architecture().choices();
                double threes = choices.stream().filter(choice -> choice == 3).count();
                double size = choices.stream().filter(choice -> choice != 0).count();
                history =
                        history.plus(
                                new Trial(
                                        history.size(),
                                        next.architecture(),
                                        "m",
                                        Fidelity.NONE,
                                        0,
                                        next.continues(),
                                        new Outcome.Completed(
                                                new Estimate(
                                                        threes,
                                                        Map.of("size", size),
                                                        List.of(),
                                                        io.nas4j.trial.Cost.ZERO))));
            }
        }
        return history;
    }

    /** The area that the points dominate above score -1 and below size 7. */
    private static double hypervolume(List<Trial> trials) {
        double area = 0;
        for (double s = -1; s < 6; s++) {
            double level = s;
            double least =
                    trials.stream()
                            .filter(t -> t.score().getAsDouble() > level)
                            .mapToDouble(t -> -BOTH.get(1).value(t).getAsDouble())
                            .min()
                            .orElse(7);
            area += 7 - least;
        }
        return area;
    }

    @Test
    void itCoversMoreOfTheFrontThanRandomSearch() {
        int wins = 0;
        for (int seed = 0; seed < 12; seed++) {
            double ours = hypervolume(search(new Nsga2(20, 0.9), 300, seed).trials());
            double random = hypervolume(search(new RandomSearch(), 300, seed).trials());
            wins += ours > random ? 1 : 0;
        }
        // sign test: 11 of 12 by chance has p = 0.003
        assertThat(wins).isGreaterThanOrEqualTo(11);
    }

    @Test
    void theSearchsObjectivesAreOptimisedAndItsOwnWhereNoneAreStated() {
        Task task = SearchStrategyContract.task(SPACE, 1);
        assertThat(new Nsga2().objectives(task))
                .containsExactly(Objective.SCORE, Objective.minimize("parameters"));
        assertThat(new Nsga2().objectives(task.objectives(BOTH))).isEqualTo(BOTH);
    }

    @Test
    void anObjectiveThatATrialLacksIsAnError() {
        List<Objective> latency = List.of(Objective.SCORE, Objective.minimize("latency"));
        assertThatThrownBy(() -> search(new Nsga2(), latency, 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("minimize latency")
                .hasMessageContaining("trial 0");
    }

    @Test
    void oneObjectiveIsRefused() {
        assertThatThrownBy(() -> search(new Nsga2(), List.of(Objective.minimize("size")), 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 2")
                .hasMessageContaining("minimize size")
                .hasMessageContaining("Try");
    }
}
