package io.nas4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The plain program of a DARTS supernet against the same in PyTorch, which {@code
 * src/bench/python/darts_supernet.py} wrote: 4 channels, 3 cells of 2 vertices, all 8 operations.
 */
class PyTorchIT {

    private NDManager manager;
    private final Map<String, NDArray> peer = new HashMap<>();

    @BeforeEach
    void read() throws IOException {
        manager = NDManager.newBaseManager();
        peer.putAll(PyTorchPeer.read(manager));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void outputsAndGradientsEqualPyTorchs() {
        Network network =
                new Network(
                        Networks.lower(
                                PyTorchPeer.space(),
                                new InputShape(3, 12, 12),
                                10,
                                Setting.SEARCH));
        network.initialize(manager, new java.util.SplittableRandom(1));
        List<Parameter> parameters =
                network.getParameters().values().stream()
                        .filter(Parameter::requiresGradient)
                        .toList();
        List<String> names = PyTorchPeer.names();
        assertThat(parameters).hasSameSizeAs(names);
        for (int i = 0; i < names.size(); i++) {
            NDArray array = parameters.get(i).getArray();
            NDArray theirs = peer.get("weight/" + names.get(i));
            assertThat(array.getShape()).as(names.get(i)).isEqualTo(theirs.getShape());
            theirs.copyTo(array);
        }
        Map<String, NDArray> alphas = new LinkedHashMap<>();
        for (String cell : new String[] {"normal", "reduce"}) {
            NDArray alpha = peer.get("alpha/" + cell);
            alpha.setRequiresGradient(true);
            alphas.put(cell, alpha);
        }
        NDArray images = peer.get("valid/images").get(0);
        NDArray target = peer.get("valid/labels").get(0).oneHot(10);
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            network.mixture(hole -> mixed(hole, alphas.get(hole.decision().id().split("/")[0])));
            NDArray output =
                    network.forward(new ParameterStore(manager, false), new NDList(images), true)
                            .singletonOrThrow();
            assertClose(output, peer.get("output"), "output");
            NDArray loss = output.logSoftmax(1).mul(target).sum().div(-target.getShape().get(0));
            collector.backward(loss);
        }
        for (int i = 0; i < names.size(); i++) {
            assertClose(
                    parameters.get(i).getArray().getGradient(),
                    peer.get("gradient/" + names.get(i)),
                    names.get(i));
        }
        alphas.forEach(
                (cell, alpha) ->
                        assertClose(alpha.getGradient(), peer.get("gradient/alpha/" + cell), cell));
    }

    /** Every edge runs; on an edge, {@code none} has the first share. */
    private static Mixture.Pick mixed(Kernel.Mix hole, NDArray alpha) {
        List<Integer> all = IntStream.range(0, hole.decision().options()).boxed().toList();
        String[] path = hole.decision().id().split("/");
        if (path[path.length - 1].equals("edges")) {
            return new Mixture.Pick(all, null);
        }
        assertThat(hole.droppable()).isTrue();
        int vertex = Integer.parseInt(path[1].substring(1)) - 2;
        int edge = vertex * (vertex + 3) / 2 + Integer.parseInt(path[3]);
        return new Mixture.Pick(all, alpha.get(edge).softmax(0).get("1:"));
    }

    private static void assertClose(NDArray actual, NDArray expected, String what) {
        assertThat(actual.getShape()).as(what).isEqualTo(expected.getShape());
        float largest = Math.max(1e-3f, expected.abs().max().getFloat());
        assertThat(actual.sub(expected).abs().max().getFloat())
                .as(what)
                .isCloseTo(0, within(2e-4f * largest));
    }
}
