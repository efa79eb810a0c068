package io.nas4j.oneshot;

import io.nas4j.oneshot.PathEvolution.Scored;
import io.nas4j.sharing.DryRun;
import io.nas4j.sharing.EpochHistory;
import io.nas4j.sharing.SupernetSession;
import io.nas4j.sharing.SupernetTrainer;
import io.nas4j.sharing.TrainingSplit;
import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.Slice;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/** One single-path search: epochs, then candidates; the latter follow from the history alone. */
final class OneShotSession extends SupernetSession {

    private static final String SCORED = "one-shot";

    /** Architectures that every epoch is scored by. */
    private static final int PROBES = 5;

    private final OneShot settings;
    private final PathTrainer trainer;
    private final List<Architecture> probes = new ArrayList<>();

    OneShotSession(OneShot settings, Task task, Fidelity fidelity) {
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
        RandomGenerator random = task.seeds().random(0, "probes");
        for (int i = 0; i < PROBES; i++) {
            probes.add(task.space().sample(random));
        }
    }

    @Override
    protected DryRun.Work work() {
        return trainer.work();
    }

    @Override
    protected ResourceEstimate estimate() throws InterruptedException {
        DryRun run = dryRun();
        int batch = supernet.training.batch();
        double evaluations = supernet.evaluations();
        int candidates = settings.evolution().candidates();
        // a forward pass of so many images more
        double gathering =
                (double) trainer.batches(settings.recalibration()) / SupernetTrainer.EVALUATED;
        ResourceEstimate epochs =
                run.estimate(
                        batch, supernet.training.epochs(), supernet.steps(), PROBES * evaluations);
        return epochs.then(
                run.estimate(
                        batch, candidates, 0, gathering + evaluations, candidates + " candidates"));
    }

    @Override
    protected Optional<Proposal> afterTraining(History history, RandomGenerator random) {
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
                .or(() -> best(history, MEASURE))
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

    @Override
    @SuppressWarnings("try") // the turn is held, not used
    protected Optional<Found> epoch(EpochHistory before, TrialContext context)
            throws InterruptedException {
        int epoch = supernet.state.epoch;
        try (TrainingLock turn = TrainingLock.take(task.seeds().seed(epoch, "supernet epoch"))) {
            RandomGenerator random = task.seeds().random(epoch, "paths");
            OptionalDouble loss = trainer.epoch(() -> task.space().sample(random), context, 0.9);
            if (loss.isEmpty()) {
                return Optional.empty();
            }
            double mean = 0;
            double highest = -1;
            Architecture best = probes.get(0);
            for (Architecture probe : probes) {
                double accuracy = trainer.accuracy(probe, context);
                if (Double.isNaN(accuracy)) {
                    return Optional.empty();
                }
                mean += accuracy / PROBES;
                if (accuracy > highest) {
                    highest = accuracy;
                    best = probe;
                }
            }
            Map<String, Double> metrics =
                    Map.of(Metrics.TRAIN_LOSS, loss.getAsDouble(), Metrics.BEST_PROBE, highest);
            return Optional.of(new Found(best, mean, metrics, OptionWeights.NONE));
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
            return supernet.fidelity();
        }

        @Override
        @SuppressWarnings("try") // the turn is held, not used
        public Step advance(TrialContext context) throws Exception {
            long start = System.nanoTime();
            try (TrainingLock turn = TrainingLock.take(context.seed())) {
                double accuracy =
                        trainer.recalibrated(architecture, settings.recalibration(), context);
                if (Double.isNaN(accuracy)) {
                    throw new InterruptedException("stopped while a candidate was scored");
                }
                Found found = new Found(architecture, accuracy, Map.of(), OptionWeights.NONE);
                return step(found, 1, start);
            }
        }
    }
}
