package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.nas4j.data.Data;
import io.nas4j.supernet.Supernet;
import io.nas4j.train.Adam;
import io.nas4j.train.DeviceData;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Devices;
import io.nas4j.train.Optimizer;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.function.UnaryOperator;

/** A supernet on its device, with its data and its state: what each search with weights opens. */
final class LoadedSupernet implements AutoCloseable {

    static final double CLIP = 5;

    /** Batches that are evaluated as one. */
    static final int EVALUATED = 4;

    final NDManager manager;
    final DeviceData data;
    final Supernet net;
    final SupernetState state;
    private final int[] validation;

    /**
     * Loads.
     *
     * @param task its data {@linkplain #requireSuits suit}
     * @param resolution height and width of the images; 0, and more than they have, keeps theirs
     * @param part one of so many channels goes through the candidates; 1: all do
     * @param forWeights their optimizer; alpha has the paper's Adam
     */
    LoadedSupernet(Task task, int resolution, int part, Optimizer forWeights) {
        Data examples = task.data();
        validation = examples.split().validation();
        manager = NDManager.newBaseManager(Devices.of(task.device()));
        try {
            data = new DeviceData(examples, Math.min(resolution, examples.height()), manager);
            net =
                    Supernet.of(
                            task.space(),
                            data.channels(),
                            data.height(),
                            data.width(),
                            examples.classes().size(),
                            Supernet.Form.FUSED,
                            part,
                            manager);
            state =
                    new SupernetState(
                            net,
                            manager,
                            task.seeds().seed(0, "supernet weights"),
                            task.seeds().random(0, "supernet alpha"),
                            forWeights,
                            Adam.darts());
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Refuses data that no supernet can be searched on, before anything is loaded.
     *
     * @param name of the strategy
     * @throws IllegalArgumentException for rows, and without validation data
     */
    static void requireSuits(String name, Data examples) {
        require(
                examples.isImages(),
                "%s searches networks of images, but data \"%s\" are rows. Try EVOLUTION.",
                name,
                examples.name());
        require(
                examples.split().validation().length > 0,
                "%s scores its supernet on the validation data, but \"%s\" has none. Try another"
                        + " split.",
                name,
                examples.name());
    }

    /**
     * The accuracy on the validation data, in batches of several times the training's.
     *
     * @param batch images of a training step
     * @param forward from images to answers
     * @return NaN when told to stop
     */
    double accuracy(int batch, TrialContext context, UnaryOperator<NDArray> forward) {
        int size = Math.min(validation.length, EVALUATED * batch);
        long hits = 0;
        int seen = 0;
        // whole batches only: a smaller one has other statistics
        for (int i = 0; i < validation.length / size; i++) {
            if (!context.proceed()) {
                return Double.NaN;
            }
            hits += hits(Halves.batch(validation, i, size), forward);
            seen += size;
        }
        return (double) hits / seen;
    }

    /** How many evaluations of a full batch {@link #accuracy} is. */
    double evaluations(int batch) {
        return Math.max(1, (double) validation.length / (EVALUATED * batch));
    }

    /** One evaluation, as {@link #accuracy} does many. */
    void evaluate(int batch, UnaryOperator<NDArray> forward) {
        int size = Math.min(validation.length, EVALUATED * batch);
        hits(Halves.batch(validation, 0, size), forward);
    }

    /** How many of the answers are right. */
    long hits(int[] indices, UnaryOperator<NDArray> forward) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Batch batch = data.batch(indices);
            NDArray answers = forward.apply(batch.inputs()).argMax(1);
            return answers.eq(batch.labels()).toType(DataType.INT64, false).sum().getLong();
        }
    }

    /** What to throw when the weights are beyond repair. */
    IllegalStateException diverged() {
        return new IllegalStateException(
                "the supernet's loss became NaN in epoch "
                        + (state.epoch + 1)
                        + ". Try a smaller weightRate.");
    }

    @Override
    public void close() {
        state.close();
        net.close();
        data.close();
        manager.close();
    }
}
