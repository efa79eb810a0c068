package io.nas4j;

import static io.nas4j.space.Require.require;

import io.nas4j.analysis.Tabulated;
import io.nas4j.view.Renderers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What {@link Nas} offers, as a table: all of it, a kind, or one name with its settings and their
 * defaults. The words are those of the Javadoc.
 */
public final class Help implements Tabulated {

    private static final String TEXT = "help.tsv";
    private static final int NEAREST = 3;
    private static final RecordComponent[] NONE = {};

    private final List<String> header;
    private final List<List<String>> rows;

    /**
     * A line of the text.
     *
     * @param kind for example {@code search strategy}; of a setting, {@code setting}
     * @param name as it is written in a cell; of a setting, the type and the setting
     * @param words what it is
     */
    private record Line(String kind, String name, String words) {
        String plain() {
            return Help.plain(name.replaceFirst("\\(.*", ""));
        }

        boolean isOf(Class<?> type) {
            return isSetting() && name.startsWith(type.getSimpleName() + " ");
        }

        boolean isSetting() {
            return kind.equals("setting");
        }
    }

    private Help(List<String> header, List<List<String>> rows) {
        this.header = List.copyOf(header);
        this.rows = List.copyOf(rows);
    }

    /** All that there is, a sentence each. */
    static Help all() {
        return list(lines().stream().filter(line -> !line.isSetting()).toList());
    }

    /** One name, or one kind. */
    static Help of(String topic) {
        String asked = plain(topic);
        List<Line> lines = lines();
        List<Line> entries = lines.stream().filter(line -> !line.isSetting()).toList();
        List<Line> named = entries.stream().filter(line -> line.plain().equals(asked)).toList();
        if (!named.isEmpty()) {
            return detailed(named, lines);
        }
        String kind = asked.replaceFirst("ies$", "y").replaceFirst("s$", "");
        List<Line> alike =
                entries.stream()
                        .filter(line -> !kind.isEmpty() && plain(line.kind()).endsWith(kind))
                        .toList();
        require(
                !alike.isEmpty(),
                "help needs a name or a kind, but there is no \"%s\". Try %s.",
                topic,
                nearest(asked, entries));
        return list(alike);
    }

    private static Help list(List<Line> entries) {
        return new Help(
                List.of("kind", "name", "what it is"),
                entries.stream()
                        .map(line -> List.of(line.kind(), line.name(), sentence(line.words())))
                        .toList());
    }

    private static Help detailed(List<Line> named, List<Line> lines) {
        List<List<String>> rows = new ArrayList<>();
        for (Line line : named) {
            rows.add(List.of(line.kind(), line.name(), "", line.words()));
            constant(line.name()).ifPresent(value -> settings(value, "", lines, rows));
        }
        return new Help(List.of("kind", "name", "default", "what it is"), rows);
    }

    /** What a value is set to; of a value within it, what that one is set to. */
    private static void settings(
            Object value, String path, List<Line> lines, List<List<String>> rows) {
        RecordComponent[] components = value.getClass().getRecordComponents();
        for (RecordComponent component : components == null ? NONE : components) {
            String name = value.getClass().getSimpleName() + " " + component.getName();
            Optional<Line> said =
                    lines.stream()
                            .filter(line -> line.isSetting() && line.name().equals(name))
                            .findFirst();
            if (said.isEmpty()) {
                continue;
            }
            Object set = set(component, value);
            String here = path + component.getName();
            boolean whole = lines.stream().noneMatch(line -> line.isOf(set.getClass()));
            rows.add(List.of("setting", here, whole ? shown(set) : "", said.get().words()));
            settings(set, here + ".", lines, rows);
        }
    }

    private static Object set(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(Object set) {
        return String.valueOf(set)
                .replaceAll("Optional\\w*\\.empty", "none")
                .replaceAll("Optional\\w*\\[(.*)]", "$1");
    }

    private static Optional<Object> constant(String name) {
        try {
            return Optional.ofNullable(Nas.class.getField(name).get(null));
        } catch (NoSuchFieldException | IllegalAccessException e) {
            return Optional.empty();
        }
    }

    /** The beginning, up to the first full stop. */
    private static String sentence(String words) {
        int end = words.indexOf(". ");
        return end < 0 ? words : words.substring(0, end + 1);
    }

    private static String nearest(String asked, List<Line> entries) {
        return entries.stream()
                .map(line -> line.name().replaceFirst("\\(.*", ""))
                .distinct()
                .sorted(Comparator.comparingInt((String name) -> distance(plain(name), asked)))
                .limit(NEAREST)
                .map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(", "));
    }

    /** How many letters must be put in, left out or changed (Levenshtein, 1966). */
    static int distance(String from, String to) {
        int[] above = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(row[j - 1], above[j]));
            }
            above = row;
        }
        return above[to.length()];
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static List<Line> lines() {
        try (InputStream text = Help.class.getResourceAsStream(TEXT)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Line(cells[0], cells[1], cells[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public List<List<String>> rows() {
        return rows;
    }

    @Override
    public String toString() {
        return Renderers.render(this).orElseThrow().text();
    }
}
