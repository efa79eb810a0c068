package io.nas4j.oneshot;

import io.nas4j.data.Data;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.sharing.Answers;
import io.nas4j.sharing.DryRun;
import io.nas4j.sharing.EpochHistory;
import io.nas4j.sharing.SupernetSession;
import io.nas4j.sharing.SupernetStrategy;
import io.nas4j.sharing.SupernetTrainer;
import io.nas4j.sharing.TrainingSplit;
import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.strategy.Proposal;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * One search that trains a supernet path by path and then scores candidates by their paths; which,
 * is the subclass' part.
 */
abstract class PathSession extends SupernetSession {

    /** What a candidate's score is called. */
    static final String SCORED = "one-shot";

    /** Architectures that every epoch is scored by. */
    private static final int PROBES = 5;

    /** Trains and scores paths. */
    final PathTrainer trainer;

    private final PathSampling paths;
    private final PathScoring scoring;
    private final List<Architecture> probes = new ArrayList<>();

    /** Of the trained weights; null before they are asked for. */
    private PathScores scores;

    PathSession(
            SupernetStrategy<?> strategy,
            PathSampling paths,
            PathScoring scoring,
            Task task,
            Fidelity fidelity) {
        super(
                strategy.name(),
                new SupernetTrainer(
                        task,
                        strategy.training(),
                        1,
                        TrainingSplit.whole(strategy.name(), task.data(), strategy.training())),
                fidelity);
        this.paths = paths;
        this.scoring = scoring;
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

    /** The epochs, and so many candidates. */
    ResourceEstimate estimate(DryRun run, int candidates) {
        int batch = supernet.training.batch();
        double evaluations = supernet.evaluations();
        // a forward pass of so many images more
        double gathering =
                (double) trainer.batches(scoring.recalibration()) / SupernetTrainer.EVALUATED;
        boolean runs = scoring.asksImages();
        int steps = supernet.steps() * paths.paths(task.space());
        return run.estimate(batch, supernet.training.epochs(), steps, PROBES * evaluations)
                .then(
                        run.estimate(
                                batch,
                                candidates,
                                runs ? scoring.tuning() : 0,
                                // on the first device alone
                                runs ? gathering + evaluations * supernet.devices() : 0,
                                candidates + " candidates"));
    }

    @Override
    @SuppressWarnings("try") // the turn is held, not used
    protected Optional<Found> epoch(EpochHistory before, TrialContext context)
            throws InterruptedException {
        int epoch = supernet.state.epoch;
        try (TrainingLock turn = TrainingLock.take(task.seeds().seed(epoch, "supernet epoch"))) {
            RandomGenerator random = task.seeds().random(epoch, "paths");
            OptionalDouble loss =
                    trainer.epoch(() -> paths.round(task.space(), random), context, 0.9);
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

    /**
     * Trains what is left of all epochs at once.
     *
     * @throws InterruptedException when told to stop; the epochs before are kept
     */
    @SuppressWarnings("try") // the turn is held, not used
    final void train(TrialContext context) throws InterruptedException {
        while (!supernet.isTrained()) {
            int epoch = supernet.state.epoch;
            Runnable undo = undo();
            boolean whole = false;
            try (TrainingLock turn =
                    TrainingLock.take(task.seeds().seed(epoch, "supernet epoch"))) {
                RandomGenerator random = task.seeds().random(epoch, "paths");
                if (trainer.epoch(() -> paths.round(task.space(), random), context, 0).isEmpty()) {
                    throw new InterruptedException("stopped in epoch " + (epoch + 1));
                }
                supernet.state.epoch = epoch + 1;
                whole = true;
                context.progress((epoch + 1.0) / supernet.training.epochs());
            } finally {
                if (!whole) {
                    undo.run();
                }
            }
        }
    }

    /** How paths score by the weights that the last epoch left. */
    final PathScores scores() {
        if (scores == null) {
            scores =
                    new PathScores(trainer, scoring.scores(), task.seeds().random(0, "references"));
        }
        return scores;
    }

    /** A path's score, and what went into it. */
    record PathEstimate(double score, Map<String, Double> metrics) {}

    /**
     * Scores an architecture by its path; within a turn to train.
     *
     * @throws InterruptedException when told to stop
     */
    final PathEstimate estimate(Architecture architecture, TrialContext context)
            throws InterruptedException {
        Answers[] answers = {null};
        Map<PathScore, Double> raw =
                scores().raw(
                                architecture,
                                () -> {
                                    answers[0] = trainer.alone(architecture, scoring, context);
                                    return answers[0];
                                });
        if (Answers.NONE.equals(answers[0])) {
            throw new InterruptedException("stopped while a path was scored");
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        raw.forEach((score, value) -> metrics.put(score.metric(), value));
        return new PathEstimate(scores().together(raw), metrics);
    }

    /** What an architecture's own network weighs. */
    final Counts counts(Architecture architecture) {
        Data data = task.data();
        return Counts.of(
                task.space().network(architecture),
                new InputShape(data.channels(), data.height(), data.width()),
                data.classes().size(),
                1);
    }

    @Override
    public void restore(InputStream in) throws IOException {
        super.restore(in);
        scores = null;
    }

    /** The supernet, on its device. */
    final SupernetTrainer supernet() {
        return supernet;
    }

    /** All trials of a measure, oldest first. */
    static List<Trial> trials(History history, String measure) {
        return history.trials().stream().filter(trial -> trial.measure().equals(measure)).toList();
    }

    /** The best candidate; where the budget ended before there was one, the best probe. */
    @Override
    public Optional<Proposal.Evaluate> conclude(History history) {
        return best(trials(history, SCORED))
                .or(() -> best(trials(history, MEASURE)))
                .map(trial -> new Proposal.Evaluate(trial.architecture(), fidelity));
    }

    private static Optional<Trial> best(List<Trial> trials) {
        Trial best = null;
        for (Trial trial : trials) {
            if (trial.score().isPresent()
                    && (best == null || trial.score().getAsDouble() > best.score().getAsDouble())) {
                best = trial;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Scores an architecture by its path. */
    final Proposal candidate(Architecture architecture) {
        return new Proposal.Advance(new Candidate(architecture));
    }

    private final class Candidate extends Turn {
        private final Architecture architecture;

        Candidate(Architecture architecture) {
            super(SCORED);
            this.architecture = architecture;
        }

        @Override
        protected Step work(TrialContext context, long start) throws Exception {
            PathEstimate scored = estimate(architecture, context);
            Found found =
                    new Found(architecture, scored.score(), scored.metrics(), OptionWeights.NONE);
            return step(found, counts(architecture), start);
        }
    }
}
