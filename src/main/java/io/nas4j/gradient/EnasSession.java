package io.nas4j.gradient;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nas4j.controller.ControllerRewards;
import io.nas4j.space.Architecture;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.train.Sgd;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Point;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/** One search of ENAS: an epoch of weights and controller a slice. */
final class EnasSession implements SearchStrategy.Checkpointed {

    private static final String MEASURE = "supernet";

    /** How much of a slice's progress the weights are. */
    private static final double WEIGHTS = 0.6;

    private final Enas settings;
    private final Task task;
    private final Fidelity fidelity;
    private final PathTrainer trainer;
    private final NDManager manager;
    private final ControllerRewards controller;

    EnasSession(Enas settings, Task task, Fidelity fidelity) {
        this.settings = settings;
        this.task = task;
        this.fidelity = fidelity;
        Sgd nesterov = new Sgd(0.9, 1e-4, true);
        trainer = new PathTrainer("ENAS", settings.training(), nesterov, task);
        manager = NDManager.newBaseManager(Device.cpu());
        try {
            controller = new ControllerRewards(settings.controller(), task, manager);
        } catch (RuntimeException | Error e) {
            manager.close();
            trainer.close();
            throw e;
        }
    }

    /**
     * Looks, on a few images, whether the memory is enough.
     *
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    EnasSession requireFits() {
        return trainer.dryRun().requireFits(this);
    }

    ResourceEstimate dryRun() throws InterruptedException {
        PathDryRun dryRun = trainer.dryRun();
        int rewards = settings.updates() * settings.controller().batch();
        ResourceEstimate weights = dryRun.epochs(dryRun.run(), settings.samples(), rewards);
        Duration update = ControllerRewards.update(settings.controller(), task, manager);
        ResourceEstimate learning =
                new ResourceEstimate(weights.peak(), weights.limit(), update, List.of())
                        .times(
                                settings.training().epochs() * settings.updates(),
                                "the controller's updates");
        return weights.then(learning);
    }

    @Override
    public Optional<Proposal> ask(History history, RandomGenerator random) {
        return trainer.isBroken() || trainer.isTrained()
                ? Optional.empty()
                : Optional.of(new Proposal.Advance(new Epoch()));
    }

    @Override
    public Optional<Proposal.Evaluate> conclude(History history) {
        return Epochs.of(history, MEASURE).answer(fidelity);
    }

    private Architecture drawn(RandomGenerator random) {
        return controller.policy().write(random, 0);
    }

    /** An architecture and its accuracy on the validation data. */
    private record Found(Architecture architecture, double accuracy) {}

    private final class Epoch implements Slice {
        @Override
        public String measure() {
            return MEASURE;
        }

        @Override
        public Fidelity fidelity() {
            return trainer.fidelity();
        }

        @Override
        public Step advance(TrialContext context) throws Exception {
            long start = System.nanoTime();
            int epoch = trainer.state.epoch;
            SupernetState.Copy untouched = trainer.state.copy();
            int heard = controller.count();
            RandomGenerator random = task.seeds().random(epoch, "paths");
            boolean whole = false;
            try {
                OptionalDouble loss = weights(epoch, random, context);
                OptionalDouble reward = loss.isPresent() ? rewards(epoch, random, context) : loss;
                Found best = reward.isPresent() ? best(epoch, random, context) : null;
                if (best == null || Double.isNaN(best.accuracy())) {
                    throw new InterruptedException("stopped in epoch " + (epoch + 1));
                }
                trainer.state.epoch++;
                whole = true;
                context.progress(1);
                return step(best, loss.getAsDouble(), reward.getAsDouble(), start);
            } finally {
                if (!whole) {
                    // half an epoch cannot be resumed: the next one starts where this one did
                    trainer.state.restore(untouched);
                    controller.keep(heard);
                }
            }
        }
    }

    @SuppressWarnings("try") // the turn is held, not used
    private OptionalDouble weights(int epoch, RandomGenerator random, TrialContext context)
            throws InterruptedException {
        try (TrainingLock turn = TrainingLock.take(task.seeds().seed(epoch, "supernet epoch"))) {
            return trainer.epoch(() -> drawn(random), context, WEIGHTS);
        }
    }

    /**
     * The controller learns.
     *
     * @return the mean reward; empty when told to stop
     */
    private OptionalDouble rewards(int epoch, RandomGenerator random, TrialContext context)
            throws InterruptedException {
        int count = settings.updates() * settings.controller().batch();
        double sum = 0;
        for (int i = 0; i < count; i++) {
            if (!context.proceed()) {
                return OptionalDouble.empty();
            }
            Architecture architecture = drawn(random);
            double reward = reward(architecture, epoch, random);
            sum += reward;
            // takes a turn of its own when a batch is full
            controller.learn(architecture, reward);
            context.progress(WEIGHTS + 0.3 * (i + 1) / count);
        }
        return OptionalDouble.of(sum / count);
    }

    @SuppressWarnings("try") // the turn is held, not used
    private double reward(Architecture architecture, int epoch, RandomGenerator random)
            throws InterruptedException {
        try (TrainingLock turn = TrainingLock.take(task.seeds().seed(epoch, "reward"))) {
            return trainer.reward(architecture, random);
        }
    }

    /** Of several that the controller draws now; an accuracy of NaN when told to stop. */
    @SuppressWarnings("try") // the turn is held, not used
    private Found best(int epoch, RandomGenerator random, TrialContext context)
            throws InterruptedException {
        Found best = null;
        for (int i = 0; i < settings.samples(); i++) {
            Architecture architecture = drawn(random);
            try (TrainingLock turn = TrainingLock.take(task.seeds().seed(epoch, "samples"))) {
                double accuracy = trainer.accuracy(architecture, context);
                if (best == null || !(accuracy <= best.accuracy())) {
                    best = new Found(architecture, accuracy);
                }
            }
            if (Double.isNaN(best.accuracy())) {
                return best;
            }
        }
        return best;
    }

    private Slice.Step step(Found best, double loss, double reward, long start) {
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        Estimate estimate =
                new Estimate(
                        best.accuracy(),
                        Map.of(Metrics.TRAIN_LOSS, loss, Metrics.MEAN_REWARD, reward),
                        List.of(new Point(trainer.state.epoch, best.accuracy())),
                        new Cost(time, trainer.net.weightCount(), 0));
        return new Slice.Step(
                best.architecture(), estimate, controller.policy().thoughts(best.architecture()));
    }

    @Override
    public void save(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        trainer.state.save(data);
        controller.save(data);
        data.flush();
    }

    @Override
    public void restore(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        trainer.state.restore(data);
        controller.restore(data);
    }

    @Override
    public void close() {
        controller.close();
        manager.close();
        trainer.close();
    }
}
