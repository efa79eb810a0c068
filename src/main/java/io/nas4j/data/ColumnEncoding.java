package io.nas4j.data;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How one column becomes features; whatever it knows it knows from training rows. A value, so that
 * a saved model can encode a row years later as its training rows were.
 */
public sealed interface ColumnEncoding {

    /**
     * The column's header.
     *
     * @return distinct in a table
     */
    String name();

    /**
     * What each feature is called.
     *
     * @return none of a column that is left out
     */
    List<String> features();

    /**
     * What was done.
     *
     * @return in words
     */
    String explanation();

    /**
     * The type of column that this reads.
     *
     * @param cells none of them filled
     * @return such a column with as many missing cells
     */
    Frame.Column empty(int cells);

    /**
     * Writes a row's features.
     *
     * @param column of the type of {@link #empty}
     * @param row of the column, from 0
     * @param values 0 where this is to write
     * @param at where the features begin
     */
    void write(Frame.Column column, int row, float[] values, int at);

    /**
     * Fits.
     *
     * @param column to be encoded
     * @param rows of it to learn from
     * @param reader the settings
     * @return what encodes it
     */
    static ColumnEncoding of(Frame.Column column, int[] rows, TableReader reader) {
        return new ColumnFitting(rows, reader).encoding(column);
    }

    private static String filled(boolean indicator, String by) {
        return indicator ? "; where it is missing " + by + ", and a feature says so" : "";
    }

    /**
     * A column of which nothing is used.
     *
     * @param name header
     * @param reason in words
     */
    record LeftOut(String name, String reason) implements ColumnEncoding {
        @Override
        public List<String> features() {
            return List.of();
        }

        @Override
        public String explanation() {
            return "left out: " + reason;
        }

        @Override
        public Frame.Column empty(int cells) {
            return new Frame.Texts(name, Collections.nCopies(cells, ""), false);
        }

        @Override
        public void write(Frame.Column column, int row, float[] values, int at) {
            // nothing of it
        }
    }

    /**
     * The number itself.
     *
     * @param name header
     * @param median stands in where it is missing
     * @param indicator whether a second feature says that it is missing
     */
    record Number(String name, double median, boolean indicator) implements ColumnEncoding {

        @Override
        public List<String> features() {
            return indicator ? List.of(name, name + " missing") : List.of(name);
        }

        @Override
        public String explanation() {
            return "a number" + filled(indicator, "the median " + (float) median + " stands in");
        }

        @Override
        public Frame.Column empty(int cells) {
            double[] values = new double[cells];
            Arrays.fill(values, Double.NaN);
            return new Frame.Numbers(name, values);
        }

        @Override
        public void write(Frame.Column column, int row, float[] values, int at) {
            boolean missing = column.isMissing(row);
            values[at] = (float) (missing ? median : ((Frame.Numbers) column).values()[row]);
            if (indicator) {
                values[at + 1] = missing ? 1 : 0;
            }
        }
    }

    /**
     * One 0/1 feature a category.
     *
     * @param name header
     * @param kept categories with a feature of their own, at least one
     * @param rare how many others there were in training; with any, one more feature is theirs
     * @param indicator whether a last feature says that the cell is missing
     */
    record Category(String name, List<String> kept, int rare, boolean indicator)
            implements ColumnEncoding {

        public Category {
            kept = List.copyOf(kept);
        }

        private boolean other() {
            return rare > 0;
        }

        @Override
        public List<String> features() {
            Stream<String> more =
                    Stream.concat(
                            other() ? Stream.of(name + " other") : Stream.of(),
                            indicator ? Stream.of(name + " missing") : Stream.of());
            return Stream.concat(kept.stream().map(value -> name + " = " + value), more).toList();
        }

        @Override
        public String explanation() {
            return "one 0/1 feature for each of "
                    + kept.size()
                    + " categories"
                    + (other() ? ", one for the " + rare + " rare ones" : "")
                    + (indicator ? ", one for missing" : "");
        }

        @Override
        public Frame.Column empty(int cells) {
            return new Frame.Texts(name, Collections.nCopies(cells, ""), false);
        }

        @Override
        public void write(Frame.Column column, int row, float[] values, int at) {
            if (column.isMissing(row)) {
                if (indicator) {
                    values[at + kept.size() + (other() ? 1 : 0)] = 1;
                }
                return;
            }
            int index = kept.indexOf(((Frame.Texts) column).values().get(row));
            if (index >= 0) {
                values[at + index] = 1;
            } else if (other()) {
                values[at + kept.size()] = 1;
            }
        }
    }

