package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a table becomes rows of numbers. Numbers are features as they are; of categories each becomes
 * a 0/1 feature, rare ones share one; a date becomes its year, its place in the year and the week,
 * and the days since the first; sentences become hashed words and pairs of words. Where a cell is
 * missing, the median stands in and a feature of its own says so. All of this is read off the
 * training rows only, again for each split, and {@link Data#encoding()} tells it.
 *
 * @param categories of a column that have a feature of their own, at most; default 20
 * @param rare share of the training rows below which a category is rare, in [0, 1]; default 0.01
 * @param hashes features of a column of sentences, at least 2; default 128
 * @param kind of target; empty, the default, to go by the column: text, truth values and at most 20
 *     different whole numbers are classes, other numbers are predicted as numbers
 */
public record TableReader(int categories, double rare, int hashes, Optional<Target.Kind> kind) {

    /** More distinct values than this look like names or measurements, not like classes. */
    private static final int MOST_CLASSES = 100;

    /** More distinct whole numbers than this look like measurements. */
    private static final int WHOLE_CLASSES = 20;

    /** The defaults. */
    public TableReader() {
        this(20, 0.01, 128, Optional.empty());
    }

    public TableReader {
        require(categories >= 1, "categories must be at least 1, but were %d.", categories);
        require(rare >= 0 && rare <= 1, "rare must be a share in [0, 1], but was %s.", rare);
        require(hashes >= 2, "hashes must be at least 2, but were %d. Try 128.", hashes);
    }

    /**
     * Sets {@link #categories}.
     *
     * @param most at least 1
     * @return a copy
     */
    public TableReader categories(int most) {
        return new TableReader(most, rare, hashes, kind);
    }

    /**
     * Sets {@link #rare}.
     *
     * @param share in [0, 1]
     * @return a copy
     */
    public TableReader rare(double share) {
        return new TableReader(categories, share, hashes, kind);
    }

    /**
     * Sets {@link #hashes}.
     *
     * @param features at least 2
     * @return a copy
     */
    public TableReader hashes(int features) {
        return new TableReader(categories, rare, features, kind);
    }

    /**
     * Sets {@link #kind}.
     *
     * @param wanted classes, numbers or labels
     * @return a copy
     */
    public TableReader kind(Target.Kind wanted) {
        return new TableReader(categories, rare, hashes, Optional.of(wanted));
    }

    /**
     * Reads.
     *
     * @param table with the targets among its columns
     * @param targets the column to be predicted; or several columns, of 0 and 1 for several labels,
     *     of any numbers to predict them all
     * @return split 70 / 15 / 15, by a fixed shuffle, class by class or by how large the number is
     * @throws IllegalArgumentException when a target is missing in a row, or there is nothing to
     *     predict from
     */
    public Data read(Frame table, String... targets) {
        require(targets.length >= 1, "there must be a target, but none was named.");
        List<String> names = List.of(targets);
        names.forEach(name -> requireFilled(table, name));
        require(
                table.columns().size() > names.size(),
                "there must be a column to predict from, but \"%s\" has only %s.",
                table.name(),
                names);
        Target target = names.size() == 1 ? single(table, names.get(0)) : several(table, names);
        String told =
                switch (target.kind()) {
                    case CLASSES -> "one of " + target.names().size() + " classes";
                    case NUMBERS -> names.size() == 1 ? "a number" : "numbers";
                    case LABELS -> "labels, each of which may be there";
                };
        return Data.table(
                table.without(names),
                this,
                target,
                List.of("to predict " + String.join(", ", names) + ": " + told));
    }

    private static void requireFilled(Frame table, String name) {
        Frame.Column column = table.column(name);
        for (int row = 0; row < column.size(); row++) {
            require(
                    !column.isMissing(row),
                    "what is to be predicted must be known, but column \"%s\" of \"%s\" is empty in"
                            + " row %d. Try dropping that row.",
                    name,
                    table.name(),
                    row + 1);
        }
    }

    private Target single(Frame table, String name) {
        Frame.Column column = table.column(name);
        require(
                !(column instanceof Frame.Dates),
                "a date cannot be predicted, but \"%s\" is one. Try the days since a day as a"
                        + " number.",
                name);
        List<String> texts = texts(column);
        boolean numeric = column instanceof Frame.Numbers;
        Target.Kind wanted =
                kind.orElse(
                        numeric && !looksLikeClasses((Frame.Numbers) column)
                                ? Target.Kind.NUMBERS
                                : Target.Kind.CLASSES);
        if (wanted == Target.Kind.CLASSES) {
            return classes(name, texts);
        }
        require(numeric, "\"%s\" must hold numbers to be predicted as such, but is text.", name);
        return several(table, List.of(name), wanted);
    }

    private static boolean looksLikeClasses(Frame.Numbers column) {
        return Arrays.stream(column.values()).allMatch(x -> x == Math.rint(x))
                && Arrays.stream(column.values()).distinct().count() <= WHOLE_CLASSES;
    }

    private Target several(Frame table, List<String> names) {
        boolean marks =
                names.stream()
                        .map(table::column)
                        .allMatch(
                                c ->
                                        c instanceof Frame.Numbers numbers
                                                && Arrays.stream(numbers.values())
                                                        .allMatch(x -> x == 0 || x == 1));
        return several(table, names, kind.orElse(marks ? Target.Kind.LABELS : Target.Kind.NUMBERS));
    }

    private static Target several(Frame table, List<String> names, Target.Kind wanted) {
        require(
                wanted != Target.Kind.CLASSES,
                "classes are told by one column, but there are %s. Try one of them.",
                names);
        int n = table.size();
        int width = names.size();
        float[] values = new float[n * width];
        for (int j = 0; j < width; j++) {
            Frame.Column column = table.column(names.get(j));
            require(
                    column instanceof Frame.Numbers,
                    "column \"%s\" must hold numbers to be predicted beside others, but does not.",
                    names.get(j));
            for (int row = 0; row < n; row++) {
                values[row * width + j] = (float) ((Frame.Numbers) column).values()[row];
            }
        }
        if (wanted == Target.Kind.NUMBERS) {
            return new Target.Numbers(names, values);
        }
        byte[] marks = new byte[values.length];
        for (int i = 0; i < marks.length; i++) {
            require(
                    values[i] == 0 || values[i] == 1,
                    "a label's column must hold 0 and 1, but \"%s\" has %s in row %d.",
                    names.get(i % width),
                    values[i],
                    i / width + 1);
            marks[i] = (byte) values[i];
        }
        return new Target.Labels(names, marks);
    }

    private static Target classes(String name, List<String> texts) {
        List<String> distinct = texts.stream().distinct().sorted().toList();
        boolean whole = distinct.stream().allMatch(text -> text.matches("-?\\d{1,9}"));
        List<String> classes =
                whole
                        ? distinct.stream()
                                .sorted(Comparator.comparingInt(Integer::parseInt))
                                .toList()
                        : distinct;
        require(
                classes.size() <= MOST_CLASSES,
                "the target must have at most %d classes, but \"%s\" has %d values. Try binning it,"
                        + " or the kind NUMBERS.",
                MOST_CLASSES,
                name,
                classes.size());
        var labels =
                IntStream.range(0, classes.size())
                        .boxed()
                        .collect(Collectors.toMap(classes::get, label -> label));
        return new Target.Classes(classes, texts.stream().mapToInt(labels::get).toArray());
    }

    private static List<String> texts(Frame.Column column) {
        if (column instanceof Frame.Texts texts) {
            return texts.values();
        }
        return Arrays.stream(((Frame.Numbers) column).values())
                .mapToObj(x -> x == Math.rint(x) ? String.valueOf((long) x) : String.valueOf(x))
                .toList();
    }
}
