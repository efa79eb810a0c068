package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of text: comma-separated values with a header (RFC 4180), or any other rows of strings.
 *
 * @param name of the table
 * @param header the columns' names, distinct
 * @param rows each as long as the header
 */
public record Csv(String name, List<String> header, List<List<String>> rows) {

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
     */
    public static Csv parse(String name, String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        String source = text.startsWith("\ufeff") ? text.substring(1) : text;
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < source.length() && source.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (quoted || (c != ',' && c != '\n')) {
                cell.append(c);
            } else {
                line.add(cell.toString().trim());
                cell.setLength(0);
                if (c == '\n') {
                    end(line, lines);
                    line = new ArrayList<>();
                }
            }
        }
        require(!quoted, "every quote in \"%s\" must be closed, but the last is not.", name);
        line.add(cell.toString().trim());
        end(line, lines);
        require(!lines.isEmpty(), "table \"%s\" must have a header, but is empty.", name);
        return new Csv(name, lines.get(0), lines.subList(1, lines.size()));
    }

    private static void end(List<String> line, List<List<String>> lines) {
        if (line.size() > 1 || !line.get(0).isEmpty()) {
            lines.add(List.copyOf(line));
        }
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
        double value = parse(text);
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

    static double parse(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
