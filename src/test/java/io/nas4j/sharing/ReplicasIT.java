package io.nas4j.sharing;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.sepConv;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import io.nas4j.space.SearchSpace;
import io.nas4j.supernet.Supernet;
import io.nas4j.train.Adam;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Optimizer;
import io.nas4j.train.Sgd;
import io.nas4j.train.TrainingLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas on the one CPU that DJL has: what they compute is the same as on several GPUs. */
class ReplicasIT {

    /** No image's answer depends on another image. */
    private static final SearchSpace PLAIN = TinySearch.plain(4);

    private static final SearchSpace NORMALISED =
            SearchSpace.of(
                    "normalised",
                    stem(4),
                    choice("op", norConv(1), norConv(3), sepConv(3)),
                    classifier());

    private static final int STEPS = 5;

    /** After which a thread that was to end hangs. */
    private static final long HANG_MILLIS = 600_000;

    private static final double ROUNDING = 2e-5;

    private NDManager manager;
    private TrainingLock turn;

    @BeforeEach
    void open() throws InterruptedException {
        turn = TrainingLock.take(1);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
        turn.close();
    }

    @Test
    void stepsOfReplicasAreThoseOfTheWholeBatch() {
        Trained alone = trained(PLAIN, 1, images(12));
        assertThat(alone.distance(start(PLAIN))).isGreaterThan(0.05);
        for (int replicas : new int[] {2, 3}) {
            assertThat(trained(PLAIN, replicas, images(12)).distance(alone)).isLessThan(ROUNDING);
        }
    }

    /** 4, 4 and 3 images: each counts as much as in the whole batch. */
    @Test
    void partsOfUnequalSizeCountByTheirImages() {
        Trained alone = trained(PLAIN, 1, images(11));
        assertThat(trained(PLAIN, 3, images(11)).distance(alone)).isLessThan(ROUNDING);
    }

    @Test
    void aReplicaNormalisesByItsOwnPart() {
        Trained alone = trained(NORMALISED, 1, images(12));
        assertThat(trained(NORMALISED, 2, images(12)).distance(alone)).isGreaterThan(1e-3);
        float[] half = images(6);
        float[] twice = Arrays.copyOf(half, 2 * half.length);
        System.arraycopy(half, 0, twice, half.length, half.length);
        // parts of the same statistics as the whole
        assertThat(trained(NORMALISED, 2, twice).distance(trained(NORMALISED, 1, twice)))
                .isLessThan(ROUNDING);
    }

    @Test
    void replicasRunWithTheSameWeightsAtEveryStep() {
        Map<Supernet, List<String>> seen = Collections.synchronizedMap(new IdentityHashMap<>());
        ForwardPass pass =
                (net, x, weights, alpha) -> {
                    List<String> of = seen.computeIfAbsent(net, key -> new ArrayList<>());
                    of.add(Arrays.toString(weights.toFloatArray()));
                    of.add(Arrays.toString(alpha.toFloatArray()));
                    return net.forward(x, weights, net.mixture(alpha));
                };
        Trained after = trained(NORMALISED, List.of("cpu", "cpu"), images(12), pass);
        List<List<String>> both = List.copyOf(seen.values());
        assertThat(both).hasSize(2);
        assertThat(both.get(0)).hasSize(4 * STEPS).isEqualTo(both.get(1));
        assertThat(after.distance(start(NORMALISED))).isGreaterThan(0.05);
    }

    /** The twin: two networks that step by their own halves. */
    @Test
    void withoutTheSumTheyDriftApart() {
        float[] all = images(12);
        Trained first = trained(NORMALISED, 1, Arrays.copyOf(all, all.length / 2));
        Trained second =
                trained(NORMALISED, 1, Arrays.copyOfRange(all, all.length / 2, all.length));
        assertThat(first.distance(second)).isGreaterThan(1e-3);
    }

