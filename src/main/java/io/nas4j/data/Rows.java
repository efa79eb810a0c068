package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.lang3.math.NumberUtils;

/** A table of text as rows of numbers. */
final class Rows {

    /** More distinct values than this look like names or measurements, not like categories. */
    private static final int CATEGORIES = 100;

    private Rows() {}

    static Data of(Csv table, String target) {
        int at = table.column(target);
        require(
                at >= 0,
                "the target must be a column of \"%s\", but \"%s\" is none of %s.",
                table.name(),
                target,
                table.header());
        List<Feature> features = new ArrayList<>();
        for (int column = 0; column < table.header().size(); column++) {
            requireFilled(table, column);
            if (column != at) {
                features.add(Feature.of(table, column));
            }
        }
        List<String> classes = distinct(table, at);
        require(
                classes.size() <= CATEGORIES,
                "the target must have at most %d classes, but \"%s\" has %d values. Try binning it.",
                CATEGORIES,
                target,
                classes.size());
        int width = features.stream().mapToInt(Feature::width).sum();
        int size = table.rows().size();
        float[] values = new float[Math.multiplyExact(size, width)];
        int[] labels = new int[size];
        for (int row = 0; row < size; row++) {
            int from = row * width;
            for (Feature feature : features) {
                feature.write(table, row, values, from);
                from += feature.width();
            }
            labels[row] = classes.indexOf(table.rows().get(row).get(at));
        }
        return Data.rows(table.name(), values, width, labels, classes);
    }

    /** A column: of numbers when {@code categories} is empty. */
    private record Feature(int column, List<String> categories) {

        static Feature of(Csv table, int column) {
            boolean numbers =
                    table.rows().stream()
                            .anyMatch(
                                    row ->
                                            !Double.isNaN(
                                                    NumberUtils.toDouble(
                                                            row.get(column), Double.NaN)));
            if (numbers) {
                return new Feature(column, List.of());
            }
            List<String> categories = distinct(table, column);
            require(
                    categories.size() <= CATEGORIES,
                    "a column of text must have at most %d values, but \"%s\" has %d. Try dropping"
                            + " it.",
                    CATEGORIES,
                    table.header().get(column),
                    categories.size());
            return new Feature(column, categories);
        }

        int width() {
            return Math.max(1, categories.size());
        }

        void write(Csv table, int row, float[] values, int from) {
            if (categories.isEmpty()) {
                values[from] = (float) table.number(row, column);
            } else {
                values[from + categories.indexOf(table.rows().get(row).get(column))] = 1;
            }
        }
    }

    private static List<String> distinct(Csv table, int column) {
        List<String> texts =
                table.rows().stream().map(row -> row.get(column)).distinct().sorted().toList();
        boolean whole = texts.stream().allMatch(text -> text.matches("-?\\d{1,9}"));
        return whole
                ? texts.stream()
                        .sorted(java.util.Comparator.comparingInt(Integer::parseInt))
                        .toList()
                : texts;
    }

    private static void requireFilled(Csv table, int column) {
        int empty =
                IntStream.range(0, table.rows().size())
                        .filter(row -> table.rows().get(row).get(column).isEmpty())
                        .findFirst()
                        .orElse(-1);
        require(
                empty < 0,
                "every cell must be filled, but column \"%s\" of \"%s\" is empty in row %d. Try"
                        + " dropping or filling that row.",
                table.header().get(column),
                table.name(),
                empty + 1);
    }
}
