package io.nas4j.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.nas4j.nn.PyTorchPeer;
import io.nas4j.nn.Scaling;
import io.nas4j.supernet.Supernet.Form;
import io.nas4j.supernet.Supernet.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A DARTS supernet against the same in PyTorch, array by array, which {@code
 * src/bench/python/darts_supernet.py} wrote: 4 channels, 3 cells of 2 vertices, all 8 operations.
 */
class PyTorchIT {

    private static final int OPERATIONS = 8;

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
    void outputsAndGradientsEqualPyTorchs(Form form) {
        try (Supernet net = Supernet.of(PyTorchPeer.space(), 3, 12, 12, 10, form, manager);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            List<String> names = PyTorchPeer.names();
            List<Place> places = new ArrayList<>(net.places().values());
            assertThat(places).hasSameSizeAs(names);
            float[] flat = new float[(int) net.weightCount()];
            for (int i = 0; i < names.size(); i++) {
                float[] theirs = peer.get("weight/" + names.get(i)).toFloatArray();
                System.arraycopy(theirs, 0, flat, places.get(i).offset(), theirs.length);
            }
            NDArray weights = manager.create(flat);
            NDArray alpha = manager.create(alpha("alpha/"));
            weights.setRequiresGradient(true);
            alpha.setRequiresGradient(true);
            NDArray target = peer.get("valid/labels").get(0).oneHot(10);
            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                NDArray images = peer.get("valid/images").get(0);
                NDArray output = net.forward(images, weights, net.mixture(alpha));
                assertClose(output.toFloatArray(), peer.get("output").toFloatArray(), "output");
                collector.backward(
                        Scaling.times(
                                output.logSoftmax(1).mul(target).sum(),
                                -1.0 / target.getShape().get(0)));
            }
            float[] gradient = weights.getGradient().toFloatArray();
            for (int i = 0; i < names.size(); i++) {
                int from = places.get(i).offset();
                int to = from + (int) places.get(i).shape().size();
                assertClose(
                        Arrays.copyOfRange(gradient, from, to),
                        peer.get("gradient/" + names.get(i)).toFloatArray(),
                        names.get(i));
            }
            assertClose(alpha.getGradient().toFloatArray(), alpha("gradient/alpha/"), "alpha");
        }
    }

    /** Theirs begin with {@code none}, ours end with it. */
    private float[] alpha(String prefix) {
        List<Float> flat = new ArrayList<>();
        for (String cell : List.of("normal", "reduce")) {
            float[] theirs = peer.get(prefix + cell).toFloatArray();
            for (int row = 0; row < theirs.length; row += OPERATIONS) {
                for (int i = 1; i < OPERATIONS; i++) {
                    flat.add(theirs[row + i]);
                }
                flat.add(theirs[row]);
            }
        }
        float[] result = new float[flat.size()];
        Iterator<Float> next = flat.iterator();
        for (int i = 0; i < result.length; i++) {
            result[i] = next.next();
        }
        return result;
    }

    /** Relative to the largest of an array: float sums in another order. */
    private static void assertClose(float[] actual, float[] expected, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        float largest = 1e-3f;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as(what).isCloseTo(expected[i], within(2e-4f * largest));
        }
    }
}
