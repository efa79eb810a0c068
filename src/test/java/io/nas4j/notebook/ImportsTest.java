package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
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

    @Test
    void noNameIsAmbiguous() {
        Map<String, String> home = new HashMap<>();
        for (JavaClass type :
                new ClassFileImporter()
                        .withImportOption(location -> location.contains("/target/classes/"))
                        .importPackages("io.nas4j")) {
            boolean imported =
                    Notebooks.IMPORTS.contains("import " + type.getPackageName() + ".*;");
            if (imported
                    && type.isTopLevelClass()
                    && !RARE.contains(type.getSimpleName())
                    && type.getModifiers().contains(JavaModifier.PUBLIC)) {
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

    private static boolean exists(String name) {
        try {
            return Modifier.isPublic(Class.forName(name, false, null).getModifiers());
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
