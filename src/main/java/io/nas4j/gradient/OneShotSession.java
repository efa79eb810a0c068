package io.nas4j.gradient;

import io.nas4j.gradient.PathEvolution.Scored;
import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
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
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/** One single-path search: epochs, then candidates; the latter follow from the history alone. */
final class OneShotSession implements SearchStrategy.Checkpointed {

    private static final String TRAINED = "supernet";
    private static final String SCORED = "one-shot";

    /** Architectures that every epoch is scored by. */
    private static final int PROBES = 5;

    private final OneShot settings;
    private final Task task;
    private final Fidelity fidelity;
    private final PathTrainer trainer;
    private final List<Architecture> probes = new ArrayList<>();

    OneShotSession(OneShot settings, Task task, Fidelity fidelity) {
        this.settings = settings;
        this.task = task;
        this.fidelity = fidelity;
        trainer = new PathTrainer("ONE_SHOT", settings.training(), Sgd.darts(), task);
        RandomGenerator random = task.seeds().random(0, "probes");
        for (int i = 0; i < PROBES; i++) {
            probes.add(task.space().sample(random));
        }
    }

    /**
     * Looks, on a few images, whether the memory is enough.
     *
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    OneShotSession requireFits() {
        return trainer.dryRun().requireFits(this);
    }

    ResourceEstimate dryRun() throws InterruptedException {
        PathDryRun dryRun = trainer.dryRun();
        DryRun run = dryRun.run();
        return dryRun.epochs(run, PROBES, 0)
                .then(dryRun.candidates(run, settings.evolution().candidates()));
    }

    @Override
    public Optional<Proposal> ask(History history, RandomGenerator random) {
        if (trainer.isBroken()) {
            return Optional.empty();
        }
        if (!trainer.isTrained()) {
            return Optional.of(new Proposal.Advance(new Epoch()));
        }
        return settings.evolution()
                .next(task.space(), candidates(history), random)
                .map(next -> new Proposal.Advance(new Candidate(next)));
    }

    private static List<Scored> candidates(History history) {
        return history.trials().stream()
                .filter(trial -> trial.measure().equals(SCORED))
                .map(trial -> new Scored(trial.architecture(), trial.score()))
                .toList();
    }

    /** The best candidate; where the budget ended before the evolution began, the best probe. */
    @Override
    public Optional<Proposal.Evaluate> conclude(History history) {
        return best(history, SCORED)
                .or(() -> best(history, TRAINED))
                .map(trial -> new Proposal.Evaluate(trial.architecture(), fidelity));
    }

    private static Optional<Trial> best(History history, String measure) {
        Trial best = null;
        for (Trial trial : history.trials()) {
            if (trial.measure().equals(measure)
                    && trial.score().isPresent()
                    && (best == null || trial.score().getAsDouble() > best.score().getAsDouble())) {
                best = trial;
            }
        }
        return Optional.ofNullable(best);
    }

    private final class Epoch implements Slice {
        @Override
        public String measure() {
            return TRAINED;
        }

        @Override
        public Fidelity fidelity() {
            return trainer.fidelity();
        }

        @Override
        @SuppressWarnings("try") // the turn is held, not used
        public Step advance(TrialContext context) throws Exception {
            long start = System.nanoTime();
            SupernetState.Copy untouched = trainer.state.copy();
            int epoch = trainer.state.epoch;
            boolean whole = false;
            try (TrainingLock turn =
                    TrainingLock.take(task.seeds().seed(epoch, "supernet epoch"))) {
                RandomGenerator random = task.seeds().random(epoch, "paths");
                OptionalDouble loss =
                        trainer.epoch(() -> task.space().sample(random), context, 0.9);
                double mean = 0;
                double highest = -1;
                Architecture best = probes.get(0);
                for (Architecture probe : loss.isPresent() ? probes : List.<Architecture>of()) {
                    double accuracy = trainer.accuracy(probe, context);
                    mean += accuracy / PROBES;
                    if (accuracy > highest) {
                        highest = accuracy;
                        best = probe;
                    }
                }
                if (loss.isEmpty() || Double.isNaN(mean)) {
                    throw new InterruptedException("stopped in epoch " + (epoch + 1));
                }
                trainer.state.epoch++;
                whole = true;
                context.progress(1);
                Map<String, Double> metrics =
                        Map.of(Metrics.TRAIN_LOSS, loss.getAsDouble(), Metrics.BEST_PROBE, highest);
                return step(best, mean, metrics, epoch + 1, start);
            } finally {
                if (!whole) {
                    // half an epoch cannot be resumed: the next one starts where this one did
                    trainer.state.restore(untouched);
                }
            }
        }
    }

    private final class Candidate implements Slice {
        private final Architecture architecture;

        Candidate(Architecture architecture) {
            this.architecture = architecture;
        }

        @Override
        public String measure() {
            return SCORED;
        }

        @Override
        public Fidelity fidelity() {
            return trainer.fidelity();
        }

        @Override
        @SuppressWarnings("try") // the turn is held, not used
        public Step advance(TrialContext context) throws Exception {
            long start = System.nanoTime();
            try (TrainingLock turn = TrainingLock.take(context.seed())) {
                double accuracy = trainer.recalibrated(architecture, context);
                if (Double.isNaN(accuracy)) {
                    throw new InterruptedException("stopped while a candidate was scored");
                }
                return step(architecture, accuracy, Map.of(), 1, start);
            }
        }
    }

    private Slice.Step step(
            Architecture architecture,
            double score,
            Map<String, Double> metrics,
            int step,
            long start) {
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        Cost cost = new Cost(time, trainer.net.weightCount(), 0);
        Estimate estimate = new Estimate(score, metrics, List.of(new Point(step, score)), cost);
        return new Slice.Step(architecture, estimate, OptionWeights.NONE);
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
