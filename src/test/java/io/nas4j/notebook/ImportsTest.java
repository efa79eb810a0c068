package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A cell imports by wildcard: no name may mean two things. */
class ImportsTest {

    /** What JShell and JJava import before any cell. */
    private static final List<String> ALREADY =
            List.of(
                    "java.lang",
                    "java.io",
                    "java.math",
                    "java.net",
                    "java.nio.file",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.function",
                    "java.util.prefs",
                    "java.util.regex",
                    "java.util.stream");

    /** Only interpreters extend it; a cell that does writes its full name. */
    private static final List<String> RARE = List.of("Flow");

    /** Where a user starts, or a benchmark does, so that nothing of ours has to lead there. */
    private static final List<String> ENTRIES =
            List.of(
                    "Attempt",
                    "DjlData",
                    "DotSource",
                    "Grammar",
                    "ImageFolder",
                    "JavaSource",
                    "JournalContent",
                    "Leaks",
                    "NasBench201String",
                    "OnnxFile",
                    "PublishedCells",
                    "PyTorchSource",
                    "Race",
                    "Splits",
                    "Training");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> location.contains("/target/classes/"))
                    .importPackages("io.nas4j");

    @Test
    void noNameIsAmbiguous() {
        Map<String, String> home = new HashMap<>();
        for (JavaClass type : imported()) {
            if (!RARE.contains(type.getSimpleName())) {
                assertThat(home.put(type.getSimpleName(), type.getName()))
                        .as("second home of %s", type.getName())
                        .isNull();
                for (String other : ALREADY) {
                    assertThat(exists(other + "." + type.getSimpleName()))
                            .as("%s also in %s", type.getSimpleName(), other)
                            .isFalse();
                }
            }
        }
        assertThat(home).containsKeys("SearchSpace", "Diagram", "Trial", "Budget");
    }

    @Test
    void noImportedTypeIsAnInternalOfItsPackage() {
        assertThat(
                        imported().stream()
                                .filter(ImportsTest::isInternal)
                                .map(JavaClass::getSimpleName)
                                .filter(name -> !ENTRIES.contains(name)))
                .as("public, but used by its own package alone and in no public signature")
                .isEmpty();
        // the rule can fail: these live in the same packages and are internal
        assertThat(CLASSES.stream().filter(ImportsTest::isInternal).map(JavaClass::getSimpleName))
                .contains("Ticks", "Walker");
    }

    /** Nobody outside of its package needs it, and no public member of a public type names it. */
    private static boolean isInternal(JavaClass type) {
        return type.isTopLevelClass()
                && type.getPackageName().startsWith("io.nas4j.")
                && type.getDirectDependenciesToSelf().stream()
                        .allMatch(use -> isWithin(use.getOriginClass(), type))
                && CLASSES.stream()
                        .filter(ImportsTest::isPublic)
                        .filter(other -> !other.getName().equals(type.getName()))
                        .filter(other -> !other.getName().startsWith(type.getName() + "$"))
                        .flatMap(other -> other.getMembers().stream())
                        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                        .flatMap(member -> member.getAllInvolvedRawTypes().stream())
                        .noneMatch(named -> named.getName().equals(type.getName()))
                && type.getAllRawInterfaces().stream()
                        .noneMatch(spi -> spi.getName().startsWith("io.nas4j."));
    }

    private static boolean isWithin(JavaClass type, JavaClass home) {
        return type.getPackageName().equals(home.getPackageName());
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static List<JavaClass> imported() {
        return CLASSES.stream()
                .filter(
                        type ->
                                Notebooks.IMPORTS.contains(
                                        "import " + type.getPackageName() + ".*;"))
                .filter(JavaClass::isTopLevelClass)
                .filter(ImportsTest::isPublic)
                .toList();
    }

    private static boolean exists(String name) {
        try {
            return Modifier.isPublic(Class.forName(name, false, null).getModifiers());
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
