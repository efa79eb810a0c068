package io.nas4j.strategy;

import org.junit.jupiter.api.Nested;

/** Every strategy, and one of a user's own, against {@link SearchStrategyContract}. */
class StrategiesKeepTheContractTest {

    @Nested
    class Random extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new RandomSearch();
        }
    }

    @Nested
    class RegularizedEvolution extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new Evolution();
        }
    }

    @Nested
    class EvolutionWithCrossover extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new Evolution().population(5).tournament(2).crossover(0.5);
        }
    }

    @Nested
    class HillClimbing extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new LocalSearch();
        }
    }
}
