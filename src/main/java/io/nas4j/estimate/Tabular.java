package io.nas4j.estimate;

import io.nas4j.data.Csv;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Looks scores up in a table: a whole search in milliseconds, on networks that somebody trained.
 *
 * <p>The cost of an estimate is what the table says training took. On a table with several rungs an
 * estimate at n epochs is the score after n epochs, and a trial that continues another pays the
 * difference only.
 *
 * @param table what was measured
 * @param drawsSeed whether a trial sees one repetition, drawn by its seed, instead of their mean
 * @param isPartial whether architectures may be missing; they are then failed trials
 */
public record Tabular(ScoreTable table, boolean drawsSeed, boolean isPartial)
        implements PerformanceEstimator {

    /**
     * A table's mean scores.
     *
     * @param table it must hold every architecture of the search's space
     * @return an estimator
     */
    public static Tabular of(ScoreTable table) {
        return new Tabular(table, false, false);
    }

    /**
     * A user's own table.
     *
     * @param file columns {@code architecture} and {@code score}; where present {@code seconds} (or
     *     {@code cost}), {@code epochs}, {@code seed}, {@code parameters}, {@code multiply_adds};
     *     any other column of numbers is a metric. An architecture is its choices, or their labels,
     *     in walk order, separated by spaces, semicolons or bars
     * @param space what the choices mean
     * @return an estimator
     */
    public static Tabular csv(Path file, SearchSpace space) {
        return csv(Csv.read(file), space);
    }

    /**
     * A user's own table.
     *
     * @param csv as for {@link #csv(Path, SearchSpace)}
     * @param space what the choices mean
     * @return an estimator
     */
    public static Tabular csv(Csv csv, SearchSpace space) {
        return of(ScoreTable.of(csv.name(), new ScoreCsv(csv, space).rows()));
    }

    /**
     * A finished search again: its completed trials as a table, which is {@link #partial}.
     *
     * @param history with at least one completed trial
     * @return an estimator
     */
    public static Tabular replay(History history) {
        List<TableRow> rows = new ArrayList<>();
        for (Trial trial : history.scored()) {
            if (!trial.reused() && trial.outcome() instanceof Outcome.Completed completed) {
                rows.add(
                        new TableRow(
                                trial.architecture(),
                                trial.fidelity().epochs(),
                                trial.number(),
                                completed.estimate()));
            }
        }
        return of(ScoreTable.of("replay of " + history.measure(), rows)).partial();
    }

    /**
     * Each trial sees one repetition, drawn by its seed: the noise of real training.
     *
     * @return another estimator
     */
    public Tabular oneSeed() {
        return new Tabular(table, true, isPartial);
    }

    /**
     * Architectures may be missing; trying one is a failed trial.
     *
     * @return another estimator
     */
    public Tabular partial() {
        return new Tabular(table, drawsSeed, true);
    }

    /**
     * The best mean score in the table.
     *
     * @return what a search can reach
     */
    public double optimum() {
        return table.optimum();
    }

    /**
     * How far an architecture stays behind the best, by their mean scores.
     *
     * @param architecture one of the table
     * @return at least 0, in the scores' unit
     */
    public double regret(Architecture architecture) {
        return optimum() - score(architecture);
    }

    /**
     * The mean score of an architecture at the table's end: what is true of it.
     *
     * @param architecture one of the table
     * @return whatever this estimator shows of it
     */
    public double score(Architecture architecture) {
        return estimate(architecture).score();
    }

    /**
     * What the table holds of an architecture at its end: the mean score, what its training took,
     * and the metrics.
     *
     * @param architecture one of the table
     * @return the row
     */
    public Estimate estimate(Architecture architecture) {
        return find(architecture, last(), OptionalLong.empty());
    }

    /**
     * The mean scores of all architectures.
     *
     * @return ascending
     */
    public List<Double> scores() {
        return table.architectures().map(this::score).sorted().toList();
    }

    /**
     * Where an architecture stands among all of the table; of equals half count as worse.
     *
     * @param architecture one of the table
     * @return the share of architectures that are worse, in percent; one drawn at random has 50 on
     *     average
     */
    public double percentile(Architecture architecture) {
        double own = score(architecture);
        List<Double> all = scores();
        long worse = all.stream().filter(other -> other < own).count();
        long equal = all.stream().filter(other -> other == own).count();
        return 100 * (worse + equal / 2.0) / all.size();
    }

    @Override
    public Fidelity fidelity() {
        return table.rungs().size() == 1 ? Fidelity.NONE : Fidelity.epochs(last());
    }

    @Override
    public String measure() {
        return "tabular(" + table.title() + (drawsSeed ? ", one seed" : "") + ")";
    }

    @Override
    public Set<String> reported() {
        return table.architectures()
                .findFirst()
                .flatMap(first -> table.find(first, last(), OptionalLong.empty()))
                .map(estimate -> estimate.values().keySet())
                .orElse(Set.of());
    }

    @Override
    public Object key(SearchSpace space, Architecture architecture) {
        return table.key(architecture);
    }

    @Override
    public Session open(Task task) {
        table.requireWithin(task.space());
        if (!isPartial) {
            table.requireWhole(task.space());
        }
        return table.rungs().size() == 1
                ? (candidate, context) ->
                        find(candidate.architecture(), rung(candidate.fidelity()), seed(context))
                : new Climb();
    }

    @Override
    public boolean concurrent() {
        return true;
    }

    private OptionalLong seed(TrialContext context) {
        return drawsSeed ? OptionalLong.of(context.seed()) : OptionalLong.empty();
    }

    private Estimate find(Architecture architecture, int rung, OptionalLong seed) {
        return table.find(architecture, rung, seed)
                .orElseThrow(
                        () ->
                                new NoSuchElementException(
                                        "table \""
                                                + table.title()
                                                + "\" has no score for "
                                                + architecture.choices()
                                                + " of space \""
                                                + architecture.space()
                                                + "\""
                                                + (rung > 0 ? " after " + rung + " epochs" : "")
                                                + ". Try adding a row."));
    }

    /** The last rung that the epochs reach; nothing said is everything. */
    private int rung(Fidelity fidelity) {
        if (fidelity.epochs() == 0) {
            return last();
        }
        return table.rungs().stream()
                .filter(rung -> rung <= fidelity.epochs())
                .reduce((low, high) -> high)
                .orElseThrow(
                        () ->
                                new NoSuchElementException(
                                        "table \""
                                                + table.title()
                                                + "\" has scores after "
                                                + table.rungs()
                                                + " epochs, not after "
                                                + fidelity.epochs()
                                                + ". Try at least "
                                                + table.rungs().get(0)
                                                + "."));
    }

    private int last() {
        return table.rungs().get(table.rungs().size() - 1);
    }

    @Override
    public String toString() {
        return measure();
    }

    /** Walks up the rungs, as training would, and remembers how far each trial came. */
    private final class Climb implements Session {
        private final Map<Integer, Integer> reached = new HashMap<>();

        @Override
        public Estimate estimate(Candidate candidate, TrialContext context) {
            int top = rung(candidate.fidelity());
            int from =
                    candidate.continues().isEmpty()
                            ? -1
                            : reached.getOrDefault(candidate.continues().getAsInt(), -1);
            List<Point> curve = new ArrayList<>();
            Duration paid = Duration.ZERO;
            Estimate estimate = Estimate.of(Double.NaN);
            int at = 0;
            for (int rung : table.rungs()) {
                Optional<Estimate> found =
                        rung == top
                                ? Optional.of(find(candidate.architecture(), rung, seed(context)))
                                : table.find(candidate.architecture(), rung, seed(context));
                if (rung > top || found.isEmpty()) {
                    continue;
                }
                if (rung <= from) {
                    paid = found.get().cost().compute();
                }
                if (rung > from || rung == top) {
                    estimate = found.get();
                    at = rung;
                    curve.add(new Point(rung, estimate.score()));
                    if (!context.report(rung, estimate.score())) {
                        break;
                    }
                }
            }
            reached.put(candidate.trial(), at);
            Cost cost = estimate.cost();
            Duration compute = cost.compute().minus(paid);
            return new Estimate(
                    estimate.score(),
                    estimate.metrics(),
                    curve,
                    new Cost(
                            compute.isNegative() ? Duration.ZERO : compute,
                            cost.parameters(),
                            cost.multiplyAdds()));
        }

        /** What it continues may have been estimated by another session, or before a resume. */
        @Override
        public void tell(Trial trial) {
            if (trial.outcome() instanceof Outcome.Completed completed && !trial.reused()) {
                List<Point> curve = completed.estimate().curve();
                if (!curve.isEmpty()) {
                    reached.putIfAbsent(trial.number(), curve.get(curve.size() - 1).step());
                }
            }
        }
    }
}
