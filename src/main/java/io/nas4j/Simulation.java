package io.nas4j;

import static io.nas4j.space.Require.require;

import io.nas4j.execute.SimulatedWorkers;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.trial.History;
import io.nas4j.trial.Trial;
import io.nas4j.view.Axis;
import io.nas4j.view.Chart;
import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * A search with as many workers as one likes, on a virtual clock: the loop and the strategy are the
 * real ones, the time of a trial is what its estimate says it cost. {@link Search#simulate} makes
 * one.
 *
 * @param strategy its name
 * @param workers how many
 * @param history what was tried
 * @param ends when each trial ended, by its number; without repeats, which take no time
 * @param busy the share of the workers' time that trials took, in [0, 1]
 */
public record Simulation(
        String strategy, int workers, History history, Map<Integer, Duration> ends, double busy) {

    /** As durations of trainings vary on shared machines: one in a hundred takes three times. */
    private static final double SPREAD = 0.5;

    /** One trial in a hundred loses its worker. */
    private static final double LOSS = 0.01;

    static Simulation of(SearchSpec search, int workers) {
        SimulatedWorkers simulated =
                new SimulatedWorkers(workers, SPREAD, LOSS, search.task().seeds().master());
        RunResult result = new SearchLoop(search.executor(simulated).clock(simulated)).run();
        return new Simulation(
                search.strategy().name(),
                workers,
                result.history(),
                simulated.ends(),
                simulated.busy());
    }

    public Simulation {
        ends = Map.copyOf(ends);
    }

    /**
     * How long it took until a network of some score had been trained to the end.
     *
     * @param score to be reached by a trial of the most epochs
     * @return hours by the virtual clock; infinite where it was not reached
     */
    public double hoursTo(double score) {
        double first = Double.POSITIVE_INFINITY;
        for (Trial trial : history.comparable()) {
            if (trial.value() >= score && ends.containsKey(trial.number())) {
                first = Math.min(first, ends.get(trial.number()).toMillis() / 3.6e6);
            }
        }
        return first;
    }

    /**
     * What more workers are worth: the hours to a score over their number.
     *
     * @param score to be reached
     * @param runs several strategies, numbers of workers and seeds in any order
     * @return one line a strategy through the medians over the seeds, both axes logarithmic; a
     *     point is left out where half of the seeds or more did not reach the score
     */
    public static Chart hours(double score, List<Simulation> runs) {
        require(!runs.isEmpty(), "a chart of simulations needs at least one, but got 0.");
        return new Chart(
                "How long until " + score + " is reached?",
                Axis.of("workers").log(),
                Axis.of("hours, median of the seeds").log(),
                series(runs, run -> run.hoursTo(score), 1));
    }

    /**
     * Which strategies keep workers waiting: the share of their time that trials take.
     *
     * @param runs several strategies, numbers of workers and seeds in any order
     * @return one line a strategy, medians over the seeds
     */
    public static Chart busy(List<Simulation> runs) {
        require(!runs.isEmpty(), "a chart of simulations needs at least one, but got 0.");
        return new Chart(
                "How busy are the workers?",
                Axis.of("workers").log(),
                Axis.of("busy, % of their time").from(0),
                series(runs, Simulation::busy, 100));
    }

    private static List<Series> series(
            List<Simulation> runs, ToDoubleFunction<Simulation> of, double unit) {
        Map<String, TreeMap<Integer, List<Double>>> values = new LinkedHashMap<>();
        for (Simulation run : runs) {
            values.computeIfAbsent(run.strategy(), name -> new TreeMap<>())
                    .computeIfAbsent(run.workers(), count -> new ArrayList<>())
                    .add(unit * of.applyAsDouble(run));
        }
        List<Series> lines = new ArrayList<>();
        values.forEach(
                (name, byWorkers) -> {
                    List<Double> xs = new ArrayList<>();
                    List<Double> ys = new ArrayList<>();
                    byWorkers.forEach(
                            (workers, all) -> {
                                double median = median(all);
                                if (Double.isFinite(median)) {
                                    xs.add((double) workers);
                                    ys.add(median);
                                }
                            });
                    lines.add(new Series(name, Mark.LINE, xs, ys));
                });
        return lines;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
