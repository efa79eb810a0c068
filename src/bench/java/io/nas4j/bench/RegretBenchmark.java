package io.nas4j.bench;

import io.nas4j.data.Data;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.LocalSearch;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Regret of every strategy on NAS-Bench-201: the best mean validation accuracy in the table minus
 * the best found, in points, after 50, 100 and 200 different architectures.
 *
 * <p>Arguments: seeds, then strategies' names; without names all. Writes {@code regret.csv}.
 */
public final class RegretBenchmark {

    private static final List<String> DATA_SETS = List.of("cifar10", "cifar100", "imagenet16-120");
    private static final int[] CHECKPOINTS = {50, 100, 200};

    private RegretBenchmark() {}

    static Map<String, SearchStrategy> strategies() {
        Map<String, SearchStrategy> all = new LinkedHashMap<>();
        all.put("random", new RandomSearch());
        all.put("evolution", new Evolution());
        all.put("evolution-20-5", new Evolution(20, 5, 0));
        all.put("evolution-50-10", new Evolution(50, 10, 0));
        all.put("evolution-10-5", new Evolution(10, 5, 0));
        all.put("evolution-20-10", new Evolution(20, 10, 0));
        all.put("evolution-20-5-c", new Evolution(20, 5, 0.5));
        all.put("local-search", new LocalSearch());
        all.put("local-search-10", new LocalSearch().starts(10));
        all.put("local-search-5", new LocalSearch().starts(5));
        all.put("local-search-steepest", new LocalSearch().steepest(true));
        all.put("tpe", new io.nas4j.strategy.Tpe());
        for (double r : new double[] {0.02, 0.05, 0.1, 0.2, 0.3}) {
            all.put("reinforce-" + r, new io.nas4j.strategy.Reinforce().rate(r));
        }
        all.put("grid", new io.nas4j.strategy.GridSearch().spread());
        all.put("bayesian", new io.nas4j.strategy.Bayesian());
        for (int par : new int[] {1, 2, 5, 10}) {
            all.put("bananas-" + par, new io.nas4j.strategy.Bananas().parents(par));
        }
        return all;
    }

    public static void main(String[] args) throws IOException {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        List<double[]> tables = tables();
        SearchSpace space = Spaces.nasBench201();
        Map<Architecture, Integer> index = new HashMap<>();
        space.stream().forEach(architecture -> index.put(architecture, index.size()));
        for (var entry : strategies().entrySet()) {
            if (args.length > 1 && !List.of(args).contains(entry.getKey())) {
                continue;
            }
            for (int set = 0; set < 3; set++) {
                long start = System.nanoTime();
                double[][] regret = new double[3][seeds];
                for (int seed = 0; seed < seeds; seed++) {
                    double[] run = run(entry.getValue(), space, index, tables.get(set), seed);
                    for (int i = 0; i < 3; i++) {
                        regret[i][seed] = run[i];
                    }
                }
                StringBuilder line = new StringBuilder();
                for (double[] values : regret) {
                    double mean = java.util.Arrays.stream(values).average().orElseThrow();
                    double sq =
                            java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
                    line.append(
                            String.format(
                                    Locale.ROOT,
                                    " %.3f ± %.3f ",
                                    mean,
                                    Math.sqrt(sq / (seeds - 1) / seeds)));
                }
                System.out.printf(
                        "%-18s %-15s %s  %.2f ms/run%n",
                        entry.getKey(),
                        DATA_SETS.get(set),
                        line,
                        (System.nanoTime() - start) / 1e6 / seeds);
            }
        }
    }

    private static double[] run(
            SearchStrategy strategy,
            SearchSpace space,
            Map<Architecture, Integer> index,
            double[] table,
            int seed) {
        double optimum = java.util.Arrays.stream(table).max().orElseThrow();
        Task task =
                new Task(
                        space,
                        Data.rows(
                                "none", new float[] {0, 0}, 1, new int[] {0, 1}, List.of("a", "b")),
                        new Seeds(seed));
        double best = 0;
        double[] result = new double[3];
        boolean[] seen = new boolean[table.length];
        int unique = 0;
        History history = History.empty("table");
        try (SearchStrategy.Session session = strategy.open(task, Fidelity.NONE)) {
            while (unique < 200) {
                Optional<Proposal> proposal =
                        session.ask(history, task.seeds().random(history.size(), "ask"));
                Proposal.Evaluate evaluate = (Proposal.Evaluate) proposal.orElseThrow();
                int at = index.get(evaluate.architecture());
                Trial trial =
                        new Trial(
                                history.size(),
                                evaluate.architecture(),
                                "table",
                                Fidelity.NONE,
                                0,
                                evaluate.continues(),
                                new Outcome.Completed(Estimate.of(table[at])));
                history = history.plus(trial);
                session.tell(trial);
                best = Math.max(best, table[at]);
                if (!seen[at]) {
                    seen[at] = true;
                    unique++;
                    for (int i = 0; i < 3; i++) {
                        if (unique == CHECKPOINTS[i]) {
                            result[i] = optimum - best;
                        }
                    }
                }
            }
        }
        return result;
    }

    private static List<double[]> tables() throws IOException {
        List<double[]> result = new ArrayList<>();
        try (DataInputStream in =
                new DataInputStream(
                        new GZIPInputStream(
                                RegretBenchmark.class.getResourceAsStream(
                                        "/io/nas4j/estimate/nas-bench-201.bin.gz")))) {
            byte[] all = in.readAllBytes();
            java.nio.ByteBuffer b = java.nio.ByteBuffer.wrap(all);
            int n = b.getInt(8);
            int offset = 64 + 8 * n;
            for (int set = 0; set < 3; set++) {
                int images = b.getInt(16 + 16 * set);
                offset += 2 * n;
                double[] table = new double[n];
                for (int i = 0; i < n; i++) {
                    int sum = 0;
                    int count = 0;
                    for (int seed = 0; seed < 3; seed++) {
                        int correct = b.getShort(offset + 2 * (seed * n + i)) & 0xffff;
                        if (correct != 65535) {
                            sum += correct;
                            count++;
                        }
                    }
                    table[i] = 100.0 * sum / count / images;
                }
                offset += 6 * n;
                result.add(table);
            }
        }
        return result;
    }
}
