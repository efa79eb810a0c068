package io.nas4j.gradient;

import io.nas4j.analysis.CollapseDoctor;
import io.nas4j.gradient.BilevelTrainer.Losses;
import io.nas4j.sharing.DryRun;
import io.nas4j.sharing.EpochHistory;
import io.nas4j.sharing.SupernetSession;
import io.nas4j.sharing.SupernetTrainer;
import io.nas4j.sharing.TrainingSplit;
import io.nas4j.space.Architecture;
import io.nas4j.strategy.Proposal;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/** One search of the DARTS family: weights and alpha in turn. */
final class DartsSession extends SupernetSession {

    private static final String SELECTION = "selection";

    /**
     * What sets one member of the DARTS family apart from another.
     *
     * @param lighter members that take less memory, as words of an advice; may be empty
     * @param part one of so many channels goes through the candidates (PC-DARTS' K); 1: all do
     * @param relaxation how the network runs
     */
    record Variant(
            String lighter,
            int part,
            BiFunction<SupernetTrainer, AlphaTraining, Relaxation> relaxation) {

        /** DARTS: everything runs. */
        static final Variant WHOLE = new Variant("PC_DARTS or GDAS", 1, Variant::mixture);

        static Variant partial(int part) {
            return new Variant("", part, Variant::mixture);
        }

        /**
         * GDAS: each pass runs one path.
         *
         * @param temperature that it is drawn at, by epoch
         */
        static Variant sampled(IntToDoubleFunction temperature) {
            return new Variant(
                    "",
                    1,
                    (supernet, alpha) ->
                            GumbelPath.relaxation(supernet, alpha.deriveNone(), temperature));
        }

        /** DrNAS: each pass draws its mixture. */
        static Variant drawn(double anchor) {
            return new Variant(
                    "GDAS", 1, (supernet, alpha) -> new DirichletMixture(supernet, anchor));
        }

        private static Relaxation mixture(SupernetTrainer supernet, AlphaTraining alpha) {
            return new MixedRelaxation(supernet, alpha.guards().dropSkips());
        }
    }

    private final AlphaTraining settings;
    private final Variant variant;
    private final int frozen;
    private final BilevelTrainer trainer;
    private final Perturbation perturbation;

    DartsSession(
            DifferentiableStrategy<?> strategy, Variant variant, Task task, Fidelity fidelity) {
        super(
                strategy.name(),
                new SupernetTrainer(
                        task, strategy.training(), variant.part(), split(strategy, task)),
                fidelity);
        this.variant = variant;
        settings = strategy.alpha();
        frozen =
                settings.selection().resting()
                        ? strategy.training().epochs()
                        : strategy.training().warmUpEpochs();
        Relaxation relaxation = variant.relaxation().apply(supernet, settings);
        trainer = new BilevelTrainer(supernet, settings, relaxation, frozen);
        perturbation = new Perturbation(supernet, trainer, settings);
    }

    /** Where nothing is held out for alpha, the weights learn from everything. */
    private static TrainingSplit split(DifferentiableStrategy<?> strategy, Task task) {
        return strategy.alpha().trainLoss() < 1
                ? TrainingSplit.halves(strategy.name(), task.data(), strategy.training())
                : TrainingSplit.whole(strategy.name(), task.data(), strategy.training());
    }

    @Override
    protected String lighter() {
        return variant.lighter();
    }

    @Override
    protected DryRun.Work work() {
        return trainer.work();
    }

    @Override
    protected ResourceEstimate estimate() throws InterruptedException {
        DryRun run = dryRun();
        int batch = supernet.training.batch();
        ResourceEstimate epochs =
                run.estimate(
                        batch,
                        supernet.training.epochs(),
                        supernet.steps(),
                        supernet.evaluations());
        int rounds = perturbation.rounds();
        if (rounds == 0) {
            return epochs;
        }
        // on the first device alone
        double whole = supernet.evaluations() * supernet.devices();
        double evaluations = perturbation.evaluations() * whole / rounds;
        double steps = settings.selection().tuning() * supernet.steps();
        return epochs.then(
                run.estimate(batch, rounds, steps, evaluations, rounds + " rounds of selection"));
    }

    @Override
    protected Optional<Proposal> afterTraining(History history, RandomGenerator random) {
        return perturbation.isDone()
                ? Optional.empty()
                : Optional.of(new Proposal.Advance(new Round()));
    }

    /** The last round's architecture; where there was none, the last epoch's. */
    @Override
    public Optional<Proposal.Evaluate> conclude(History history) {
        return EpochHistory.of(history, SELECTION)
                .answer(fidelity)
                .or(() -> super.conclude(history));
    }

