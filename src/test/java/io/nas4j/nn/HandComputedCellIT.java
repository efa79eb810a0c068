package io.nas4j.nn;

import static io.nas4j.space.Grammar.chain;
import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.input;
import static io.nas4j.space.Grammar.maxPool;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nas4j.space.Node;
import io.nas4j.space.Node.Merge;
import io.nas4j.space.SearchSpace;
import io.nas4j.supernet.Supernet;
import io.nas4j.supernet.Supernet.Form;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A cell of one vertex and two edges, each a skip connection, a pooling or nothing, on two images
 * of one pixel, small enough to be computed on paper.
 *
 * <p>The stem copies the pixels 1 and 3, normalises them to −1 and 1, and scales them to x = (1,
 * 5). A skip connection passes x; pooling one pixel passes it too and normalises, to (−1, 1). The
 * shares are (1/4, 1/2, 1/4) and (3/5, 1/5, 1/5), so that the vertex is 0.85·(1, 5) + 0.7·(−1, 1) =
 * (0.15, 4.95); the classifier has the weights 1 and −2 and the biases 0.5 and 0.
 */
class HandComputedCellIT {

    private static final SearchSpace SPACE =
            SearchSpace.of(
                    "two edges",
                    stem(1),
                    new Node.Cell(
                            1,
                            List.of(
                                    new Node.Subset(
                                            "edges", 1, Merge.SUM, List.of(edge(), edge()))),
                            Merge.CONCAT),
                    classifier());

    private static Node edge() {
        return chain(input(0), choice("op", skip(), maxPool(3)));
    }

    /** Of each edge: skip connection, pooling, nothing. */
    private static final double[] SHARES = {1 / 4.0, 1 / 2.0, 1 / 4.0, 3 / 5.0, 1 / 5.0, 1 / 5.0};

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void outputsAndGradientsOfAlphaAreThoseOnPaper(Form form) {
        try (Supernet net = Supernet.of(SPACE, 1, 1, 1, 2, form, manager)) {
            float[] logits = new float[6];
            for (int i = 0; i < 6; i++) {
                logits[i] = (float) Math.log(SHARES[i]);
            }
            NDArray alpha = manager.create(logits);
            alpha.setRequiresGradient(true);
            NDArray images = manager.create(new float[] {1, 3}, new Shape(2, 1, 1, 1));
            NDArray weights = manager.create(weights(net));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray output = net.forward(images, weights, net.mixture(alpha));
                assertThat(output.toFloatArray())
                        .containsExactly(new float[] {0.65f, -0.3f, 5.45f, -9.9f}, within(1e-4f));
                collector.backward(output.get("1, 0"));
            }
            // share · (what the option passes − the mean of what all pass), for x = 5
            assertThat(alpha.getGradient().toFloatArray())
                    .containsExactly(
                            new float[] {
                                1 / 4f * (5 - 1.75f),
                                1 / 2f * (1 - 1.75f),
                                1 / 4f * (0 - 1.75f),
                                3 / 5f * (5 - 3.2f),
                                1 / 5f * (1 - 3.2f),
                                1 / 5f * (0 - 3.2f)
                            },
                            within(1e-4f));
        }
    }

    private static float[] weights(Supernet net) {
        float[] flat = new float[(int) net.weightCount()];
        for (Map.Entry<String, Supernet.Place> entry : net.places().entrySet()) {
            int at = entry.getValue().offset();
            String name = entry.getKey();
            if (name.endsWith("conv.weight")) {
                flat[at + 4] = 1;
            } else if (name.endsWith("norm.weight")) {
                flat[at] = 2;
            } else if (name.endsWith("norm.bias")) {
                flat[at] = 3;
            } else if (name.endsWith("/weight")) {
                flat[at] = 1;
                flat[at + 1] = -2;
            } else {
                assertThat(name).endsWith("/bias");
                flat[at] = 0.5f;
            }
        }
        return flat;
    }
}
