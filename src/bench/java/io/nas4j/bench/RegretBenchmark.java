package io.nas4j.bench;

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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Regret of every strategy on NAS-Bench-201: the best mean validation accuracy in the table minus
 * the best found, in points, after 50, 100, 200 and (for those that learn slowly) 1,000 different
 * architectures. All settings are defaults or named in a paper, the same on all data sets.
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
                String name = table.title().substring(table.title().indexOf('/') + 1);
                if (wanted.isEmpty()
                        || wanted.contains(entry.getKey())
                        || wanted.contains(entry.getKey() + "@" + name)) {
                    int evaluations = evaluations(entry.getKey());
                    double[][] random = new double[seeds][];
                    for (int seed = 0; seed < seeds; seed++) {
                        random[seed] = regret(new RandomSearch(), table, seed, evaluations);
                    }
                    long start = System.nanoTime();
                    double[][] regret = new double[seeds][];
                    for (int seed = 0; seed < seeds; seed++) {
                        regret[seed] = regret(entry.getValue(), table, seed, evaluations);
                    }
                    double milliseconds = (System.nanoTime() - start) / 1e6 / seeds / evaluations;
                    RegretReport.add(folder, name, entry.getKey(), regret, random, milliseconds);
                }
            }
        }
    }

    /** Those that learn slowly, and what they are compared with, go on to 1,000. */
    private static int evaluations(String strategy) {
        return Set.of("random", "reinforce", "rnn-controller").contains(strategy) ? 1000 : 200;
    }

    /** One search; repeats are served from memory and cost nothing. */
    private static double[] regret(
            SearchStrategy strategy, NasBench201 table, int seed, int evaluations) {
        Data nothing =
                Data.rows("none", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("a", "b"));
        Task task = new Task(Spaces.nasBench201(), nothing, new Seeds(seed));
        double optimum = score(table, table.best()).score();
        double best = 0;
        Set<Architecture> seen = new HashSet<>();
        double[] result = new double[CHECKPOINTS.size()];
        java.util.Arrays.fill(result, Double.NaN);
        History history = History.empty(table.title());
        try (SearchStrategy.Session session = strategy.open(task, Fidelity.NONE)) {
            while (seen.size() < evaluations) {
                Proposal.Evaluate next =
                        (Proposal.Evaluate)
                                session.ask(history, task.seeds().random(history.size(), "ask"))
                                        .orElseThrow();
                Estimate estimate = score(table, next.architecture());
                Trial trial =
                        new Trial(
                                history.size(),
                                next.architecture(),
                                table.title(),
                                Fidelity.NONE,
                                0,
                                next.continues(),
                                new Outcome.Completed(
                                        estimate, next.learned(), java.util.OptionalInt.empty()));
                history = history.plus(trial);
                session.tell(trial);
                best = Math.max(best, estimate.score());
                if (seen.add(next.architecture()) && CHECKPOINTS.contains(seen.size())) {
                    result[CHECKPOINTS.indexOf(seen.size())] = 100 * (optimum - best);
                }
            }
        }
        return result;
    }

    private static Estimate score(NasBench201 table, Architecture architecture) {
        return table.find(architecture, 200, OptionalLong.empty()).orElseThrow();
    }
}
