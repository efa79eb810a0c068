package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.lang3.math.NumberUtils;

/**
 * A table of text: comma-separated values with a header (RFC 4180), or any other rows of strings.
 *
 * @param name of the table
 * @param header the columns' names, distinct
 * @param rows each as long as the header
 */
public record Csv(String name, List<String> header, List<List<String>> rows) {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180
                    .builder()
                    .setIgnoreEmptyLines(true)
                    .setIgnoreSurroundingSpaces(true)
                    .setTrim(true)
                    .get();

    public Csv {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
        require(!header.isEmpty(), "table \"%s\" must have a column, but has none.", name);
        require(
                header.stream().distinct().count() == header.size(),
                "table \"%s\" must name its columns differently, but they are %s.",
                name,
                header);
        for (int i = 0; i < rows.size(); i++) {
            require(
                    rows.get(i).size() == header.size(),
                    "every row of \"%s\" must have %d cells, but row %d has %d. Try quoting commas"
                            + " inside a cell.",
                    name,
                    header.size(),
                    i + 1,
                    rows.get(i).size());
        }
    }

    /**
     * Reads a file.
     *
     * @param file UTF-8, plain or gzip, the first line names the columns
     * @return its cells, trimmed; blank lines are left out
     */
    public static Csv read(Path file) {
        Bytes bytes = Bytes.of(file);
        return parse(bytes.name(), new String(bytes.content(), StandardCharsets.UTF_8));
    }

    /**
     * Reads a text.
     *
     * @param name what messages call it
     * @param text the first line names the columns
     * @return its cells, trimmed; blank lines are left out
     * @throws IllegalArgumentException naming the line where a quote is not closed or stands wrong
     */
    public static Csv parse(String name, String text) {
        List<CSVRecord> lines;
        String source = text.startsWith("\ufeff") ? text.substring(1) : text;
        try (CSVParser parser = CSVParser.parse(source, FORMAT)) {
            lines = parser.getRecords();
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "table \"%s\" must be comma-separated values, but cannot be read: %s. Try"
                                    + " closing every quote, and doubling quotes inside a quoted"
                                    + " cell.",
                            name,
                            e.getMessage()),
                    e);
        }
        require(!lines.isEmpty(), "table \"%s\" must have a header, but is empty.", name);
        return new Csv(
                name,
                lines.get(0).toList(),
                lines.stream().skip(1).map(CSVRecord::toList).toList());
    }

    /**
     * Where a column is.
     *
     * @param column its name
     * @return its index, or -1
     */
    public int column(String column) {
        return header.indexOf(column);
    }

    /**
     * A cell as a number.
     *
     * @param row from 0
     * @param column from 0
     * @return a finite number
     * @throws IllegalArgumentException naming row and column otherwise
     */
    public double number(int row, int column) {
        String text = rows.get(row).get(column);
        double value = NumberUtils.toDouble(text, Double.NaN);
        require(
                Double.isFinite(value),
                "column \"%s\" of \"%s\" must hold finite numbers, but row %d has \"%s\". Try"
                        + " dropping or filling that row.",
                header.get(column),
                name,
                row + 1,
                text);
        return value;
    }
}
