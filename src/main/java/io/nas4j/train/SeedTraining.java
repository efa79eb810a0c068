package io.nas4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.listener.EarlyStoppingListener.EarlyStoppedException;
import io.nas4j.data.Answer;
import io.nas4j.nn.AuxiliaryNetwork;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** One training of a retraining, and what is done besides its steps. */
final class SeedTraining implements TrainingHooks {

    private static final String UNWRITTEN = "a checkpoint could not be written";

    private final RetrainTask task;
    private final TrialContext context;
    private final int number;
    private final Optional<RetrainFile> file;
    private final Set<String> notes;
    private TrainingRecord course = TrainingRecord.START;
    private Network block;
    private Optional<DjlListeners> djl = Optional.empty();
    private int fallen;

    /**
     * Nothing is trained yet.
     *
     * @param context of the whole retraining
     * @param number which of its trainings, from 1
     * @param file where it leaves checkpoints, and goes on from one
     * @param notes of the whole retraining, added to
     */
    SeedTraining(
            RetrainTask task,
            TrialContext context,
            int number,
            Optional<RetrainFile> file,
            Set<String> notes) {
        this.task = task;
        this.context = context;
        this.number = number;
        this.file = file;
        this.notes = notes;
    }

    TrainingRecord course() {
        return course;
    }

    /** Empty when nothing was learned, or it was stopped again while it was tested. */
    Optional<Retrained> run(long seed) throws InterruptedException {
        Optional<TrainingState> begun = file.flatMap(RetrainFile::read);
        Retrain settings = task.settings();
        try (TrainingLock turn = TrainingLock.take(seed);
                NDManager manager = NDManager.newBaseManager(Devices.of(settings.device()));
                DeviceData device = new DeviceData(task.data(), settings.resolution(), manager)) {
            block = Networks.compile(task.network(), task.shape(), task.classes(), 1);
            Block learner = learner(manager, new Seeds(seed).random(0, "weights"));
            try (Training training =
                            new Training(
                                    turn,
                                    learner,
                                    device,
                                    task.examples(),
                                    settings.recipe(),
                                    manager,
                                    seed,
                                    settings.auxiliary(),
                                    this);
                    DjlListeners heard = listeners(device, manager)) {
                djl = Optional.ofNullable(heard);
                begun.ifPresent(training::restore);
                train(training);
                if (course.epochs() == 0) {
                    return Optional.empty();
                }
                return tested(training).map(test -> trained(training, test));
            }
        }
    }

    private Retrained trained(Training training, Quality test) {
        training.write();
        return new Retrained(
                task.network(),
                task.shape(),
                task.data().encoding(),
                Answer.of(task.data()),
                Normalisation.of(task.data()),
                Retrained.tensors(block),
                test,
                course,
                List.of(),
                List.of(),
                Cost.ZERO);
    }

    private Block learner(NDManager manager, RandomGenerator random) {
        if (task.settings().auxiliary() == 0) {
            block.initialize(manager, random);
            return block;
        }
        AuxiliaryNetwork both = AuxiliaryNetwork.of(task.network(), block, task.classes());
        both.initialize(manager, random);
        return both;
    }

    private DjlListeners listeners(DeviceData device, NDManager manager) {
        if (task.settings().djlListeners().isEmpty()) {
            return null;
        }
        return new DjlListeners(
                task.settings().djlListeners(), block, device, task.validation(), manager);
    }

    private void train(Training training) {
        try {
            course = training.run(task.settings().epochs(), task.validation(), new Told());
        } catch (EarlyStoppedException e) {
            course = training.course();
            notes.add("a listener stopped the training: " + e.getMessage());
        }
    }

    /**
     * A stopped training is tested too, so that it can be kept; stopped again meanwhile, it is
     * given up.
     */
    private Optional<Quality> tested(Training training) {
        boolean interrupted = !course.whole() && Thread.interrupted();
        try {
            TrialContext untilStopped =
                    course.whole() ? context : TrialContext.silent(context.seed());
            return training.quality(task.data().split().test(), untilStopped);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void begin(int epoch) {
        block.dropPath(task.settings().dropPath() * (epoch - 1) / task.settings().epochs());
    }

    @Override
    public void step(DeviceData.Batch batch, NDArray logits, int steps) {
        djl.ifPresent(listeners -> listeners.trained(batch, logits, steps));
    }

    @Override
    public void end(Training training) {
        course = training.course();
        file.ifPresent(place -> save(place, training));
        tell((double) course.epochs() / task.settings().epochs());
        djl.ifPresent(listeners -> listeners.epoch(training));
    }

    private void save(RetrainFile place, Training training) {
        int every = task.settings().checkpoint().orElseThrow().every();
        if (course.epochs() % every != 0 && course.epochs() < task.settings().epochs()) {
            return;
        }
        try {
            place.write(training.save());
        } catch (IOException e) {
            fallen++;
            notes.removeIf(note -> note.startsWith(UNWRITTEN));
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "%s %d times, so the one before stays; the last time after epoch %d:"
                                    + " %s",
                            UNWRITTEN,
                            fallen,
                            course.epochs(),
                            e.getMessage()));
        }
    }

    private void tell(double fraction) {
        RetrainProgress progress =
                new RetrainProgress(
                        number,
                        task.settings().seeds(),
                        task.settings().epochs(),
                        (number - 1 + fraction) / task.settings().seeds(),
                        course,
                        String.join("; ", notes));
        task.settings().listeners().forEach(listener -> listener.on(progress));
    }

    /** The caller's context, which hears of all seeds as one, and the listeners. */
    private final class Told implements TrialContext {
        @Override
        public long seed() {
            return context.seed();
        }

        @Override
        public boolean report(int step, double score) {
            return context.report(step, score);
        }

        @Override
        public boolean proceed() {
            return context.proceed();
        }

        @Override
        public void progress(double fraction) {
            context.progress((number - 1 + fraction) / task.settings().seeds());
            tell(fraction);
        }
    }
}
