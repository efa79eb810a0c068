package io.nas4j.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads off a column's training rows how it becomes features.
 *
 * @param rows to learn from
 * @param reader the settings
 */
record ColumnFitting(int[] rows, TableReader reader) {

    ColumnEncoding encoding(Frame.Column column) {
        if (Arrays.stream(rows).allMatch(column::isMissing)) {
            return new ColumnEncoding.LeftOut(column.name(), "it is empty in training");
        }
        if (column instanceof Frame.Numbers numbers) {
            return number(numbers);
        }
        if (column instanceof Frame.Dates dates) {
            return date(dates);
        }
        Frame.Texts texts = (Frame.Texts) column;
        return texts.prose()
                ? new ColumnEncoding.Prose(texts.name(), reader.hashes())
                : category(texts);
    }

    private ColumnEncoding number(Frame.Numbers column) {
        double[] known = Frame.known(column.values(), rows);
        boolean missing = anyMissing(column);
        if (known[0] == known[known.length - 1] && !missing) {
            return new ColumnEncoding.LeftOut(
                    column.name(), "it is always " + known[0] + " in training");
        }
        return new ColumnEncoding.Number(column.name(), median(known), missing);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private ColumnEncoding category(Frame.Texts column) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int row : rows) {
            if (!column.isMissing(row)) {
                counts.merge(column.values().get(row), 1, Integer::sum);
            }
        }
        List<String> kept = kept(counts);
        boolean missing = anyMissing(column);
        int rare = counts.size() - kept.size();
        if (kept.isEmpty() || (counts.size() > 20 && counts.size() == rows.length)) {
            return new ColumnEncoding.LeftOut(
                    column.name(),
                    counts.size() + " different texts in " + rows.length + " training rows");
        }
        if (counts.size() == 1 && !missing) {
            return new ColumnEncoding.LeftOut(
                    column.name(), "it is always \"" + kept.get(0) + "\" in training");
        }
        return new ColumnEncoding.Category(column.name(), kept, rare, missing);
    }

    /** The most frequent ones that are not rare, by name. */
    private List<String> kept(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .filter(e -> e.getValue() >= reader.rare() * rows.length)
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(reader.categories())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private ColumnEncoding date(Frame.Dates column) {
        long[] known =
                Arrays.stream(rows)
                        .filter(row -> !column.isMissing(row))
                        .mapToLong(row -> column.seconds()[row])
                        .sorted()
                        .toArray();
        return new ColumnEncoding.Date(
                column.name(),
                known[0],
                known[known.length / 2],
                column.timed(),
                anyMissing(column));
    }

    private boolean anyMissing(Frame.Column column) {
        return Arrays.stream(rows).anyMatch(column::isMissing);
    }
}
