package io.nas4j.execute;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** What a context of the search's own is begun with, where neither it nor Spark's files say. */
final class SparkSettings {

    /**
     * What an executor has from its own installation. Another jackson before that one would not go
     * with the Scala module there.
     */
    private static final List<String> SPARKS_OWN =
            List.of(
                    "jackson-",
                    "spark-",
                    "scala-",
                    "netty-",
                    "hadoop-",
                    "log4j-",
                    "slf4j-",
                    "jul-to-slf4j",
                    "jcl-over-slf4j");

    private SparkSettings() {}

    static SparkConf of(Spark spark, boolean concurrent) {
        SparkConf conf = new SparkConf();
        spark.settings().forEach(conf::set);
        conf.setMaster(spark.master());
        conf.setIfMissing("spark.app.name", "nas4j");
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.log.level", "ERROR");
        conf.setIfMissing("spark.executor.cores", "1");
        String cores = concurrent ? "1" : conf.get("spark.executor.cores");
        conf.setIfMissing("spark.task.cpus", cores);
        conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", conf.get("spark.task.cpus"));
        conf.setIfMissing("spark.executorEnv.OPT_OUT_TRACKING", "true");
        conf.setIfMissing("spark.executor.extraClassPath", classPath());
        conf.setIfMissing("spark.executor.extraJavaOptions", options());
        return conf;
    }

    /** This JVM's, for executors on this machine or that see the same files. */
    private static String classPath() {
        String all = ClassPath.of(List.of(Spark.class));
        return Stream.of(all.split(File.pathSeparator))
                .flatMap(SparkSettings::entries)
                .filter(entry -> !isSparks(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<String> entries(String entry) {
        if (!entry.endsWith(File.separator + "*")) {
            return Stream.of(entry);
        }
        Path folder = Path.of(entry.substring(0, entry.length() - 2));
        List<String> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(Path::toString).filter(file -> file.endsWith(".jar")).forEach(jars::add);
        } catch (java.io.IOException e) {
            // a folder that is not there holds no classes
        }
        return jars.stream().sorted();
    }

    private static boolean isSparks(Path jar) {
        String name = jar.getFileName() == null ? "" : jar.getFileName().toString();
        return SPARKS_OWN.stream().anyMatch(name::startsWith);
    }

    private static String options() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> WorkerCommand.isPassedOn(name) && !name.startsWith("java."))
                .filter(name -> System.getProperty(name).matches("[\\w./:=,-]+"))
                .sorted()
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .collect(Collectors.joining(" "));
    }
}
