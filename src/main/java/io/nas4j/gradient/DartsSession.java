package io.nas4j.gradient;

import io.nas4j.analysis.CollapseDoctor;
import io.nas4j.gradient.BilevelTrainer.Losses;
import io.nas4j.space.Architecture;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/** One search of the DARTS family: an epoch a slice, stopped and resumed at epochs only. */
final class DartsSession implements SearchStrategy.Checkpointed {

    private static final String MEASURE = "supernet";

    /** What an epoch is called in which alpha does not learn. */
    private static final String RESTS = "alpha rests";

    private final Darts settings;
    private final Task task;
    private final Fidelity fidelity;
    private final BilevelTrainer trainer;
    private String alarm = "";

    DartsSession(Darts settings, Relaxation relaxation, Task task, Fidelity fidelity) {
        this.settings = settings;
        this.task = task;
        this.fidelity = fidelity;
        trainer = new BilevelTrainer(settings, relaxation, task);
    }

    /**
     * Looks, on a few images, whether the memory is enough.
     *
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    DartsSession requireFits() {
        return trainer.dryRun().requireFits(this);
    }

    ResourceEstimate dryRun() throws InterruptedException {
        return trainer.estimate();
    }

    @Override
    public Optional<Proposal> ask(History history, RandomGenerator random) {
        Epochs before = Epochs.of(history, MEASURE);
        alarm = before.alarm();
        return trainer.isBroken() || !alarm.isEmpty() || trainer.isTrained()
                ? Optional.empty()
                : Optional.of(new Proposal.Advance(new Epoch(before)));
    }

    @Override
    public String ending() {
        return alarm.isEmpty() ? SearchStrategy.Checkpointed.super.ending() : alarm;
    }

    @Override
    public Optional<Proposal.Evaluate> conclude(History history) {
        return Epochs.of(history, MEASURE).answer(fidelity);
    }

    private final class Epoch implements Slice {

        private final Epochs before;

        Epoch(Epochs before) {
            this.before = before;
        }

        @Override
        public String measure() {
            return MEASURE;
        }

        @Override
        public Fidelity fidelity() {
            return new Fidelity(1, settings.data(), 1, settings.resolution());
        }

        @Override
        @SuppressWarnings("try") // the turn is held, not used
        public Step advance(TrialContext context) throws Exception {
            long start = System.nanoTime();
            if (trainer.isFrozen()) {
                context.phase(RESTS);
            }
            SupernetState state = trainer.state;
            SupernetState.Copy untouched = state.copy();
            boolean whole = false;
            try (TrainingLock turn =
                    TrainingLock.take(task.seeds().seed(state.epoch, "supernet epoch"))) {
                Optional<Losses> losses = trainer.epoch(context);
                double accuracy = losses.isEmpty() ? 0 : trainer.accuracy(context);
                if (losses.isEmpty() || Double.isNaN(accuracy)) {
                    throw new InterruptedException("stopped in epoch " + (state.epoch + 1));
                }
                OptionalDouble eigenvalue =
                        settings.guards().eigenvalue() > 0
                                ? OptionalDouble.of(trainer.eigenvalue())
                                : OptionalDouble.empty();
                state.epoch++;
                whole = true;
                context.progress(1);
                return step(before, losses.get(), accuracy, eigenvalue, start);
            } finally {
                if (!whole) {
                    // half an epoch cannot be resumed: the next one starts where this one did
                    state.restore(untouched);
                }
            }
        }
    }

    private Slice.Step step(
            Epochs before, Losses losses, double accuracy, OptionalDouble eigenvalue, long start) {
        float[] mixture = trainer.mixture();
        Architecture architecture = trainer.net.derive(mixture);
        int skips = CollapseDoctor.skips(task.space().walk(architecture));
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metrics.TRAIN_LOSS, losses.train());
        losses.validation().ifPresent(value -> metrics.put(Metrics.VALIDATION_LOSS, value));
        if (losses.validation().isEmpty()) {
            metrics.put(Metrics.ALPHA_RESTS, 1.0);
        }
        metrics.put(Metrics.SKIPS, (double) skips);
        eigenvalue.ifPresent(value -> metrics.put(Metrics.EIGENVALUE, value));
        List<Guards.Reading> readings = new ArrayList<>(before.readings());
        readings.add(new Guards.Reading(skips, eigenvalue.orElse(0)));
        settings.guards()
                .judge(readings, settings.epochs(), trainer.frozen())
                .ifPresent(
                        fired ->
                                metrics.put(
                                        Metrics.keptEpochBy(fired.rule()), (double) fired.kept()));
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        Estimate estimate =
                new Estimate(
                        accuracy,
                        metrics,
                        List.of(new Point(trainer.state.epoch, accuracy)),
                        new Cost(time, trainer.net.weightCount(), 0));
        return new Slice.Step(architecture, estimate, trainer.net.learned(mixture));
    }

    @Override
    public void save(OutputStream out) throws IOException {
        trainer.state.save(out);
    }

    @Override
    public void restore(InputStream in) throws IOException {
        trainer.state.restore(in);
    }

    @Override
    public void close() {
        trainer.close();
    }
}
