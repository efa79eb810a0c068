package io.nas4j.bench;

import static io.nas4j.Nas.CIFAR10;
import static io.nas4j.Nas.RANDOM;
import static io.nas4j.Nas.SMALL_BENCH;
import static io.nas4j.Nas.shared;
import static io.nas4j.Nas.smallBench;
import static io.nas4j.Nas.trials;

import io.nas4j.Nas;
import io.nas4j.data.Data;
import io.nas4j.estimate.ScoreTable;
import io.nas4j.oneshot.OneShot;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Do a supernet's scores of its paths rank cells as a table of trained networks does? One supernet
 * is trained and kept in a file, then the same random cells are scored in each way that is asked
 * for, beside the number of their parameters and multiply-adds.
 *
 * <pre>{@code
 * PathScoreBenchmark scores.csv supernet 8,1 sample 1 200 ONE_SHOT ONE_SHOT:tuning=0 ONE_SHOT:scoredBy=ACCURACY
 * }</pre>
 *
 * <p>Arguments: the file of results; the file of the supernet; channels and cells a stage, or
 * {@code small} for the space and the table of the small benchmark; the data and a strategy's text,
 * as {@link WeightSharingBenchmark} reads them; the seed; how many cells. The ways must train
 * alike, else the kept supernet is refused.
 */
public final class PathScoreBenchmark {

    private PathScoreBenchmark() {}

    /**
     * Appends a line for each cell and prints Kendall's tau-b of every column with the table.
     *
     * @param args results, supernet, channels and cells, data, seed, how many cells, strategies
     * @throws IOException when a file cannot be written
     * @throws ReflectiveOperationException for a strategy that does not exist
     */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        boolean small = args[2].equals("small");
        SearchSpace space = small ? smallBench() : nasBench201(args[2]);
        ScoreTable table = small ? SMALL_BENCH : CIFAR10;
        Data data = WeightSharingBenchmark.data(args[3]);
        long seed = Long.parseLong(args[4]);
        List<String> lines = new ArrayList<>();
        for (String name : List.of(args).subList(6, args.length)) {
            OneShot supernet = (OneShot) WeightSharingBenchmark.strategy(name);
            List<Trial> cells =
                    Nas.space(space)
                            .data(data)
                            .strategy(RANDOM)
                            .estimator(shared(supernet).file(Path.of(args[1])))
                            .budget(trials(Integer.parseInt(args[5])))
                            .seed(seed)
                            .quiet()
                            .run()
                            .history()
                            .trials();
            report(name, table, cells);
            cells.forEach(cell -> lines.add(line(args[3], seed, name, table, cell)));
        }
        Path file = Path.of(args[0]);
        if (!Files.exists(file)) {
            Files.writeString(file, "data,seed,strategy,cell,accuracy,columns\n");
        }
        Files.write(file, lines, java.nio.file.StandardOpenOption.APPEND);
    }

    private static void report(String name, ScoreTable table, List<Trial> cells) {
        double[] truth = cells.stream().mapToDouble(cell -> accuracy(table, cell)).toArray();
        System.out.printf(Locale.ROOT, "%s, %d cells%n", name, cells.size());
        for (String column : columns(cells.get(0)).keySet()) {
            double[] values = cells.stream().mapToDouble(c -> columns(c).get(column)).toArray();
            System.out.printf(
                    Locale.ROOT, "  %-14s tau-b %.2f%n", column, CurveReport.tau(values, truth));
        }
    }

    private static SearchSpace nasBench201(String sizes) {
        String[] both = sizes.split(",");
        return Nas.nasBench201(Integer.parseInt(both[0]), Integer.parseInt(both[1]));
    }

    /** After the longest training of the table. */
    private static double accuracy(ScoreTable table, Trial cell) {
        List<Integer> rungs = table.rungs();
        return table.find(cell.architecture(), rungs.get(rungs.size() - 1), OptionalLong.empty())
                .orElseThrow()
                .score();
    }

    /** What is compared with the table. */
    private static Map<String, Double> columns(Trial cell) {
        Outcome.Completed completed = (Outcome.Completed) cell.outcome();
        Map<String, Double> columns = new LinkedHashMap<>();
        columns.put(Metrics.SCORE, completed.estimate().score());
        columns.putAll(new java.util.TreeMap<>(completed.estimate().metrics()));
        columns.put(Metrics.PARAMETERS, (double) completed.estimate().cost().parameters());
        columns.put(Metrics.MULTIPLY_ADDS, (double) completed.estimate().cost().multiplyAdds());
        return columns;
    }

    private static String line(String data, long seed, String name, ScoreTable table, Trial cell) {
        String picks =
                cell.architecture().choices().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" "));
        String columns =
                columns(cell).entrySet().stream()
                        .map(column -> column.getKey() + "=" + column.getValue())
                        .collect(Collectors.joining(";"));
        return String.join(",", data, "" + seed, name, picks, "" + accuracy(table, cell), columns);
    }
}
