package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nas4j.gradient.BilevelStep.AlphaGradient;
import io.nas4j.nn.Scaling;
import io.nas4j.supernet.Supernet;
import io.nas4j.supernet.SupernetPath;
import io.nas4j.train.Cosine;
import io.nas4j.train.DeviceData;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Gradients;
import io.nas4j.train.Sgd;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
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

    /** A dry run. */
    SupernetDryRun dryRun() {
        return new SupernetDryRun(relaxation.name(), task, supernet, settings.batch(), new Work());
    }

    ResourceEstimate estimate() throws InterruptedException {
        int batch = settings.batch();
        return dryRun().run()
                .estimate(
                        batch,
                        settings.epochs(),
                        (double) halves.weights().length / batch,
                        supernet.evaluations(batch));
    }

    /** Steps and evaluations on the first images. */
    private final class Work implements DryRun.Work {

        private final SplittableRandom random = new SplittableRandom(1);

        @Override
        public void step(int images) {
            step(images, pass(random));
        }

        @Override
        public void largest(int images) {
            if (relaxation.sampled().isEmpty()) {
                step(images);
                return;
            }
            List<List<Integer>> picked = GumbelPath.largest(net, state.alpha, random);
            step(images, GumbelPath.pass(net, picked));
            SupernetPath path = net.path(picked);
            supernet.evaluate(images, inputs -> path.forward(inputs, state.weights));
        }

        @Override
        public int variety() {
            return relaxation.sampled().isPresent() ? SupernetDryRun.VARIETY : 1;
        }

        private void step(int images, Pass pass) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Batch batch = data.batch(Halves.batch(halves.weights(), 0, images));
                BilevelTrainer.this
                        .step(batch, batch, pass, false, settings.weightRate())
                        .toFloatArray();
            }
        }

        @Override
        public void evaluate(int images) {
            supernet.evaluate(images, answers());
        }
    }

    /** Whether the weights are beyond repair. */
    boolean isBroken() {
        return state.diverged;
    }

    /** Whether all epochs are done. */
    boolean isTrained() {
        return state.epoch >= settings.epochs();
    }

    /** Whether alpha rests in this epoch. */
    boolean isFrozen() {
        return state.epoch < frozen();
    }

    /** How many epochs alpha rests. */
    int frozen() {
        return (int) Math.ceil(relaxation.frozen() * settings.epochs());
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
        double rate = weightRate.rate((double) state.epoch / settings.epochs());
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
                    sums.addi(step(train, validation, pass(random), frozen, rate));
                }
                context.progress(0.95 * (i + 1) / steps);
            }
            float[] total = sums.toFloatArray();
            if (!Float.isFinite(total[0] + total[1]) || !state.isFinite()) {
                state.diverged = true;
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

    /** How the next step runs the network. */
    private Pass pass(RandomGenerator random) {
        if (relaxation.sampled().isPresent()) {
            Cooling cooling = relaxation.sampled().get();
            return GumbelPath.pass(net, cooling.at(state.epoch, settings.epochs()), random);
        }
        double left = 1 - (double) state.epoch / settings.epochs();
        return Pass.whole(net, skipDrop.drawn(settings.guards().dropSkips() * left, random, net));
    }

    /** A step of alpha unless it rests, and one of the weights; training and validation loss. */
    private NDArray step(Batch train, Batch validation, Pass pass, boolean frozen, double rate) {
        SupernetProblem problem = new SupernetProblem(pass, train, validation, penalty());
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
        if (relaxation.sampled().isPresent()) {
            // at a low temperature single steps are very long
            Gradients.clip(gradient.gradient(), LoadedSupernet.CLIP);
        }
        state.alphaOptimizer.step(state.alpha, gradient.gradient(), settings.alphaRate());
        NDArray loss = step.weights(state.weightOptimizer, rate, LoadedSupernet.CLIP);
        return loss.reshape(1).concat(gradient.loss().reshape(1));
    }

    /** β-DARTS: λ grows with the epochs. */
    private Optional<UnaryOperator<NDArray>> penalty() {
        double lambda = settings.guards().betaDecay() * state.epoch / settings.epochs();
        return lambda == 0
                ? Optional.empty()
                : Optional.of(alpha -> Scaling.times(net.logSumExp(alpha), lambda));
    }

    /** On the same batch after every epoch, so that epochs can be compared. */
    double eigenvalue() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Batch batch = data.batch(Halves.batch(halves.alpha(), 0, settings.batch()));
            return Curvature.largest(
                    new SupernetProblem(
                            Pass.whole(net, net::mixture), batch, batch, Optional.empty()),
                    state.weights,
                    state.alpha,
                    task.seeds().random(0, "curvature"));
        }
    }

    /** The supernet's accuracy on the validation data; NaN when told to stop. */
    double accuracy(TrialContext context) {
        return supernet.accuracy(settings.batch(), context, answers());
    }

    /** From images to answers, of all options, or where paths are drawn of the best one's. */
    private UnaryOperator<NDArray> answers() {
        if (relaxation.sampled().isPresent()) {
            SupernetPath path = net.path(net.derive(mixture()));
            return images -> path.forward(images, state.weights);
        }
        return images -> net.forward(images, state.weights, net.mixture(state.alpha));
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
