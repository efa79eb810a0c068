package io.nas4j;

import io.nas4j.curve.StoppingRule;
import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.ScoreTable;
import io.nas4j.hardware.Demand;
import io.nas4j.hardware.NetworkSize;
import io.nas4j.operation.Operation;
import io.nas4j.search.Budget;
import io.nas4j.space.Constraint;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Objective;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what {@link Help} says, from the Javadoc of {@link Nas} and of the types that it names.
 * Run it after that Javadoc has changed: {@code HelpTextTest} tells when.
 */
public final class HelpText {

    static final Path FILE = Path.of("src/main/resources/io/nas4j/help.tsv");

    private static final Path SOURCES = Path.of("src/main/java");

    private static final Map<Class<?>, String> KINDS = kinds();

    private static final Pattern COMMENTED =
            Pattern.compile(
                    "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public static (?:final )?[^;{=]*?"
                            + "(\\w+)(?: =|\\(([^)]*)\\) \\{)",
                    Pattern.DOTALL);

    private static final Pattern LINKED =
            Pattern.compile("\\{@link (\\w+)(?:#(\\w+)(?:\\(([^)]*)\\))?)?}\\.");

    private HelpText() {}

    /** Writes the text; run in the folder of the project. */
    public static void main(String[] args) throws IOException {
        Files.writeString(FILE, text());
    }

    private static Map<Class<?>, String> kinds() {
        Map<Class<?>, String> kinds = new LinkedHashMap<>();
        kinds.put(SearchSpace.class, "search space");
        kinds.put(SearchStrategy.class, "search strategy");
        kinds.put(PerformanceEstimator.class, "performance estimator");
        kinds.put(ScoreTable.class, "table");
        kinds.put(Budget.class, "budget");
        kinds.put(StoppingRule.class, "stopping rule");
        kinds.put(Objective.class, "objective");
        kinds.put(Constraint.class, "constraint");
        kinds.put(NetworkSize.class, "constraint");
        kinds.put(Demand.class, "cost");
        kinds.put(Operation.class, "operation");
        kinds.put(Data.class, "data");
        return kinds;
    }

    /** All lines: members by kind, in the order of the source; then the settings of their types. */
    static String text() throws IOException {
        Map<String, String> words = members(Nas.class);
        List<String> lines = new ArrayList<>();
        Set<Class<?>> types = new LinkedHashSet<>();
        for (String kind : kindsInOrder()) {
            for (Map.Entry<String, String> entry : words.entrySet()) {
                Class<?> type = type(entry.getKey());
                if (kind(type).equals(kind)) {
                    lines.add(kind + "\t" + entry.getKey() + "\t" + entry.getValue());
                    types.add(type);
                }
            }
        }
        Set<Class<?>> all = new LinkedHashSet<>();
        types.forEach(type -> within(type, all));
        for (Class<?> type : all) {
            lines.addAll(settings(type));
        }
        return String.join("\n", lines) + "\n";
    }

    /** A record, and the records that are its settings. */
    private static void within(Class<?> type, Set<Class<?>> all) {
        if (type.isRecord() && type.getName().startsWith("io.nas4j.") && all.add(type)) {
            for (RecordComponent component : type.getRecordComponents()) {
                within(component.getType(), all);
            }
        }
    }

    private static List<String> kindsInOrder() {
        return Stream.concat(KINDS.values().stream(), Stream.of("entry")).distinct().toList();
    }

    private static String kind(Class<?> type) {
        return KINDS.entrySet().stream()
                .filter(entry -> entry.getKey().isAssignableFrom(type))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("entry");
    }

    /** The type of a member, by how it is written. */
    private static Class<?> type(String written) {
        String name = written.replaceFirst("\\(.*", "");
        Stream<Class<?>> fields =
                Arrays.stream(Nas.class.getFields())
                        .filter(field -> field.getName().equals(name))
                        .map(Field::getType);
        Stream<Class<?>> methods =
                Arrays.stream(Nas.class.getMethods())
                        .filter(method -> method.getName().equals(name))
                        .map(Method::getReturnType);
        return (written.contains("(") ? methods : fields).findFirst().orElseThrow();
    }

