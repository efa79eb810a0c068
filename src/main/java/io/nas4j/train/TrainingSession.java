package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDManager;
import io.nas4j.data.Data;
import io.nas4j.data.Target;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Point;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A search's trainings: they share the data on the device. */
final class TrainingSession implements PerformanceEstimator.Session {

    private final Recipe recipe;
    private final Data data;
    private final NDManager manager;
    private final boolean inherits;
    private final Map<Integer, DeviceData> byResolution = new HashMap<>();

    TrainingSession(TrainingEstimator estimator, Task task) {
        this(estimator, task, false);
    }

    /** With trainings that start from the weights of the trial that they continue. */
    TrainingSession(TrainingEstimator estimator, Task task, boolean inherits) {
        this.inherits = inherits;
        recipe = estimator.recipe();
        data = task.data();
        requireFits(task, estimator.fidelity(), recipe.batch());
        requireSuits(recipe, data);
        manager =
                NDManager.newBaseManager(
                        Devices.of(
                                estimator.device().equals(Devices.AUTO)
                                        ? task.device()
                                        : estimator.device()));
    }

    private static void requireFits(Task task, Fidelity fidelity, int batch) {
        Data data = task.data();
        require(
                data.split().validation().length > 0,
                "training needs examples to score on, but the validation split of \"%s\" is empty."
                        + " Try data.split(0.7, 0.15).",
                data.name());
        Readiness.check(data);
        DeviceData.requireResolution(data, fidelity.resolution());
        require(
                trained(data, fidelity.data()).length >= 2,
                "training needs at least 2 examples, but data=%s of %d is less. Try a larger share.",
                fidelity.data(),
                data.split().train().length);
        if (fidelity.data() < 1) {
            requireShare(data, fidelity.data(), batch);
        }
        // what is wrong with a space shows in any network of it
        SearchSpace space = task.space();
        SearchSpace sample = space.network(space.sample(new SplittableRandom(0)));
        Counts.of(sample, shape(data, fidelity), data.outputs(), fidelity.width());
    }

    private static void requireSuits(Recipe recipe, Data data) {
        if (data.isImages()) {
            recipe.augmentation().requireSuits(data.channels());
        }
    }

    private static void requireShare(Data data, double share, int batch) {
        int[] trained = trained(data, share);
        int whole = data.split().train().length;
        require(
                trained.length >= Math.min(batch, whole),
                "data=%s must leave a batch of %d of the %d examples, but leaves %d. Try data(%s)"
                        + " or batch(%d).",
                share,
                batch,
                whole,
                trained.length,
                Math.min(1, Math.ceil(100.0 * batch / whole) / 100),
                Math.max(2, trained.length));
        if (data.target().kind() != Target.Kind.CLASSES) {
            return;
        }
        int[] labels = data.labels();
        Set<Integer> left = labels(labels, trained);
        for (int label : labels(labels, data.split().train())) {
            require(
                    left.contains(label),
                    "data=%s must leave an example of every class, but leaves none of \"%s\". Try a"
                            + " larger share.",
                    share,
                    data.classes().get(label));
        }
    }

