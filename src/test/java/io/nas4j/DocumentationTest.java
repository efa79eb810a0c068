package io.nas4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The compiler checks what Javadoc says; this checks that it is there. */
class DocumentationTest {

    private static final Path SOURCES = Path.of("src/main/java/io/nas4j");

    private static final Pattern TYPE =
            Pattern.compile(
                    "^public (?:final |abstract |sealed |non-sealed )*(?:class|record|interface|enum) .*");
    private static final Pattern MEMBER = Pattern.compile("^    public (?!static final long).*");

    /** A compact constructor repeats what its record's comment says. */
    private static final Pattern COMPACT = Pattern.compile("^    public \\w+ \\{$");

    @Test
    void everyPublicTypeAndMemberHasAComment() throws IOException {
        List<String> bare = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                bare.addAll(bare(file.getFileName().toString(), Files.readAllLines(file)));
            }
        }
        assertThat(bare).as("without Javadoc").isEmpty();
    }

    @Test
    void aMemberWithoutACommentIsFound() {
        assertThat(
                        bare(
                                "A.java",
                                List.of(
                                        "/** A. */",
                                        "public record A(int b) {",
                                        "    public A {",
                                        "    }",
                                        "    public A b(int c) {",
                                        "    }",
                                        "    @Override",
                                        "    public String toString() {")))
                .containsExactly("A.java:5 public A b(int c) {");
    }

    private static List<String> bare(String file, List<String> lines) {
        List<String> bare = new ArrayList<>();
        boolean isPublic = lines.stream().anyMatch(line -> TYPE.matcher(line).matches());
        for (int i = 0; isPublic && i < lines.size(); i++) {
            String line = lines.get(i);
            boolean counts =
                    TYPE.matcher(line).matches()
                            || MEMBER.matcher(line).matches() && !COMPACT.matcher(line).matches();
            int above = i - 1;
            boolean overrides = false;
            while (counts && above >= 0 && lines.get(above).strip().startsWith("@")) {
                overrides |= lines.get(above).strip().equals("@Override");
                above--;
            }
            if (counts && !overrides && (above < 0 || !lines.get(above).endsWith("*/"))) {
                bare.add(file + ":" + (i + 1) + " " + line.strip());
            }
        }
        return bare;
    }
}
