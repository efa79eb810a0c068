package io.nas4j.oneshot;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nas4j.sharing.BilevelStep;
import io.nas4j.sharing.DryRun;
import io.nas4j.sharing.SupernetProblem;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import io.nas4j.sharing.SupernetState;
import io.nas4j.sharing.SupernetTrainer;
import io.nas4j.space.Architecture;
import io.nas4j.supernet.PathStatistics;
import io.nas4j.supernet.SupernetPath;
import io.nas4j.train.DeviceData.Batch;
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
        List<SupernetProblem> problems =
                round.stream()
                        .map(ForwardPass::along)
                        .map(pass -> new SupernetProblem(pass, batch, batch, Optional.empty()))
                        .toList();
        double clip = supernet.training.clip();
        return BilevelStep.weights(
                        problems, state.weights, state.alpha, state.weightOptimizer, rate, clip)
                .reshape(1);
    }

    private SupernetPath path(Architecture architecture) {
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
        return supernet.accuracy(context, along(path(architecture)));
    }

    /** How many of a path's answers are right on some images, normalised by these. */
    long hits(Architecture architecture, int[] images) {
        return supernet.hits(images, along(path(architecture)));
    }

    /** The same on one batch of the validation data, drawn at random. */
    double reward(Architecture architecture, RandomGenerator random) {
        int[] drawn = supernet.split.validation().clone();
        int size = Math.min(drawn.length, supernet.training.batch());
        for (int i = 0; i < size; i++) {
            int j = i + random.nextInt(drawn.length - i);
            int swapped = drawn[i];
            drawn[i] = drawn[j];
            drawn[j] = swapped;
        }
        int[] batch = Arrays.copyOf(drawn, size);
        return (double) supernet.hits(batch, along(path(architecture))) / size;
    }

    /** Batches of training data that so many images are, as far as there are any. */
    int batches(int images) {
        int batch = supernet.training.batch();
        return Math.min((images + batch - 1) / batch, supernet.steps());
    }

    /**
     * How many of a path's answers are right on the validation data, normalised by what was
     * gathered on training batches: an image's answer does not depend on its neighbours.
     *
     * @param gathered training images that the path's statistics are gathered on
     * @return NaN when told to stop
     */
    double recalibrated(Architecture architecture, int gathered, TrialContext context) {
        int[] validation = supernet.split.validation();
        int size = SupernetTrainer.EVALUATED * supernet.training.batch();
        long hits = 0;
        try (PathStatistics statistics = new PathStatistics(path(architecture), supernet.manager)) {
            for (int i = 0; i < batches(gathered); i++) {
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    Batch batch = supernet.batch(supernet.split.weights(), i);
                    statistics.gather(batch.inputs(), state.weights);
                }
            }
            for (int from = 0; from < validation.length; from += size) {
                if (!context.proceed()) {
                    return Double.NaN;
                }
                int to = Math.min(validation.length, from + size);
                hits +=
                        supernet.hits(
                                Arrays.copyOfRange(validation, from, to),
                                images -> statistics.forward(images, state.weights));
            }
        }
        return (double) hits / validation.length;
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