    /**
     * Year, place in the year, in the week and in the day, and days since the first.
     *
     * @param name header
     * @param first day of training, in seconds since 1970
     * @param median stands in where it is missing
     * @param timed whether the time of day counts
     * @param indicator whether a last feature says that it is missing
     */
    record Date(String name, long first, long median, boolean timed, boolean indicator)
            implements ColumnEncoding {

        private static final double DAY = 86_400;

        @Override
        public List<String> features() {
            Stream<String> calendar =
                    Stream.of(
                            "year", "month sine", "month cosine", "weekday sine", "weekday cosine");
            Stream<String> clock = timed ? Stream.of("hour sine", "hour cosine") : Stream.of();
            Stream<String> last =
                    indicator ? Stream.of("days since", "missing") : Stream.of("days since");
            return Stream.of(calendar, clock, last)
                    .flatMap(some -> some)
                    .map(what -> name + " " + what)
                    .toList();
        }

        @Override
        public String explanation() {
            return "year; month"
                    + (timed ? ", weekday and hour" : " and weekday")
                    + " as sine and cosine; days since "
                    + time(first).toLocalDate()
                    + filled(indicator, time(median).toLocalDate() + " stands in");
        }

        private static LocalDateTime time(long seconds) {
            return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        }

        @Override
        public Frame.Column empty(int cells) {
            long[] seconds = new long[cells];
            Arrays.fill(seconds, Long.MIN_VALUE);
            return new Frame.Dates(name, seconds, timed);
        }

        @Override
        public void write(Frame.Column column, int row, float[] values, int at) {
            boolean missing = column.isMissing(row);
            long seconds = missing ? median : ((Frame.Dates) column).seconds()[row];
            LocalDateTime time = time(seconds);
            int next = at;
            values[next++] = time.getYear();
            next = circle((time.getMonthValue() - 1) / 12.0, values, next);
            next = circle((time.getDayOfWeek().getValue() - 1) / 7.0, values, next);
            if (timed) {
                next = circle(time.toLocalTime().toSecondOfDay() / DAY, values, next);
            }
            values[next++] = (float) ((seconds - first) / DAY);
            if (indicator) {
                values[next] = missing ? 1 : 0;
            }
        }

        /** December is beside January. */
        private static int circle(double turn, float[] values, int at) {
            values[at] = (float) Math.sin(2 * Math.PI * turn);
            values[at + 1] = (float) Math.cos(2 * Math.PI * turn);
            return at + 2;
        }
    }

    /**
     * Words and pairs of words, each added to or taken from the feature that its hash names; the
     * row has length 1 (Weinberger et al., 2009, arXiv 0902.2206). Knows nothing of training rows.
     *
     * @param name header
     * @param hashes how many features, at least 1
     */
    record Prose(String name, int hashes) implements ColumnEncoding {

        @Override
        public List<String> features() {
            return IntStream.range(0, hashes).mapToObj(i -> name + " #" + i).toList();
        }

        @Override
        public String explanation() {
            return "words and pairs of words, hashed into " + hashes + " features";
        }

        @Override
        public Frame.Column empty(int cells) {
            return new Frame.Texts(name, Collections.nCopies(cells, ""), true);
        }

        @Override
        public void write(Frame.Column column, int row, float[] values, int at) {
            String text = ((Frame.Texts) column).values().get(row).toLowerCase(Locale.ROOT);
            Map<String, Integer> counts = new HashMap<>();
            String before = "";
            for (String word : text.split("[^\\p{L}\\p{N}]+")) {
                if (!word.isEmpty()) {
                    counts.merge(word, 1, Integer::sum);
                    if (!before.isEmpty()) {
                        counts.merge(before + " " + word, 1, Integer::sum);
                    }
                    before = word;
                }
            }
            double[] sums = new double[hashes];
            counts.forEach(
                    (gram, count) -> {
                        int hash = mixed(gram.hashCode());
                        double sign = hash < 0 ? -1 : 1;
                        sums[(hash & Integer.MAX_VALUE) % hashes] += sign * Math.log1p(count);
                    });
            double length = Math.sqrt(Arrays.stream(sums).map(x -> x * x).sum());
            for (int i = 0; i < hashes; i++) {
                values[at + i] = length == 0 ? 0 : (float) (sums[i] / length);
            }
        }

        /** MurmurHash3's finaliser: the string's own hash is the same on every JVM. */
        private static int mixed(int hash) {
            int h = hash ^ hash >>> 16;
            h *= 0x85ebca6b;
            h ^= h >>> 13;
            h *= 0xc2b2ae35;
            return h ^ h >>> 16;
        }
    }
}
