package io.nas4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What serves a model: DJL, and a jar of nas4j without its data sets. */
class SmallRuntimeIT {

    private static final long MOST_BYTES = 3 << 20;

    /** DJL, and what DJL itself names as its dependencies. */
    private static final String DJL = ".*/(ai/djl/.*|(gson|jna|slf4j-api|commons-compress)-[^/]*)";

    @TempDir Path folder;

    @Test
    void aModelIsServedByDjlAndOneSmallJar() throws Exception {
        NasModel model = SmallModel.of(3);
        model.save(folder.resolve("model"));
        Path jar = runtime();
        assertThat(Files.size(jar)).isLessThan(MOST_BYTES);
        List<String> said = run(jar);
        String expected;
        try (Classifier classifier = model.open("cpu")) {
            expected =
                    Serve.text(
                            classifier.predict(
                                    new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB)));
        }
        assertThat(said).containsExactly(expected, expected);
    }

    private List<String> run(Path jar) throws IOException, InterruptedException {
        String djl =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> entry.replace('\\', '/').matches(DJL))
                        .collect(Collectors.joining(File.pathSeparator));
        Path out = folder.resolve("out.txt");
        Path error = folder.resolve("err.txt");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-Dai.djl.pytorch.graph_optimizer=false",
                                "-cp",
                                jar + File.pathSeparator + djl,
                                Serve.class.getName(),
                                folder.resolve("model").toString())
                        .redirectOutput(out.toFile())
                        .redirectError(error.toFile())
                        .start();
        assertThat(process.waitFor()).as(Files.readString(error)).isZero();
        return Files.readAllLines(out);
    }

    /** As the POM packs the jar of the classifier {@code runtime}, with this test's program. */
    private Path runtime() throws IOException {
        // not where the class comes from: that may be the whole jar
        Path classes = Path.of("target", "classes");
        Path jar = folder.resolve("runtime.jar");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<classifier>runtime</classifier>", "<exclude>**/*.gz</exclude>");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes.resolve("io"))) {
            for (Path each : all.filter(p -> !p.toString().endsWith(".gz")).toList()) {
                if (Files.isRegularFile(each)) {
                    String name = classes.relativize(each).toString().replace('\\', '/');
                    add(out, name, Files.readAllBytes(each));
                }
            }
            String program = Serve.class.getName().replace('.', '/') + ".class";
            try (InputStream in = Serve.class.getClassLoader().getResourceAsStream(program)) {
                add(out, program, in.readAllBytes());
            }
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
