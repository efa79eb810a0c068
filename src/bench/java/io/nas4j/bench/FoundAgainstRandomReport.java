package io.nas4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * Prints what {@link FoundAgainstRandom} measured: means with 95 % intervals (Student's t), the
 * paired differences, and the lines themselves.
 *
 * <pre>{@code
 * FoundAgainstRandomReport found.csv
 * }</pre>
 */
public final class FoundAgainstRandomReport {

    private FoundAgainstRandomReport() {}

    private record Line(
            String kind,
            int seed,
            int threads,
            String normal,
            String reduce,
            long parameters,
            double validation,
            double test,
            double seconds) {

        static Line of(String text) {
            String[] f = text.split(",", -1);
            return new Line(
                    f[0],
                    Integer.parseInt(f[1]),
                    Integer.parseInt(f[4]),
                    f[6],
                    f[7],
                    Long.parseLong(f[9]),
                    Double.parseDouble(f[10]),
                    Double.parseDouble(f[11]),
                    Double.parseDouble(f[12]));
        }

        boolean isAllSkips() {
            return isAllSkips(normal) || isAllSkips(reduce);
        }

        private static boolean isAllSkips(String cell) {
            String[] parts = cell.split("/");
            return parts[0].equals(parts[1]);
        }
    }

    /**
     * Prints the report.
     *
     * @param args the file
     * @throws IOException when it cannot be read
     */
    public static void main(String[] args) throws IOException {
        List<String> raw = Files.readAllLines(Path.of(args[0]));
        List<Line> lines = raw.stream().skip(1).map(Line::of).toList();
        List<Line> found = of(lines, "found");
        List<Line> random = of(lines, "random");
        System.out.println("accuracy in %     validation              test");
        print("found", found);
        print("random", random);
        System.out.println();
        System.out.println("found less the mean of the random cells of its seed, in points");
        System.out.printf(
                Locale.ROOT,
                "                  %-22s  %s%n",
                interval(differences(found, random, Line::validation)),
                interval(differences(found, random, Line::test)));
        System.out.println();
        System.out.println(
                "seed  found validation, test   random (mean)   difference   random cells   parameters,"
                        + " found and random");
        for (Line line : found) {
            List<Line> rivals = random.stream().filter(r -> r.seed == line.seed).toList();
            double validation = mean(rivals, Line::validation);
            double test = mean(rivals, Line::test);
            System.out.printf(
                    Locale.ROOT,
                    "%4d  %10.2f %8.2f   %6.2f %6.2f   %+6.2f %+6.2f   %5d          %,d; %s%n",
                    line.seed,
                    100 * line.validation,
                    100 * line.test,
                    100 * validation,
                    100 * test,
                    100 * (line.validation - validation),
                    100 * (line.test - test),
                    rivals.size(),
                    line.parameters,
                    ratios(rivals, line.parameters));
        }
        noise(lines, found);
        System.out.println();
        for (Line line : of(lines, "search")) {
            System.out.printf(
                    Locale.ROOT,
                    "search of seed %d: %.2f minutes on %d thread%s, skips %s normal and %s"
                            + " reducing%s%n",
                    line.seed,
                    line.seconds / 60,
                    line.threads,
                    line.threads == 1 ? "" : "s",
                    line.normal,
                    line.reduce,
                    line.isAllSkips() ? ": a cell is all skips" : "");
        }
        System.out.println();
        raw.forEach(System.out::println);
    }

    /** A found cell is trained by the search, too, and may be trained again: each its own seed. */
    private static void noise(List<Line> lines, List<Line> found) {
        double squares = 0;
        int freedom = 0;
        for (Line line : found) {
            DescriptiveStatistics scores =
                    statistics(
                            lines.stream()
                                    .filter(l -> l.seed == line.seed && !l.kind.equals("random"))
                                    .toList(),
                            Line::validation);
            squares += scores.getVariance() * (scores.getN() - 1);
            freedom += (int) scores.getN() - 1;
        }
        System.out.printf(
                Locale.ROOT,
                "%nThe same cell from another training seed: standard deviation %.2f points in"
                        + " validation (%d degrees of freedom).%n",
                100 * Math.sqrt(squares / freedom),
                freedom);
    }

    private static List<Line> of(List<Line> lines, String kind) {
        List<Line> some = new ArrayList<>(lines.stream().filter(l -> l.kind.equals(kind)).toList());
        some.sort(java.util.Comparator.comparingInt(Line::seed));
        return some;
    }

    private static void print(String name, List<Line> lines) {
        System.out.printf(
                Locale.ROOT,
                "%-8s n = %2d   %-22s  %s%n",
                name,
                lines.size(),
                interval(statistics(lines, line -> 100 * line.validation)),
                interval(statistics(lines, line -> 100 * line.test)));
    }

    private static DescriptiveStatistics differences(
            List<Line> found, List<Line> random, ToDoubleFunction<Line> of) {
        DescriptiveStatistics all = new DescriptiveStatistics();
        for (Line line : found) {
            List<Line> rivals = random.stream().filter(r -> r.seed == line.seed).toList();
            if (!rivals.isEmpty()) {
                all.addValue(100 * (of.applyAsDouble(line) - mean(rivals, of)));
            }
        }
        return all;
    }

    private static double mean(List<Line> lines, ToDoubleFunction<Line> of) {
        return statistics(lines, of).getMean();
    }

    private static DescriptiveStatistics statistics(List<Line> lines, ToDoubleFunction<Line> of) {
        return new DescriptiveStatistics(lines.stream().mapToDouble(of).toArray());
    }

    private static String interval(DescriptiveStatistics values) {
        long n = values.getN();
        if (n < 2) {
            return String.format(Locale.ROOT, "%.2f", values.getMean());
        }
        double t = new TDistribution(n - 1).inverseCumulativeProbability(0.975);
        double half = t * values.getStandardDeviation() / Math.sqrt(n);
        return String.format(
                Locale.ROOT,
                "%.2f [%.2f, %.2f]",
                values.getMean(),
                values.getMean() - half,
                values.getMean() + half);
    }

    private static String ratios(List<Line> rivals, long parameters) {
        double[] all =
                rivals.stream().mapToDouble(r -> r.parameters / (double) parameters).toArray();
        Arrays.sort(all);
        return all.length == 0
                ? "none"
                : String.format(Locale.ROOT, "ratio %.3f to %.3f", all[0], all[all.length - 1]);
    }
}
