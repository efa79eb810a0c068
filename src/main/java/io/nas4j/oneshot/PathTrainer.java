package io.nas4j.oneshot;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nas4j.sharing.Answers;
import io.nas4j.sharing.BilevelStep;
import io.nas4j.sharing.DryRun;
import io.nas4j.sharing.SupernetProblem;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import io.nas4j.sharing.SupernetState;
import io.nas4j.sharing.SupernetTrainer;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.supernet.PathAngles;
import io.nas4j.supernet.PathStatistics;
import io.nas4j.supernet.SupernetPath;
import io.nas4j.train.Cosine;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Optimizer;
import io.nas4j.train.Sampling;
import io.nas4j.trial.TrialContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Trains a supernet's weights one path a step, and scores its paths. */
final class PathTrainer {

    private final SupernetTrainer supernet;
    private final SupernetState state;

    PathTrainer(SupernetTrainer supernet) {
        this.supernet = supernet;
        state = supernet.state;
    }

    /**
     * Trains for one epoch: a step learns a batch along each path of a round, and moves the weights
     * once.
     *
     * @param rounds asked before each batch
     * @param share of the slice's progress that this is
     * @return the mean loss; empty when told to stop
     * @throws IllegalStateException when the loss is not finite
     */
    OptionalDouble epoch(Supplier<List<Architecture>> rounds, TrialContext context, double share) {
        int[] order =
                Sampling.shuffled(
                        supernet.split.weights(),
                        supernet.task.seeds().random(state.epoch, "supernet order"));
        RandomGenerator changes = supernet.task.seeds().random(state.epoch, "augmentation");
        Optional<float[]> means =
                supernet.epoch(
                        1,
                        () -> rounds.get().stream().map(this::path).toList(),
                        (i, round, rate) ->
                                step(supernet.augmented(order, i, changes), round, rate),
                        context,
                        share);
        return means.isPresent() ? OptionalDouble.of(means.get()[0]) : OptionalDouble.empty();
    }

    private NDArray step(Batch batch, List<SupernetPath> round, double rate) {
        List<SupernetProblem> problems = round.stream().map(path -> problem(path, batch)).toList();
        double clip = supernet.training.clip();
        return BilevelStep.weights(
                        problems, state.weights, state.alpha, state.weightOptimizer, rate, clip)
                .reshape(1);
    }

    private SupernetProblem problem(SupernetPath path, Batch batch) {
        return supernet.problem(ForwardPass.along(path), batch, batch, Optional.empty());
    }

    /** Whose paths these are. */
    SearchSpace space() {
        return supernet.task.space();
    }

    /** The path that an architecture takes. */
    SupernetPath path(Architecture architecture) {
        return supernet.net.path(architecture);
    }

    private UnaryOperator<NDArray> along(SupernetPath path) {
        return images -> path.forward(images, state.weights);
    }

    /**
     * How many of a path's answers are right on the validation data, normalised by the batch.
     *
     * @return NaN when told to stop
     */
    double accuracy(Architecture architecture, TrialContext context) {
        return supernet.accuracy(context, ForwardPass.along(path(architecture)));
    }

    /**
     * The same answers, and how likely the right ones were; {@link Answers#NONE} when told to stop.
     */
    Answers answers(Architecture architecture, TrialContext context) {
        return supernet.answers(context, ForwardPass.along(path(architecture)));
    }

    /** A path's answers to some images, normalised by these. */
    Answers answers(Architecture architecture, int[] images) {
        return supernet.answers(images, along(path(architecture)));
    }

    /** The first validation images, as far as there are so many. */
    int[] validation(int images) {
        int[] validation = supernet.split.validation();
        return Arrays.copyOf(validation, Math.min(validation.length, images));
    }

    /** Several training batches of validation images, drawn at random. */
    int[] drawn(RandomGenerator random) {
        int[] drawn = supernet.split.validation().clone();
        int size = Math.min(drawn.length, SupernetTrainer.EVALUATED * supernet.training.batch());
        for (int i = 0; i < size; i++) {
            int j = i + random.nextInt(drawn.length - i);
            int swapped = drawn[i];
            drawn[i] = drawn[j];
            drawn[j] = swapped;
        }
        return Arrays.copyOf(drawn, size);
    }

