package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.nas4j.nn.Scaling;
import io.nas4j.sharing.BilevelProblem.Slope;
import io.nas4j.sharing.BilevelStep;
import io.nas4j.sharing.BilevelStep.AlphaGradient;
import io.nas4j.sharing.DryRun;
import io.nas4j.sharing.SupernetProblem;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import io.nas4j.sharing.SupernetState;
import io.nas4j.sharing.SupernetTrainer;
import io.nas4j.supernet.Supernet;
import io.nas4j.train.CrossEntropy;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Gradients;
import io.nas4j.train.Sampling;
import io.nas4j.trial.TrialContext;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Trains a supernet's weights and alpha in turn (DARTS, algorithm 1). */
final class BilevelTrainer {

    private static final CrossEntropy CROSS_ENTROPY = new CrossEntropy(0);

    private final SupernetTrainer supernet;
    private final AlphaTraining settings;
    private final Relaxation relaxation;
    private final int frozen;
    private final Supernet net;
    private final SupernetState state;

    /** Alpha rests in the first {@code frozen} epochs. */
    BilevelTrainer(
            SupernetTrainer supernet, AlphaTraining settings, Relaxation relaxation, int frozen) {
        this.supernet = supernet;
        this.settings = settings;
        this.relaxation = relaxation;
        this.frozen = frozen;
        net = supernet.net;
        state = supernet.state;
    }

    /** Whether alpha rests in this epoch. */
    boolean isFrozen() {
        return state.epoch < frozen;
    }

    /** Mean losses of an epoch; the second where alpha learned from held-out images. */
    record Losses(double train, OptionalDouble validation) {}

    /**
     * Trains for one epoch.
     *
     * @return empty when told to stop
     * @throws IllegalStateException when a loss is not finite
     */
    Optional<Losses> epoch(TrialContext context) {
        RandomGenerator random = supernet.task.seeds().random(state.epoch, "supernet order");
        int[] forWeights = Sampling.shuffled(supernet.split.weights(), random);
        int[] forAlpha = Sampling.shuffled(supernet.split.alpha(), random);
        boolean rests = isFrozen();
        boolean heldOut = !rests && settings.trainLoss() < 1;
        Optional<float[]> means =
                supernet.epoch(
                        heldOut ? 2 : 1,
                        () -> relaxation.training(random),
                        (i, pass, rate) -> {
                            Batch train = supernet.augmented(forWeights, i, random);
                            Batch validation =
                                    heldOut ? supernet.augmented(forAlpha, i, random) : train;
                            return step(train, validation, pass, rests, rate);
                        },
                        context,
                        0.95);
        return means.map(
                mean ->
                        new Losses(
                                mean[0],
                                heldOut ? OptionalDouble.of(mean[1]) : OptionalDouble.empty()));
    }

    /** A step of alpha unless it rests, and one of the weights; the losses that taught them. */
    private NDArray step(
            Batch train, Batch validation, ForwardPass pass, boolean rests, double rate) {
        SupernetProblem problem = supernet.problem(pass, train, validation, penalty());
        BilevelStep step = new BilevelStep(problem, state.weights, state.alpha);
        double clip = supernet.training.clip();
        double share = settings.trainLoss();
        if (rests) {
            return step.weights(state.weightOptimizer, rate, clip).reshape(1);
        }
        if (share == 0) {
            AlphaGradient held = heldOut(step, rate);
            alpha(held.gradient());
            NDArray loss = step.weights(state.weightOptimizer, rate, clip);
            return loss.reshape(1).concat(held.loss().reshape(1));
        }
        // both from where weights and alpha are: one pass of the training batch serves both
        Optional<AlphaGradient> held =
                share < 1 ? Optional.of(heldOut(step, rate)) : Optional.empty();
        Slope own = step.train();
        NDArray slope = own.alpha().orElseThrow();
        alpha(
                held.map(other -> slope.mul(share).add(other.gradient().mul(1 - share)))
                        .orElse(slope));
        step.move(own.weights().orElseThrow(), state.weightOptimizer, rate, clip);
        NDArray loss = own.loss().reshape(1);
        return held.map(other -> loss.concat(other.loss().reshape(1))).orElse(loss);
    }

    private AlphaGradient heldOut(BilevelStep step, double rate) {
        return settings.xi() == 0
                ? step.firstOrder()
                : step.secondOrder(state.weightOptimizer, settings.xi() * rate);
    }

    private void alpha(NDArray gradient) {
        if (relaxation.alphaClip() > 0) {
            Gradients.clip(gradient, relaxation.alphaClip());
        }
        state.alphaOptimizer.step(state.alpha, gradient, settings.rate());
    }

