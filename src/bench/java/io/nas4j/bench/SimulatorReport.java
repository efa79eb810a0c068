package io.nas4j.bench;

import io.nas4j.Nas;
import io.nas4j.data.Readers;
import io.nas4j.estimate.Tabular;
import io.nas4j.execute.SimulatedWorkers;
import io.nas4j.search.Budget;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long strategies take to a quality by the number of workers, on tables and a virtual clock;
 * prints the rows of {@code src/bench/results/workers.md}.
 */
public final class SimulatorReport {

    private SimulatorReport() {}

    /**
     * Runs it.
     *
     * @param args how many seeds, the regret to reach in accuracy
     */
    public static void main(String[] args) {
        int seeds = Integer.parseInt(args[0]);
        double regret = Double.parseDouble(args[1]);
        for (SearchStrategy strategy : List.of(Nas.RANDOM, Nas.EVOLUTION)) {
            rows(Nas.tabular(Nas.CIFAR10), Spaces.nasBench201(), strategy, seeds, regret);
        }
        for (SearchStrategy strategy : List.of(Nas.RANDOM, Nas.ASHA, Nas.HYPERBAND)) {
            rows(Nas.tabular(Nas.SMALL_BENCH), Spaces.smallBench(), strategy, seeds, regret);
        }
    }

    private static void rows(
            Tabular table, SearchSpace space, SearchStrategy strategy, int seeds, double regret) {
        for (int workers : new int[] {1, 10, 100, 1000}) {
            List<Double> minutes = new ArrayList<>();
            double busy = 0;
            for (int seed = 0; seed < seeds; seed++) {
                SimulatedWorkers simulated = new SimulatedWorkers(workers, 0.5, 0.01, seed);
                SearchSpec search =
                        SearchSpec.of(
                                        new Task(
                                                space,
                                                Readers.fashionMnistSample(),
                                                new Seeds(seed)),
                                        strategy,
                                        table.oneSeed(),
                                        Budget.trials(2000))
                                .executor(simulated)
                                .clock(simulated);
                RunResult result = new SearchLoop(search).run();
                busy += simulated.busy() / seeds;
                minutes.add(reached(result, table, simulated.ends(), regret));
            }
            Collections.sort(minutes);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %d | %.1f | %.1f %% |%n",
                    space.name(),
                    strategy.name(),
                    workers,
                    minutes.get(seeds / 2),
                    100 * busy);
        }
    }

    /** Minutes until a network of that mean accuracy had been trained to the end. */
    private static double reached(
            RunResult result, Tabular table, Map<Integer, Duration> ends, double regret) {
        double first = Double.POSITIVE_INFINITY;
        for (Trial trial : result.history().trials()) {
            if (trial.outcome() instanceof Outcome.Completed
                    && trial.fidelity().epochs() == table.fidelity().epochs()
                    && ends.containsKey(trial.number())
                    && table.regret(trial.architecture()) <= regret) {
                first = Math.min(first, ends.get(trial.number()).toMillis() / 6e4);
            }
        }
        return first;
    }
}
