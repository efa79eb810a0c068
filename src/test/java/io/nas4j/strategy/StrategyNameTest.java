package io.nas4j.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.trial.Objective;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a strategy tells of itself, so that nobody asks for its class. */
class StrategyNameTest {

    /** Ends by itself, and optimises something of its own. */
    private record Slices() implements SearchStrategy {
        @Override
        public Session open(io.nas4j.trial.Task task, io.nas4j.trial.Fidelity fidelity) {
            throw new IllegalStateException("not opened here");
        }

        @Override
        public OptionalInt slices() {
            return OptionalInt.of(3);
        }

        @Override
        public String name() {
            return "S-LICES";
        }

        @Override
        public List<Objective> objectives(io.nas4j.trial.Task task) {
            return List.of(Objective.minimize("size"));
        }
    }

    @Test
    void aNameIsTheClasssWords() {
        SearchStrategy own = (task, fidelity) -> (history, random) -> java.util.Optional.empty();
        assertThat(new RandomSearch().name()).isEqualTo("random search");
        assertThat(new Tpe().name()).isEqualTo("TPE");
        assertThat(own.name()).isEqualTo("own strategy");
    }

    @Test
    void onlyAnAgeingPopulationHasALineage() {
        assertThat(new Evolution().population(30).ageing()).hasValue(30);
        assertThat(new Nsga2().ageing()).isEmpty();
    }

    @Test
    void aRepeatedStrategySpeaksForTheOneThatItRepeats() {
        Repeated four = new Repeated(new Slices(), 4);
        assertThat(four.name()).isEqualTo("S-LICES");
        assertThat(four.answers()).isEqualTo(4);
        assertThat(new Slices().answers()).isEqualTo(1);
        assertThat(four.objectives(SearchStrategyContract.task(io.nas4j.space.Spaces.chain(), 1)))
                .containsExactly(Objective.minimize("size"));
    }
}
