package io.nas4j.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.loss.Loss;
import io.nas4j.data.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Listeners of DJL at one of our trainings. They are told by a DJL trainer that trains nothing
 * itself: it holds the network, the metrics and the evaluators (loss and accuracy) that listeners
 * ask it for.
 */
final class DjlListeners implements AutoCloseable {

    private final Block network;
    private final DeviceData data;
    private final int[] validation;
    private final Model model;
    private final Trainer trainer;
    private final Device device;
    private long step;

    DjlListeners(
            List<TrainingListener> listeners,
            Block network,
            DeviceData data,
            int[] validation,
            NDManager manager) {
        this.network = network;
        this.data = data;
        this.validation = validation;
        device = manager.getDevice();
        model = Model.newInstance("retrained", device);
        model.setBlock(network);
        List<TrainingListener> all = new ArrayList<>(listeners);
        // what other listeners read from the trainer comes from this one
        if (all.stream().noneMatch(EvaluatorTrainingListener.class::isInstance)) {
            all.add(0, new EvaluatorTrainingListener());
        }
        trainer =
                new Trainer(
                        model,
                        config(data.source().target().kind())
                                .optDevices(new Device[] {device})
                                .addTrainingListeners(all.toArray(new TrainingListener[0])));
        trainer.setMetrics(new Metrics());
    }

    private static DefaultTrainingConfig config(Target.Kind kind) {
        return switch (kind) {
            case CLASSES ->
                    new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                            .addEvaluator(new Accuracy());
            case NUMBERS -> new DefaultTrainingConfig(Loss.l2Loss());
            case LABELS -> new DefaultTrainingConfig(Loss.sigmoidBinaryCrossEntropyLoss());
        };
    }

    void trained(DeviceData.Batch batch, NDArray logits, int steps) {
        BatchData told = told(batch, logits, step++ % steps, steps);
        trainer.notifyListeners(listener -> listener.onTrainingBatch(trainer, told));
    }

    /** After the weights of the epoch are in the network, where listeners may save them. */
    void epoch(Training training) {
        training.write();
        ParameterStore store = new ParameterStore(trainer.getManager(), false);
        int steps = (validation.length + Evaluation.BATCH - 1) / Evaluation.BATCH;
        for (int i = 0; i < steps; i++) {
            int from = i * Evaluation.BATCH;
            int to = Math.min(validation.length, from + Evaluation.BATCH);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                DeviceData.Batch batch = data.batch(Arrays.copyOfRange(validation, from, to));
                NDList inputs = new NDList(batch.inputs());
                NDArray logits = network.forward(store, inputs, false).singletonOrThrow();
                BatchData told = told(batch, logits, i, steps);
                trainer.notifyListeners(listener -> listener.onValidationBatch(trainer, told));
            }
        }
        trainer.notifyListeners(listener -> listener.onEpoch(trainer));
    }

    private BatchData told(DeviceData.Batch batch, NDArray logits, long progress, long total) {
        // images that were mixed have shares of classes; evaluators count by the larger one
        boolean shares =
                data.source().target().kind() == Target.Kind.CLASSES
                        && batch.labels().getShape().dimension() == 2;
        NDList labels = new NDList(shares ? batch.labels().argMax(1) : batch.labels());
        Batch whole =
                new Batch(
                        trainer.getManager(),
                        new NDList(batch.inputs()),
                        labels,
                        (int) batch.labels().getShape().get(0),
                        null,
                        null,
                        progress,
                        total);
        return new BatchData(
                whole, Map.of(device, labels), Map.of(device, new NDList(logits.stopGradient())));
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
