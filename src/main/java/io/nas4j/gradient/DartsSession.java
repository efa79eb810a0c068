package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.nas4j.data.Data;
import io.nas4j.gradient.BilevelStep.AlphaGradient;
import io.nas4j.nn.Supernet;
import io.nas4j.space.Architecture;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.train.Adam;
import io.nas4j.train.Cosine;
import io.nas4j.train.DeviceData;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Devices;
import io.nas4j.train.Memory;
import io.nas4j.train.Sgd;
import io.nas4j.train.Turn;
import io.nas4j.trial.CollapseDoctor;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Plan;
import io.nas4j.trial.Point;
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
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** One search of the DARTS family: an epoch a slice, stopped and resumed at epochs only. */
final class DartsSession implements SearchStrategy.Checkpointed {

    private static final double CLIP = 5;

    /** Batches that are evaluated as one. */
    private static final int EVALUATED = 4;

    private static final String MEASURE = "supernet";

    /** What an epoch is called in which alpha does not learn. */
    private static final String RESTS = "alpha rests";

    private final Darts settings;
    private final Relaxation relaxation;
    private final SkipDrop skipDrop;
    private final Task task;
    private final Fidelity fidelity;
    private final Halves halves;
    private final NDManager manager;
    private final DeviceData data;
    private final Supernet net;
    private final SupernetState state;
    private final Cosine weightRate;
    private boolean broken;
    private String alarm = "";

