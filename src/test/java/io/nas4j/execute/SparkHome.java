package io.nas4j.execute;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A standalone cluster on this machine's loopback: a master and workers as processes, with Spark's
 * jars from {@code target/spark/jars}, where the build has put them. All end with it.
 */
public final class SparkHome implements AutoCloseable {

    private static final Path HOME = Path.of("target", "spark").toAbsolutePath();

    /** Of JVMs that are there for seconds. */
    public static final String QUICK = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    private final Path folder;
    private final Deque<Process> processes = new ArrayDeque<>();
    private final List<Process> workers = new ArrayList<>();
    private String master = "";

    /**
     * Starts the master.
     *
     * @param folder for what executors write
     */
    public SparkHome(Path folder) throws IOException {
        this.folder = folder;
        if (!Files.isDirectory(HOME.resolve("jars"))) {
            throw new IllegalStateException(
                    HOME + "/jars is not there. Try mvn pre-integration-test.");
        }
        Process process =
                start(
                        List.of("-Xmx128m"),
                        "org.apache.spark.deploy.master.Master",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--webui-port",
                        "0");
        master = await(process, Pattern.compile("Starting Spark master at (spark://\\S+)"));
    }

    public String master() {
        return master;
    }

    /**
     * Starts a worker.
     *
     * @param gpu the address of the one that it says it has
     */
    public void worker(int gpu) throws IOException {
        Path script = folder.resolve("gpu-" + gpu + ".sh");
        Files.writeString(
                script, "#!/bin/sh\necho '{\"name\":\"gpu\",\"addresses\":[\"" + gpu + "\"]}'\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
        Process worker =
                start(
                        List.of(
                                "-Xmx128m",
                                "-Dspark.worker.resource.gpu.amount=1",
                                "-Dspark.worker.resource.gpu.discoveryScript=" + script),
                        "org.apache.spark.deploy.worker.Worker",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--webui-port",
                        "0",
                        "--cores",
                        "1",
                        "--memory",
                        "1g",
                        "--work-dir",
                        folder.resolve("work-" + gpu).toString(),
                        master);
        await(worker, Pattern.compile("(Successfully registered) with master"));
        workers.add(worker);
    }

    /** Starts a driver, whose first class path is Spark's. */
    public Process driver(List<String> options, String... command) throws IOException {
        return start(options, command);
    }

    /** Kills the worker that an executor is of, and the executor. */
    public void kill(ProcessHandle executor) {
        ProcessHandle worker = executor.parent().orElseThrow();
        if (workers.stream().noneMatch(process -> process.toHandle().equals(worker))) {
            throw new IllegalStateException(executor + " is no executor of this cluster");
        }
        worker.destroyForcibly();
        executor.destroyForcibly();
    }

    private Process start(List<String> options, String... command) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(QUICK.split(" ")));
        line.addAll(options);
        line.add("-cp");
        line.add(
                HOME.resolve("jars")
                        + File.separator
                        + "*"
                        + File.pathSeparator
                        + System.getProperty("java.class.path"));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("SPARK_HOME", HOME.toString());
        // as the scripts of Spark's own distribution say
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        processes.push(process);
        return process;
    }

    /** Until the process says it; what it says later is read and dropped. */
    public static String await(Process process, Pattern wanted) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher found = wanted.matcher(line);
            if (found.find()) {
                drop(process);
                return found.group(1);
            }
            all.append(line).append('\n');
        }
        throw new IOException("it ended before it said \"" + wanted + "\":\n" + all);
    }

    /** Reads what a process says, which would wait otherwise. */
    public static void drop(Process process) {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        WorkerLine.begin(
                "spark-output",
                () -> {
                    try {
                        out.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        // it was killed
                    }
                });
    }

    /** Executors, which are children of workers, write into the folder until they have ended. */
    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>();
        for (Process process : processes) {
            List<ProcessHandle> children = process.descendants().toList();
            all.add(process.toHandle());
            all.addAll(children);
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        try {
            for (ProcessHandle process : all) {
                Ended.await(process);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
