package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.listener.EarlyStoppingListener.EarlyStoppedException;
import io.nas4j.data.Answer;
import io.nas4j.data.Data;
import io.nas4j.data.Split;
import io.nas4j.nn.AuxiliaryNetwork;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.train.Retrained.Replicate;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A run of a {@link Retrain}: its trainings, one after the other. */
final class Retraining {

    private static final String UNWRITTEN = "a checkpoint could not be written";

    private final Retrain settings;
    private final SearchSpace network;
    private final Data data;
    private final TrialContext context;
    private final InputShape shape;
    private final int classes;
    private final int[] examples;
    private final int[] validation;
    private final Set<String> notes = new LinkedHashSet<>();

    Retraining(Retrain settings, SearchSpace network, Data data, TrialContext context) {
        this.settings = settings;
        this.network = network;
        this.data = data;
        this.context = context;
        Split split = data.split();
        require(
                split.test().length > 0,
                "retraining needs examples to test on, but the test split of \"%s\" is empty. Try"
                        + " data.split(0.7, 0.15).",
                data.name());
        Readiness.check(data);
        DeviceData.requireResolution(data, settings.resolution());
        shape = TrainingSession.shape(data, Fidelity.epochs(1).resolution(settings.resolution()));
        classes = data.outputs();
        examples =
                settings.everything()
                        ? Sampling.concat(split.train(), split.validation())
                        : split.train();
        validation = settings.everything() ? new int[0] : split.validation();
    }

    Retrained run() throws InterruptedException {
        Counts counts = Counts.of(network, shape, classes, 1);
        List<Optional<RetrainFile>> files = files();
        Retrained kept = null;
        List<Replicate> replicates = new ArrayList<>();
        long start = System.nanoTime();
        boolean whole = true;
        for (int i = 1; i <= settings.seeds() && whole; i++) {
            One one = new One(i, files.get(i - 1));
            Optional<Retrained> trained = one.run();
            whole = one.course.whole() && trained.isPresent();
            if (whole) {
                replicates.add(new Replicate(seed(i), trained.get().test().score(), one.course));
            }
            kept = kept == null ? trained.orElse(null) : kept;
        }
        if (kept == null) {
            throw new InterruptedException(
                    "retraining was stopped before one of its "
                            + settings.epochs()
                            + " epochs was done and tested");
        }
        Duration compute = Duration.ofNanos(System.nanoTime() - start);
        Cost cost = new Cost(compute, counts.parameters(), counts.multiplyAdds());
        return kept.with(replicates, List.copyOf(notes), cost);
    }

    /** All are looked at before anything trains. */
    private List<Optional<RetrainFile>> files() {
        List<Optional<RetrainFile>> files = new ArrayList<>();
        for (int i = 1; i <= settings.seeds(); i++) {
            int number = i;
            Optional<RetrainFile> file =
                    settings.checkpoint()
                            .map(
                                    to ->
                                            new RetrainFile(
                                                    to.folder(), number, identity(seed(number))));
            file.ifPresent(RetrainFile::check);
            files.add(file);
        }
        return files;
    }

    private long seed(int number) {
        return number == 1 ? context.seed() : new Seeds(context.seed()).seed(number, "again");
    }

    /** What makes two trainings the same, as names and texts. */
    private Map<String, String> identity(long seed) {
        String print = network.fingerprint(new Architecture(network.name(), List.of()));
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("architecture", network.name() + ", fingerprint " + print);
        parts.put("input", shape.toString());
        parts.put("data", data.name() + ", content " + data.contentHash());
        parts.put("split", Integer.toHexString(Arrays.hashCode(examples)));
        parts.put("recipe", settings.recipe().toString());
        parts.put("drop path", String.valueOf(settings.dropPath()));
        parts.put("auxiliary head", String.valueOf(settings.auxiliary()));
        parts.put("number of epochs", String.valueOf(settings.epochs()));
        parts.put("seed", String.valueOf(seed));
        return parts;
    }

    private Retrained one(Training training, Network block, TrainingRecord course, Quality test) {
        training.write();
        return new Retrained(
                network,
                shape,
                data.encoding(),
                Answer.of(data),
                Normalisation.of(data),
                Retrained.tensors(block),
                test,
                course,
                List.of(),
                List.of(),
                Cost.ZERO);
    }

    /** One training: what is done besides its steps. */
    private final class One implements TrainingHooks {
        private final int number;
        private final Optional<RetrainFile> file;
        private TrainingRecord course = TrainingRecord.START;
        private Network block;
        private Optional<DjlListeners> djl = Optional.empty();
        private int fallen;

        One(int number, Optional<RetrainFile> file) {
            this.number = number;
            this.file = file;
        }

        /** Empty when nothing was learned, or it was stopped again while it was tested. */
        Optional<Retrained> run() throws InterruptedException {
            Optional<TrainingState> begun = file.flatMap(RetrainFile::read);
            long seed = seed(number);
            try (TrainingLock turn = TrainingLock.take(seed);
                    NDManager manager = NDManager.newBaseManager(Devices.of(settings.device()));
                    DeviceData device = new DeviceData(data, settings.resolution(), manager)) {
                block = Networks.compile(network, shape, classes, 1);
                Block learner = learner(manager, new Seeds(seed).random(0, "weights"));
                try (Training training =
                                new Training(
                                        turn,
                                        learner,
                                        device,
                                        examples,
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
                    return tested(training).map(test -> one(training, block, course, test));
                }
            }
        }

        private Block learner(NDManager manager, RandomGenerator random) {
            if (settings.auxiliary() == 0) {
                block.initialize(manager, random);
                return block;
            }
            AuxiliaryNetwork both = AuxiliaryNetwork.of(network, block, classes);
            both.initialize(manager, random);
            return both;
        }

        private DjlListeners listeners(DeviceData device, NDManager manager) {
            if (settings.djlListeners().isEmpty()) {
                return null;
            }
            return new DjlListeners(settings.djlListeners(), block, device, validation, manager);
        }

        private void train(Training training) {
            try {
                course = training.run(settings.epochs(), validation, new Told());
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
                return training.quality(data.split().test(), untilStopped);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void begin(int epoch) {
            block.dropPath(settings.dropPath() * (epoch - 1) / settings.epochs());
        }

        @Override
        public void step(DeviceData.Batch batch, NDArray logits, int steps) {
            djl.ifPresent(listeners -> listeners.trained(batch, logits, steps));
        }

        @Override
        public void end(Training training) {
            course = training.course();
            file.ifPresent(place -> save(place, training));
            tell((double) course.epochs() / settings.epochs());
            djl.ifPresent(listeners -> listeners.epoch(training));
        }

        private void save(RetrainFile place, Training training) {
            int every = settings.checkpoint().orElseThrow().every();
            if (course.epochs() % every != 0 && course.epochs() < settings.epochs()) {
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
                            settings.seeds(),
                            settings.epochs(),
                            (number - 1 + fraction) / settings.seeds(),
                            course,
                            String.join("; ", notes));
            settings.listeners().forEach(listener -> listener.on(progress));
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
                context.progress((number - 1 + fraction) / settings.seeds());
                tell(fraction);
            }
        }
    }
}
