package io.nas4j.bench;

import io.nas4j.Nas;
import io.nas4j.Simulation;
import io.nas4j.data.Readers;
import io.nas4j.estimate.ScoreTable;
import io.nas4j.estimate.TableRow;
import io.nas4j.estimate.Tabular;
import io.nas4j.execute.SimulatedWorkers;
import io.nas4j.search.Budget;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Architecture;
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
import java.util.Random;

/**
 * How long strategies take to a quality by the number of workers, on tables and a virtual clock;
 * prints the rows of {@code src/bench/results/workers.md}.
 */
public final class SimulatorReport {

    private SimulatorReport() {}

    /**
     * Runs it.
     *
     * @param args how many seeds, the regret to reach in accuracy; or {@code curves}, how many
     *     seeds, how many trials and the numbers of workers: ASHA, with learning curves that are
     *     made up, until 91.1 % are reached
     */
    public static void main(String[] args) {
        if (args[0].equals("curves")) {
            Tabular table = madeUp();
            for (int i = 3; i < args.length; i++) {
                asha(
                        table,
                        Integer.parseInt(args[i]),
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]));
            }
            return;
        }
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

    /** With 1/27, 1/9 and 1/3 of the training 15, 10 and 5 points short, give or take. */
    private static Tabular madeUp() {
        Tabular truth = Nas.tabular(Nas.CIFAR10);
        Random noise = new Random(1);
        List<TableRow> rows = new ArrayList<>();
        for (Architecture cell : Nas.CIFAR10.architectures().toList()) {
            double seconds = truth.estimate(cell).cost().compute().toSeconds();
            int epochs = 1;
            for (int missing = 3; missing >= 0; missing--) {
                double lacking = missing * (0.05 + 0.01 * noise.nextGaussian());
                rows.add(
                        TableRow.of(cell, truth.score(cell) - lacking, seconds * epochs / 27)
                                .epochs(epochs));
                epochs *= 3;
            }
        }
        return Nas.tabular(ScoreTable.of("NAS-Bench-201 with made-up curves", rows));
    }

    private static void asha(Tabular table, int workers, int seeds, int trials) {
        List<Double> hours = new ArrayList<>();
        double busy = 0;
        int whole = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            Simulation run =
                    Nas.space(Spaces.nasBench201())
                            .strategy(Nas.ASHA)
                            .estimator(table)
                            .budget(Nas.trials(trials))
                            .seed(seed)
                            .simulate(workers);
            hours.add(run.hoursTo(0.911));
            busy += run.busy() / seeds;
            whole += run.history().comparable().size() / seeds;
        }
        Collections.sort(hours);
        System.out.printf(
                Locale.ROOT,
                "| %d | %.2f (%.2f to %.2f) | %.1f %% | %d |%n",
                workers,
                hours.get(seeds / 2),
                hours.get(seeds / 4),
                hours.get(3 * seeds / 4),
                100 * busy,
                whole);
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
