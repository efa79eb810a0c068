package io.nas4j.nn;

import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.nas4j.genotype.PublishedCells;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AuxiliaryNetworkIT {

    @Test
    void theHeadOfDartsHasTheParametersOfItsCode() {
        SearchSpace darts = PublishedCells.DARTS_V2.network(36, 20);
        InputShape cifar = new InputShape(3, 32, 32);
        AuxiliaryNetwork both =
                AuxiliaryNetwork.of(darts, Networks.compile(darts, cifar, 10, 1), 10);
        Value read = both.head().program().input();
        // after the second reduction, whose four vertices have 144 channels each
        assertThat(read.shape()).isEqualTo("576×8×8");
        // torch: 576·128 + 2·128 + 128·768·4 + 2·768 + 768·10 + 10
        assertThat(Counts.of(both.head().program()).parameters()).isEqualTo(476_426);
    }

    @Test
    void itAnswersTwiceInTrainingAndAsTheNetworkOtherwise() {
        SearchSpace cells = Spaces.cells(2, 3, 2);
        SearchSpace space = cells.network(cells.sample(new SplittableRandom(3)));
        InputShape shape = new InputShape(1, 12, 12);
        try (NDManager manager = NDManager.newBaseManager()) {
            Network alone = Networks.compile(space, shape, 4, 1);
            alone.initialize(manager, new SplittableRandom(1));
            AuxiliaryNetwork both =
                    AuxiliaryNetwork.of(space, Networks.compile(space, shape, 4, 1), 4);
            both.initialize(manager, new SplittableRandom(1));
            ParameterStore store = new ParameterStore(manager, false);
            NDArray x = manager.randomNormal(new Shape(5, 1, 12, 12));
            NDList learned = both.forward(store, new NDList(x), true);
            assertThat(learned).hasSize(2);
            assertThat(learned.get(1).getShape()).isEqualTo(new Shape(5, 4));
            assertThat(learned.get(1).toFloatArray()).isNotEqualTo(learned.get(0).toFloatArray());
            NDArray first = alone.forward(store, new NDList(x), true).singletonOrThrow();
            assertThat(learned.get(0).toFloatArray())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(first.toFloatArray());
            assertThat(both.forward(store, new NDList(x), false)).hasSize(1);
            assertThat(both.getParameters().size())
                    .isEqualTo(alone.getParameters().size() + both.head().getParameters().size());
        }
    }

    @Test
    void withoutCellsTheStepsAreTheDepth() {
        SearchSpace chain = SearchSpace.of("steps", stem(4), norConv(3), norConv(3), classifier());
        AuxiliaryNetwork both =
                AuxiliaryNetwork.of(
                        chain, Networks.compile(chain, new InputShape(1, 4, 4), 2, 1), 2);
        assertThat(both.head().program().input().shape()).isEqualTo("4×4×4");
        SearchSpace rows = SearchSpace.of("flat", op("dense", "units", 4), classifier());
        assertThatThrownBy(
                        () ->
                                AuxiliaryNetwork.of(
                                        rows,
                                        Networks.compile(rows, new InputShape(9, 1, 1), 2, 1),
                                        2))
                .hasMessageContaining("an auxiliary head reads feature maps")
                .hasMessageContaining("Try auxiliary(0)");
    }
}
