package io.nas4j.nn;

import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.concat;
import static io.nas4j.space.Grammar.conv;
import static io.nas4j.space.Grammar.maxPool;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;
import static io.nas4j.space.Grammar.sum;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nas4j.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is counted is what the executor holds. */
class FootprintIT {

    private static final InputShape IMAGE = new InputShape(2, 12, 12);
    private static final int BATCH = 3;

    /** Of layers that make their result and nothing besides. */
    static Stream<SearchSpace> spaces() {
        return Stream.of(
                SearchSpace.of("chain", stem(6), norConv(3), maxPool(3), norConv(1), classifier()),
                SearchSpace.of(
                        "branches",
                        stem(4),
                        sum(norConv(3), skip(), conv(1, 4)),
                        concat(norConv(1), sum(norConv(3), skip())),
                        classifier()));
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void theCountIsTheMostThatLivesAtOnce(SearchSpace network) {
        Program program = Networks.lower(network, IMAGE, 10, 1);
        try (NDManager weights = NDManager.newBaseManager();
                NDManager own = NDManager.newBaseManager()) {
            List<NDArray> slots = new ArrayList<>();
            for (Slot slot : program.slots()) {
                slots.add(weights.create(slot.initial(new SplittableRandom(1)), slot.dimensions()));
            }
            long[] most = {0};
            NDArray x = own.ones(new Shape(BATCH, 2, 12, 12));
            NDArray unused =
                    Executor.run(
                            program,
                            x,
                            slots,
                            ExecutionMode.PREDICTION,
                            (instruction, in, out) -> {
                                most[0] = Math.max(most[0], held(own));
                                return out;
                            });
            assertThat(most[0]).isEqualTo(BATCH * Footprint.of(program).activations());
        }
    }

    private static long held(NDManager manager) {
        return manager.getManagedArrays().stream().mapToLong(NDArray::size).sum();
    }
}
