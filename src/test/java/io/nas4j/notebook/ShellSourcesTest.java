package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellSourcesTest {

    @TempDir Path folder;

    private static void jar(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new ZipEntry("io/nas4j/Nas.java"));
            jar.write("class Nas {}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Test
    void aNamedFolderIsTheRoot() {
        assertThat(ShellSources.find(folder.toString(), Optional.empty())).contains(folder);
    }

    @Test
    void elseTheJarOfSourcesBesideTheLibraryIsOpened() throws IOException {
        jar(folder.resolve("nas4j-0.1.0-sources.jar"));
        Optional<Path> root =
                ShellSources.find(null, Optional.of(folder.resolve("nas4j-0.1.0.jar")));
        assertThat(root.orElseThrow().resolve("io/nas4j/Nas.java")).hasContent("class Nas {}");
    }

    @Test
    void whereThereAreNoneNothingIsFound() throws IOException {
        assertThat(ShellSources.find(null, Optional.of(folder.resolve("nas4j.jar")))).isEmpty();
        assertThat(ShellSources.find(null, Optional.empty())).isEmpty();
        assertThat(ShellSources.find(folder.resolve("gone").toString(), Optional.empty()))
                .isEmpty();
        Files.writeString(folder.resolve("broken.jar"), "no jar");
        assertThat(ShellSources.find(folder.resolve("broken.jar").toString(), Optional.empty()))
                .isEmpty();
    }

    @Test
    void theyComeBeforeThoseThatTheShellFindsItself() throws ReflectiveOperationException {
        Kernel kernel = new Kernel();
        ShellSources.add(kernel, folder);
        assertThat(kernel.shell.analysis.availableSources)
                .containsExactly(folder, Path.of("src.zip"));
    }

    @Test
    void aKernelWithoutAShellIsRefused() {
        assertThatThrownBy(() -> ShellSources.add("no kernel", folder))
                .isInstanceOf(ReflectiveOperationException.class);
    }

    /** What a kernel has, as far as it is used. */
    public static final class Kernel {
        private final Shell shell = new Shell();

        public Shell getJShell() {
            return shell;
        }
    }

    /** As JShell. */
    public static final class Shell {
        private final Analysis analysis = new Analysis();

        public Analysis sourceCodeAnalysis() {
            return analysis;
        }
    }

    /** As what JShell knows of code: with a private field and a private method. */
    public static final class Analysis {
        private List<Path> availableSources;

        @SuppressWarnings("unused")
        private List<Path> findSources() {
            return List.of(Path.of("src.zip"));
        }
    }
}
