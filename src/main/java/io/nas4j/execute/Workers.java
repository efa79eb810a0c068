package io.nas4j.execute;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.json.Message;
import io.nas4j.search.TrialExecutor;
import io.nas4j.train.Memory;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Several trials at once in processes of their own on this machine: each a JVM with its own heap,
 * native library and device. They are started with the class path of this JVM when the search
 * begins, stay until it ends, and end with it, however it ends.
 *
 * <p>A worker that dies, or gives no sign of life for a minute, is started again, and its trial is
 * run once more; a trial with which a second worker is lost has failed. Everything that a worker
 * needs is data, so an estimator that is code, a lambda for example, is refused.
 */
public final class Workers implements TrialExecutor {

    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final int MOST = 256;

    /** Where nothing is said: a worker's share of the cores. */
    private static final int SHARE = 0;

    /** Where nothing is said: the search's device, which several workers share. */
    private static final String SHARED = "";

    private final List<String> devices;
    private final LongSupplier clock;
    private final String main;
    private final Path locks;
    private final int threads;

    Workers(List<String> devices, LongSupplier clock, String main, Path locks) {
        this(devices, clock, main, locks, SHARE);
    }

    private Workers(
            List<String> devices, LongSupplier clock, String main, Path locks, int threads) {
        this.threads = threads;
        this.devices = List.copyOf(devices);
        this.clock = clock;
        this.main = main;
        this.locks = locks;
    }

    private static Workers of(List<String> devices) {
        return new Workers(
                devices,
                System::nanoTime,
                WorkerMain.class.getName(),
                Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Workers that share the search's device; where it is {@code auto} and there are several GPUs,
     * these are dealt out in turn.
     *
     * @param count at least 1; each has its share of the cores
     * @return an executor
     */
    public static Workers of(int count) {
        require(
                count >= 1 && count <= MOST,
                "workers must be in [1, %d], but were %d. Try %d.",
                MOST,
                count,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        return of(Collections.nCopies(count, SHARED));
    }

    /**
     * One worker a device.
     *
     * @param devices for example {@code gpu:0} and {@code gpu:1}, each once
     * @return an executor
     */
    public static Workers on(String... devices) {
        require(devices.length > 0, "a worker needs a device. Try devices(\"gpu:0\", \"gpu:1\").");
        Set<String> seen = new LinkedHashSet<>();
        for (String device : devices) {
            require(
                    device.matches("cpu|gpu(:\\d{1,4})?"),
                    "a device must be \"cpu\", \"gpu\" or \"gpu:<number>\", but was \"%s\".",
                    device);
            require(
                    seen.add(device.equals("gpu") ? "gpu:0" : device),
                    "a device runs one trial at a time, but \"%s\" was named twice. Try"
                            + " .workers(%d), which share one.",
                    device,
                    devices.length);
        }
        return of(List.of(devices));
    }

    /**
     * How many threads the native library of each worker computes with. More are slower where
     * networks are small: several workers of one thread each train them faster than one of several.
     *
     * <pre>{@code
     * search.executor(Workers.of(2).threads(1))
     * }</pre>
     *
     * @param each at least 1; unless said, the cores of the machine over the number of workers
     * @return a copy
     */
    public Workers threads(int each) {
        require(each >= 1, "threads of a worker must be at least 1, but were %d. Try 1.", each);
        return new Workers(devices, clock, main, locks, each);
    }

    /**
     * Starts the workers and waits until each has opened the estimator.
     *
     * @throws IllegalArgumentException when the estimator or the space is code, the memory is not
     *     enough, a device is held by another search or does not exist, or the task cannot be
     *     estimated
     */
    @Override
    public Session open(Task task, PerformanceEstimator estimator) {
        Shipment.requireData(task.space());
        List<Class<?>> own = Shipment.ownTypes(estimator, KnownTypes.vocabulary());
        WorkerPlan plan =
                WorkerPlan.of(
                        devices.size(),
                        bytes(task.data()),
                        !estimator.concurrent(),
                        Memory.free().orElse(Long.MAX_VALUE / 2),
                        Runtime.getRuntime().availableProcessors());
        plan = threads == SHARE ? plan : plan.threads(threads);
        List<Class<?>> anchors = new ArrayList<>(own);
        anchors.add(Workers.class);
        WorkerCommand command = new WorkerCommand(main, own, plan, ClassPath.of(anchors));
        DeviceLock lock = DeviceLock.take(devices, locks);
        SharedFolder folder = null;
        boolean opened = false;
        try {
            folder = SharedFolder.create(locks);
            SharedFolder shared = folder;
            WorkerPool pool =
                    new WorkerPool(
                            new WorkerPool.Setup(
                                    command,
                                    jobs(Shipment.of(task, estimator, shared.path())),
                                    task.space(),
                                    shared.path(),
                                    SILENCE.toNanos(),
                                    clock),
                            () -> release(lock, shared));
            opened = true;
            return pool;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "what workers share cannot be written: " + Outcome.Failed.reason(e), e);
        } finally {
            if (!opened) {
                release(lock, folder);
            }
        }
    }

    /** On the heap of each worker; what is mapped they share. */
    private static long bytes(Data data) {
        if (data.isMapped()) {
            return 0;
        }
        return data.isImages() ? data.pixels().length : 4L * data.values().length;
    }

    private List<Message> jobs(Shipment shipment) {
        List<Message> jobs = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            String device =
                    devices.get(i).equals(SHARED) ? shipment.task().device() : devices.get(i);
            jobs.add(shipment.job(i, device));
        }
        return jobs;
    }

    private static void release(DeviceLock lock, SharedFolder folder) {
        lock.close();
        if (folder != null) {
            folder.close();
        }
    }

    @Override
    public String toString() {
        return devices.get(0).equals(SHARED)
                ? devices.size() + (devices.size() == 1 ? " worker" : " workers")
                : "workers on " + String.join(", ", devices);
    }
}
