package io.nas4j.sharing;

import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * A thread a device, always the same one, as libtorch keeps handles by thread and device; the first
 * device's is the caller's.
 */
final class DeviceThreads implements AutoCloseable {

    private final List<String> devices = new ArrayList<>();
    private final List<Executor> executors = new ArrayList<>();
    private final List<ExecutorService> own = new ArrayList<>();

    /** For one device. */
    DeviceThreads(String first) {
        devices.add(first);
        executors.add(Runnable::run);
    }

    /** One more. */
    void add(String device) {
        ExecutorService thread =
                Executors.newSingleThreadExecutor(
                        work -> {
                            Thread made = new Thread(work, "nas4j-replica-" + device);
                            made.setDaemon(true);
                            return made;
                        });
        devices.add(device);
        executors.add(thread);
        own.add(thread);
    }

    /**
     * One thing a device, at once.
     *
     * @param parts how many, at most as many as devices
     * @param recorded whether gradients are
     * @param part by the number of its device
     * @param dropped what is done with a part that is of no use, as another one failed
     * @return all parts, in the order of the devices
     * @throws IllegalStateException when one fails where there are several devices; all have ended
     */
    <T> List<T> run(int parts, boolean recorded, IntFunction<T> part, Consumer<T> dropped) {
        if (devices.size() == 1) {
            return List.of(TrainingLock.part(recorded, () -> part.apply(0)));
        }
        List<CompletableFuture<T>> running = new ArrayList<>();
        // the caller's own part comes last: the others run meanwhile
        for (int i = parts - 1; i >= 0; i--) {
            int device = i;
            running.add(
                    0,
                    CompletableFuture.supplyAsync(
                            () -> TrainingLock.part(recorded, () -> part.apply(device)),
                            executors.get(i)));
        }
        List<T> whole = new ArrayList<>();
        IllegalStateException failure = null;
        // waits for all, whatever becomes of one; an interrupt is heard after the step
        for (int i = 0; i < parts; i++) {
            try {
                whole.add(running.get(i).join());
            } catch (CompletionException e) {
                failure = failure == null ? failure(devices.get(i), e.getCause()) : failure;
            }
        }
        if (failure != null) {
            whole.forEach(dropped);
            throw failure;
        }
        return whole;
    }

    private IllegalStateException failure(String device, Throwable cause) {
        String reason = Outcome.Failed.reason(cause);
        return new IllegalStateException(
                "device \""
                        + device
                        + "\" failed in work that "
                        + devices.size()
                        + " devices share: "
                        + reason
                        + (reason.endsWith(".") ? "" : ".")
                        + " Try without it, or a smaller batch.",
                cause);
    }

    @Override
    public void close() {
        own.forEach(ExecutorService::shutdown);
    }
}
