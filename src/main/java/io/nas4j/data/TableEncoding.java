package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a table's columns became numbers: medians, categories and first days are those of the
 * training rows, so nothing of what is held back is known. Prints as a line a column.
 */
public final class TableEncoding {

    private final Frame frame;
    private final TableReader reader;
    private final List<ColumnEncoding> columns;
    private final List<String> targets;

    /**
     * Fits.
     *
     * @param frame without the targets
     * @param targets what is said of them
     */
    TableEncoding(Frame frame, TableReader reader, int[] training, List<String> targets) {
        this.frame = frame;
        this.reader = reader;
        this.targets = List.copyOf(targets);
        this.columns =
                frame.columns().stream()
                        .map(column -> ColumnEncoding.of(column, training, reader))
                        .toList();
        require(
                !features().isEmpty(),
                "there must be a column to predict from, but of \"%s\" none is left:%n%s",
                frame.name(),
                this);
    }

    /** The same table, fitted to other training rows. */
    TableEncoding fitted(int[] training) {
        return new TableEncoding(frame, reader, training, targets);
    }

    float[] values() {
        return encode(frame);
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
        for (int i = 0; i < columns.size(); i++) {
            ColumnEncoding encoding = columns.get(i);
            if (encoding.features().isEmpty()) {
                continue;
            }
            Frame.Column known = frame.columns().get(i);
            Frame.Column column = typed(table.column(known.name()), known);
            for (int row = 0; row < table.size(); row++) {
                encoding.write(column, row, values, row * width + at);
            }
            at += encoding.features().size();
        }
        return values;
    }

    /** A column without a filled cell has no type of its own. */
    private static Frame.Column typed(Frame.Column column, Frame.Column known) {
        int n = column.size();
        boolean empty = true;
        for (int row = 0; row < n; row++) {
            empty &= column.isMissing(row);
        }
        if (column.getClass() != known.getClass() && empty) {
            double[] numbers = new double[n];
            Arrays.fill(numbers, Double.NaN);
            long[] seconds = new long[n];
            Arrays.fill(seconds, Long.MIN_VALUE);
            if (known instanceof Frame.Numbers) {
                return new Frame.Numbers(column.name(), numbers);
            }
            if (known instanceof Frame.Dates dates) {
                return new Frame.Dates(column.name(), seconds, dates.timed());
            }
            return new Frame.Texts(column.name(), java.util.Collections.nCopies(n, ""), false);
        }
        require(
                column.getClass() == known.getClass(),
                "column \"%s\" must hold %s as in training, but holds %s.",
                known.name(),
                known.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                column.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        return column;
    }

    /** What was done with each column, a line each. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>(targets);
        int width =
                frame.columns().stream().mapToInt(column -> column.name().length()).max().orElse(0);
        for (int i = 0; i < columns.size(); i++) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%-" + width + "s  %s",
                            frame.columns().get(i).name(),
                            columns.get(i).explanation()));
        }
        return String.join("\n", lines);
    }
}
