package io.nas4j.train;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The right to train. DJL has one gradient collector and one random generator a JVM, so trainings
 * in threads take turns; what is to run at once runs in worker processes.
 *
 * <p>While a turn is held, its thread records no gradients outside of a gradient collector:
 * libtorch records on every thread but the one that loaded it, and DJL's switch is per thread.
 */
public final class TrainingLock implements AutoCloseable {

    // static because what it guards is static in DJL
    private static final ReentrantLock LOCK = new ReentrantLock(true);

    private final boolean recorded;

    private TrainingLock(boolean recorded) {
        this.recorded = recorded;
    }

    /**
     * Waits until no other thread trains and seeds the engine.
     *
     * @param seed of the engine's random numbers: initial weights, dropout
     * @return to be closed by the same thread
     * @throws InterruptedException when interrupted while waiting
     * @throws IllegalStateException when this very thread is training already
     */
    public static TrainingLock take(long seed) throws InterruptedException {
        if (LOCK.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "a training cannot start inside another one of the same thread: DJL has one"
                            + " gradient collector. Try after it, or in a worker process.");
        }
        LOCK.lockInterruptibly();
        try {
            Allocator.reuses();
            seedEngine(seed);
            boolean recorded = JniUtils.isGradMode();
            JniUtils.setGradMode(false);
            return new TrainingLock(recorded);
        } catch (RuntimeException | Error e) {
            LOCK.unlock();
            throw e;
        }
    }

    /**
     * Uses the engine alone and without gradients, for what trains nothing and draws none of the
     * engine's random numbers, a measurement for instance: waits until no other thread trains, but
     * runs within a turn that this very thread holds.
     *
     * @param <T> what it gives
     * @param use what is done
     * @return what {@code use} gave
     */
    public static <T> T alone(Supplier<T> use) {
        // loads the native library, which the next call needs
        Engine.getInstance();
        LOCK.lock();
        boolean recorded = JniUtils.isGradMode();
        try {
            Allocator.reuses();
            JniUtils.setGradMode(false);
            return use.get();
        } finally {
            JniUtils.setGradMode(recorded);
            LOCK.unlock();
        }
    }

    /**
     * Seeds the engine again, so that an epoch's dropout does not depend on what ran before it.
     *
     * @param seed of the engine's random numbers
     */
    void seed(long seed) {
        seedEngine(seed);
    }

    private static void seedEngine(long seed) {
        Engine.getInstance().setRandomSeed((int) (seed ^ (seed >>> 32)));
    }

    /**
     * Records gradients until closed.
     *
     * @return the only one of this JVM
     */
    public GradientCollector collector() {
        return Engine.getInstance().newGradientCollector();
    }

    /**
     * Does a part of the turn's work, perhaps in another thread, while the turn's own waits for it.
     *
     * @param <T> what it gives
     * @param recorded whether gradients are recorded meanwhile: where the turn's thread has its
     *     collector open
     * @param part what is done
     * @return what {@code part} gave
     */
    public static <T> T part(boolean recorded, Supplier<T> part) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(recorded);
        try {
            return part.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    @Override
    public void close() {
        JniUtils.setGradMode(recorded);
        LOCK.unlock();
    }
}
