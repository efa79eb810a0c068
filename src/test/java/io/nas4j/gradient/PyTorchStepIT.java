package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nas4j.nn.PyTorchPeer;
import io.nas4j.sharing.BilevelProblem.Along;
import io.nas4j.sharing.BilevelProblem.Loss;
import io.nas4j.sharing.BilevelProblem.Slope;
import io.nas4j.sharing.BilevelStep;
import io.nas4j.sharing.Replicas;
import io.nas4j.sharing.SupernetProblem;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import io.nas4j.supernet.Supernet;
import io.nas4j.supernet.Supernet.Form;
import io.nas4j.train.Adam;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Optimizer;
import io.nas4j.train.Sgd;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bilevel step against the same in PyTorch, from the same weights on the same images. */
class PyTorchStepIT {

    private static final int OPERATIONS = 8;
    private static final int EDGES = 5;
    private static final double WEIGHT_RATE = 0.025;
    private static final double ALPHA_RATE = 3e-4;

    private NDManager manager;
    private Map<String, NDArray> peer;

    @BeforeEach
    void read() throws IOException {
        manager = NDManager.newBaseManager();
        peer = PyTorchPeer.read(manager);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void outputsLossesAndGradientsEqualPyTorchs(Form form) {
        try (Supernet net = net(form);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray weights = manager.create(weights(net, "weight/"));
            NDArray alpha = manager.create(alpha("alpha/"));
            Slope slope = problem(net, 0).slope(Loss.VALIDATION, Along.BOTH, weights, alpha);
            NDArray images = peer.get("valid/images").get(0);
            NDArray output = net.forward(images, weights, net.mixture(alpha));
            assertClose(output.toFloatArray(), peer.get("output").toFloatArray(), 1e-3f, "output");
            assertThat(slope.loss().getFloat())
                    .isCloseTo(peer.get("loss").getFloat(), within(1e-5f));
            assertClose(
                    slope.weights().orElseThrow().toFloatArray(),
                    weights(net, "gradient/"),
                    1e-3f,
                    "gradient of the weights");
            assertClose(
                    slope.alpha().orElseThrow().toFloatArray(),
                    alpha("gradient/alpha/"),
                    1e-3f,
                    "gradient of alpha");
        }
    }

    /** Both finite differences cross kinks of ReLU and pooling, at places of their own. */
    @ParameterizedTest
    @EnumSource(Form.class)
    void theSecondOrderGradientIsNearPyTorchs(Form form) {
        try (Supernet net = net(form);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray weights = manager.create(weights(net, "weight/"));
            NDArray alpha = manager.create(alpha("alpha/"));
            BilevelStep step = new BilevelStep(problem(net, 0), weights, alpha);
            try (Optimizer.State sgd = Sgd.darts().start(weights)) {
                float[] second = step.secondOrder(sgd, WEIGHT_RATE).gradient().toFloatArray();
                assertClose(second, alpha("second_order/alpha/"), 0.05f, "second order");
            }
            float[] first = step.firstOrder().gradient().toFloatArray();
            assertThat(distance(first, alpha("second_order/alpha/"))).isGreaterThan(0.05);
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aStepOfAlphaLeavesTheWeightsBitIdenticalAndTheReverse(Form form) {
        try (Supernet net = net(form);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray weights = manager.create(weights(net, "weight/"));
            NDArray alpha = manager.create(alpha("alpha/"));
            BilevelStep step = new BilevelStep(problem(net, 0), weights, alpha);
            try (Optimizer.State sgd = Sgd.darts().start(weights);
                    Optimizer.State adam = Adam.darts().start(alpha)) {
                float[] weightsBefore = weights.toFloatArray();
                adam.step(alpha, step.firstOrder().gradient(), ALPHA_RATE);
                adam.step(alpha, step.secondOrder(sgd, WEIGHT_RATE).gradient(), ALPHA_RATE);
                assertThat(weights.toFloatArray()).containsExactly(weightsBefore);
                float[] alphaBefore = alpha.toFloatArray();
                assertThat(alphaBefore).isNotEqualTo(alpha("alpha/"));
                step.weights(sgd, WEIGHT_RATE, 5);
                assertThat(alpha.toFloatArray()).containsExactly(alphaBefore);
                assertThat(weights.toFloatArray()).isNotEqualTo(weightsBefore);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void lossesStayWithPyTorchsOverTwentySteps(Form form) {
        float[] validation = peer.get("losses/valid").toFloatArray();
        float[] train = peer.get("losses/train").toFloatArray();
        assertThat(train).hasSize(20);
        try (Supernet net = net(form)) {
            NDArray weights = manager.create(weights(net, "weight/"));
            NDArray alpha = manager.create(alpha("alpha/"));
            try (Optimizer.State sgd = Sgd.darts().start(weights);
                    Optimizer.State adam = Adam.darts().start(alpha)) {
                for (int i = 0; i < train.length; i++) {
                    try (NDScope scope = new NDScope()) {
                        scope.suppressNotUsedWarning();
                        BilevelStep step = new BilevelStep(problem(net, i), weights, alpha);
                        BilevelStep.AlphaGradient gradient = step.firstOrder();
                        adam.step(alpha, gradient.gradient(), ALPHA_RATE);
                        NDArray loss = step.weights(sgd, WEIGHT_RATE, 5);
                        assertThat(gradient.loss().getFloat())
                                .as("validation loss of step " + i)
                                .isCloseTo(validation[i], within(TOGETHER * validation[i]));
                        assertThat(loss.getFloat())
                                .as("training loss of step " + i)
                                .isCloseTo(train[i], within(TOGETHER * train[i]));
                    }
                }
            }
            // twenty steps of at most about 3e-4 each
            float[] after = alpha.toFloatArray();
            float[] theirs = alpha("after/alpha/");
            for (int i = 0; i < after.length; i++) {
                assertThat(after[i]).as("alpha " + i).isCloseTo(theirs[i], within(1e-3f));
            }
            assertThat(distance(alpha("alpha/"), theirs)).isGreaterThan(0.5);
        }
    }

    /** Relative: rounding grows with the steps, as a trajectory's does. */
    private static final float TOGETHER = 1e-3f;

    private Supernet net(Form form) {
        return Supernet.of(PyTorchPeer.space(), 3, 12, 12, 10, form, manager);
    }

    private SupernetProblem problem(Supernet net, int step) {
        return new SupernetProblem(
                Replicas.alone(net, manager),
                ForwardPass.mixture(),
                new Batch(peer.get("train/images").get(step), peer.get("train/labels").get(step)),
                new Batch(peer.get("valid/images").get(step), peer.get("valid/labels").get(step)),
                Optional.empty());
    }

    /** The peer's weights, or their gradients, in our flat order. */
    private float[] weights(Supernet net, String prefix) {
        List<String> names = PyTorchPeer.names();
        assertThat(net.places()).hasSameSizeAs(names);
        float[] flat = new float[(int) net.weightCount()];
        int i = 0;
        for (Supernet.Place place : net.places().values()) {
            NDArray theirs = peer.get(prefix + names.get(i));
            assertThat(theirs.getShape()).as(names.get(i)).isEqualTo(place.shape());
            float[] values = theirs.toFloatArray();
            System.arraycopy(values, 0, flat, place.offset(), values.length);
            i++;
        }
        return flat;
    }

    /** The peer's {@code none} comes first on every edge, ours last. */
    private float[] alpha(String prefix) {
        float[] flat = new float[2 * EDGES * OPERATIONS];
        int at = 0;
        for (String cell : List.of("normal", "reduce")) {
            float[] theirs = peer.get(prefix + cell).toFloatArray();
            for (int edge = 0; edge < EDGES; edge++) {
                float[] row =
                        Arrays.copyOfRange(theirs, edge * OPERATIONS, (edge + 1) * OPERATIONS);
                System.arraycopy(row, 1, flat, at, OPERATIONS - 1);
                flat[at + OPERATIONS - 1] = row[0];
                at += OPERATIONS;
            }
        }
        return flat;
    }

    private static void assertClose(float[] actual, float[] expected, float share, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        assertThat(distance(actual, expected)).as(what).isLessThan(share);
    }

    /** The largest difference, relative to the largest number. */
    private static double distance(float[] actual, float[] expected) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
        }
        return difference / largest;
    }
}
