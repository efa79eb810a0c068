package io.nas4j.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real standalone cluster: a master, two workers, and drivers, one of which is killed. */
@Tag("slow")
class SparkIT {

    private static final Pattern RESULT = Pattern.compile(">>> (\\w+): ?(.*)");

    @TempDir private Path folder;

    @Test
    void searchesRunOnAClusterAndSurviveTheLossOfItsParts() throws Exception {
        try (SparkHome cluster = new SparkHome(folder)) {
            cluster.worker(3);
            cluster.worker(5);
            Map<String, String> said = whatRunsOnBothWorkers(cluster);
            trialsAreThoseOfOneProcess(said);
            estimatorsAreDataOrSerialisable(said);
            lostExecutorsAreMadeUpForOnce(said);
            said = whatRunsAfterADriverWasKilled(cluster);
            theJournalGoesOn(said);
            whatCannotRunIsRefused(said);
        }
    }

    /** The second worker is killed in the course of it. */
    private Map<String, String> whatRunsOnBothWorkers(SparkHome cluster) throws Exception {
        Path killed = Files.createDirectories(folder.resolve("killed"));
        List<String> options = new ArrayList<>(submitted(cluster));
        options.add("-Dspark.executor.resource.gpu.amount=1");
        options.add("-Dspark.task.resource.gpu.amount=1");
        Process driver =
                driver(
                        cluster,
                        options,
                        "good",
                        "serial",
                        "devices",
                        "reports",
                        "weights",
                        "evolution",
                        "asha",
                        "bayesian",
                        "function",
                        "unserialisable",
                        "refused",
                        "killed",
                        "dies");
        CompletableFuture<Map<String, String>> said =
                CompletableFuture.supplyAsync(() -> results(driver));
        cluster.kill(Probe.worker(killed, 1));
        return said.get();
    }

    private static void trialsAreThoseOfOneProcess(Map<String, String> said) {
        String serial = said.get("serial");
        assertThat(said.get("good"))
                .startsWith(serial.substring(0, serial.indexOf(']')))
                .endsWith(" [executor 0, executor 1]")
                .doesNotContain("NaN");
        assertThat(said)
                .containsEntry("devices", "[gpu:3, gpu:5]")
                .containsEntry("reports", "[true 3, true 3]")
                .containsEntry("evolution", "12 scored")
                .containsEntry("asha", "12 scored")
                .containsEntry("bayesian", "12 scored");
        assertThat(said.get("weights")).matches("[1-9]\\d* went on, right true \\[\\]");
    }

    private static void estimatorsAreDataOrSerialisable(Map<String, String> said) {
        assertThat(said.get("function")).startsWith("[20.0, 21.0, 22.0, 23.0]");
        assertThat(said.get("unserialisable"))
                .startsWith(
                        "IllegalArgumentException estimator mine runs in this process only: neither"
                                + " is it data nor can it be serialised, because of"
                                + " java.lang.Object.");
        assertThat(said)
                .containsEntry(
                        "refused", "IllegalArgumentException the probe refuses nas-bench-201.");
    }

    private void lostExecutorsAreMadeUpForOnce(Map<String, String> said) {
        assertThat(said.get("killed")).startsWith("[0.").doesNotContain("NaN");
        assertThat(folder.resolve("killed").resolve("trial-1-again")).exists();
        assertThat(said.get("dies"))
                .matches(
                        "scored; executor \\d+ was lost: .*; it was the second one lost with this"
                                + " trial; scored");
    }

    private Map<String, String> whatRunsAfterADriverWasKilled(SparkHome cluster) throws Exception {
        other(folder.resolve("other.jar"));
        Path own = Files.createDirectories(folder.resolve("journal"));
        Process first = driver(cluster, List.of(), "journal");
        SparkHome.drop(first);
        Probe.worker(own, 1);
        first.destroyForcibly().waitFor();
        return results(
                driver(
                        cluster,
                        submitted(cluster),
                        "other",
                        "lacking",
                        "nobody",
                        "shared",
                        "silent",
                        "journal",
                        "training"));
    }

    private void theJournalGoesOn(Map<String, String> said) {
        Path own = folder.resolve("journal");
        assertThat(said.get("journal")).startsWith("[0.").doesNotContain("NaN");
        assertThat(own.resolve("trial-0-again")).doesNotExist();
        assertThat(own.resolve("trial-1-again")).exists();
        assertThat(said).containsEntry("training", "alike");
    }

    private static void whatCannotRunIsRefused(Map<String, String> said) {
        assertThat(said.get("other"))
                .startsWith("IllegalArgumentException executor 0 is nas4j 9.9, text form")
                .contains("but the search is ", "Try the same jar");
        assertThat(said.get("lacking"))
                .startsWith("IllegalStateException executors cannot run trials.")
                .contains("Where they lack a class, try nas4j's jars");
        assertThat(said.get("nobody"))
                .contains("has no executor for this search within 1 s. Try less of");
        assertThat(said.get("shared"))
                .contains("but 2 cores run 2 tasks of 1. Try --conf spark.task.cpus=2.");
        assertThat(said.get("silent")).contains("does not answer: not within 1 s. Try the address");
    }

    /** As spark-submit gives them. */
    private static List<String> submitted(SparkHome cluster) {
        return List.of(
                "-Dspark.master=" + cluster.master(),
                "-Dspark.app.name=SparkIT",
                "-Dspark.ui.enabled=false",
                "-Dspark.executor.memory=512m",
                "-Dspark.executor.cores=1",
                "-Dspark.executor.extraJavaOptions=" + SparkHome.QUICK,
                "-Dspark.executor.extraClassPath=" + System.getProperty("java.class.path"));
    }

    private Process driver(SparkHome cluster, List<String> options, String... names)
            throws IOException {
        List<String> all = new ArrayList<>(List.of("-Xmx512m"));
        all.addAll(options);
        List<String> command =
                new ArrayList<>(
                        List.of(SparkDriver.class.getName(), folder.toString(), cluster.master()));
        command.addAll(List.of(names));
        return cluster.driver(all, command.toArray(String[]::new));
    }

    private static Map<String, String> results(Process driver) {
        Map<String, String> said = new LinkedHashMap<>();
        StringBuilder all = new StringBuilder();
        try (BufferedReader out = WorkerLine.reader(driver.getInputStream())) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher result = RESULT.matcher(line);
                if (result.find()) {
                    said.put(result.group(1), result.group(2));
                } else {
                    all.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(said).as(all.toString()).containsKey("end");
        return said;
    }

    /** A package has the version of the jar that its first class is of. */
    private static void other(Path jar) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "9.9");
        String name = Build.class.getPackageName().replace('.', '/');
        Path classes =
                Path.of(Build.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(classes)) {
            pack(classes.resolve(name), name, manifest, jar);
            return;
        }
        // where Maven runs the test, the classes are packed already
        try (FileSystem packed = FileSystems.newFileSystem(classes)) {
            pack(packed.getPath(name), name, manifest, jar);
        }
    }

    private static void pack(Path classes, String name, Manifest manifest, Path jar)
            throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                DirectoryStream<Path> all = Files.newDirectoryStream(classes)) {
            for (Path one : all) {
                out.putNextEntry(new JarEntry(name + "/" + one.getFileName()));
                Files.copy(one, out);
                out.closeEntry();
            }
        }
    }
}
