package io.nas4j.bench;

import io.nas4j.analysis.Confirmation;
import io.nas4j.controller.RnnController;
import io.nas4j.data.Data;
import io.nas4j.estimate.NasBench201;
import io.nas4j.space.Architecture;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Bananas;
import io.nas4j.strategy.Bayesian;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.LocalSearch;
import io.nas4j.strategy.Nsga2;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.Reinforce;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Tpe;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Regret of every strategy on NAS-Bench-201: the best mean validation accuracy in the table minus
 * the best found, in points, after 50, 100, 200 and (for those that learn slowly) 1,000 different
 * architectures. All settings are defaults or named in a paper, the same on all data sets.
 *
 * <p>On a data set whose name ends in {@code -one-seed} a search sees one of an architecture's two
 * or three trainings, drawn by the trial's seed, and not their mean; its answer, the best that it
 * saw, is judged by the mean all the same. A second row, {@code +confirm}, is the same search with
 * its last 15 evaluations spent on three new trainings of each of the five best so far, whose best
 * mean is the answer.
 *
 * <p>Arguments: the results' folder, the number of seeds, then what to run, as {@code strategy} or
 * {@code strategy@data-set}; nothing means everything. Rows already in {@code regret.csv} for the
 * same strategy and data set are replaced, and {@code regret.md} is written anew; with 0 seeds that
 * is all that happens. Random search runs along, for the sign test.
 *
 * <pre>{@code
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/classes:target/test-classes:$(cat target/classpath) \
 *     io.nas4j.bench.RegretBenchmark src/bench/results 100 bayesian
 * }</pre>
 */
public final class RegretBenchmark {

    static final List<Integer> CHECKPOINTS = List.of(50, 100, 200, 1000);
    static final String ONE_SEED = "-one-seed";
    static final String CONFIRM = "+confirm";
    private static final Confirmation CONFIRMATION = new Confirmation(5, 3);

    private RegretBenchmark() {}

    static Map<String, SearchStrategy> strategies() {
        Map<String, SearchStrategy> all = new LinkedHashMap<>();
        all.put("random", new RandomSearch());
        all.put("local-search", new LocalSearch());
        all.put("local-search-steepest", new LocalSearch().starts(1).steepest(true));
        all.put("evolution", new Evolution());
        all.put("evolution-50-10", Evolution.nasBench());
        all.put("evolution-100-25", Evolution.amoebaNet());
        all.put("evolution-crossover", new Evolution().crossover(0.5));
        all.put("reinforce", new Reinforce());
        all.put("rnn-controller", new RnnController());
        all.put("tpe", new Tpe());
        all.put("bayesian", new Bayesian());
        all.put("bananas", new Bananas());
        all.put("bananas-paper", Bananas.paper());
        all.put("nsga2", new Nsga2());
        return all;
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int seeds = Integer.parseInt(args[1]);
        if (seeds == 0) {
            RegretReport.write(folder);
            return;
        }
        Set<String> wanted = args.length > 2 ? new HashSet<>(List.of(args)) : Set.of();
        for (var entry : strategies().entrySet()) {
            for (NasBench201 table : NasBench201.values()) {
                for (boolean noisy : new boolean[] {false, true}) {
                    String name =
                            table.title().substring(table.title().indexOf('/') + 1)
                                    + (noisy ? ONE_SEED : "");
                    if (wanted.isEmpty()
                            || wanted.contains(entry.getKey())
                            || wanted.contains(entry.getKey() + "@" + name)) {
                        measure(folder, name, entry.getKey(), table, noisy, seeds);
                    }
                }
            }
        }
    }

    private static void measure(
            Path folder, String name, String strategy, NasBench201 table, boolean noisy, int seeds)
            throws IOException {
        int evaluations = evaluations(strategy);
        double[][][] random = new double[2][seeds][];
        double[][][] regret = new double[2][seeds][];
        for (int seed = 0; seed < seeds; seed++) {
            double[][] run = regret(new RandomSearch(), table, noisy, seed, evaluations);
            random[0][seed] = run[0];
            random[1][seed] = run[1];
        }
        long start = System.nanoTime();
        for (int seed = 0; seed < seeds; seed++) {
            double[][] run = regret(strategies().get(strategy), table, noisy, seed, evaluations);
            regret[0][seed] = run[0];
            regret[1][seed] = run[1];
        }
        double milliseconds = (System.nanoTime() - start) / 1e6 / seeds / evaluations;
        RegretReport.add(folder, name, strategy, regret[0], random[0], milliseconds);
        if (noisy) {
            String confirmed = strategy + CONFIRM;
            RegretReport.add(folder, name, confirmed, regret[1], random[0], milliseconds);
        }
    }

