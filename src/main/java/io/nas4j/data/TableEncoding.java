package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How a table's columns become numbers: medians, categories and first days are those of the
 * training rows, so nothing of what is held back is known. Prints as a line a column. A trained
 * network keeps it, and so reads tables as it read the one that it learned from.
 *
 * @param targets what is said of what is predicted, a line each
 * @param columns in the order of their features
 */
public record TableEncoding(List<String> targets, List<ColumnEncoding> columns) {

    public TableEncoding {
        targets = List.copyOf(targets);
        columns = List.copyOf(columns);
    }

    /**
     * What each feature is called.
     *
     * @return one name a feature, in the order of a row
     */
    public List<String> features() {
        return columns.stream().flatMap(column -> column.features().stream()).toList();
    }

    /**
     * Other rows as the network reads them, for predictions.
     *
     * @param table has the columns that were learned from, by name; others are ignored
     * @return {@code [n, features]}
     * @throws IllegalArgumentException when a column is missing or of another type
     */
    public float[] encode(Frame table) {
        int width = features().size();
        float[] values = new float[Math.multiplyExact(table.size(), width)];
        int at = 0;
        for (ColumnEncoding encoding : columns) {
            if (encoding.features().isEmpty()) {
                continue;
            }
            Frame.Column column = typed(table.column(encoding.name()), encoding);
            for (int row = 0; row < table.size(); row++) {
                encoding.write(column, row, values, row * width + at);
            }
            at += encoding.features().size();
        }
        return values;
    }

    /** A column without a filled cell has no type of its own. */
    private static Frame.Column typed(Frame.Column column, ColumnEncoding encoding) {
        Frame.Column known = encoding.empty(column.size());
        if (column.getClass() == known.getClass()) {
            return column;
        }
        require(
                IntStream.range(0, column.size()).allMatch(column::isMissing),
                "column \"%s\" must hold %s as in training, but holds %s.",
                encoding.name(),
                known.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                column.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        return known;
    }

    /** What was done with each column, a line each. */
    @Override
    public String toString() {
        int width = columns.stream().mapToInt(column -> column.name().length()).max().orElse(0);
        String lines =
                String.join(
                        "\n",
                        columns.stream()
                                .map(
                                        column ->
                                                String.format(
                                                        Locale.ROOT,
                                                        "%-" + Math.max(1, width) + "s  %s",
                                                        column.name(),
                                                        column.explanation()))
                                .toList());
        return targets.isEmpty() ? lines : String.join("\n", targets) + "\n" + lines;
    }
}
