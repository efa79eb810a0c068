package io.nas4j.view;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Walk;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trials as a table: the first rows, and how many more there are.
 *
 * @param header names of the columns
 * @param rows as many as are shown, one text a column
 * @param more how many trials are not shown
 */
public record TrialTable(List<String> header, List<List<String>> rows, int more)
        implements Renderable {

    private static final int ARCHITECTURE = 64;

    public TrialTable {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        int columns = header.size();
        require(
                rows.stream().allMatch(row -> row.size() == columns),
                "every row must have %d columns.",
                columns);
    }

    /**
     * The trials in the order in which they were run.
     *
     * @param history what was tried
     * @param space what the architectures mean
     * @param most how many rows, at least 1; the latest are shown
     * @return the table
     */
    public static TrialTable latest(History history, SearchSpace space, int most) {
        List<Trial> trials = history.trials();
        return of(trials.subList(Math.max(0, trials.size() - most), trials.size()), history, space);
    }

    /**
     * The best trials of the search's own measure, best first.
     *
     * @param history what was tried
     * @param space what the architectures mean
     * @param most how many rows, at least 1
     * @return the table
     */
    public static TrialTable best(History history, SearchSpace space, int most) {
        List<Trial> best =
                history.scored().stream()
                        .filter(trial -> !trial.reused())
                        .sorted(
                                Comparator.comparingDouble(
                                        (Trial trial) -> -trial.score().orElseThrow()))
                        .limit(most)
                        .toList();
        return of(best, history, space);
    }

    private static TrialTable of(List<Trial> trials, History history, SearchSpace space) {
        boolean sizes = trials.stream().anyMatch(trial -> trial.cost().parameters() > 0);
        boolean times = trials.stream().anyMatch(trial -> !trial.cost().compute().isZero());
        List<String> header = new ArrayList<>(List.of("trial", Metrics.SCORE));
        if (sizes) {
            header.add(Metrics.PARAMETERS);
        }
        if (times) {
            header.add("time");
        }
        header.add("outcome");
        header.add("architecture");
        List<List<String>> rows = new ArrayList<>();
        for (Trial trial : trials) {
            List<String> row = new ArrayList<>();
            row.add(Integer.toString(trial.number()));
            row.add(
                    trial.score().isPresent()
                            ? String.format(Locale.ROOT, "%.4f", trial.score().getAsDouble())
                            : "");
            if (sizes) {
                long parameters = trial.cost().parameters();
                row.add(parameters == 0 ? "" : String.format(Locale.ROOT, "%,d", parameters));
            }
            if (times) {
                double seconds = trial.cost().compute().toNanos() / 1e9;
                row.add(String.format(Locale.ROOT, seconds < 0.95 ? "%.2f s" : "%.1f s", seconds));
            }
            row.add(HistoryTable.outcome(trial, trial.measure()));
            row.add(brief(trial, space));
            rows.add(row);
        }
        return new TrialTable(header, rows, history.size() - rows.size());
    }

    private static String brief(Trial trial, SearchSpace space) {
        String text = architecture(trial, space);
        return text.length() <= ARCHITECTURE
                ? text
                : text.substring(0, ARCHITECTURE - 1) + "\u2026";
    }

    /** What was answered where operations and sizes are decided; edges are left to the diagram. */
    private static String architecture(Trial trial, SearchSpace space) {
        Walk walk = space.walk(trial.architecture());
        return IntStream.range(0, walk.decisions().size())
                .filter(i -> !wires(walk.decisions().get(i)))
                .mapToObj(
                        i ->
                                OpText.abbreviated(
                                        walk.decisions()
                                                .get(i)
                                                .label(trial.architecture().choices().get(i))))
                .collect(Collectors.joining(", "));
    }

    private static boolean wires(Decision decision) {
        return decision.labels().stream().anyMatch(label -> label.startsWith("input "));
    }

    @Override
    public MimeBundle render() {
        return MimeBundle.html(Html.table(header, rows, foot()), toString());
    }

    @Override
    public String toString() {
        return Html.text(header, rows, foot());
    }

    private String foot() {
        return more == 0 ? "" : "\u2026 " + more + " more";
    }
}
