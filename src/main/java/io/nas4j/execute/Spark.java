package io.nas4j.execute;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.TrialExecutor;
import io.nas4j.trial.Task;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Several trials at once on a cluster of Apache Spark, a trial a task. Spark itself is not among
 * nas4j's dependencies: it comes with {@code spark-submit}, a notebook on a cluster, or {@code
 * org.apache.spark:spark-core_2.13:4.0.1} on the class path, before nas4j.
 *
 * <p>Each executor is sent the examples once, and opens the estimator with its first trial. It
 * calls this process back on a port of its own, by which reports, stops and weights pass. The trial
 * of a lost executor is run once more; a trial with which a second one is lost has failed. The
 * estimator must be one of this library, a record of your own, or a serialisable object, such as a
 * function that was compiled; its class must be on the executors' class path.
 *
 * <p>Two settings are nas4j's own: {@code spark.nas4j.port}, where executors call, unless said any
 * that is free; {@code spark.nas4j.folder}, one that all machines see: examples are then read from
 * there and not sent.
 *
 * @param master of a context that lasts as long as the search, for example {@code
 *     spark://host:7077}; empty for the context of this process
 * @param slots how many trials at once; 0 for as many as the cluster runs at once when the search
 *     begins
 * @param settings of Spark, for a context of the search's own
 * @param patience how long the cluster may take until the first task runs there; default 30 s
 */
public record Spark(String master, int slots, Map<String, String> settings, Duration patience)
        implements TrialExecutor {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 100_000;

    /** Begins what an executor says where it cannot call back. */
    static final String UNREACHABLE = "the search cannot be reached at ";

    public Spark {
        require(
                slots >= 0 && slots <= MOST,
                "slots must be in [1, %d], or 0 for as many as the cluster has, but were %d.",
                MOST,
                slots);
        require(
                !patience.isNegative() && !patience.isZero(),
                "patience must be above 0, but was %s. Try Duration.ofMinutes(2).",
                patience);
        require(
                !master.isEmpty() || settings.keySet().stream().allMatch(Spark::isOurs),
                "the context of this process has its settings already, but more were set: %s. Try"
                        + " them as --conf of spark-submit.",
                settings.keySet());
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    private static boolean isOurs(String setting) {
        return setting.startsWith("spark.nas4j.");
    }

    /**
     * A context of the search's own.
     *
     * @param master for example {@code spark://host:7077}
     * @return an executor
     */
    public static Spark on(String master) {
        require(
                !master.isBlank(),
                "a master must be named. Try \"spark://host:7077\", or spark() for the context"
                        + " of this process.");
        return new Spark(master, 0, Map.of(), PATIENCE);
    }

    /**
     * The context that this process has: after {@code spark-submit}, or in a notebook on a cluster.
     *
     * @return an executor
     */
    public static Spark running() {
        return new Spark("", 0, Map.of(), PATIENCE);
    }

    /**
     * Sets how many trials run at once.
     *
     * @param count at least 1; more than the cluster runs at once wait there
     * @return a copy
     */
    public Spark slots(int count) {
        require(count >= 1, "slots must be at least 1, but were %d. Try 2.", count);
        return new Spark(master, count, settings, patience);
    }

    /**
     * Sets a setting of Spark.
     *
     * @param name for example {@code spark.executor.memory}
     * @param value for example {@code 4g}
     * @return a copy
     */
    public Spark set(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new Spark(master, slots, more, patience);
    }

    /**
     * Sets {@link #patience}, for executors that must be fetched first.
     *
     * @param time above 0
     * @return a copy
     */
    public Spark patience(Duration time) {
        return new Spark(master, slots, settings, time);
    }

    /**
     * Begins the context, where it is the search's own, and waits until an executor has opened the
     * estimator.
     *
     * @throws IllegalArgumentException when the estimator or the space is code, the master does not
     *     answer or has no executor in time, an executor is of another nas4j, or the task cannot be
     *     estimated
     * @throws IllegalStateException when Spark is not on the class path
     */
    @Override
    public Session open(Task task, PerformanceEstimator estimator) {
        Shipment.requireData(task.space());
        PerformanceEstimator form = Shipment.form(estimator);
        requireSpark();
        return SparkPool.open(this, task, form);
    }

    private static void requireSpark() {
        try {
            Class.forName("org.apache.spark.api.java.JavaSparkContext");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "Spark is not on the class path. Try spark-submit, or"
                            + " org.apache.spark:spark-core_2.13:4.0.1 before nas4j"
                            + " (src/site/spark.md).",
                    e);
        }
    }

    @Override
    public String toString() {
        return (slots == 0 ? "" : slots + " slots on ")
                + (master.isEmpty() ? "the running Spark" : "Spark at " + master);
    }
}