    /** β-DARTS: λ grows with the epochs. */
    private Optional<UnaryOperator<NDArray>> penalty() {
        double lambda = settings.guards().betaDecay() * state.epoch / supernet.training.epochs();
        Optional<UnaryOperator<NDArray>> own = relaxation.penalty();
        if (lambda == 0) {
            return own;
        }
        UnaryOperator<NDArray> decay = alpha -> Scaling.times(net.logSumExp(alpha), lambda);
        return Optional.of(
                own.<UnaryOperator<NDArray>>map(
                                other -> alpha -> decay.apply(alpha).add(other.apply(alpha)))
                        .orElse(decay));
    }

    /** On the same batch after every epoch, so that epochs can be compared. */
    double eigenvalue() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            int[] held = supernet.split.alpha();
            Batch batch = supernet.batch(held.length > 0 ? held : supernet.split.weights(), 0);
            return HessianEigenvalue.largest(
                    supernet.problem(ForwardPass.mixture(), batch, batch, Optional.empty()),
                    state.weights,
                    state.alpha,
                    supernet.task.seeds().random(0, "curvature"));
        }
    }

    /** The supernet's accuracy on the validation data; NaN when told to stop. */
    double accuracy(TrialContext context) {
        return supernet.accuracy(context, relaxation.evaluation());
    }

    /**
     * How good the supernet is on the validation data.
     *
     * @param accuracy NaN when told to stop
     * @param loss mean cross-entropy
     */
    record Quality(double accuracy, double loss) {}

    /** Under shares of one's own, {@code [logitCount]}. */
    Quality quality(NDArray shares, TrialContext context) {
        int[] validation = supernet.split.validation();
        int size =
                Math.min(validation.length, SupernetTrainer.EVALUATED * supernet.training.batch());
        double hits = 0;
        double loss = 0;
        int batches = validation.length / size;
        for (int i = 0; i < batches; i++) {
            if (!context.proceed()) {
                return new Quality(Double.NaN, Double.NaN);
            }
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Batch batch = supernet.batch(validation, i, size);
                NDArray output = net.forward(batch.inputs(), state.weights, shares);
                loss += CROSS_ENTROPY.of(output, batch.labels()).getFloat() / batches;
                NDArray right = output.argMax(1).eq(batch.labels());
                hits += right.toType(DataType.INT64, false).sum().getLong();
            }
        }
        return new Quality(hits / (batches * size), loss);
    }

    /**
     * Trains the weights for a few steps, alpha at rest.
     *
     * @param purpose tells one tuning from another
     * @return false when told to stop
     * @throws IllegalStateException when a weight is not finite
     */
    boolean tune(int steps, double rate, int purpose, TrialContext context) {
        RandomGenerator random = supernet.task.seeds().random(purpose, "selection tuning");
        int[] order = Sampling.shuffled(supernet.split.weights(), random);
        for (int i = 0; i < steps; i++) {
            if (!context.proceed()) {
                return false;
            }
            ForwardPass pass = relaxation.training(random);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Batch batch = supernet.batch(order, i % supernet.steps());
                step(batch, batch, pass, true, rate);
            }
        }
        if (!state.isFinite()) {
            state.diverged = true;
            throw new IllegalStateException(
                    "the supernet's weights became NaN while they were tuned. Try a smaller"
                            + " weightRate.");
        }
        return true;
    }

    private UnaryOperator<NDArray> answers(ForwardPass pass) {
        return images -> pass.output(net, images, state.weights, state.alpha);
    }

    /** The share of every option now. */
    float[] mixture() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return shares().toFloatArray();
        }
    }

    /** The same, on the device. */
    NDArray shares() {
        return relaxation.shares(state.alpha);
    }

    /** What a dry run measures: steps and evaluations on the first images. */
    DryRun.Work work() {
        return new Work();
    }

    private final class Work implements DryRun.Work {

        private final SplittableRandom random = new SplittableRandom(1);

        @Override
        public void step(int images) {
            step(images, relaxation.training(random));
        }

        @Override
        public int smallest() {
            return supernet.smallestBatch();
        }

        @Override
        public void largest(int images) {
            ForwardPass largest = relaxation.largest(random);
            step(images, largest);
            supernet.evaluate(images, answers(largest));
        }

        @Override
        public int variety() {
            return relaxation.variety();
        }

        private void step(int images, ForwardPass pass) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Batch batch = supernet.batch(supernet.split.weights(), 0, images);
                double rate = supernet.training.rate().peak();
                BilevelTrainer.this.step(batch, batch, pass, false, rate).toFloatArray();
            }
        }

        @Override
        public void evaluate(int images) {
            supernet.evaluate(images, answers(relaxation.evaluation()));
        }
    }
}
