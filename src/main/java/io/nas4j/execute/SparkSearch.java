package io.nas4j.execute;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.json.Message;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.broadcast.Broadcast;

/** What one search has at a cluster: its context, its broadcast, the port where workers call. */
final class SparkSearch implements AutoCloseable {

    private static final int SECRET_BYTES = 16;
    private static final int PROBE = -1;
    private static final long LOOK_MILLIS = 100;
    private static final long SETTLED_NANOS = 1_000_000_000L;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

    /** What a worker has said. */
    record Event(SparkLine line, Message message) {}

    private final Spark spark;
    private final SparkCluster cluster;
    private final SharedFolder folder;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Shipment shipment;
    private final SparkEndpoint endpoint;
    private final Broadcast<SparkJob> job;
    private int workers;

    private SparkSearch(
            Spark spark,
            SparkCluster cluster,
            Task task,
            PerformanceEstimator form,
            SharedFolder folder)
            throws IOException {
        this.spark = spark;
        this.cluster = cluster;
        this.folder = folder;
        String shared = cluster.setting("spark.nas4j.folder", "");
        this.shipment =
                Shipment.serialized(task, form, shared.isEmpty() ? folder.path() : Path.of(shared));
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        String host = cluster.setting("spark.driver.host", "localhost");
        this.endpoint =
                new SparkEndpoint(
                        cluster.setting("spark.driver.bindAddress", host),
                        Integer.parseInt(cluster.setting("spark.nas4j.port", "0")),
                        secret,
                        folder.path(),
                        System::nanoTime,
                        (line, message) -> events.add(new Event(line, message)));
        List<Class<?>> own = new ArrayList<>(shipment.own());
        own.add(Serialized.class);
        this.job =
                cluster.broadcast(
                        new SparkJob(
                                host,
                                endpoint.port(),
                                secret,
                                own.stream().map(Class::getName).toArray(String[]::new),
                                shared.isEmpty() ? examples() : new byte[0]));
    }

    private byte[] examples() throws IOException {
        if (shipment.data().file().isEmpty()) {
            return new byte[0]; // the embedded sample
        }
        Path file = shipment.data().file().get();
        require(
                Files.size(file) < MOST_BYTES,
                "examples that are sent to executors must be less than 2 GB, but are %d bytes. Try"
                        + " a folder that all machines see, by set(\"spark.nas4j.folder\", ..).",
                Files.size(file));
        return Files.readAllBytes(file);
    }

    /**
     * Opens all, and waits until an executor has opened the estimator.
     *
     * @param form what is written of the estimator
     */
    static SparkSearch open(Spark spark, Task task, PerformanceEstimator form) {
        SparkCluster cluster = SparkCluster.open(spark, form.concurrent());
        SparkSearch search = null;
        SharedFolder folder = null;
        boolean opened = false;
        try {
            folder = SharedFolder.create(Path.of(System.getProperty("java.io.tmpdir")));
            search = new SparkSearch(spark, cluster, task, form, folder);
            search.probe();
            opened = true;
            return search;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "what executors are sent, or the port where they call, cannot be had: "
                            + Outcome.Failed.reason(e)
                            + ". Try another spark.nas4j.port.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Spark was starting", e);
        } finally {
            if (!opened) {
                if (search != null) {
                    search.close();
                } else {
                    cluster.close();
                    if (folder != null) {
                        folder.close();
                    }
                }
            }
        }
    }

    private void probe() throws InterruptedException {
        JavaFutureAction<List<Boolean>> first = start(PROBE);
        long begun = System.nanoTime();
        boolean called = false;
        while (true) {
            Event event = events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (event != null) {
                called = true;
                if (hear(event)) {
                    return;
                }
            } else if (first.isDone()) {
                throw broken(SparkCluster.failure(first));
            } else if (!called && System.nanoTime() - begun > spark.patience().toNanos()) {
                first.cancel(true);
                throw silent();
            }
        }
    }

    /** Whether the estimator is open there. */
    private boolean hear(Event event) {
        SparkLine line = event.line();
        Message message = event.message();
        switch (message.kind()) {
            case "ready" -> welcome(line, message);
            case "refused" ->
                    throw message.text("argument").equals("true")
                            ? new IllegalArgumentException(message.text("message"))
                            : new IllegalStateException(
                                    line.name() + " cannot run trials: " + message.text("reason"));
            case "opened" -> line.opened(message);
            case "begin" -> {
                line.send(Message.of("forget"));
                return true;
            }
            default -> {} // Spark tries again
        }
        return false;
    }

    /**
     * Sends a worker what it is to do.
     *
     * @throws IllegalArgumentException when it is of another nas4j
     */
    void welcome(SparkLine line, Message ready) {
        Build.requireSame(
                line.name(),
                ready,
                "the same jar for the search and for executors (spark.jars,"
                        + " spark.executor.extraClassPath).");
        require(
                shipment.estimator().concurrent() || !endpoint.isShared(line.executor()),
                SparkCluster.ONE_AT_A_TIME + "%s was given two. Try --conf spark.task.cpus=%s.",
                line.name(),
                "the cores of an executor");
        String device = line.device().isEmpty() ? shipment.task().device() : line.device();
        line.send(shipment.job(workers++, device));
    }

    private RuntimeException broken(String why) {
        if (why.contains(Spark.UNREACHABLE)) {
            return new IllegalStateException(
                    "executors cannot call the search back: "
                            + why.lines().findFirst().orElse("")
                            + ". Try a port that is open, by spark.nas4j.port, and"
                            + " spark.driver.host as executors see this machine.");
        }
        return new IllegalStateException(
                "executors cannot run trials. Where they lack a class, try nas4j's jars and your"
                        + " own, by --jars, spark.jars or spark.executor.extraClassPath. Spark said: "
                        + why.lines().findFirst().orElse(""));
    }

    private IllegalArgumentException silent() {
        return new IllegalArgumentException(
                cluster.executors() == 0
                        ? spark
                                + " has no executor for this search within "
                                + spark.patience().toSeconds()
                                + " s. Try less of spark.executor.memory or spark.executor.cores, a"
                                + " look at whether workers have registered, or .patience(..)."
                        : spark
                                + " has run no task of this search within "
                                + spark.patience().toSeconds()
                                + " s: its "
                                + cluster.executors()
                                + " executors are still starting, or held by others. Try"
                                + " .patience(..).");
    }

    /** As stated, or what there is once no more executors come. */
    int slots() {
        if (spark.slots() > 0) {
            return spark.slots();
        }
        int before = cluster.slots();
        long since = System.nanoTime();
        while (!spark.master().isEmpty() && System.nanoTime() - since < SETTLED_NANOS) {
            java.util.concurrent.locks.LockSupport.parkNanos(SETTLED_NANOS / 10);
            int now = cluster.slots();
            since = now == before ? since : System.nanoTime();
            before = now;
        }
        return before;
    }

    BlockingQueue<Event> events() {
        return events;
    }

    JavaFutureAction<List<Boolean>> start(int trial) {
        return cluster.start(trial, job);
    }

    SearchSpace space() {
        return shipment.task().space();
    }

    int executors() {
        return cluster.executors();
    }

    Duration patience() {
        return spark.patience();
    }

    /** Also where the searching thread was interrupted, which Spark would take for its own end. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        endpoint.close();
        try {
            job.destroy();
        } catch (RuntimeException e) {
            // the context has ended before
        }
        cluster.close();
        folder.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
