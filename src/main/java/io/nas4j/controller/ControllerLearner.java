package io.nas4j.controller;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.nas4j.nn.Scaling;
import io.nas4j.space.Walk;
import io.nas4j.train.Adam;
import io.nas4j.train.Optimizer;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Task;
import java.util.ArrayList;
import java.util.List;

/** The controller's weights and how rewards change them: a pure function of the samples' order. */
final class ControllerLearner implements AutoCloseable {

    private record Sample(Walk string, double reward) {}

    private final RnnController settings;
    private final Task task;
    private final ControllerVocabulary vocabulary;
    private final ControllerNetwork network;
    private final NDManager manager;
    private final NDArray weights;
    private final Optimizer.State optimizer;
    private final List<Sample> waiting = new ArrayList<>();
    private double baseline = Double.NaN;
    private ControllerPolicy policy;

    /** Its arrays live in a manager of its own below {@code parent}. */
    ControllerLearner(RnnController settings, Task task, NDManager parent) {
        this.settings = settings;
        this.task = task;
        vocabulary = new ControllerVocabulary(task.space());
        network = new ControllerNetwork(settings, vocabulary.size());
        manager = parent.newSubManager();
        weights =
                manager.create(
                        network.start(task.seeds().random(0, "controller")),
                        new Shape(network.size()));
        optimizer = new Adam(settings.beta1(), 0.999, settings.epsilon(), 0).start(weights);
        policy = new ControllerPolicy(task.space(), vocabulary, network, weights);
    }

    /** Under the current weights; another one after an update. */
    ControllerPolicy policy() {
        return policy;
    }

    /** Adds a sample; a full batch changes the weights. */
    void learn(Walk string, double reward) {
        waiting.add(new Sample(string, reward));
        if (waiting.size() == settings.batch()) {
            update();
            waiting.clear();
        }
    }

    private void update() {
        TrainingLock turn = turn();
        try (turn) {
            int threads = JniUtils.getNumThreads();
            // arrays this small are slower on several threads, and much slower on a busy machine
            JniUtils.setNumThreads(1);
            try {
                train(advantages());
            } finally {
                JniUtils.setNumThreads(threads);
            }
        }
        policy.close();
        policy = new ControllerPolicy(task.space(), vocabulary, network, weights);
    }

    /**
     * Gradients are collected once a JVM: where networks train in this one, they take turns. An
     * interrupt is the loop's to hear, not ours: half an update is none.
     */
    private TrainingLock turn() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return TrainingLock.take(task.seeds().master());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void train(double[] advantages) {
        List<Walk> strings = waiting.stream().map(Sample::string).toList();
        try (NDManager arrays = manager.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            ControllerBatch batch = new ControllerBatch(network, vocabulary, strings, arrays);
            NDArray advantage = batch.perRow(advantages);
            NDArray old = settings.clip() > 0 ? batch.written(batch.logarithms(weights)) : null;
            for (int i = 0; i < settings.epochs(); i++) {
                step(batch, advantage, old);
            }
        }
    }

    private void step(ControllerBatch batch, NDArray advantage, NDArray old) {
        NDArray leaf = weights.stopGradient();
        leaf.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss(settings, batch, leaf, advantage, old, waiting.size()));
        }
        optimizer.step(weights, leaf.getGradient(), settings.learningRate());
    }

    /**
     * What is minimised. A reward above the baseline raises the log-probability of a string: the
     * sign is minus, since these are true log-probabilities and not cross-entropies.
     */
    static NDArray loss(
            RnnController settings,
            ControllerBatch batch,
            NDArray weights,
            NDArray advantage,
            NDArray old,
            int strings) {
        NDArray logarithms = batch.logarithms(weights);
        NDArray written = batch.written(logarithms);
        NDArray gain = written.mul(advantage);
        if (settings.clip() > 0) {
            // Schulman et al. eq. 7
            NDArray ratio = written.sub(old).exp();
            NDArray clipped = ratio.clip(1 - settings.clip(), 1 + settings.clip());
            gain = ratio.mul(advantage).minimum(clipped.mul(advantage));
        }
        NDArray objective = gain.sum();
        if (settings.entropyWeight() > 0) {
            objective =
                    objective.add(
                            Scaling.times(batch.entropy(logarithms), settings.entropyWeight()));
        }
        return Scaling.times(objective, -1.0 / strings);
    }

    /** Rewards less the baseline as it was before the batch; the first batch is its own. */
    private double[] advantages() {
        if (Double.isNaN(baseline)) {
            baseline = waiting.stream().mapToDouble(Sample::reward).average().orElseThrow();
        }
        double[] advantages = new double[waiting.size()];
        for (int i = 0; i < advantages.length; i++) {
            advantages[i] = (waiting.get(i).reward() - baseline);
        }
        for (Sample sample : waiting) {
            double decay = settings.baselineDecay();
            baseline = decay * baseline + (1 - decay) * sample.reward();
        }
        return advantages;
    }

    @Override
    public void close() {
        policy.close();
        manager.close();
    }
}
