package io.nas4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The package table of the architecture, enforced. */
class ArchitectureTest {

    private static final Map<String, List<String>> MAY_USE = new LinkedHashMap<>();

    static {
        may("space", "");
        may("data", "space");
        may("trial", "space data");
        may("estimate", "space data trial");
        may("strategy", "space data trial");
        may("json", "space data trial estimate strategy");
        may("nn", "space");
        may("train", "space data trial estimate nn");
        may("gradient", "space data trial strategy nn train");
        may("search", "space data trial estimate strategy json");
        may("worker", "space data trial json search estimate");
        may("export", "space trial nn json");
        may("view", "space data trial");
        may("notebook", "space data trial view search");
    }

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> location.contains("/target/classes/"))
                    .importPackages("io.nas4j");

    @Test
    void theRulesSeeTheCode() {
        assertThat(CLASSES.size()).isGreaterThan(40);
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
        confine("ai.djl..", "nn", "train", "gradient", "export");
        confine("tech.tablesaw..", "view");
        confine("org.eclipse.elk..", "view");
        confine("com.google.gson..", "json");
        confine("org.dflib.jjava..", "notebook");
        confine("org.rapaio..", "notebook");
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

    private static boolean in(String packageName, String name) {
        String full = "io.nas4j." + name;
        return packageName.equals(full) || packageName.startsWith(full + ".");
    }

    private static void may(String name, String allowed) {
        MAY_USE.put(name, allowed.isEmpty() ? List.of() : List.of(allowed.split(" ")));
    }
}
