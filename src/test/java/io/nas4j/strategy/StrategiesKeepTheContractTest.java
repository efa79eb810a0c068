package io.nas4j.strategy;

import java.util.List;
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
    class WarmEvolution extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new WarmStarted(
                    new Evolution().population(5).tournament(2), List.of(), Earlier.NONE);
        }
    }

    @Nested
    class HillClimbing extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new LocalSearch();
        }
    }

    @Nested
    class SteepestHillClimbing extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new LocalSearch().steepest(true).starts(1);
        }
    }

    @Nested
    class ParzenEstimator extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new Tpe();
        }
    }

    @Nested
    class PolicyGradient extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new Reinforce();
        }
    }

    @Nested
    class Grid extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new GridSearch();
        }

        @Override
        protected boolean isRandom() {
            return false;
        }
    }

    @Nested
    class SpreadGrid extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new GridSearch().spread();
        }

        @Override
        protected boolean isRandom() {
            return false;
        }
    }

    @Nested
    class GaussianProcesses extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new Bayesian().candidates(50);
        }

        @Override
        protected int trials() {
            return 30;
        }
    }

    @Nested
    class SuccessiveHalving extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new Hyperband();
        }
    }

    @Nested
    class HalvingOfEvolution extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new Hyperband().sampler(new Evolution(4, 2, 0)).eta(2);
        }
    }

    @Nested
    class AsynchronousHalving extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new Asha();
        }
    }

    @Nested
    class HalvingOfParzenEstimator extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new Bohb();
        }
    }

    @Nested
    class SeveralObjectives extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new Nsga2().population(8);
        }
    }

    @Nested
    class TrainedNetworks extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return Bananas.paper().members(2).candidates(30);
        }

        @Override
        protected int trials() {
            return 25;
        }
    }

    @Nested
    class RandomFeatureNetworks extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new Bananas().candidates(30);
        }

        @Override
        protected int trials() {
            return 30;
        }
    }
}