    private static Set<Integer> labels(int[] labels, int[] examples) {
        return Arrays.stream(examples)
                .map(example -> labels[example])
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Always the same examples, so that trials are comparable. */
    private static int[] trained(Data data, double share) {
        return data.split()
                .fraction(data.target().strata(), share, new SplittableRandom(0))
                .train();
    }

    static InputShape shape(Data data, Fidelity fidelity) {
        int side = fidelity.resolution();
        return side == 0
                ? new InputShape(data.channels(), data.height(), data.width())
                : new InputShape(data.channels(), side, side);
    }

    @Override
    public Estimate estimate(Candidate candidate, TrialContext context)
            throws InterruptedException, IOException {
        Fidelity fidelity = candidate.fidelity();
        require(
                fidelity.epochs() >= 1,
                "epochs must be at least 1, but a strategy asked for %d.",
                fidelity.epochs());
        InputShape shape = shape(data, fidelity);
        int classes = data.outputs();
        SearchSpace architecture = candidate.network();
        Counts counts = Counts.of(architecture, shape, classes, fidelity.width());
        try (TrainingLock turn = TrainingLock.take(context.seed());
                NDManager own = manager.newSubManager()) {
            long start = System.nanoTime();
            DeviceData examples =
                    byResolution.computeIfAbsent(
                            fidelity.resolution(), r -> new DeviceData(data, r, manager));
            Network network = Networks.compile(architecture, shape, classes, fidelity.width());
            network.initialize(own, new Seeds(context.seed()).random(0, "weights"));
            int[] indices = trained(data, fidelity.data());
            Optional<Checkpoint> saved = saved(candidate, context);
            Optional<Checkpoint> begun = saved.filter(checkpoint -> leads(checkpoint, candidate));
            OptionalDouble inherited = OptionalDouble.empty();
            TrainingRecord course;
            Map<String, Double> quality;
            try (Training training =
                    new Training(turn, network, examples, indices, recipe, own, context.seed())) {
                begun.map(Checkpoint::state).ifPresent(training::restore);
                if (inherits && saved.isPresent() && begun.isEmpty()) {
                    inherited =
                            OptionalDouble.of(
                                    new Heir(candidate, shape, classes)
                                            .start(training, network, saved.get()));
                }
                course =
                        training.run(
                                fidelity.epochs(),
                                fidelity.horizon(),
                                data.split().validation(),
                                context);
                quality = training.metrics();
                if (course.whole()) {
                    context.checkpoints()
                            .save(
                                    out ->
                                            Checkpoint.of(
                                                            candidate.architecture(),
                                                            fidelity,
                                                            training.save())
                                                    .write(out));
                }
            }
            requireEnded(course, context);
            Duration compute = Duration.ofNanos(System.nanoTime() - start);
            boolean restarted =
                    candidate.continues().isPresent() && begun.isEmpty() && inherited.isEmpty();
            Map<String, Double> metrics = new LinkedHashMap<>(quality);
            if (inherits) {
                metrics.put(Metrics.INHERITED, inherited.orElse(begun.isPresent() ? 1 : 0));
                if (inherited.isPresent()) {
                    metrics.put(Metrics.PARENT, (double) candidate.continues().getAsInt());
                }
            }
            return estimate(
                    course,
                    restarted,
                    metrics,
                    new Cost(compute, counts.parameters(), counts.multiplyAdds()));
        }
    }

    /** What the trial that is continued left. */
    private static Optional<Checkpoint> saved(Candidate candidate, TrialContext context)
            throws IOException {
        if (candidate.continues().isEmpty()) {
            return Optional.empty();
        }
        Optional<InputStream> saved = context.checkpoints().find();
        if (saved.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = saved.get()) {
            return Optional.of(Checkpoint.read(in));
        }
    }

    /**
     * Whether it is the training to go on from. Where it is gone, or would lead elsewhere, all
     * epochs are trained from the start, with the seed of the trial that is continued: that gives
     * the same result.
     */
    private boolean leads(Checkpoint checkpoint, Candidate candidate) {
        return checkpoint.leadsTo(
                candidate.architecture(), candidate.fidelity(), recipe.rate().isConstant());
    }

    /** A partial training must not pass for a whole one where only the thread was told to stop. */
    private static void requireEnded(TrainingRecord course, TrialContext context)
            throws InterruptedException {
        boolean interrupted = Thread.currentThread().isInterrupted();
        if (!course.whole() && interrupted && context.proceed()) {
            throw new InterruptedException("interrupted after epoch " + course.epochs());
        }
    }

    /** NaN where not one epoch was finished: then the search had told it to stop. */
    private Estimate estimate(
            TrainingRecord course, boolean restarted, Map<String, Double> more, Cost cost) {
        List<Point> curve = course.validation();
        double score = curve.isEmpty() ? Double.NaN : curve.get(curve.size() - 1).score();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metrics.EPOCHS, (double) course.epochs());
        metrics.putAll(more);
        if (restarted) {
            metrics.put(Metrics.RESTARTED, 1.0);
        }
        if (course.epochs() > 0) {
            metrics.put(Metrics.TRAIN_LOSS, course.loss());
            metrics.put(
                    data.target().kind() == Target.Kind.CLASSES && !data.isBalanced()
                            ? Metrics.TRAIN_ACCURACY
                            : Metrics.TRAIN_SCORE,
                    course.training().get(course.training().size() - 1).score());
        }
        return new Estimate(score, metrics, curve, cost);
    }

    @Override
    public void close() {
        manager.close();
    }
}
