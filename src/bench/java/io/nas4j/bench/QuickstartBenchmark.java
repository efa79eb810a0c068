package io.nas4j.bench;

import static io.nas4j.Nas.CIFAR10;
import static io.nas4j.Nas.DARTS;
import static io.nas4j.Nas.RANDOM;
import static io.nas4j.Nas.lowFidelity;
import static io.nas4j.Nas.nasBench201;
import static io.nas4j.Nas.tabular;
import static io.nas4j.Nas.trials;

import io.nas4j.Nas;
import io.nas4j.Search;
import io.nas4j.SearchResult;
import io.nas4j.estimate.Tabular;
import io.nas4j.space.Architecture;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The searches of the quickstart notebook over several seeds: DARTS, and random search with the
 * same estimator, both judged by NAS-Bench-201's table of CIFAR-10, which neither sees. Every trial
 * is a line of a file: its score, its seconds, and its percentile among all 15,625 cells.
 *
 * <pre>{@code
 * QuickstartBenchmark quickstart.csv 1 8
 * }</pre>
 */
public final class QuickstartBenchmark {

    private static final String HEADER =
            "strategy,seed,trial,measure,answer,score,seconds,accuracy,percentile";
    private static final int DRAWS = 10;

    private final Path file;
    private final Tabular judge = tabular(CIFAR10);
    private final double[] accuracies =
            CIFAR10.architectures().mapToDouble(this::accuracy).sorted().toArray();

    private QuickstartBenchmark(Path file) {
        this.file = file;
    }

    /**
     * Appends the seeds to the file.
     *
     * @param args file, first and last seed
     * @throws IOException when the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        QuickstartBenchmark bench = new QuickstartBenchmark(Path.of(args[0]));
        if (!Files.exists(bench.file)) {
            bench.write(HEADER);
        }
        for (int seed = Integer.parseInt(args[1]); seed <= Integer.parseInt(args[2]); seed++) {
            Search search =
                    Nas.space(nasBench201(8, 1))
                            .estimator(lowFidelity(10).data(0.3).resolution(14))
                            .seed(seed)
                            .quiet();
            bench.add("DARTS", seed, search.strategy(DARTS).run());
            bench.add("random", seed, search.strategy(RANDOM).budget(trials(DRAWS)).run());
        }
    }

    private void add(String strategy, int seed, SearchResult result) throws IOException {
        int answer = result.best().number();
        for (Trial trial : result.history().trials()) {
            Architecture cell = trial.architecture();
            String line =
                    String.format(
                            Locale.ROOT,
                            "%s,%d,%d,%s,%s,%.4f,%.1f,%.5f,%.2f",
                            strategy,
                            seed,
                            trial.number(),
                            trial.measure().split("\\(")[0],
                            trial.number() == answer,
                            trial.score().orElse(Double.NaN),
                            trial.cost().compute().toMillis() / 1e3,
                            accuracy(cell),
                            percentile(accuracy(cell)));
            System.out.println(line);
            write(line);
        }
    }

    private void write(String line) throws IOException {
        Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private double accuracy(Architecture cell) {
        return judge.optimum() - judge.regret(cell);
    }

    /** Of all cells, how many in 100 are worse; equals count half. */
    private double percentile(double accuracy) {
        long worse = Arrays.stream(accuracies).filter(other -> other < accuracy).count();
        long equal = Arrays.stream(accuracies).filter(other -> other == accuracy).count();
        return 100 * (worse + equal / 2.0) / accuracies.length;
    }
}
