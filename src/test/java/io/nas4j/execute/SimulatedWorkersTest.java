package io.nas4j.execute;

import static io.nas4j.Nas.ASHA;
import static io.nas4j.Nas.BAYESIAN;
import static io.nas4j.Nas.EVOLUTION;
import static io.nas4j.Nas.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;

import io.nas4j.Nas;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Budget;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Searches;
import io.nas4j.search.TrialExecutor;
import io.nas4j.search.TrialExecutorContract;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedWorkersTest extends TrialExecutorContract {

    @Override
    protected TrialExecutor executor() {
        return new SimulatedWorkers(3, 0.5, 0, 1);
    }

    /** A minute an epoch; a trial that continues pays for the new ones. */
    private record Minutes(int epochs) implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            return (candidate, context) -> {
                int sum = candidate.architecture().choices().stream().mapToInt(c -> c).sum();
                int trained = candidate.fidelity().epochs();
                int before = candidate.continues().isPresent() ? trained / 3 : 0;
                return Estimate.of(
                        sum / 24.0 - 1.0 / trained, Cost.of(Duration.ofMinutes(trained - before)));
            };
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.epochs(epochs);
        }

        @Override
        public String measure() {
            return "minutes";
        }
    }

    private static RunResult run(
            SearchStrategy strategy, int epochs, int trials, SimulatedWorkers workers) {
        SearchSpec search =
                SearchSpec.of(
                                Searches.task(Spaces.nasBench201(), 3),
                                strategy,
                                new Minutes(epochs),
                                Budget.trials(trials))
                        .executor(workers)
                        .clock(workers);
        return new SearchLoop(search).run();
    }

    @Test
    void theVirtualClockIsTheSumOfCostsSharedOut() {
        SimulatedWorkers one = new SimulatedWorkers(1, 0, 0, 1);
        RunResult serial = run(RANDOM, 2, 40, one);
        assertThat(serial.elapsed()).isEqualTo(Duration.ofMinutes(80));
        SimulatedWorkers ten = new SimulatedWorkers(10, 0, 0, 1);
        RunResult parallel = run(RANDOM, 2, 40, ten);
        assertThat(parallel.elapsed()).isEqualTo(Duration.ofMinutes(8));
        assertThat(parallel.history().trials()).isEqualTo(serial.history().trials());
        assertThat(ten.ends().values())
                .hasSize(40)
                .endsWith(Duration.ofMinutes(8))
                .allMatch(end -> end.compareTo(Duration.ofMinutes(8)) <= 0);
        assertThat(ten.busy()).isEqualTo(1);
    }

    @Test
    void asynchronousStrategiesKeepAHundredWorkersBusy() {
        for (SearchStrategy strategy : List.of(RANDOM, EVOLUTION, ASHA)) {
            SimulatedWorkers hundred = new SimulatedWorkers(100, 0.5, 0.01, 1);
            run(strategy, 27, 2000, hundred);
            assertThat(hundred.busy()).as(strategy.name()).isGreaterThan(0.95);
        }
        SimulatedWorkers eight = new SimulatedWorkers(8, 0.5, 0, 1);
        run(BAYESIAN, 27, 60, eight);
        assertThat(eight.busy()).isGreaterThan(0.95);
    }

    /** A whole training holds back what the strategy hears, but no worker. */
    @Test
    void trainingsOf27TimesTheFirstRungLeaveNobodyIdle() {
        for (int workers : new int[] {10, 100}) {
            SimulatedWorkers simulated = new SimulatedWorkers(workers, 0.5, 0.01, 1);
            SearchSpec search =
                    SearchSpec.of(
                                    Searches.task(Spaces.nasBench201(), 3),
                                    ASHA,
                                    new Whole(new Minutes(27)),
                                    Budget.trials(40 * workers))
                            .executor(simulated)
                            .clock(simulated);
            new SearchLoop(search).run();
            assertThat(simulated.busy()).as("%d workers", workers).isGreaterThan(0.95);
        }
    }

    /** Keeps no weights: what continues a trial trains from the start. */
    private record Whole(Minutes minutes) implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            return (candidate, context) -> {
                Estimate estimate = minutes.open(task).estimate(candidate, context);
                return Estimate.of(
                        estimate.score(),
                        Cost.of(Duration.ofMinutes(candidate.fidelity().epochs())));
            };
        }

        @Override
        public Fidelity fidelity() {
            return minutes.fidelity();
        }

        @Override
        public String measure() {
            return "whole minutes";
        }
    }

    @Test
    void aHalvingThatWaitsForAllOfARungDoesNot() {
        SimulatedWorkers hundred = new SimulatedWorkers(100, 0.5, 0.01, 1);
        run(Nas.HYPERBAND, 27, 500, hundred);
        assertThat(hundred.busy()).isLessThan(0.8);
    }

    @Test
    void lossesCostTimeAndSeldomATrial() {
        SimulatedWorkers safe = new SimulatedWorkers(10, 0, 0, 2);
        SimulatedWorkers lossy = new SimulatedWorkers(10, 0, 0.3, 2);
        Duration without = run(RANDOM, 2, 500, safe).elapsed();
        RunResult with = run(RANDOM, 2, 500, lossy);
        long failed =
                with.history().trials().stream()
                        .filter(trial -> trial.outcome() instanceof Outcome.Failed)
                        .count();
        assertThat(failed / 500.0).isCloseTo(0.09, offset(0.05));
        assertThat(with.elapsed()).isGreaterThan(without);
    }

    @Test
    void mistakesAreSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SimulatedWorkers(0, 0, 0, 1))
                .withMessage("simulated workers must be in [1, 100000], but were 0. Try 100.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SimulatedWorkers(1, 0, 1, 1))
                .withMessageContaining("Try 0.01");
        SimulatedWorkers used = new SimulatedWorkers(2, 0, 0, 1);
        run(RANDOM, 1, 2, used);
        assertThatIllegalStateException()
                .isThrownBy(() -> run(RANDOM, 1, 2, used))
                .withMessageContaining("Try new ones");
    }
}
