package io.nas4j;

import io.nas4j.data.Csv;
import io.nas4j.data.Data;
import io.nas4j.data.Frame;
import io.nas4j.data.TableReader;
import io.nas4j.estimate.Tabular;
import io.nas4j.space.SearchSpace;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

/** tablesaw's tables as data to learn from, or as measured architectures. */
public final class Tables {

    private Tables() {}

    /**
     * Rows to learn from, read with {@link TableReader}'s defaults.
     *
     * @param table cells may be missing, but not of the targets
     * @param targets the column to be predicted; or several columns, of 0 and 1 for several labels,
     *     of any numbers to predict them all
     * @return split 70 / 15 / 15; {@link Data#encoding()} tells what was done with each column
     */
    public static Data data(Table table, String... targets) {
        return new TableReader().read(frame(table), targets);
    }

    /**
     * A table by its columns' types, for {@link TableReader#read} and {@link
     * io.nas4j.data.TableEncoding#encode}.
     *
     * @param table of numbers, truth values (1 and 0), texts, dates and times (seconds of the day)
     * @return its cells, missing ones included
     */
    public static Frame frame(Table table) {
        return new Frame(name(table), table.columns().stream().map(Tables::column).toList());
    }

    private static Frame.Column column(Column<?> column) {
        String name = column.name();
        IntStream rows = IntStream.range(0, column.size());
        if (column instanceof NumericColumn<?> numbers) {
            return new Frame.Numbers(name, numbers.asDoubleArray());
        }
        if (column instanceof BooleanColumn truth) {
            return new Frame.Numbers(
                    name,
                    rows.mapToDouble(
                                    row ->
                                            truth.isMissing(row)
                                                    ? Double.NaN
                                                    : truth.get(row) ? 1 : 0)
                            .toArray());
        }
        if (column instanceof TimeColumn times) {
            return new Frame.Numbers(
                    name,
                    rows.mapToDouble(
                                    row ->
                                            times.isMissing(row)
                                                    ? Double.NaN
                                                    : times.get(row).toSecondOfDay())
                            .toArray());
        }
        if (column instanceof DateColumn dates) {
            return dates(column, false, row -> dates.get(row).atStartOfDay());
        }
        if (column instanceof DateTimeColumn dates) {
            return dates(column, true, dates::get);
        }
        if (column instanceof InstantColumn dates) {
            return dates(
                    column, true, row -> LocalDateTime.ofInstant(dates.get(row), ZoneOffset.UTC));
        }
        List<String> texts =
                rows.mapToObj(row -> column.isMissing(row) ? "" : column.getUnformattedString(row))
                        .toList();
        List<String> known = texts.stream().filter(text -> !text.isEmpty()).toList();
        return new Frame.Texts(name, texts, Frame.isProse(known));
    }

    private static Frame.Dates dates(
            Column<?> column, boolean timed, IntFunction<LocalDateTime> time) {
        return new Frame.Dates(
                column.name(),
                IntStream.range(0, column.size())
                        .mapToLong(
                                row ->
                                        column.isMissing(row)
                                                ? Long.MIN_VALUE
                                                : time.apply(row).toEpochSecond(ZoneOffset.UTC))
                        .toArray(),
                timed);
    }

    private static String name(Table table) {
        return table.name() == null ? "table" : table.name();
    }

    /**
     * Measured architectures.
     *
     * @param table columns as for {@link Tabular#csv(java.nio.file.Path, SearchSpace)}
     * @param space what the choices mean
     * @return an estimator
     */
    public static Tabular tabular(Table table, SearchSpace space) {
        return Tabular.csv(text(table), space);
    }

    private static Csv text(Table table) {
        List<List<String>> rows = new ArrayList<>(table.rowCount());
        for (int row = 0; row < table.rowCount(); row++) {
            List<String> cells = new ArrayList<>(table.columnCount());
            for (Column<?> column : table.columns()) {
                cells.add(column.isMissing(row) ? "" : column.getUnformattedString(row));
            }
            rows.add(cells);
        }
        return new Csv(name(table), table.columnNames(), rows);
    }
}
