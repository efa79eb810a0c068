package io.nas4j.execute;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A context of Spark: the search's own, which ends with it, or that of this process. */
final class SparkCluster implements AutoCloseable {

    private static final Pattern STANDALONE = Pattern.compile("spark://(.+)");
    private static final Pattern ADDRESS = Pattern.compile("([^,]+):(\\d+)");
    private static final int CONNECT_MILLIS = 5_000;
    private static final String CORES = "spark.executor.cores";
    private static final String TASK_CORES = "spark.task.cpus";
    private static final String TASK_GPUS = "spark.task.resource.gpu.amount";
    private static final String EXECUTOR_GPUS = "spark.executor.resource.gpu.amount";

    /** Begins what is said where executors are given more than they can do. */
    static final String ONE_AT_A_TIME =
            "what trains runs one trial at a time in a JVM, since DJL has one gradient collector,"
                    + " but ";

    private final Spark spark;
    private final JavaSparkContext context;

    private SparkCluster(Spark spark, JavaSparkContext context) {
        this.spark = spark;
        this.context = context;
    }

    /**
     * Begins or finds the context.
     *
     * @param spark what is wanted
     * @param concurrent whether several trials may run in one executor
     * @throws IllegalArgumentException when there is none, or its master does not answer
     */
    static SparkCluster open(Spark spark, boolean concurrent) {
        if (spark.master().isEmpty()) {
            SparkCluster running = new SparkCluster(spark, running());
            running.check(concurrent);
            return running;
        }
        requireAnswer(spark.master());
        SparkConf conf = SparkSettings.of(spark, concurrent);
        SparkCluster own = new SparkCluster(spark, start(spark, conf));
        try {
            own.check(concurrent);
            return own;
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private static JavaSparkContext running() {
        try {
            return JavaSparkContext.fromSparkContext(SparkContext.getOrCreate());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "this process has no context of Spark: "
                            + Outcome.Failed.reason(e)
                            + ". Try spark(\"spark://host:7077\"), or spark-submit.",
                    e);
        }
    }

    /** One of several masters is enough. */
    private static void requireAnswer(String master) {
        Matcher standalone = STANDALONE.matcher(master);
        if (!standalone.matches()) {
            return;
        }
        String why = "it names no host and port";
        Matcher address = ADDRESS.matcher(standalone.group(1));
        while (address.find()) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2))),
                        CONNECT_MILLIS);
                return;
            } catch (IOException | IllegalArgumentException e) {
                why = Outcome.Failed.reason(e);
            }
        }
        throw noAnswer(master, why, null);
    }

    private static IllegalArgumentException noAnswer(String master, String why, Throwable cause) {
        return new IllegalArgumentException(
                "Spark's master "
                        + master
                        + " does not answer: "
                        + why
                        + ". Try the address that its own page shows (spark://host:7077), and"
                        + " check that the master runs, that no firewall is between, and that it is"
                        + " of the same version as the Spark here ("
                        + org.apache.spark.package$.MODULE$.SPARK_VERSION()
                        + ").",
                cause);
    }

    /** Spark itself waits for a minute, in the thread that asks. */
    private static JavaSparkContext start(Spark spark, SparkConf conf) {
        FutureTask<JavaSparkContext> starting = new FutureTask<>(() -> new JavaSparkContext(conf));
        WorkerLine.begin("nas4j-spark-start", starting);
        long millis = spark.patience().toMillis();
        try {
            return starting.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            starting.cancel(true);
            throw noAnswer(spark.master(), "not within " + millis / 1000 + " s", e);
        } catch (InterruptedException e) {
            starting.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Spark was starting", e);
        } catch (ExecutionException e) {
            throw new IllegalArgumentException(
                    "a context of Spark at "
                            + spark.master()
                            + " cannot be had: "
                            + Outcome.Failed.reason(e.getCause())
                            + ". Try spark() where this process has one already; where the reason"
                            + " is a class or a version of jackson, Spark's jars before nas4j's.",
                    e.getCause());
        }
    }

    private void check(boolean concurrent) {
        require(
                !setting("spark.speculation", "false").equals("true"),
                "spark.speculation must be false, since it runs trials twice, but was true. Try"
                        + " --conf spark.speculation=false.");
        int cores = isLocal() ? context.defaultParallelism() : number(CORES, 0);
        int each = number(TASK_CORES, 1);
        require(
                concurrent || cores / each <= 1 || number(TASK_GPUS, 0) > 0,
                ONE_AT_A_TIME + "%d cores run %d tasks of %d. Try --conf spark.task.cpus=%d.",
                cores,
                cores / each,
                each,
                cores);
    }

    /** Of the search, else of the context. */
    String setting(String name, String otherwise) {
        String own = spark.settings().get(name);
        return own != null ? own : context.getConf().get(name, otherwise);
    }

    private int number(String name, int otherwise) {
        return (int) Double.parseDouble(setting(name, Integer.toString(otherwise)));
    }

    boolean isLocal() {
        return context.isLocal();
    }

    /** How many executors there are; a local context is its own. */
    int executors() {
        int all = context.sc().statusTracker().getExecutorInfos().length;
        return isLocal() ? all : all - 1; // the driver is among them
    }

    /** How many tasks run at once now, at least 1. */
    int slots() {
        int executors = Math.max(1, executors());
        int cores = number(CORES, 0);
        int whole = cores == 0 || isLocal() ? context.defaultParallelism() : executors * cores;
        int slots = whole / number(TASK_CORES, 1);
        double gpus = Double.parseDouble(setting(TASK_GPUS, "0"));
        if (gpus > 0) {
            slots = Math.min(slots, (int) (executors * (number(EXECUTOR_GPUS, 0) / gpus)));
        }
        return Math.max(1, slots);
    }

    Broadcast<SparkJob> broadcast(SparkJob job) {
        return context.broadcast(job);
    }

    /**
     * Begins one task; from one thread.
     *
     * @throws IllegalStateException when the context has ended
     */
    JavaFutureAction<List<Boolean>> start(int trial, Broadcast<SparkJob> job) {
        try {
            context.setJobGroup("nas4j", trial < 0 ? "nas4j begins" : "nas4j trial " + trial, true);
            var task = context.parallelize(List.of(trial), 1).map(new SparkTask(job));
            JavaFutureAction<List<Boolean>> begun = task.collectAsync();
            context.clearJobGroup();
            return begun;
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage());
            throw new IllegalStateException(
                    "Spark's context has ended: "
                            + why.lines().findFirst().orElse("")
                            + " Try the log of its master.",
                    e);
        }
    }

    /** Why a job came to no end of its own; empty where it did. */
    static String failure(JavaFutureAction<List<Boolean>> job) throws InterruptedException {
        try {
            job.get();
            return "";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause().getMessage());
        } catch (CancellationException e) {
            return "it was cancelled";
        }
    }

    /** Only a context of the search's own ends. */
    @Override
    public void close() {
        if (!spark.master().isEmpty()) {
            context.stop();
        }
    }
}
