package io.nas4j.bench;

import io.nas4j.curve.Extrapolation;
import io.nas4j.curve.Family;
import io.nas4j.curve.Forecast;
import io.nas4j.curve.TrainingSpeed;
import io.nas4j.trial.Point;
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
import java.util.function.ToDoubleFunction;

/**
 * What the first part of learning curves tells of their end: Kendall's tau-b of several predictors
 * with the final ranking, the interval's coverage, over all networks of a file.
 *
 * <pre>{@code
 * CurveReport curves.csv 4 8   file, epochs that are seen (one or more)
 * }</pre>
 */
public final class CurveReport {

    private static final int RESAMPLES = 1000;

    /** One network's training. */
    record Curve(String network, List<Double> validation, List<Double> loss) {

        int epochs() {
            return validation.size();
        }

        double end() {
            return validation.get(epochs() - 1);
        }

        List<Point> first(int seen) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < seen; i++) {
                points.add(new Point(i + 1, validation.get(i)));
            }
            return points;
        }
    }

    private CurveReport() {}

    /**
     * Prints the report.
     *
     * @param args a file with the columns {@code validation_1}, {@code train_loss_1} and so on, one
     *     network a line, its architecture first; then epochs
     * @throws IOException when it cannot be read
     */
    public static void main(String[] args) throws IOException {
        List<Curve> curves = read(Path.of(args[0]));
        int epochs = curves.get(0).epochs();
        System.out.printf(Locale.ROOT, "%d networks, %d epochs%n", curves.size(), epochs);
        for (int i = 1; i < args.length; i++) {
            report(curves, Integer.parseInt(args[i]));
        }
    }

    private static void report(List<Curve> curves, int seen) {
        double[] ends = curves.stream().mapToDouble(Curve::end).toArray();
        double[] last = scores(curves, predictors(seen).get("last value"));
        System.out.printf(Locale.ROOT, "%nafter %d epochs%n", seen);
        predictors(seen)
                .forEach(
                        (name, predictor) -> {
                            double[] scores = scores(curves, predictor);
                            double[] gain = gain(scores, last, ends);
                            System.out.printf(
                                    Locale.ROOT,
                                    "%-22s tau %.3f   over last value %+.3f [%+.3f, %+.3f]%n",
                                    name,
                                    tau(scores, ends),
                                    tau(scores, ends) - tau(last, ends),
                                    gain[0],
                                    gain[1]);
                        });
        int inside = 0;
        double bias = 0;
        for (int i = 0; i < curves.size(); i++) {
            Forecast forecast = forecast(new Extrapolation(), curves.get(i), seen);
            boolean covered =
                    ends[i] >= forecast.quantile(0.05) && ends[i] <= forecast.quantile(0.95);
            inside += covered ? 1 : 0;
            bias += (forecast.score() - ends[i]) / curves.size();
        }
        System.out.printf(
                Locale.ROOT,
                "90 %% interval holds %d of %d ends; mean error %+.4f%n",
                inside,
                curves.size(),
                bias);
    }

    static Map<String, ToDoubleFunction<Curve>> predictors(int seen) {
        Map<String, ToDoubleFunction<Curve>> all = new LinkedHashMap<>();
        all.put("last value", curve -> curve.validation().get(seen - 1));
        all.put(
                "best so far",
                curve -> curve.first(seen).stream().mapToDouble(Point::score).max().orElseThrow());
        all.put(
                "mean so far",
                curve ->
                        curve.first(seen).stream()
                                .mapToDouble(Point::score)
                                .average()
                                .orElseThrow());
        all.put("SoTL-E", curve -> TrainingSpeed.sotlE(curve.loss().subList(0, seen)));
        all.put("SoTL", curve -> TrainingSpeed.sotl(curve.loss().subList(0, seen)));
        all.put("extrapolation", curve -> forecast(new Extrapolation(), curve, seen).score());
        for (Family family : Family.values()) {
            if (family.parameters().size() < seen) {
                all.put(
                        "  " + family,
                        curve ->
                                forecast(new Extrapolation().families(family), curve, seen)
                                        .score());
            }
        }
        return all;
    }

    private static Forecast forecast(Extrapolation extrapolation, Curve curve, int seen) {
        return extrapolation.forecast(
                curve.first(seen),
                curve.epochs(),
                new SplittableRandom(curve.network().hashCode()));
    }

    private static double[] scores(List<Curve> curves, ToDoubleFunction<Curve> predictor) {
        return curves.stream().mapToDouble(predictor).toArray();
    }

    /** A 95 % interval of the difference of two taus, over networks drawn with replacement. */
    private static double[] gain(double[] scores, double[] last, double[] ends) {
        SplittableRandom random = new SplittableRandom(1);
        int n = ends.length;
        double[] gains = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            int[] drawn = random.ints(n, 0, n).toArray();
            double[] end = pick(ends, drawn);
            gains[i] = tau(pick(scores, drawn), end) - tau(pick(last, drawn), end);
        }
        Arrays.sort(gains);
        return new double[] {gains[RESAMPLES / 40], gains[RESAMPLES - RESAMPLES / 40]};
    }

    private static double[] pick(double[] values, int[] which) {
        return Arrays.stream(which).mapToDouble(i -> values[i]).toArray();
    }

    /** Kendall's tau-b. */
    static double tau(double[] one, double[] two) {
        double both = 0;
        double ones = 0;
        double twos = 0;
        for (int i = 0; i < one.length; i++) {
            for (int j = 0; j < i; j++) {
                double a = Math.signum(one[i] - one[j]);
                double b = Math.signum(two[i] - two[j]);
                both += a * b;
                ones += a * a;
                twos += b * b;
            }
        }
        return both / Math.sqrt(ones * twos);
    }

    /** One training a network: the first seed. */
    static List<Curve> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> header = List.of(lines.get(0).split(","));
        Map<String, Curve> curves = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            curves.putIfAbsent(
                    cells[0],
                    new Curve(
                            cells[0],
                            wide(header, cells, "validation_"),
                            wide(header, cells, "train_loss_")));
        }
        return new ArrayList<>(curves.values());
    }

    private static List<Double> wide(List<String> header, String[] cells, String name) {
        List<Double> values = new ArrayList<>();
        for (int i = 1; header.contains(name + i); i++) {
            values.add(Double.parseDouble(cells[header.indexOf(name + i)]));
        }
        return values;
    }
}
