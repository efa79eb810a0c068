package io.nas4j.strategy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract as users meet it: with a strategy of ten lines, and with broken ones. */
class OwnStrategyTest {

    /** Mutates the best so far. */
    record Greedy() implements SearchStrategy {
        @Override
        public Session open(Task task, Fidelity fidelity) {
            return (history, random) -> {
                Optional<Architecture> best = history.best().map(Trial::architecture);
                return Unseen.draw(
                                task.space(),
                                history,
                                random,
                                () ->
                                        best.map(a -> task.space().mutate(a, random))
                                                .orElseGet(() -> task.space().sample(random)))
                        .map(next -> new Proposal.Evaluate(next, fidelity));
            };
        }
    }

    /** Remembers something that is not in the history. */
    record Forgetful() implements SearchStrategy {
        @Override
        public Session open(Task task, Fidelity fidelity) {
            int[] asked = {0};
            return (history, random) ->
                    Unseen.draw(
                                    task.space(),
                                    history,
                                    random,
                                    () ->
                                            task.space()
                                                    .sample(
                                                            asked[0]++ % 2 == 0
                                                                    ? random
                                                                    : new java.util
                                                                            .SplittableRandom(
                                                                            asked[0])))
                            .map(next -> new Proposal.Evaluate(next, fidelity));
        }
    }

    /** Never ends. */
    record Endless() implements SearchStrategy {
        @Override
        public Session open(Task task, Fidelity fidelity) {
            return (history, random) ->
                    Optional.of(new Proposal.Evaluate(task.space().sample(random), fidelity));
        }
    }

    /** Asks no generator. */
    record Stubborn() implements SearchStrategy {
        @Override
        public Session open(Task task, Fidelity fidelity) {
            return (history, random) ->
                    task.space().stream()
                            .skip(history.size())
                            .findFirst()
                            .map(next -> new Proposal.Evaluate(next, fidelity));
        }
    }

    /** Says that it optimises what the search states, and optimises the score. */
    record Boastful() implements SearchStrategy {
        @Override
        public List<Objective> objectives(Task task) {
            return task.objectives().isEmpty() ? List.of(Objective.SCORE) : task.objectives();
        }

        @Override
        public Session open(Task task, Fidelity fidelity) {
            return new Evolution().population(5).tournament(2).open(task, fidelity);
        }
    }

    /** Optimises what the search states, and does not say so. */
    record Secretive() implements SearchStrategy {
        @Override
        public Session open(Task task, Fidelity fidelity) {
            return new Nsga2().population(8).open(task, fidelity);
        }
    }

    @Test
    void ignoredObjectivesAreFound() {
        assertThatThrownBy(() -> SearchStrategyContract.verify(new Boastful()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("must optimise them");
    }

    @Test
    void undeclaredObjectivesAreFound() {
        assertThatThrownBy(() -> SearchStrategyContract.verify(new Secretive()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("must declare them");
    }

    @Test
    void aStrategyOfTenLinesKeepsTheContract() {
        SearchStrategyContract.verify(new Greedy());
    }

    @Test
    void stateOutsideOfTheHistoryIsFound() {
        assertThatThrownBy(() -> SearchStrategyContract.verify(new Forgetful()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("as if never stopped");
    }

    @Test
    void endlessSearchIsFound() {
        assertThatThrownBy(() -> SearchStrategyContract.verify(new Endless()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("must end");
    }

    @Test
    void ignoredSeedIsFound() {
        assertThatThrownBy(() -> SearchStrategyContract.verify(new Stubborn()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("another seed");
    }
}
