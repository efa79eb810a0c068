package io.nas4j.oneshot;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nas4j.controller.ControllerRewards;
import io.nas4j.sharing.Answers;
import io.nas4j.sharing.DryRun;
import io.nas4j.sharing.EpochHistory;
import io.nas4j.sharing.SupernetSession;
import io.nas4j.sharing.SupernetTrainer;
import io.nas4j.sharing.TrainingSplit;
import io.nas4j.space.Architecture;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/** One search of ENAS: an epoch trains the weights, then the controller. */
final class EnasSession extends SupernetSession {

    /** How much of a slice's progress the weights are. */
    private static final double WEIGHTS = 0.6;

    private final Enas settings;
    private final PathTrainer trainer;
    private final NDManager manager;
    private final ControllerRewards controller;

    EnasSession(Enas settings, Task task, Fidelity fidelity) {
        super(
                settings.name(),
                new SupernetTrainer(
                        task,
                        settings.training(),
                        1,
                        TrainingSplit.whole(settings.name(), task.data(), settings.training())),
                fidelity);
        this.settings = settings;
        trainer = new PathTrainer(supernet);
        manager = NDManager.newBaseManager(Device.cpu());
        try {
            controller = new ControllerRewards(settings.controller(), task, manager);
        } catch (RuntimeException | Error e) {
            manager.close();
            supernet.close();
            throw e;
        }
    }

    @Override
    protected DryRun.Work work() {
        return trainer.work();
    }

    @Override
    protected ResourceEstimate estimate() throws InterruptedException {
        int epochs = supernet.training.epochs();
        double evaluations = evaluations(settings, supernet.evaluations());
        ResourceEstimate weights =
                dryRun().estimate(supernet.training.batch(), epochs, supernet.steps(), evaluations);
        Duration update = ControllerRewards.update(settings.controller(), task, manager);
        int learning = epochs - supernet.training.warmUpEpochs();
        ResourceEstimate updates =
                new ResourceEstimate(weights.peak(), weights.limit(), update, List.of())
                        .times(learning * settings.updates(), "the controller's updates");
        return weights.then(updates);
    }

    /**
     * How often an epoch evaluates a path, on average: rewards are earned behind the warm-up only.
     *
     * @param whole evaluations of all validation images
     */
    static double evaluations(Enas settings, double whole) {
        int epochs = settings.training().epochs();
        int learning = epochs - settings.training().warmUpEpochs();
        double rewards = settings.updates() * settings.controller().batch();
        int references = settings.scores().size() == 1 ? 0 : PathScores.REFERENCES;
        return settings.samples() * whole + references + rewards * learning / epochs;
    }

    private Architecture drawn(RandomGenerator random) {
        return controller.policy().write(random, 0);
    }

    @Override
    protected Optional<Found> epoch(EpochHistory before, TrialContext context)
            throws InterruptedException {
        int epoch = supernet.state.epoch;
        RandomGenerator random = task.seeds().random(epoch, "paths");
        OptionalDouble loss = weights(epoch, random, context);
        if (loss.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metrics.TRAIN_LOSS, loss.getAsDouble());
        PathScores scores = scores(epoch);
        if (epoch >= supernet.training.warmUpEpochs()) {
            OptionalDouble reward = rewards(scores, epoch, random, context);
            if (reward.isEmpty()) {
                return Optional.empty();
            }
            metrics.put(Metrics.MEAN_REWARD, reward.getAsDouble());
        }
        return best(scores, epoch, random, context, metrics);
    }

    @Override
    protected Runnable undo() {
        Runnable weights = super.undo();
        int heard = controller.count();
        return () -> {
            weights.run();
            controller.keep(heard);
        };
    }

    @SuppressWarnings("try") // the turn is held, not used
    private OptionalDouble weights(int epoch, RandomGenerator random, TrialContext context)
            throws InterruptedException {
        try (TrainingLock turn = TrainingLock.take(task.seeds().seed(epoch, "supernet epoch"))) {
            return trainer.epoch(() -> List.of(drawn(random)), context, WEIGHTS);
        }
    }

    /**
     * The controller learns.
     *
     * @return the mean reward; empty when told to stop
     */
    private OptionalDouble rewards(
            PathScores scores, int epoch, RandomGenerator random, TrialContext context)
            throws InterruptedException {
        int count = settings.updates() * settings.controller().batch();
        double sum = 0;
        for (int i = 0; i < count; i++) {
            if (!context.proceed()) {
                return OptionalDouble.empty();
            }
            Architecture architecture = drawn(random);
            double reward = reward(scores, architecture, epoch, random);
            sum += reward;
            // takes a turn of its own when a batch is full
            controller.learn(architecture, reward);
            context.progress(WEIGHTS + 0.3 * (i + 1) / count);
        }
        return OptionalDouble.of(sum / count);
    }

    @SuppressWarnings("try") // the turn is held, not used
    private double reward(
            PathScores scores, Architecture architecture, int epoch, RandomGenerator random)
            throws InterruptedException {
        int[] images = trainer.drawn(random);
        try (TrainingLock turn = TrainingLock.take(task.seeds().seed(epoch, "reward"))) {
            return scores.together(
                    scores.raw(architecture, () -> trainer.answers(architecture, images)));
        }
    }

    /** In the units of paths that the weights as they are now are asked for. */
    @SuppressWarnings("try") // the turn is held, not used
    private PathScores scores(int epoch) throws InterruptedException {
        try (TrainingLock turn = TrainingLock.take(task.seeds().seed(epoch, "references"))) {
            return new PathScores(
                    trainer, settings.scores(), task.seeds().random(epoch, "references"));
        }
    }

    /** Of several that the controller draws now; empty when told to stop. */
    @SuppressWarnings("try") // the turn is held, not used
    private Optional<Found> best(
            PathScores scores,
            int epoch,
            RandomGenerator random,
            TrialContext context,
            Map<String, Double> metrics)
            throws InterruptedException {
        Architecture best = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < settings.samples(); i++) {
            Architecture architecture = drawn(random);
            try (TrainingLock turn = TrainingLock.take(task.seeds().seed(epoch, "samples"))) {
                Answers[] answers = {null};
                Map<PathScore, Double> raw =
                        scores.raw(
                                architecture,
                                () -> {
                                    answers[0] = trainer.answers(architecture, context);
                                    return answers[0];
                                });
                if (Answers.NONE.equals(answers[0]) || !context.proceed()) {
                    return Optional.empty();
                }
                double score = scores.together(raw);
                if (score > highest) {
                    best = architecture;
                    highest = score;
                }
            }
        }
        return Optional.of(new Found(best, highest, metrics, controller.policy().thoughts(best)));
    }

    @Override
    public void save(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        super.save(data);
        controller.save(data);
        data.flush();
    }

    @Override
    public void restore(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        super.restore(data);
        controller.restore(data);
    }

    @Override
    public void close() {
        controller.close();
        manager.close();
        super.close();
    }
}
