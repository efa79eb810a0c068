package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nas4j.gradient.BilevelStep.AlphaGradient;
import io.nas4j.nn.Supernet;
import io.nas4j.train.Cosine;
import io.nas4j.train.DeviceData;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Memory;
import io.nas4j.train.Sgd;
import io.nas4j.train.Turn;
import io.nas4j.trial.Plan;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** A supernet in training, weights and alpha in turn. */
final class BilevelTrainer implements AutoCloseable {

    private final Darts settings;
    private final Relaxation relaxation;
    private final Task task;
    private final Halves halves;
    private final Cosine weightRate;
    private final LoadedSupernet supernet;
    private final DeviceData data;
    private final SkipDrop skipDrop;
    final Supernet net;
    final SupernetState state;

    /** Whether the weights are beyond repair. */
    private boolean broken;

    BilevelTrainer(Darts settings, Relaxation relaxation, Task task) {
        this.settings = settings;
        this.relaxation = relaxation;
        this.task = task;
        LoadedSupernet.requireSuits(relaxation.name(), task.data());
        halves = Halves.of(task.data(), settings.data(), settings.batch());
        weightRate = Cosine.of(settings.weightRate(), settings.lastWeightRate());
        supernet = new LoadedSupernet(task, settings.resolution(), relaxation.part(), Sgd.darts());
        data = supernet.data;
        net = supernet.net;
        state = supernet.state;
        skipDrop = new SkipDrop(net.decisions());
    }

    /**
     * Looks, on a few images, whether the memory is enough.
     *
     * @throws IllegalArgumentException when it is not
     */
    void requireFits() throws InterruptedException {
        rehearsed(
                work -> {
                    DryRun.requireFits(memory(), settings.batch(), relaxation.name(), work);
                    return true;
                });
    }

    Plan plan() throws InterruptedException {
        int batch = settings.batch();
        int validation = task.data().split().validation().length;
        return rehearsed(work -> DryRun.of(memory(), batch, work))
                .plan(
                        batch,
                        settings.epochs(),
                        (double) halves.weights().length / batch,
                        (double) validation / (LoadedSupernet.EVALUATED * batch));
    }

    private Memory memory() {
        return new Memory(supernet.manager.getDevice());
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
                BilevelTrainer.this
                        .step(batch, batch, net::mixture, false, settings.weightRate())
                        .toFloatArray();
            }
        }

        @Override
        public void evaluate(int images) {
            int[] validation = task.data().split().validation();
            int size = Math.min(validation.length, LoadedSupernet.EVALUATED * images);
            supernet.hits(Halves.batch(validation, 0, size), BilevelTrainer.this::mixed);
        }
    }

    boolean isBroken() {
        return broken;
    }

    /** Whether all epochs are done. */
    boolean isTrained() {
        return state.epoch >= settings.epochs();
    }

    /** Whether alpha rests in this epoch. */
    boolean isFrozen() {
        return state.epoch < relaxation.frozen() * settings.epochs();
    }

    /** Mean losses of an epoch; the second only where alpha learned from it. */
    record Losses(double train, OptionalDouble validation) {}

    /**
     * Trains for one epoch.
     *
     * @return empty when told to stop
     * @throws IllegalStateException when a loss is not finite
     */
    Optional<Losses> epoch(TrialContext context) {
        RandomGenerator random = task.seeds().random(state.epoch, "supernet order");
        int[] forWeights = Halves.shuffled(halves.weights(), random);
        int[] forAlpha = Halves.shuffled(halves.alpha(), random);
        int steps = forWeights.length / settings.batch();
        double done = (double) state.epoch / settings.epochs();
        double rate = weightRate.rate(done);
        boolean frozen = isFrozen();
        NDArray sums = supernet.manager.zeros(new Shape(2));
        try {
            for (int i = 0; i < steps; i++) {
                if (!context.proceed()) {
                    return Optional.empty();
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
                throw supernet.diverged();
            }
            return Optional.of(
                    new Losses(
                            total[0] / steps,
                            frozen ? OptionalDouble.empty() : OptionalDouble.of(total[1] / steps)));
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
            NDArray loss =
                    step.weights(state.weightOptimizer, rate, LoadedSupernet.CLIP).reshape(1);
            return loss.concat(loss.zerosLike());
        }
        AlphaGradient gradient =
                settings.xi() == 0
                        ? step.firstOrder()
                        : step.secondOrder(state.weightOptimizer, settings.xi() * rate);
        state.alphaOptimizer.step(state.alpha, gradient.gradient(), settings.alphaRate());
        NDArray loss = step.weights(state.weightOptimizer, rate, LoadedSupernet.CLIP);
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
    double eigenvalue() {
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
    double accuracy(TrialContext context) {
        return supernet.accuracy(settings.batch(), context, this::mixed);
    }

    private NDArray mixed(NDArray images) {
        return net.forward(images, state.weights, net.mixture(state.alpha));
    }

    /** The share of every option now. */
    float[] mixture() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return net.mixture(state.alpha).toFloatArray();
        }
    }

    @Override
    public void close() {
        supernet.close();
    }
}
