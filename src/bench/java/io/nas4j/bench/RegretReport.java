package io.nas4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Regret as CSV in the peers' columns, and a Markdown table of ours beside theirs. */
final class RegretReport {

    private static final String HEADER =
            "data_set,strategy,evaluations,seeds,mean_regret,standard_error,milliseconds_per_trial,"
                    + "better_than_random,worse_than_random,sign_test_p";
    private static final List<String> DATA_SETS =
            List.of(
                    "cifar10",
                    "cifar100",
                    "imagenet16-120",
                    "cifar10" + RegretBenchmark.ONE_SEED,
                    "cifar100" + RegretBenchmark.ONE_SEED,
                    "imagenet16-120" + RegretBenchmark.ONE_SEED);

    private RegretReport() {}

    /** A line of either file: name, its evaluations, and what to print. */
    private record Row(String dataSet, String name, int evaluations, String[] cells) {}

    /**
     * Replaces the rows of one strategy on one data set, and writes the Markdown anew.
     *
     * @param regret [seeds, checkpoints]; NaN where a run ended before
     * @param random the same of random search, seed by seed
     */
    static void add(
            Path folder,
            String dataSet,
            String strategy,
            double[][] regret,
            double[][] random,
            double milliseconds)
            throws IOException {
        List<Row> rows = read(folder.resolve("regret.csv"), 2);
        rows.removeIf(row -> row.dataSet.equals(dataSet) && row.name.equals(strategy));
        for (int i = 0; i < RegretBenchmark.CHECKPOINTS.size(); i++) {
            if (!Double.isNaN(regret[0][i]) && !Double.isNaN(random[0][i])) {
                String line =
                        String.format(
                                Locale.ROOT,
                                "%s,%s,%d,%d,%s,%.4f,%s",
                                dataSet,
                                strategy,
                                RegretBenchmark.CHECKPOINTS.get(i),
                                regret.length,
                                mean(regret, i),
                                milliseconds,
                                signTest(regret, random, i));
                rows.add(row(line.split(",", -1), 2));
            }
        }
        List<String> order =
                RegretBenchmark.strategies().keySet().stream()
                        .flatMap(name -> Stream.of(name, name + RegretBenchmark.CONFIRM))
                        .toList();
        rows.sort(
                Comparator.comparingInt((Row row) -> DATA_SETS.indexOf(row.dataSet))
                        .thenComparingInt(row -> order.indexOf(row.name))
                        .thenComparingInt(Row::evaluations));
        List<String> lines = new ArrayList<>(List.of(HEADER));
        rows.forEach(row -> lines.add(String.join(",", row.cells)));
        Files.write(folder.resolve("regret.csv"), lines);
        write(folder);
    }

    /** Writes the Markdown of what the folder's files hold. */
    static void write(Path folder) throws IOException {
        List<Row> rows = read(folder.resolve("regret.csv"), 2);
        List<Row> peers = read(folder.resolve("tabular-peers.csv"), 3);
        Files.writeString(folder.resolve("regret.md"), markdown(rows, peers));
    }

    private static List<Row> read(Path file, int evaluations) throws IOException {
        List<Row> rows = new ArrayList<>();
        if (Files.exists(file)) {
            Files.readAllLines(file).stream()
                    .skip(1)
                    .map(line -> row(line.split(",", -1), evaluations))
                    .forEach(rows::add);
        }
        return rows;
    }

    private static Row row(String[] cells, int evaluations) {
        return new Row(cells[0], cells[1], Integer.parseInt(cells[evaluations]), cells);
    }

    private static String mean(double[][] regret, int at) {
        double[] values = Arrays.stream(regret).mapToDouble(run -> run[at]).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double error = Math.sqrt(squares / (values.length - 1) / values.length);
        return String.format(Locale.ROOT, "%.3f,%.3f", mean, error);
    }

    /** Seeds won, seeds lost, and the one-sided p of so many or more. */
    private static String signTest(double[][] regret, double[][] random, int at) {
        int won = 0;
        int lost = 0;
        for (int seed = 0; seed < regret.length; seed++) {
            double difference = random[seed][at] - regret[seed][at];
            won += difference > 0 ? 1 : 0;
            lost += difference < 0 ? 1 : 0;
        }
        int n = won + lost;
        double p = 0;
        double logTerm = -n * Math.log(2);
        for (int k = 0; k <= lost; k++) {
            p += Math.exp(logTerm);
            logTerm += Math.log((n - k) / (k + 1.0));
        }
        return String.format(Locale.ROOT, "%d,%d,%.0e", won, lost, Math.min(1, p));
    }

    private static String markdown(List<Row> rows, List<Row> peers) {
        StringBuilder text = new StringBuilder("# Regret on NAS-Bench-201\n\n");
        text.append(
                "The best mean validation accuracy in the table minus the best found, in points: mean"
                        + " over seeds ± standard error after so many different architectures (peers, in"
                        + " italics: after so many trials, repeats included, as their users have it)."
                        + " Last column: sign test against our random search over the same seeds after"
                        + " 200: seeds won, seeds lost, one-sided p. Our nsga2 has a second objective,"
                        + " the parameters; the peers' have accuracy alone. The line that writes this"
                        + " file is in the Javadoc of RegretBenchmark.\n");
        for (String dataSet : DATA_SETS) {
            if (rows.stream().noneMatch(row -> row.dataSet.equals(dataSet))) {
                continue;
            }
            text.append("\n## ").append(dataSet).append("\n\n");
            text.append(
                    "| | seeds | 50 | 100 | 200 | 1,000 | ms a trial | against random |\n"
                            + "|---|---|---|---|---|---|---|---|\n");
            byName(dataSet, rows)
                    .forEach(
                            (name, own) -> {
                                String[] first = own.get(0).cells;
                                text.append("| ").append(name).append(" | ").append(first[3]);
                                checkpoints(own, 4, text);
                                text.append(" | ").append(first[6]).append(" | ");
                                text.append(name.equals("random") ? "" : against(own));
                                text.append(" |\n");
                            });
            byName(dataSet, peers)
                    .forEach(
                            (name, own) -> {
                                String[] first = own.get(0).cells;
                                text.append("| *").append(name).append("* (").append(first[2]);
                                text.append(") | ").append(first[4]);
                                checkpoints(own, 5, text);
                                text.append(" | ").append(first[7]).append(" | |\n");
                            });
        }
        return text.toString();
    }

    /** After 200, and after 1,000 where a strategy went on for so long. */
    private static String against(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.evaluations >= 200)
                .map(row -> row.cells)
                .map(c -> c[7] + " : " + c[8] + ", p = " + c[9])
                .collect(Collectors.joining("; after 1,000 "));
    }

    private static Map<String, List<Row>> byName(String dataSet, List<Row> rows) {
        Map<String, List<Row>> result = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.dataSet.equals(dataSet))
                .forEach(row -> result.computeIfAbsent(row.name, k -> new ArrayList<>()).add(row));
        return result;
    }

    private static void checkpoints(List<Row> rows, int mean, StringBuilder text) {
        for (int checkpoint : RegretBenchmark.CHECKPOINTS) {
            text.append(
                    rows.stream()
                            .filter(row -> row.evaluations == checkpoint)
                            .findFirst()
                            .map(row -> " | " + row.cells[mean] + " ± " + row.cells[mean + 1])
                            .orElse(" | "));
        }
    }
}
