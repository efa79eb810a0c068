package io.nas4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NetworkIT {

    @Test
    void everySpaceRunsOnImagesOfOddSize() {
        SplittableRandom random = new SplittableRandom(11);
        for (SearchSpace space :
                new SearchSpace[] {
                    Spaces.cells(),
                    Spaces.nasnet(),
                    Spaces.nasBench201(4, 1),
                    Spaces.chain(),
                    Spaces.mlp(),
                    Spaces.zophLe(),
                    Spaces.hierarchical()
                }) {
            for (int i = 0; i < 5; i++) {
                SearchSpace network = space.network(space.sample(random));
                for (InputShape input :
                        new InputShape[] {new InputShape(1, 28, 28), new InputShape(3, 13, 11)}) {
                    try (NDManager manager = NDManager.newBaseManager()) {
                        Network block = Networks.compile(network, input, 10, 0.5);
                        block.initialize(manager, new SplittableRandom(1));
                        NDArray x =
                                manager.randomUniform(
                                        0,
                                        1,
                                        new Shape(
                                                4,
                                                input.channels(),
                                                input.height(),
                                                input.width()));
                        ParameterStore store = new ParameterStore(manager, false);
                        for (boolean training : new boolean[] {true, false}) {
                            NDArray y =
                                    block.forward(store, new NDList(x), training)
                                            .singletonOrThrow();
                            assertThat(y.getShape()).isEqualTo(new Shape(4, 10));
                            assertThat(y.isNaN().any().getBoolean()).isFalse();
                        }
                    }
                }
            }
        }
    }
}