    private final class Round extends Turn {

        Round() {
            super(SELECTION);
        }

        @Override
        protected Step work(TrialContext context, long start) throws InterruptedException {
            Runnable undo = undo();
            boolean whole = false;
            try {
                context.phase("operations are left out");
                OptionalDouble accuracy = perturbation.round(context);
                if (accuracy.isEmpty()) {
                    throw new InterruptedException("stopped while a decision was settled");
                }
                whole = true;
                context.progress(1);
                return step(selected(accuracy.getAsDouble()), supernet.state.epoch, start);
            } finally {
                if (!whole) {
                    undo.run();
                }
            }
        }
    }

    private Found selected(double accuracy) {
        float[] mixture = trainer.mixture();
        Architecture architecture = supernet.net.derive(mixture, settings.deriveNone());
        int skips = CollapseDoctor.skips(task.space().walk(architecture));
        return new Found(
                architecture,
                accuracy,
                Map.of(Metrics.SKIPS, (double) skips),
                supernet.net.learned(mixture));
    }

    @Override
    @SuppressWarnings("try") // the turn is held, not used
    protected Optional<Found> epoch(EpochHistory before, TrialContext context)
            throws InterruptedException {
        if (trainer.isFrozen()) {
            context.phase("alpha rests");
        }
        long seed = task.seeds().seed(supernet.state.epoch, "supernet epoch");
        try (TrainingLock turn = TrainingLock.take(seed)) {
            Optional<Losses> losses = trainer.epoch(context);
            double accuracy = losses.isEmpty() ? Double.NaN : trainer.accuracy(context);
            return Double.isNaN(accuracy)
                    ? Optional.empty()
                    : Optional.of(found(before, losses.get(), accuracy));
        }
    }

    private Found found(EpochHistory before, Losses losses, double accuracy) {
        float[] latest = trainer.mixture();
        float[] mixture = averaged(before, latest);
        Architecture architecture = supernet.net.derive(mixture, settings.deriveNone());
        int skips = CollapseDoctor.skips(task.space().walk(architecture));
        OptionalDouble eigenvalue =
                settings.guards().eigenvalue() > 0
                        ? OptionalDouble.of(trainer.eigenvalue())
                        : OptionalDouble.empty();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metrics.TRAIN_LOSS, losses.train());
        losses.validation().ifPresent(value -> metrics.put(Metrics.VALIDATION_LOSS, value));
        if (trainer.isFrozen()) {
            metrics.put(Metrics.ALPHA_RESTS, 1.0);
        }
        metrics.put(Metrics.SKIPS, (double) skips);
        if (supernet.net.isRepaired(mixture, settings.deriveNone())) {
            metrics.put(Metrics.REPAIRED, 1.0);
        }
        eigenvalue.ifPresent(value -> metrics.put(Metrics.EIGENVALUE, value));
        List<Guards.Reading> readings = readings(before);
        readings.add(new Guards.Reading(skips, eigenvalue.orElse(0)));
        settings.guards()
                .judge(readings, supernet.training.epochs(), frozen)
                .ifPresent(
                        fired ->
                                metrics.put(
                                        Metrics.keptEpochBy(fired.rule()), (double) fired.kept()));
        return new Found(architecture, accuracy, metrics, supernet.net.learned(latest));
    }

    /** The mean of the last epochs' mixtures, this one's included. */
    private float[] averaged(EpochHistory before, float[] latest) {
        int learning = Math.max(1, before.all().size() + 1 - frozen);
        int taken = Math.max(1, (int) Math.round(settings.averaged() * learning));
        float[] mean = latest.clone();
        int size = before.all().size();
        for (int i = size - taken + 1; i < size; i++) {
            float[] earlier = supernet.net.recorded(before.all().get(i).learned());
            for (int j = 0; j < mean.length; j++) {
                mean[j] += earlier[j];
            }
        }
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= taken;
        }
        return mean;
    }

    private static List<Guards.Reading> readings(EpochHistory epochs) {
        List<Guards.Reading> readings = new ArrayList<>();
        for (EpochHistory.Epoch epoch : epochs.all()) {
            Map<String, Double> metrics = epoch.metrics();
            readings.add(
                    new Guards.Reading(
                            metrics.getOrDefault(Metrics.SKIPS, 0.0).intValue(),
                            metrics.getOrDefault(Metrics.EIGENVALUE, 0.0)));
        }
        return readings;
    }
}
