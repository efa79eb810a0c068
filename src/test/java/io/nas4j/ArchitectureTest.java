package io.nas4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.nas4j.operation.Operations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The package table of the architecture, enforced. */
class ArchitectureTest {

    /** Read off the table in {@code src/site/architecture.md}, the one place where it stands. */
    private static final Map<String, List<String>> MAY_USE = table();

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> location.contains("/target/classes/"))
                    .importPackages("io.nas4j");

    @Test
    void theRulesSeeTheCode() {
        assertThat(CLASSES.size()).isGreaterThan(40);
    }

    @Test
    void everyPackageStandsInTheTableAndHasItsCharter() {
        assertThat(MAY_USE.keySet())
                .isEqualTo(
                        CLASSES.stream()
                                .map(JavaClass::getPackageName)
                                .filter(name -> name.startsWith("io.nas4j."))
                                .map(name -> name.substring("io.nas4j.".length()).split("\\.")[0])
                                .collect(Collectors.toSet()));
        MAY_USE.keySet()
                .forEach(
                        name ->
                                assertThat(Path.of("src/main/java/io/nas4j", name))
                                        .isDirectoryContaining("glob:**package-info.java"));
    }

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        MAY_USE.forEach(
                (name, allowed) ->
                        classes()
                                .that()
                                .resideInAPackage("io.nas4j." + name + "..")
                                .should()
                                .onlyDependOnClassesThat(outsideOrIn(name, allowed))
                                .allowEmptyShould(true)
                                .check(CLASSES));
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.nas4j.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void librariesStayBehindTheirPackages() {
        confine(
                "ai.djl..",
                "nn",
                "supernet",
                "train",
                "proxy",
                "hardware",
                "controller",
                "sharing",
                "gradient",
                "oneshot",
                "model");
        confine("tech.tablesaw..", "view");
        confine("org.eclipse.elk..", "view");
        confine("com.google.gson..", "json");
        confine("org.apache.commons.csv..", "data");
        confine("org.apache.commons.lang3..", "data", "view", "notebook");
        confine("org.apache.commons.statistics..", "analysis", "curve", "strategy");
        confine("org.dflib.jjava..", "notebook");
        confine("org.apache.spark..", "execute");
        confine("scala..", "execute");
        confine("org.rapaio..", "notebook");
    }

    /** What an operation is, it says itself: neither compiler knows any by its name. */
    @Test
    void compilersKnowNoOperationByName() throws IOException {
        List<String> literals = literals(List.of("nn", "supernet"));
        assertThat(literals).hasSizeGreaterThan(20).doesNotContainAnyElementsOf(Operations.names());
        assertThat(literals(List.of("operation"))).containsAll(List.of("none", "sep_conv"));
    }

    private static List<String> literals(List<String> packages) throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : packages) {
            try (Stream<Path> files = Files.list(Path.of("src/main/java/io/nas4j", name))) {
                for (Path file : files.toList()) {
                    Matcher literal =
                            Pattern.compile("\"([^\"\\n]*)\"").matcher(Files.readString(file));
                    literal.results().forEach(match -> found.add(match.group(1)));
                }
            }
        }
        return found;
    }

    @Test
    void nothingPrintsToTheConsoleExceptTheTerminalSink() {
        noClasses()
                .that()
                .haveSimpleNameNotContaining("Terminal")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    /**
     * It may be set while a search runs, by an hour or more; {@code nanoTime} only goes forward.
     */
    @Test
    void noTimeIsTakenByTheWallClock() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.InstantSource")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    /** Workers of a cluster are the only ones that speak over a network. */
    @Test
    void noRequestLeavesTheMachine() {
        assertThat(
                        CLASSES.stream()
                                .filter(ArchitectureTest::connects)
                                .map(JavaClass::getSimpleName))
                .allMatch(name -> name.startsWith("Spark"))
                .contains("SparkWorker");
    }

    private static boolean connects(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getName())
                .anyMatch(
                        name ->
                                name.matches(
                                        "java\\.net\\.(\\w*Socket|\\w*URLConnection|http\\..*)"
                                                + "|java\\.nio\\.channels\\.\\w*SocketChannel"));
    }

    /** The facade, the root package, may use every library too. */
    private static void confine(String library, String... packages) {
        String[] homes =
                Stream.concat(
                                Stream.of("io.nas4j"),
                                Stream.of(packages).map(p -> "io.nas4j." + p + ".."))
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> outsideOrIn(String self, List<String> allowed) {
        return new DescribedPredicate<>("outside of nas4j, or in " + self + " " + allowed) {
            @Override
            public boolean test(JavaClass target) {
                String name = target.getPackageName();
                return !name.startsWith("io.nas4j")
                        || in(name, self)
                        || allowed.stream().anyMatch(p -> in(name, p));
            }
        };
    }

    /** Rows such as {@code | `data` | its charter | `space` (why) |}. */
    private static Map<String, List<String>> table() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        Pattern row = Pattern.compile("^\\| `(\\w+)` \\| .* \\| (?:`([\\w ]+)`.*|–) \\|$");
        try {
            for (String line : Files.readAllLines(Path.of("src/site/architecture.md"))) {
                Matcher match = row.matcher(line);
                if (match.matches()) {
                    String uses = match.group(2) == null ? "" : match.group(2);
                    table.put(
                            match.group(1), uses.isEmpty() ? List.of() : List.of(uses.split(" ")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private static boolean in(String packageName, String name) {
        String full = "io.nas4j." + name;
        return packageName.equals(full) || packageName.startsWith(full + ".");
    }
}
