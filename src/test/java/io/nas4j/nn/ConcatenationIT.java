package io.nas4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nas4j.space.Grammar;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import io.nas4j.supernet.Supernet;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConcatenationIT {

    @Test
    void aSingleArrayKeepsItsGradient() {
        assertThat(gradient(x -> Concatenation.of(new NDList(x), 0))).containsExactly(1, 1);
        assertThat(gradient(x -> Concatenation.of(new NDList(x, x), 0))).containsExactly(2, 2);
    }

    private static float[] gradient(Function<NDArray, NDArray> joined) {
        try (NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray x = manager.create(new float[] {3, -2});
            x.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(joined.apply(x).sum());
            }
            return x.getGradient().toFloatArray();
        }
    }

    /** The stem lies before the cell, whose only vertex is what it concatenates. */
    @ParameterizedTest
    @EnumSource(Supernet.Form.class)
    void theStemBeforeACellOfOneVertexLearns(Supernet.Form form) {
        Node edge =
                Grammar.chain(
                        Grammar.input(0),
                        Grammar.choice("op", Grammar.norConv(3), Grammar.norConv(1)));
        SearchSpace space =
                SearchSpace.of(
                        "one vertex",
                        Grammar.stem(4),
                        new Node.Cell(1, List.of(edge), Node.Merge.CONCAT),
                        Grammar.classifier());
        try (NDManager manager = NDManager.newBaseManager();
                Supernet net = Supernet.of(space, 1, 6, 6, 2, form, manager);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray weights = manager.create(net.initialWeights(5));
            weights.setRequiresGradient(true);
            NDArray mixture = manager.create(new float[] {0.5f, 0.5f});
            NDArray images = manager.randomNormal(new Shape(4, 1, 6, 6));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray whole = net.forward(images, weights, mixture).get(":, 0");
                NDArray path = net.path(List.of(List.of(0))).forward(images, weights).get(":, 0");
                collector.backward(whole.add(path).sum());
            }
            float[] gradient = weights.getGradient().toFloatArray();
            List<String> names = List.copyOf(net.places().keySet());
            assertThat(names.get(0)).contains("stem");
            assertThat(gradient[net.places().get(names.get(0)).offset()]).isNotZero();
        }
    }
}