    /** Those that learn slowly, and what they are compared with, go on to 1,000. */
    private static int evaluations(String strategy) {
        return Set.of("random", "reinforce", "rnn-controller").contains(strategy) ? 1000 : 200;
    }

    /**
     * One search; repeats are served from memory and cost nothing.
     *
     * @return [without and with confirmation, checkpoints]
     */
    private static double[][] regret(
            SearchStrategy strategy, NasBench201 table, boolean noisy, int seed, int evaluations) {
        Data nothing =
                Data.rows("none", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("a", "b"));
        Task task = new Task(Spaces.nasBench201(), nothing, new Seeds(seed));
        Map<Architecture, Estimate> seen = new HashMap<>();
        double[][] result = new double[2][CHECKPOINTS.size()];
        Arrays.fill(result[0], Double.NaN);
        Arrays.fill(result[1], Double.NaN);
        History history = History.empty(table.title());
        try (SearchStrategy.Session session = strategy.open(task, Fidelity.NONE)) {
            while (seen.size() < evaluations) {
                Proposal.Evaluate next =
                        (Proposal.Evaluate)
                                session.ask(history, task.seeds().random(history.size(), "ask"))
                                        .orElseThrow();
                int number = history.size();
                boolean fresh = !seen.containsKey(next.architecture());
                Estimate estimate =
                        seen.computeIfAbsent(
                                next.architecture(),
                                a -> score(table, a, noisy ? trained(task, number) : MEAN));
                Trial trial = trial(number, next, table.title(), estimate);
                history = history.plus(trial);
                session.tell(trial);
                int checkpoint = CHECKPOINTS.indexOf(seen.size());
                if (fresh && checkpoint >= 0) {
                    result[0][checkpoint] = regret(table, history.best().orElseThrow());
                }
                int spent = seen.size() + CONFIRMATION.top() * CONFIRMATION.seeds();
                if (fresh && noisy && CHECKPOINTS.contains(spent)) {
                    result[1][CHECKPOINTS.indexOf(spent)] =
                            regret(table, confirmed(task, table, history));
                }
            }
        }
        return result;
    }

    private static final OptionalLong MEAN = OptionalLong.empty();

    private static OptionalLong trained(Task task, int trial) {
        return OptionalLong.of(task.seeds().seed(trial, "trial"));
    }

    private static Trial trial(
            int number, Proposal.Evaluate of, String measure, Estimate estimate) {
        return new Trial(
                number,
                of.architecture(),
                measure,
                Fidelity.NONE,
                0,
                of.continues(),
                new Outcome.Completed(estimate, of.learned(), OptionalInt.empty()));
    }

    private static Trial confirmed(Task task, NasBench201 table, History search) {
        History history = search;
        Optional<Trial> next = CONFIRMATION.next(history);
        while (next.isPresent()) {
            Architecture again = next.get().architecture();
            int number = history.size();
            history =
                    history.plus(
                            trial(
                                    number,
                                    new Proposal.Evaluate(again, Fidelity.NONE),
                                    Confirmation.measure(table.title()),
                                    score(table, again, trained(task, number))));
            next = CONFIRMATION.next(history);
        }
        return CONFIRMATION.answer(history).orElseThrow().trial();
    }

    /** By the means, in points. */
    private static double regret(NasBench201 table, Trial answer) {
        double optimum = score(table, table.best(), MEAN).score();
        return 100 * (optimum - score(table, answer.architecture(), MEAN).score());
    }

    private static Estimate score(NasBench201 table, Architecture a, OptionalLong seed) {
        return table.find(a, 200, seed).orElseThrow();
    }
}
