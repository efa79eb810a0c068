package io.nas4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * Prints what {@link WeightSharingBenchmark} measured, as a table in Markdown: mean percentiles
 * with 95 % intervals (Student's t), the worst seed, seconds.
 *
 * <pre>{@code
 * WeightSharingReport sharing.csv
 * }</pre>
 */
public final class WeightSharingReport {

    private WeightSharingReport() {}

    /**
     * Prints the report.
     *
     * @param args the file
     * @throws IOException when it cannot be read
     */
    public static void main(String[] args) throws IOException {
        Map<String, List<String[]>> rows =
                Files.readAllLines(Path.of(args[0])).stream()
                        .skip(1)
                        .map(line -> line.split(",", -1))
                        .collect(
                                Collectors.groupingBy(
                                        f ->
                                                String.join(
                                                        " | ",
                                                        f[0],
                                                        f[1],
                                                        f[2] + ", " + f[3],
                                                        f[4]),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        System.out.println(
                "| strategy | settings | channels, cells | data | seeds | mean percentile [95 %] |"
                        + " worst | each seed | mean accuracy | seconds | CPU seconds |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        rows.forEach(WeightSharingReport::print);
    }

    private static void print(String key, List<String[]> lines) {
        DescriptiveStatistics percentiles = column(lines, 11);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %.0f | %s | %.2f %% | %.0f | %.0f |%n",
                key,
                lines.size(),
                interval(percentiles),
                percentiles.getMin(),
                lines.stream()
                        .map(line -> "" + Math.round(Double.parseDouble(line[11])))
                        .collect(Collectors.joining(" ")),
                100 * column(lines, 10).getMean(),
                column(lines, 6).getMean(),
                column(lines, 7).getMean());
    }

    private static DescriptiveStatistics column(List<String[]> lines, int index) {
        return new DescriptiveStatistics(
                lines.stream().mapToDouble(line -> Double.parseDouble(line[index])).toArray());
    }

    private static String interval(DescriptiveStatistics values) {
        long n = values.getN();
        if (n < 2) {
            return String.format(Locale.ROOT, "%.1f", values.getMean());
        }
        double t = new TDistribution(n - 1).inverseCumulativeProbability(0.975);
        double half = t * values.getStandardDeviation() / Math.sqrt(n);
        return String.format(
                Locale.ROOT,
                "%.1f [%.1f, %.1f]",
                values.getMean(),
                values.getMean() - half,
                values.getMean() + half);
    }
}