    /** How each public static member of a class is written, and what its comment says. */
    private static Map<String, String> members(Class<?> type) throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        Matcher found = COMMENTED.matcher(source(type).orElseThrow());
        while (found.find()) {
            String parameters = found.group(3);
            String written =
                    parameters == null
                            ? found.group(2)
                            : found.group(2) + "(" + names(parameters) + ")";
            words.put(written, described(found.group(1)));
        }
        return words;
    }

    private static String names(String parameters) {
        return parameters.isBlank()
                ? ""
                : Arrays.stream(parameters.split(","))
                        .map(one -> one.strip().replaceFirst(".*[\\s.]", ""))
                        .collect(Collectors.joining(", "));
    }

    /** The description of a comment; where it only points at another one, that one's. */
    private static String described(String comment) throws IOException {
        String words = description(comment);
        Matcher linked = LINKED.matcher(words);
        if (linked.matches()) {
            Optional<Path> file = file(linked.group(1));
            String member = linked.group(2);
            Optional<String> there =
                    file.isEmpty()
                            ? Optional.empty()
                            : member == null
                                    ? ofType(file.get())
                                    : method(file.get(), member, parameters(linked.group(3)));
            if (there.isPresent()) {
                return plain(description(there.get()));
            }
        }
        String own = words.replaceFirst("^\\{@link [^}]*}: ", "");
        return plain(own.substring(0, 1).toUpperCase(Locale.ROOT) + own.substring(1));
    }

    /** How many there are; -1 where they are not said. */
    private static int parameters(String list) {
        return list == null ? -1 : list.isBlank() ? 0 : list.split(",").length;
    }

    private static Optional<String> ofType(Path file) throws IOException {
        Matcher found =
                Pattern.compile(
                                "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public (?:final )?(?:record|class|enum)",
                                Pattern.DOTALL)
                        .matcher(Files.readString(file));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static Optional<String> method(Path file, String name, int parameters)
            throws IOException {
        Matcher found =
                Pattern.compile(
                                "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s*)*[^;{}=/]*?\\b"
                                        + name
                                        + "\\(([^)]*)\\) ?\\{",
                                Pattern.DOTALL)
                        .matcher(Files.readString(file));
        while (found.find()) {
            int count = found.group(2).isBlank() ? 0 : found.group(2).split(",").length;
            if (parameters < 0 || count == parameters) {
                return Optional.of(found.group(1));
            }
        }
        return Optional.empty();
    }

    /** What a comment says before its first tag, in one line. */
    private static String description(String comment) {
        return comment.lines()
                .map(line -> line.strip().replaceFirst("^\\* ?", "").stripTrailing())
                .takeWhile(line -> !line.startsWith("@") && !line.startsWith("<p>"))
                .collect(Collectors.joining(" "))
                .strip()
                .replaceAll("\\s+", " ");
    }

    private static String plain(String words) {
        return words.replaceAll("\\{@code ([^}]*)}", "$1")
                .replaceAll("\\{@link (?:[\\w.]*#)?(\\w+(?:\\(\\))?)[^}]*}", "$1")
                .replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace('\t', ' ');
    }

    /** What the components of a record are, by its comment. */
    private static List<String> settings(Class<?> type) throws IOException {
        List<String> lines = new ArrayList<>();
        Optional<String> source = type.isRecord() ? source(type) : Optional.empty();
        if (source.isEmpty()) {
            return lines;
        }
        Matcher head =
                Pattern.compile(
                                "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public record "
                                        + type.getSimpleName()
                                        + "\\(",
                                Pattern.DOTALL)
                        .matcher(source.get());
        if (!head.find()) {
            return lines;
        }
        String comment = head.group(1).replaceAll("(?m)^\\s*\\* ?", "");
        for (RecordComponent component : type.getRecordComponents()) {
            Matcher said =
                    Pattern.compile(
                                    "@param " + component.getName() + "\\s+(.*?)(?=\\n@|$)",
                                    Pattern.DOTALL)
                            .matcher(comment.strip());
            if (said.find() && Modifier.isPublic(component.getAccessor().getModifiers())) {
                lines.add(
                        "setting\t"
                                + type.getSimpleName()
                                + " "
                                + component.getName()
                                + "\t"
                                + plain(said.group(1).replaceAll("\\s+", " ").strip()));
            }
        }
        return lines;
    }

    private static Optional<String> source(Class<?> type) {
        Path file = SOURCES.resolve(type.getName().replace('.', '/') + ".java");
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> file(String simpleName) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.endsWith(simpleName + ".java")).findFirst();
        }
    }
}