    DartsSession(Darts settings, Relaxation relaxation, Task task, Fidelity fidelity) {
        this.settings = settings;
        this.relaxation = relaxation;
        this.task = task;
        this.fidelity = fidelity;
        Data examples = task.data();
        require(
                examples.isImages(),
                "%s searches networks of images, but data \"%s\" are rows. Try EVOLUTION.",
                relaxation.name(),
                examples.name());
        require(
                examples.split().validation().length > 0,
                "%s scores its supernet on the validation data, but \"%s\" has none. Try"
                        + " another split.",
                relaxation.name(),
                examples.name());
        halves = Halves.of(examples, settings.data(), settings.batch());
        weightRate = Cosine.of(settings.weightRate(), settings.lastWeightRate());
        manager = NDManager.newBaseManager(Devices.of(task.device()));
        try {
            int resolution = Math.min(settings.resolution(), examples.height());
            data = new DeviceData(examples, resolution, manager);
            net =
                    Supernet.of(
                            task.space(),
                            data.channels(),
                            data.height(),
                            data.width(),
                            examples.classes().size(),
                            Supernet.Form.FUSED,
                            relaxation.part(),
                            manager);
            state =
                    new SupernetState(
                            net,
                            manager,
                            task.seeds().seed(0, "supernet weights"),
                            task.seeds().random(0, "supernet alpha"),
                            Sgd.darts(),
                            Adam.darts());
            skipDrop = new SkipDrop(net.decisions());
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Looks, on a few images, whether the memory is enough.
     *
     * @throws IllegalArgumentException when it is not
     */
    DartsSession requireFits() {
        int batch = settings.batch();
        try {
            if (!rehearsed(work -> DryRun.surelyFits(memory(), batch, work))) {
                rehearsed(work -> DryRun.of(memory(), batch, work))
                        .requireFits(batch, relaxation.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the loop hears it before anything is trained
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        return this;
    }

    Plan plan() throws InterruptedException {
        int batch = settings.batch();
        int validation = task.data().split().validation().length;
        return rehearsed(work -> DryRun.of(memory(), batch, work))
                .plan(
                        batch,
                        settings.epochs(),
                        (double) halves.weights().length / batch,
                        (double) validation / (EVALUATED * batch));
    }

    private Memory memory() {
        return new Memory(manager.getDevice());
    }

    /** Work that leaves no trace: what it learned is forgotten. */
    @SuppressWarnings("try") // the turn is held, not used
    private <T> T rehearsed(Function<DryRun.Work, T> measure) throws InterruptedException {
        SupernetState.Copy untouched = state.copy();
        try (Turn turn = Turn.take(task.seeds().seed(0, "dry run"))) {
            return measure.apply(new Rehearsal());
        } finally {
            state.restore(untouched);
        }
    }

    /** Steps and evaluations on the first images. */
    private final class Rehearsal implements DryRun.Work {
        @Override
        public void step(int images) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Batch batch = data.batch(Halves.batch(halves.weights(), 0, images));
                DartsSession.this
                        .step(batch, batch, net::mixture, false, settings.weightRate())
                        .toFloatArray();
            }
        }

        @Override
        public void evaluate(int images) {
            int[] validation = task.data().split().validation();
            int size = Math.min(validation.length, EVALUATED * images);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                hits(data.batch(Halves.batch(validation, 0, size)));
            }
        }
    }

    @Override
    public Optional<Proposal> ask(History history, RandomGenerator random) {
        Epochs before = Epochs.of(history, MEASURE);
        alarm = before.alarm();
        return broken || !alarm.isEmpty() || state.epoch >= settings.epochs()
                ? Optional.empty()
                : Optional.of(new Proposal.Advance(new Epoch(before)));
    }

    @Override
    public String ending() {
        return alarm.isEmpty() ? SearchStrategy.Checkpointed.super.ending() : alarm;
    }

    @Override
    public Optional<Proposal.Evaluate> conclude(History history) {
        return Epochs.of(history, MEASURE)
                .kept()
                .map(
                        epoch ->
                                new Proposal.Evaluate(
                                        epoch.architecture(),
                                        fidelity,
                                        OptionalInt.empty(),
                                        epoch.learned()));
    }

    private float[] mixture() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return net.mixture(state.alpha).toFloatArray();
        }
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
            if (isFrozen()) {
                context.phase(RESTS);
            }
            SupernetState.Copy untouched = state.copy();
            boolean whole = false;
            try (Turn turn = Turn.take(task.seeds().seed(state.epoch, "supernet epoch"))) {
                Losses losses = train(context);
                double accuracy = losses == null ? 0 : accuracy(context);
                if (losses == null || Double.isNaN(accuracy)) {
                    throw new InterruptedException("stopped in epoch " + (state.epoch + 1));
                }
                OptionalDouble eigenvalue =
                        settings.guards().eigenvalue() > 0
                                ? OptionalDouble.of(eigenvalue())
                                : OptionalDouble.empty();
                state.epoch++;
                whole = true;
                context.progress(1);
                return step(before, losses, accuracy, eigenvalue, start);
            } finally {
                if (!whole) {
                    // half an epoch cannot be resumed: the next one starts where this one did
                    state.restore(untouched);
                }
            }
        }
    }

    /** Mean losses of an epoch; the second only where alpha learned from it. */
    private record Losses(double train, OptionalDouble validation) {}

    /** Whether alpha rests in this epoch. */
    private boolean isFrozen() {
        return state.epoch < relaxation.frozen() * settings.epochs();
    }

    /** Null when told to stop. */
    private Losses train(TrialContext context) {
        RandomGenerator random = task.seeds().random(state.epoch, "supernet order");
        int[] forWeights = Halves.shuffled(halves.weights(), random);
        int[] forAlpha = Halves.shuffled(halves.alpha(), random);
        int steps = forWeights.length / settings.batch();
        double done = (double) state.epoch / settings.epochs();
        double rate = weightRate.rate(done);
        boolean frozen = isFrozen();
        NDArray sums = manager.zeros(new ai.djl.ndarray.types.Shape(2));
        try {
            for (int i = 0; i < steps; i++) {
                if (!context.proceed()) {
                    return null;
                }
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    Batch train = data.batch(Halves.batch(forWeights, i, settings.batch()));
                    Batch validation = data.batch(Halves.batch(forAlpha, i, settings.batch()));
                    UnaryOperator<NDArray> mixed =
                            skipDrop.drawn(settings.guards().dropSkips() * (1 - done), random, net);
                    sums.addi(step(train, validation, mixed, frozen, rate));
                }
                context.progress(0.95 * (i + 1) / steps);
            }
            float[] total = sums.toFloatArray();
            if (!Float.isFinite(total[0]) || !Float.isFinite(total[1])) {
                broken = true;
                throw new IllegalStateException(
                        "the supernet's loss became NaN in epoch "
                                + (state.epoch + 1)
                                + ". Try a smaller weightRate.");
            }
            return new Losses(
                    total[0] / steps,
                    frozen ? OptionalDouble.empty() : OptionalDouble.of(total[1] / steps));
        } finally {
            sums.close();
        }
    }

    /** A step of alpha unless it rests, and one of the weights; training and validation loss. */
    private NDArray step(
            Batch train,
            Batch validation,
            UnaryOperator<NDArray> mixed,
            boolean frozen,
            double rate) {
        SupernetProblem problem = new SupernetProblem(net, train, validation, mixed, penalty());
        BilevelStep step = new BilevelStep(problem, state.weights, state.alpha);
        if (frozen) {
            NDArray loss = step.weights(state.weightOptimizer, rate, CLIP).reshape(1);
            return loss.concat(loss.zerosLike());
        }
        AlphaGradient gradient =
                settings.xi() == 0
                        ? step.firstOrder()
                        : step.secondOrder(state.weightOptimizer, settings.xi() * rate);
        state.alphaOptimizer.step(state.alpha, gradient.gradient(), settings.alphaRate());
        NDArray loss = step.weights(state.weightOptimizer, rate, CLIP);
        return loss.reshape(1).concat(gradient.loss().reshape(1));
    }

    /** β-DARTS: λ grows with the epochs. */
    private Optional<UnaryOperator<NDArray>> penalty() {
        double lambda = settings.guards().betaDecay() * state.epoch / settings.epochs();
        return lambda == 0
                ? Optional.empty()
                : Optional.of(alpha -> net.logSumExp(alpha).mul(lambda));
    }

    /** On the same batch after every epoch, so that epochs can be compared. */
    private double eigenvalue() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Batch batch = data.batch(Halves.batch(halves.alpha(), 0, settings.batch()));
            return Curvature.largest(
                    new SupernetProblem(net, batch, batch, net::mixture, Optional.empty()),
                    state.weights,
                    state.alpha,
                    task.seeds().random(0, "curvature"));
        }
    }

    /** The supernet's accuracy on the validation data; NaN when told to stop. */
    private double accuracy(TrialContext context) {
        int[] indices = task.data().split().validation();
        int size = Math.min(indices.length, EVALUATED * settings.batch());
        long hits = 0;
        int seen = 0;
        // whole batches only: normalisation uses the batch's own statistics
        for (int i = 0; i < indices.length / size; i++) {
            if (!context.proceed()) {
                return Double.NaN;
            }
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                hits += hits(data.batch(Halves.batch(indices, i, size)));
                seen += size;
            }
        }
        return (double) hits / seen;
    }

    private long hits(Batch batch) {
        NDArray output = net.forward(batch.inputs(), state.weights, net.mixture(state.alpha));
        return output.argMax(1).eq(batch.labels()).toType(DataType.INT64, false).sum().getLong();
    }

    private Slice.Step step(
            Epochs before, Losses losses, double accuracy, OptionalDouble eigenvalue, long start) {
        float[] mixture = mixture();
        Architecture architecture = net.derive(mixture);
        int skips = CollapseDoctor.skips(task.space().walk(architecture));
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("train loss", losses.train());
        losses.validation().ifPresent(value -> metrics.put("validation loss", value));
        if (losses.validation().isEmpty()) {
            metrics.put(RESTS, 1.0);
        }
        metrics.put("skips", (double) skips);
        eigenvalue.ifPresent(value -> metrics.put(Epochs.EIGENVALUE, value));
        List<Guards.Reading> readings = new ArrayList<>(before.readings());
        readings.add(new Guards.Reading(skips, eigenvalue.orElse(0)));
        settings.guards()
                .judge(readings, settings.epochs())
                .ifPresent(
                        fired ->
                                metrics.put(
                                        CollapseDoctor.FIRED + fired.rule(),
                                        (double) fired.kept()));
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        Estimate estimate =
                new Estimate(
                        accuracy,
                        metrics,
                        List.of(new Point(state.epoch, accuracy)),
                        new Cost(time, net.weightCount(), 0));
        return new Slice.Step(architecture, estimate, net.learned(mixture));
    }

    @Override
    public void save(OutputStream out) throws IOException {
        state.save(out);
    }

    @Override
    public void restore(InputStream in) throws IOException {
        state.restore(in);
    }

    @Override
    public void close() {
        state.close();
        net.close();
        data.close();
        manager.close();
    }
}