    /** Whole batches, one a device: normalised as on one. */
    @Test
    void eachDeviceAnswersABatchOfItsOwn() {
        try (Supernet net = net(NORMALISED);
                Replicas replicas = Replicas.on(List.of("cpu", "cpu", "cpu"), net, manager);
                Replicas alone = Replicas.alone(net, manager);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray weights = manager.create(net.initialWeights(5));
            NDArray alpha = manager.zeros(new Shape(net.logitCount()));
            List<Batch> batches = new ArrayList<>();
            List<Answers> expected = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                float[] images = images(12);
                for (int k = 0; k < images.length; k++) {
                    images[k] *= i + k % 7;
                }
                Batch batch = batch(images);
                batches.add(batch);
                expected.addAll(
                        alone.answers(ForwardPass.mixture(), List.of(batch), weights, alpha));
            }
            assertSame(replicas.answers(ForwardPass.mixture(), batches, weights, alpha), expected);
            assertThat(Set.copyOf(expected)).hasSize(3);
            List<Batch> two = batches.subList(0, 2);
            assertSame(
                    replicas.answers(ForwardPass.mixture(), two, weights, alpha),
                    expected.subList(0, 2));
        }
    }

    private static void assertSame(List<Answers> some, List<Answers> others) {
        assertThat(some).hasSameSizeAs(others);
        for (int i = 0; i < some.size(); i++) {
            assertThat(some.get(i).hits()).isEqualTo(others.get(i).hits());
            assertThat(some.get(i).images()).isEqualTo(others.get(i).images());
            assertThat(some.get(i).logLikelihood())
                    .isCloseTo(others.get(i).logLikelihood(), within(1e-4));
        }
    }

    @Test
    void noStepLeavesAnArrayBehind() {
        List<Integer> counts = new ArrayList<>();
        NDManager root = manager.getParentManager();
        ForwardPass pass = ForwardPass.mixture();
        try (Supernet net = net(NORMALISED);
                Replicas replicas = Replicas.on(List.of("cpu", "cpu", "cpu"), net, manager);
                Steps steps = new Steps(net, replicas)) {
            for (int i = 0; i < 20; i++) {
                steps.step(pass, images(12));
                counts.add(root.getManagedArrays().size());
            }
        }
        Set<Integer> different = new HashSet<>(counts);
        assertThat(different).as("arrays between steps: %s", counts).hasSize(1);
    }

    @Test
    void closingLeavesNoArrayAndNoThread() {
        NDManager root = manager.getParentManager();
        int before = root.getManagedArrays().size();
        trained(NORMALISED, 3, images(12));
        assertThat(root.getManagedArrays()).hasSize(before);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("nas4j-replica"))
                .allSatisfy(
                        thread -> {
                            thread.join(HANG_MILLIS);
                            assertThat(thread.isAlive()).isFalse();
                        });
    }

    @Test
    void aFailureNamesItsDeviceAndTheNextStepRuns() {
        try (Supernet net = net(NORMALISED);
                Replicas replicas = Replicas.on(List.of("cpu", "cpu"), net, manager);
                Steps steps = new Steps(net, replicas)) {
            ForwardPass broken =
                    (where, x, weights, alpha) -> {
                        if (where != net) {
                            throw new IllegalStateException("out of order");
                        }
                        return where.forward(x, weights, where.mixture(alpha));
                    };
            NDManager root = manager.getParentManager();
            int before = root.getManagedArrays().size();
            assertThatThrownBy(() -> steps.step(broken, images(12)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("device \"cpu\" failed in work that 2 devices share")
                    .hasMessageContaining("out of order");
            assertThat(root.getManagedArrays()).hasSize(before);
            assertThat(steps.now().distance(start(NORMALISED))).isZero();
            steps.step(ForwardPass.mixture(), images(12));
            assertThat(steps.now().distance(start(NORMALISED))).isPositive();
        }
    }

    @Test
    void onOneDeviceAFailureIsItsOwn() {
        IllegalStateException own = new IllegalStateException("out of order");
        ForwardPass broken =
                (where, x, weights, alpha) -> {
                    throw own;
                };
        try (Supernet net = net(PLAIN);
                Replicas replicas = Replicas.alone(net, manager);
                Steps steps = new Steps(net, replicas)) {
            assertThatThrownBy(() -> steps.step(broken, images(12))).isSameAs(own);
            List<Batch> one = List.of(batch(images(3)));
            assertThatThrownBy(() -> replicas.answers(broken, one, steps.weights, steps.alpha))
                    .isSameAs(own);
        }
    }

    @Test
    void aDeviceThatDoesNotExistIsRefused() {
        try (Supernet net = net(PLAIN)) {
            assertThatThrownBy(() -> Replicas.on(List.of("cpu", "gpu:99"), net, manager))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"gpu:99\" does not exist");
        }
    }

    /** Weights and alpha. */
    private record Trained(float[] weights, float[] alpha) {
        double distance(Trained other) {
            return Math.max(distance(weights, other.weights), distance(alpha, other.alpha));
        }

        private static double distance(float[] a, float[] b) {
            double largest = 0;
            for (int i = 0; i < a.length; i++) {
                largest = Math.max(largest, Math.abs(a[i] - b[i]));
            }
            return largest;
        }
    }

    private Trained trained(SearchSpace space, int replicas, float[] images) {
        return trained(space, Collections.nCopies(replicas, "cpu"), images, ForwardPass.mixture());
    }

    private Trained trained(
            SearchSpace space, List<String> devices, float[] images, ForwardPass pass) {
        try (Supernet net = net(space);
                Replicas replicas = Replicas.on(devices, net, manager);
                Steps steps = new Steps(net, replicas)) {
            for (int i = 0; i < STEPS; i++) {
                steps.step(pass, images);
            }
            return steps.now();
        }
    }

    private Trained start(SearchSpace space) {
        try (Supernet net = net(space)) {
            return new Trained(net.initialWeights(5), new float[net.logitCount()]);
        }
    }

    private Supernet net(SearchSpace space) {
        return Supernet.of(space, 1, SIDE, SIDE, 3, Supernet.Form.FUSED, manager);
    }

    private Batch batch(float[] images) {
        int count = images.length / (SIDE * SIDE);
        long[] labels = new long[count];
        Arrays.setAll(labels, i -> i % 3);
        return new Batch(
                manager.create(images, new Shape(count, 1, SIDE, SIDE)), manager.create(labels));
    }

    /** DARTS' alternating steps. */
    private final class Steps implements AutoCloseable {
        private final Replicas replicas;
        private final NDArray weights;
        private final NDArray alpha;
        private final Optimizer.State forWeights;
        private final Optimizer.State forAlpha;

        Steps(Supernet net, Replicas replicas) {
            this.replicas = replicas;
            weights = manager.create(net.initialWeights(5));
            alpha = manager.zeros(new Shape(net.logitCount()));
            forWeights = Sgd.darts().start(weights);
            forAlpha = new Adam().start(alpha);
        }

        void step(ForwardPass pass, float[] images) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Batch batch = batch(images);
                BilevelStep step =
                        new BilevelStep(
                                new SupernetProblem(replicas, pass, batch, batch, Optional.empty()),
                                weights,
                                alpha);
                forAlpha.step(alpha, step.firstOrder().gradient(), 0.02);
                step.weights(forWeights, 0.05, 5);
            }
        }

        Trained now() {
            return new Trained(weights.toFloatArray(), alpha.toFloatArray());
        }

        @Override
        public void close() {
            forWeights.close();
            forAlpha.close();
            weights.close();
            alpha.close();
        }
    }

    private static final int SIDE = 6;

    private static float[] images(int count) {
        float[] values = new float[count * SIDE * SIDE];
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
