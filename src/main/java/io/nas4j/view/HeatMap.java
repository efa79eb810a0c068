package io.nas4j.view;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import java.util.List;
import java.util.Locale;

/**
 * Numbers as shades: rows against columns, for example edges against operations.
 *
 * @param title a line above; may be empty
 * @param rows their names
 * @param columns their names
 * @param values row by row, finite
 */
public record HeatMap(
        String title, List<String> rows, List<String> columns, List<List<Double>> values)
        implements Picture {

    private static final double HEIGHT = 22;
    private static final String SHADE = "#0072b2";

    public HeatMap {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        values = values.stream().map(List::copyOf).toList();
        int width = columns.size();
        require(
                values.size() == rows.size() && values.stream().allMatch(r -> r.size() == width),
                "a heat map of %d rows and %d columns needs as many values.",
                rows.size(),
                width);
        require(
                values.stream().flatMap(List::stream).allMatch(Double::isFinite),
                "a heat map's values must be finite.");
    }

    /**
     * How sure a policy became of each token of one string, over a search.
     *
     * @param space the search's
     * @param string whose tokens are the rows, for example the best one found
     * @param history of a strategy that tells what it has learned
     * @param slices how many columns; each is the mean over its trials
     * @return probabilities in [0, 1]
     */
    public static HeatMap tokens(
            SearchSpace space, Architecture string, History history, int slices) {
        return TokenMap.of(space, string, history, slices);
    }

    @Override
    public Svg svg() {
        double left = widest(rows, 12) + 16;
        double cell = Math.max(44, widest(columns, 11) + 10);
        double top = title.isEmpty() ? 24 : 48;
        double high = values.stream().flatMap(List::stream).mapToDouble(v -> v).max().orElse(1);
        double low =
                Math.min(
                        0,
                        values.stream().flatMap(List::stream).mapToDouble(v -> v).min().orElse(0));
        Pen pen = new Pen();
        if (!title.isEmpty()) {
            pen.text(8, 20, title, 14, Pen.INK, Pen.Anchor.START, true);
        }
        for (int c = 0; c < columns.size(); c++) {
            pen.text(
                    left + (c + 0.5) * cell,
                    top - 7,
                    columns.get(c),
                    11,
                    Palette.of(columns.get(c)),
                    Pen.Anchor.MIDDLE);
        }
        for (int r = 0; r < rows.size(); r++) {
            double y = top + r * HEIGHT;
            pen.text(left - 8, y + 15, rows.get(r), 12, Pen.INK, Pen.Anchor.END);
            for (int c = 0; c < columns.size(); c++) {
                double value = values.get(r).get(c);
                double share = high > low ? (value - low) / (high - low) : 0;
                double x = left + c * cell;
                // from three quarters on neither dark nor white numbers are readable on every shade
                pen.rect(x, y, cell - 2, HEIGHT - 2, 2, Palette.tint(SHADE, share * 0.7), "");
                pen.text(
                        x + cell / 2 - 1,
                        y + 14,
                        String.format(Locale.ROOT, "%.2f", value),
                        10.5,
                        Pen.INK,
                        Pen.Anchor.MIDDLE);
            }
        }
        return pen.svg(left + columns.size() * cell + 8, top + rows.size() * HEIGHT + 8, alt());
    }

    private static double widest(List<String> texts, double size) {
        return texts.stream().mapToDouble(t -> TextWidth.of(t, size)).max().orElse(0);
    }

    @Override
    public String alt() {
        return "Heat map of " + rows.size() + " by " + columns.size() + ": " + title;
    }

    @Override
    public String toString() {
        List<String> header = new java.util.ArrayList<>(List.of(""));
        header.addAll(columns);
        List<List<String>> lines = new java.util.ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            List<String> line = new java.util.ArrayList<>(List.of(rows.get(r)));
            values.get(r).forEach(v -> line.add(String.format(Locale.ROOT, "%.2f", v)));
            lines.add(line);
        }
        return (title.isEmpty() ? "" : title + "\n") + Html.text(header, lines, "");
    }
}
