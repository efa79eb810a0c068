package io.nas4j.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void namesHaveOneSpellingAndDiffer() throws IllegalAccessException {
        assertThat(names())
                .hasSizeGreaterThan(10)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+[0-9]?(_[a-z]+)*"));
        assertThat(Metrics.keptEpochBy("skip rule")).isEqualTo("kept_epoch_by_skip_rule");
    }

    @Test
    void theRuleThatKeptAnEpochIsReadBack() {
        assertThat(Metrics.ruleOf(Metrics.keptEpochBy("skip rule"))).contains("skip rule");
        assertThat(Metrics.ruleOf(Metrics.EPOCHS)).isEmpty();
    }

    /** One-word names such as {@code epochs} are also the names of other things. */
    @Test
    void noFileWritesAMetricsNameItself() throws IOException, IllegalAccessException {
        List<String> own = new ArrayList<>(names());
        own.removeIf(name -> !name.contains("_") && !name.matches("skips|eigenvalue|latency"));
        List<String> found = new ArrayList<>();
        int files = 0;
        try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
            for (Path file : all.filter(path -> path.toString().endsWith(".java")).toList()) {
                files++;
                String text = Files.readString(file);
                if (!file.endsWith("Metrics.java")) {
                    own.stream()
                            .filter(name -> text.contains('"' + name + '"'))
                            .forEach(name -> found.add(file + ": " + name));
                    if (text.matches("(?s).*[mM]etrics\\.put\\(\\s*\".*")) {
                        found.add(file + ": a metric of its own");
                    }
                }
            }
        }
        assertThat(files).isGreaterThan(200);
        assertThat(found).isEmpty();
    }

    private static List<String> names() throws IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field field : Metrics.class.getFields()) {
            assertThat(Modifier.isFinal(field.getModifiers())).isTrue();
            names.add((String) field.get(null));
        }
        return names;
    }
}
