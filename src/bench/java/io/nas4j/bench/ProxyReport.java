package io.nas4j.bench;

import io.nas4j.analysis.Agreement;
import io.nas4j.trial.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What {@link ProxyBenchmark} has measured, as tables on the console: Spearman's rho with the
 * table's accuracies, and whether screening beats random search at equal cost.
 *
 * <p>Arguments: {@code rank} and CSV files; or {@code screen}, a CSV of one proxy over a pool of
 * cells, how many are looked at, how many estimated, and how many seeds. Each seed draws from the
 * pool without replacement; random search estimates one cell more, which is more than the looks
 * cost.
 */
public final class ProxyReport {

    private ProxyReport() {}

    /**
     * One look.
     *
     * @param score the proxy's
     * @param milliseconds it took
     * @param accuracy in the table
     */
    private record Row(double score, double milliseconds, double parameters, double accuracy) {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals("rank")) {
            for (String file : Arrays.asList(args).subList(1, args.length)) {
                rank(read(Path.of(file)));
            }
        } else {
            screen(
                    read(Path.of(args[1])),
                    Integer.parseInt(args[2]),
                    Integer.parseInt(args[3]),
                    Integer.parseInt(args[4]));
        }
    }

    private static Map<String, List<Row>> read(Path file) throws IOException {
        Map<String, List<Row>> byProxy = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split(",");
            byProxy.computeIfAbsent(cells[0], name -> new ArrayList<>())
                    .add(
                            new Row(
                                    Double.parseDouble(cells[3]),
                                    Double.parseDouble(cells[4]),
                                    Double.parseDouble(cells[5]),
                                    Double.parseDouble(cells[6])));
        }
        return byProxy;
    }

    private static void rank(Map<String, List<Row>> byProxy) {
        byProxy.forEach(
                (proxy, rows) -> {
                    // a proxy that fails says the worst
                    double[] scores =
                            rows.stream()
                                    .mapToDouble(Row::score)
                                    .map(s -> Double.isNaN(s) ? -Double.MAX_VALUE : s)
                                    .toArray();
                    double[] truth = rows.stream().mapToDouble(Row::accuracy).toArray();
                    double[] times =
                            rows.stream().mapToDouble(Row::milliseconds).sorted().toArray();
                    Agreement its = Agreement.of(scores, truth, 20, new Seeds(0));
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %d | %s | %s | %.0f ms |%n",
                            proxy,
                            rows.size(),
                            its.spearman(),
                            its.kendall(),
                            times[times.length / 2]);
                });
    }

    private static void screen(
            Map<String, List<Row>> byProxy, int looks, int estimates, int seeds) {
        byProxy.forEach(
                (proxy, rows) -> {
                    int wins = 0;
                    int losses = 0;
                    double gain = 0;
                    double seconds = 0;
                    for (int seed = 0; seed < seeds; seed++) {
                        List<Row> drawn = draw(rows, looks, new SplittableRandom(seed));
                        double screened =
                                drawn.stream()
                                        .sorted(
                                                java.util.Comparator.comparingDouble(
                                                        row -> -row.score()))
                                        .limit(estimates)
                                        .mapToDouble(Row::accuracy)
                                        .max()
                                        .orElseThrow();
                        double random =
                                draw(rows, estimates + 1, new SplittableRandom(1000 + seed))
                                        .stream()
                                        .mapToDouble(Row::accuracy)
                                        .max()
                                        .orElseThrow();
                        wins += screened > random ? 1 : 0;
                        losses += screened < random ? 1 : 0;
                        gain += 100 * (screened - random) / seeds;
                        seconds +=
                                drawn.stream().mapToDouble(Row::milliseconds).sum() / 1e3 / seeds;
                    }
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %d of %d | %d : %d of %d | p = %.2g | %+.2f points | %.0f s |%n",
                            proxy,
                            estimates,
                            looks,
                            wins,
                            losses,
                            seeds,
                            signTest(wins, losses),
                            gain,
                            seconds);
                });
    }

    private static List<Row> draw(List<Row> rows, int count, SplittableRandom random) {
        List<Row> left = new ArrayList<>(rows);
        List<Row> drawn = new ArrayList<>();
        while (drawn.size() < count) {
            drawn.add(left.remove(random.nextInt(left.size())));
        }
        return drawn;
    }

    /** One-sided: how probable as many wins or more are by luck. */
    private static double signTest(int wins, int losses) {
        int n = wins + losses;
        double term = Math.pow(0.5, n);
        double sum = 0;
        for (int k = n; k >= wins; k--) {
            sum += term;
            term *= (double) k / (n - k + 1);
        }
        return sum;
    }
}
