package io.nas4j.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.lang3.StringUtils;

/**
 * Searches side by side, the best of each measure first.
 *
 * @param entries in any order
 * @param foot a line below; may be empty
 */
public record Leaderboard(List<Entry> entries, String foot) implements Renderable {

    /**
     * A search.
     *
     * @param name of its journal
     * @param strategy that searched
     * @param measure of its scores; those of different measures are not ranked against each other
     * @param best score; empty where none was scored
     * @param found the number of the best trial, from 0
     * @param trials that were run, repeats left out
     * @param compute time of all trials
     */
    public record Entry(
            String name,
            String strategy,
            String measure,
            OptionalDouble best,
            int found,
            int trials,
            Duration compute) {}

    public Leaderboard {
        entries =
                entries.stream()
                        .sorted(
                                Comparator.comparing(Entry::measure)
                                        .thenComparingDouble(
                                                entry ->
                                                        -entry.best()
                                                                .orElse(Double.NEGATIVE_INFINITY))
                                        .thenComparing(Entry::name))
                        .toList();
    }

    private static final int LETTERS = 60;

    private static final List<String> HEADER =
            List.of("search", "strategy", "measure", "best", "at trial", "trials", "time");

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (Entry entry : entries) {
            rows.add(
                    List.of(
                            entry.name(),
                            StringUtils.abbreviate(entry.strategy(), "\u2026", LETTERS),
                            entry.measure(),
                            entry.best().isPresent()
                                    ? String.format(Locale.ROOT, "%.4f", entry.best().getAsDouble())
                                    : "",
                            entry.best().isPresent() ? "" + entry.found() : "",
                            "" + entry.trials(),
                            String.format(
                                    Locale.ROOT, "%,.1f s", entry.compute().toMillis() / 1e3)));
        }
        return rows;
    }

    @Override
    public MimeBundle render() {
        return MimeBundle.html(Html.table(HEADER, rows(), foot), toString());
    }

    @Override
    public String toString() {
        return Html.text(HEADER, rows(), foot);
    }
}
