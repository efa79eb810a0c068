package io.nas4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outside of a notebook: a program of one file, as JBang runs it, and a plain {@code main}. */
class OneFileProgramIT {

    private static final String PROGRAM =
            """
            import static io.nas4j.Nas.*;
            import io.nas4j.Nas;
            import io.nas4j.SearchResult;

            public class Found {
                public static void main(String[] args) {
                    SearchResult result = Nas.space(nasBench201()).strategy(EVOLUTION)
                            .estimator(tabular(CIFAR10)).budget(trials(50)).seed(1).run();
                    System.out.println("found " + result.bestScore());
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void aFileOfSourceIsRunAsItIs() throws IOException, InterruptedException {
        assertThat(output(source().toString())).satisfies(OneFileProgramIT::tellsItsProgress);
    }

    @Test
    void aCompiledMainTellsItsProgressAsText() throws IOException, InterruptedException {
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                folder.toString(),
                                source().toString());
        assertThat(status).isZero();
        assertThat(output("Found")).satisfies(OneFileProgramIT::tellsItsProgress);
    }

    private Path source() throws IOException {
        return Files.writeString(folder.resolve("Found.java"), PROGRAM);
    }

    private static void tellsItsProgress(String said) {
        assertThat(said).contains("evolution on nas-bench-201", "50/50 trials", "done");
        assertThat(said).containsPattern("found 0\\.9[0-9]").doesNotContain("<div", "Exception");
    }

    private String output(String program) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String classPath =
                folder
                        + System.getProperty("path.separator")
                        + System.getProperty("java.class.path");
        Path said = folder.resolve("said.txt");
        Process process =
                new ProcessBuilder(List.of(java.toString(), "-cp", classPath, program))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("it hangs").isTrue();
        return Files.readString(said, StandardCharsets.UTF_8);
    }
}
