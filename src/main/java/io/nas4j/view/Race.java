package io.nas4j.view;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.History;
import io.nas4j.trial.Trial;
import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Strategies side by side, each searching from several seeds.
 *
 * @param best by name and run, the best score until each trial; runs of one name may differ in
 *     length, the shortest counts
 */
public record Race(Map<String, List<List<Double>>> best) {

    private static final double ROUNDING = 1e-9;

    public Race {
        Map<String, List<List<Double>>> copy = new LinkedHashMap<>();
        best.forEach(
                (name, runs) -> {
                    require(
                            runs.size() >= 2 && runs.stream().noneMatch(List::isEmpty),
                            "\"%s\" needs at least 2 runs with scored trials for a mean and its"
                                    + " error, but has %d. Try more seeds.",
                            name,
                            runs.stream().filter(run -> !run.isEmpty()).count());
                    copy.put(name, runs.stream().map(List::copyOf).toList());
                });
        best = java.util.Collections.unmodifiableMap(copy);
    }

    /**
     * From searches. A repeat, of which the estimate was served again, cost nothing and does not
     * count as a trial.
     *
     * @param runs by the strategy's name, one history a seed
     * @return in the order of the map
     */
    public static Race of(Map<String, List<History>> runs) {
        Map<String, List<List<Double>>> best = new LinkedHashMap<>();
        runs.forEach(
                (name, histories) -> best.put(name, histories.stream().map(Race::paid).toList()));
        return new Race(best);
    }

    /** The best until each trial that was paid for. */
    static List<Double> paid(History history) {
        List<Double> result = new ArrayList<>();
        List<Trial> scored = history.scored();
        List<Double> best = Chart.bestOf(history);
        for (int i = 0; i < best.size(); i++) {
            if (!scored.get(i).reused()) {
                result.add(best.get(i));
            }
        }
        return result;
    }

    /**
     * How far each strategy's best is below the best possible, over trials, in hundredths of a
     * score (points, where it is an accuracy) on a logarithmic axis: mean over the runs, and a band
     * of one standard error.
     *
     * @param optimum the best possible score
     * @return a picture
     */
    public Chart regret(double optimum) {
        List<Series> series = new ArrayList<>();
        best.forEach(
                (name, runs) -> {
                    List<Double> trials = new ArrayList<>();
                    List<Double> means = new ArrayList<>();
                    List<Double> low = new ArrayList<>();
                    List<Double> high = new ArrayList<>();
                    for (int n = 1; n <= length(runs); n++) {
                        double mean = exact(100 * (optimum - mean(name, n)));
                        double error = 100 * standardError(name, n);
                        trials.add((double) n);
                        means.add(mean);
                        low.add(exact(mean - error));
                        high.add(mean + error);
                    }
                    series.add(new Series(name, Mark.LINE, trials, means));
                    series.add(Chart.band("", trials, low, high));
                });
        return new Chart(
                "Regret",
                Axis.of("evaluations"),
                Axis.of("regret in points, mean ± standard error").log(),
                series);
    }

    /** What is left where two equal numbers were added up in different ways is no regret. */
    private static double exact(double regret) {
        return Math.abs(regret) < ROUNDING ? 0 : regret;
    }

    /**
     * As text: regret after some numbers of trials.
     *
     * @param optimum the best possible score
     * @param trials the columns
     * @return one row a strategy, mean ± standard error in hundredths
     */
    public String table(double optimum, int... trials) {
        List<String> header = new ArrayList<>(List.of("regret in points after"));
        for (int n : trials) {
            header.add(n + " evaluations");
        }
        List<List<String>> rows = new ArrayList<>();
        for (String name : best.keySet()) {
            List<String> row = new ArrayList<>(List.of(name));
            for (int n : trials) {
                double regret = 100 * (optimum - mean(name, n));
                double error = 100 * standardError(name, n);
                row.add(String.format(Locale.ROOT, "%.2f ± %.2f", regret, error));
            }
            rows.add(row);
        }
        return Html.text(header, rows, "");
    }

    /**
     * The mean best score.
     *
     * @param name of a strategy
     * @param trials so many, at least 1
     * @return over its runs
     */
    public double mean(String name, int trials) {
        return values(name, trials).stream().mapToDouble(v -> v).average().orElseThrow();
    }

    /**
     * The mean's standard error.
     *
     * @param name of a strategy
     * @param trials so many, at least 1
     * @return deviation over runs by the square root of their number
     */
    public double standardError(String name, int trials) {
        List<Double> values = values(name, trials);
        double mean = mean(name, trials);
        double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.size() - 1) / values.size());
    }

    private List<Double> values(String name, int trials) {
        List<List<Double>> runs = best.get(name);
        require(runs != null, "one of %s must be named, but was \"%s\".", best.keySet(), name);
        require(
                trials >= 1 && trials <= length(runs),
                "trials must be in [1, %d], the length of the shortest run, but were %d.",
                length(runs),
                trials);
        return runs.stream().map(run -> run.get(trials - 1)).toList();
    }

    private static int length(List<List<Double>> runs) {
        return runs.stream().mapToInt(List::size).min().orElseThrow();
    }
}
