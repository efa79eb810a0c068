package io.nas4j.execute;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a worker's JVM is started.
 *
 * @param main its class
 * @param own the user's own types that it is told of
 * @param plan heap and threads
 * @param classPath where it has its classes from
 */
record WorkerCommand(String main, List<Class<?>> own, WorkerPlan plan, String classPath) {

    private static final List<String> PASSED_ON =
            List.of(
                    "ai.djl.",
                    "djl",
                    "offline",
                    "nas4j.",
                    "slf4j.",
                    "org.slf4j.",
                    "jna.",
                    "java.io");

    /** Starts one; its pipes are the caller's. */
    Process start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(plan.maxHeap());
        command.add("-XX:+UseSerialGC");
        command.add("-Djava.awt.headless=true");
        System.getProperties().stringPropertyNames().stream()
                .filter(WorkerCommand::isPassedOn)
                .sorted()
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.add("-Dai.djl.pytorch.num_threads=" + plan.threads());
        command.add("-Dai.djl.pytorch.num_interop_threads=1");
        command.add(main);
        own.forEach(type -> command.add(type.getName()));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("CLASSPATH", classPath);
        environment.put("OMP_NUM_THREADS", Integer.toString(plan.threads()));
        environment.put("MKL_NUM_THREADS", Integer.toString(plan.threads()));
        return builder.start();
    }

    static boolean isPassedOn(String property) {
        String name = property.toLowerCase(Locale.ROOT);
        return PASSED_ON.stream().anyMatch(name::startsWith)
                && !name.endsWith("threads")
                && !name.equals("java.io.unixdomain.tmpdir");
    }
}
