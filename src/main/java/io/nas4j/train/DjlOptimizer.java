package io.nas4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * An optimizer of DJL. It brings its own learning rate, weight decay and clipping; a {@link
 * Recipe}'s rate is not asked. DJL keeps its moments to itself: a training with it cannot leave
 * checkpoints.
 *
 * <p>All weights are one array to it. That is the same for optimizers that go element by element
 * (DJL's Sgd, Nag, Adam, AdamW, RmsProp, Adagrad, Adadelta), not for those that look at the norm of
 * each layer.
 *
 * @param maker makes a new optimizer for each training, for example {@code () ->
 *     Optimizer.adamW().optLearningRateTracker(Tracker.fixed(1e-3f)).build()}
 */
public record DjlOptimizer(Supplier<ai.djl.training.optimizer.Optimizer> maker)
        implements Optimizer {

    private static final String WEIGHTS = "weights";

    @Override
    public State start(NDArray weights) {
        return new Made(maker.get());
    }

    /** Without its settings, which DJL does not tell. */
    @Override
    public String toString() {
        return "DjlOptimizer";
    }

    /** Runs on a thread of its own: there, no {@code NDScope} of a step closes DJL's moments. */
    private static final class Made implements State {
        private final ai.djl.training.optimizer.Optimizer optimizer;
        private final ExecutorService thread =
                Executors.newSingleThreadExecutor(
                        work -> {
                            Thread made = new Thread(work, "nas4j-optimizer");
                            made.setDaemon(true);
                            return made;
                        });

        Made(ai.djl.training.optimizer.Optimizer optimizer) {
            this.optimizer = optimizer;
        }

        @Override
        public void step(NDArray weights, NDArray gradient, double rate) {
            try (NDManager step = weights.getManager().newSubManager()) {
                // the same memory, whose intermediate results end with the step
                NDArray view = weights.stopGradient();
                view.attach(step);
                // waits through an interrupt: what is read and written must stay until then
                CompletableFuture.runAsync(() -> optimizer.update(WEIGHTS, view, gradient), thread)
                        .join();
            } catch (CompletionException e) {
                throw new IllegalStateException(
                        "DJL's optimizer failed: " + e.getCause().getMessage(), e.getCause());
            }
        }

        @Override
        public NDArray ahead(NDArray weights, NDArray gradient, double rate) {
            throw new UnsupportedOperationException(
                    "an optimizer of DJL cannot look ahead. Try new Sgd(..) or new Adam().");
        }

        @Override
        public Moments save() {
            throw new UnsupportedOperationException(
                    "an optimizer of DJL keeps its moments to itself. Try new Sgd(..) or new"
                            + " Adam().");
        }

        @Override
        public void restore(Moments moments) {
            throw new UnsupportedOperationException(
                    "an optimizer of DJL cannot go on from moments. Try new Sgd(..) or new"
                            + " Adam().");
        }

        @Override
        public void close() {
            thread.shutdown();
        }
    }
}