    /** How far the weights, as they are now, have turned from where they started. */
    PathAngles angles() {
        return new PathAngles(
                supernet.net, supernet.initialWeights(), state.weights.toFloatArray());
    }

    /** Batches of training data that so many images are, as far as there are any. */
    int batches(int images) {
        int batch = supernet.training.batch();
        return Math.min((images + batch - 1) / batch, supernet.steps());
    }

    /**
     * A path's answers to the validation data by itself: after steps of its own, normalised by what
     * was then gathered on training batches. An image's answer does not depend on its neighbours;
     * the shared weights are left as they are.
     *
     * @param scoring how many steps, and images to gather on
     * @return {@link Answers#NONE} when told to stop
     */
    Answers alone(Architecture architecture, PathScoring scoring, TrialContext context) {
        SupernetPath path = path(architecture);
        if (scoring.tuning() == 0) {
            return recalibrated(path, state.weights, scoring.recalibration(), context);
        }
        try (NDManager own = supernet.manager.newSubManager()) {
            NDArray weights = own.create(state.weights.toFloatArray());
            NDScope.unregister(weights);
            return tune(path, weights, scoring.tuning(), context)
                    ? recalibrated(path, weights, scoring.recalibration(), context)
                    : Answers.NONE;
        }
    }

    /** False when told to stop. */
    private boolean tune(SupernetPath path, NDArray weights, int steps, TrialContext context) {
        int[] order =
                Sampling.shuffled(
                        supernet.split.weights(), supernet.task.seeds().random(0, "tuning"));
        RandomGenerator changes = supernet.task.seeds().random(0, "tuning augmentation");
        Cosine rate = Cosine.of(supernet.training.rate().peak() / 2, 0);
        try (Optimizer.State optimizer = supernet.training.optimizer().start(weights)) {
            for (int i = 0; i < steps; i++) {
                if (!context.proceed()) {
                    return false;
                }
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    Batch batch = supernet.augmented(order, i % supernet.steps(), changes);
                    BilevelStep.weights(
                            List.of(problem(path, batch)),
                            weights,
                            state.alpha,
                            optimizer,
                            rate.rate((double) i / steps),
                            supernet.training.clip());
                }
            }
        }
        return true;
    }

    private Answers recalibrated(
            SupernetPath path, NDArray weights, int gathered, TrialContext context) {
        int[] validation = supernet.split.validation();
        int size = SupernetTrainer.EVALUATED * supernet.training.batch();
        Answers sum = Answers.NONE;
        try (PathStatistics statistics = new PathStatistics(path, supernet.manager)) {
            for (int i = 0; i < batches(gathered); i++) {
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    Batch batch = supernet.batch(supernet.split.weights(), i);
                    statistics.gather(batch.inputs(), weights);
                }
            }
            for (int from = 0; from < validation.length; from += size) {
                if (!context.proceed()) {
                    return Answers.NONE;
                }
                int to = Math.min(validation.length, from + size);
                sum =
                        sum.plus(
                                supernet.answers(
                                        Arrays.copyOfRange(validation, from, to),
                                        images -> statistics.forward(images, weights)));
            }
        }
        return sum;
    }

    /** What a dry run measures: steps and evaluations of paths drawn uniformly. */
    DryRun.Work work() {
        return new Work();
    }

    private final class Work implements DryRun.Work {

        private final RandomGenerator random = new SplittableRandom(1);
        private final SupernetPath largest =
                Stream.generate(this::drawn)
                        .limit(DryRun.DRAWS)
                        .max(Comparator.comparingLong(SupernetPath::activations))
                        .orElseThrow();

        private SupernetPath drawn() {
            return path(supernet.task.space().sample(random));
        }

        @Override
        public void step(int images) {
            step(images, drawn());
        }

        @Override
        public int smallest() {
            return supernet.smallestBatch();
        }

        @Override
        public void largest(int images) {
            step(images, largest);
            supernet.evaluate(images, along(largest));
        }

        private void step(int images, SupernetPath path) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Batch batch = supernet.batch(supernet.split.weights(), 0, images);
                double rate = supernet.training.rate().peak();
                PathTrainer.this.step(batch, List.of(path), rate).toFloatArray();
            }
        }

        @Override
        public int variety() {
            return DryRun.VARIETY;
        }

        @Override
        public void evaluate(int images) {
            supernet.evaluate(images, along(drawn()));
        }
    }
}
