package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.lang3.math.NumberUtils;

/**
 * A table of typed columns, in which cells may be missing.
 *
 * @param name of the table
 * @param columns of one length, with distinct names
 */
public record Frame(String name, List<Column> columns) {

    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "?");

    public Frame {
        columns = List.copyOf(columns);
        require(!columns.isEmpty(), "table \"%s\" must have a column, but has none.", name);
        int rows = columns.get(0).size();
        List<String> names = columns.stream().map(Column::name).toList();
        require(
                names.stream().distinct().count() == names.size(),
                "table \"%s\" must name its columns differently, but they are %s.",
                name,
                names);
        for (Column column : columns) {
            require(
                    column.size() == rows,
                    "columns must be of one length, but \"%s\" has %d cells and \"%s\" %d.",
                    columns.get(0).name(),
                    rows,
                    column.name(),
                    column.size());
        }
    }

    /** A column of one type. */
    public sealed interface Column {

        /**
         * The header.
         *
         * @return distinct in a table
         */
        String name();

        /**
         * How many cells there are.
         *
         * @return missing ones included
         */
        int size();

        /**
         * Whether a cell is empty.
         *
         * @param row from 0
         * @return true where nothing is known
         */
        boolean isMissing(int row);
    }

    /**
     * Numbers.
     *
     * @param name header
     * @param values NaN where missing; not copied
     */
    public record Numbers(String name, double[] values) implements Column {

        public Numbers {
            for (int i = 0; i < values.length; i++) {
                require(
                        !Double.isInfinite(values[i]),
                        "column \"%s\" must hold finite numbers, but row %d has %s. Try dropping"
                                + " that row.",
                        name,
                        i + 1,
                        values[i]);
            }
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean isMissing(int row) {
            return Double.isNaN(values[row]);
        }
    }

    /**
     * Categories, or free text.
     *
     * @param name header
     * @param values empty where missing
     * @param prose whether these are sentences, rather than names of categories
     */
    public record Texts(String name, List<String> values, boolean prose) implements Column {

        public Texts {
            values = List.copyOf(values);
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public boolean isMissing(int row) {
            return values.get(row).isEmpty();
        }
    }

    /**
     * Dates, with a time of day or without.
     *
     * @param name header
     * @param seconds since 1970, in UTC or whatever the table's time is; {@link Long#MIN_VALUE}
     *     where missing; not copied
     * @param timed whether the time of day is known
     */
    public record Dates(String name, long[] seconds, boolean timed) implements Column {

        @Override
        public int size() {
            return seconds.length;
        }

        @Override
        public boolean isMissing(int row) {
            return seconds[row] == Long.MIN_VALUE;
        }
    }

    /**
     * Types the columns of a table of text: numbers where any cell is one, dates where all are in
     * ISO 8601, else text. Empty cells, and NA, N/A, NaN, null and ?, are missing.
     *
     * @param table cells as text
     * @return the same table
     * @throws IllegalArgumentException naming the cell that is no number in a column of numbers
     */
    public static Frame of(Csv table) {
        return new Frame(
                table.name(),
                IntStream.range(0, table.header().size())
                        .mapToObj(column -> column(table, column))
                        .toList());
    }

    private static Column column(Csv table, int column) {
        String name = table.header().get(column);
        List<String> cells = table.rows().stream().map(row -> filled(row.get(column))).toList();
        if (cells.stream()
                .anyMatch(cell -> !Double.isNaN(NumberUtils.toDouble(cell, Double.NaN)))) {
            double[] numbers = new double[cells.size()];
            for (int row = 0; row < numbers.length; row++) {
                numbers[row] = cells.get(row).isEmpty() ? Double.NaN : table.number(row, column);
            }
            return new Numbers(name, numbers);
        }
        List<String> known = cells.stream().filter(cell -> !cell.isEmpty()).toList();
        if (!known.isEmpty() && known.stream().allMatch(cell -> seconds(cell) != Long.MIN_VALUE)) {
            return new Dates(
                    name,
                    cells.stream().mapToLong(Frame::seconds).toArray(),
                    known.stream().anyMatch(cell -> cell.length() > 10));
        }
        return new Texts(name, cells, isProse(known));
    }

    private static String filled(String cell) {
        return MISSING.contains(cell.toLowerCase(Locale.ROOT)) ? "" : cell;
    }

    private static long seconds(String cell) {
        if (cell.length() < 10 || cell.charAt(4) != '-') {
            return Long.MIN_VALUE;
        }
        try {
            LocalDateTime time =
                    cell.length() == 10
                            ? LocalDate.parse(cell).atStartOfDay()
                            : LocalDateTime.parse(cell.replace(' ', 'T'));
            return time.toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return Long.MIN_VALUE;
        }
    }

    /**
     * Whether texts look like sentences: more than three words on average, and mostly different.
     *
     * @param texts none of them empty
     * @return false where they look like names of categories
     */
    public static boolean isProse(List<String> texts) {
        double words =
                texts.stream().mapToInt(t -> t.strip().split("\\s+").length).average().orElse(0);
        return words > 3 && texts.stream().distinct().count() > 0.5 * texts.size();
    }

    /**
     * How many rows there are.
     *
     * @return at least 0
     */
    public int size() {
        return columns.get(0).size();
    }

    /**
     * A column.
     *
     * @param wanted its name
     * @return the column
     * @throws IllegalArgumentException naming all columns when there is none
     */
    public Column column(String wanted) {
        return columns.stream()
                .filter(column -> column.name().equals(wanted))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        String.format(
                                                Locale.ROOT,
                                                "\"%s\" must be a column of \"%s\", but these are"
                                                        + " %s.",
                                                wanted,
                                                name,
                                                columns.stream().map(Column::name).toList())));
    }

    Frame without(List<String> names) {
        return new Frame(name, columns.stream().filter(c -> !names.contains(c.name())).toList());
    }

    /** The rows in which nothing is missing, of a column of numbers, in order. */
    static double[] known(double[] values, int[] rows) {
        return Arrays.stream(rows)
                .mapToDouble(row -> values[row])
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }
}
