package io.nas4j.nn;

import static io.nas4j.space.Grammar.avgPool;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.conv;
import static io.nas4j.space.Grammar.dropout;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.stem;
import static io.nas4j.space.Grammar.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.nas4j.space.Architecture;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkIT {

    private static final InputShape IMAGE = new InputShape(2, 6, 6);

    /** Kernels may add in another order what lies elsewhere in memory. */
    private static final Offset<Float> ELSEWHERE = within(1e-5f);

    private NDManager manager;
    private NDManager data;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        data = NDManager.newBaseManager();
        // DJL's engine is one for all tests
        manager.getEngine().setRandomSeed(3);
    }

    @AfterEach
    void close() {
        data.close();
        manager.close();
    }

    static Stream<SearchSpace> spaces() {
        return Stream.of(
                Spaces.cells(),
                Spaces.nasnet(),
                Spaces.nasBench201(4, 1),
                Spaces.chain(),
                Spaces.mobile(),
                Spaces.mlp(),
                Spaces.zophLe(),
                Spaces.hierarchical());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void everySpaceRunsOnImagesOfAnySize(SearchSpace space) {
        SplittableRandom random = new SplittableRandom(11);
        for (InputShape input : List.of(new InputShape(1, 28, 28), new InputShape(3, 13, 11))) {
            for (int i = 0; i < 3; i++) {
                Network network =
                        Networks.compile(space.network(space.sample(random)), input, 10, 0.5);
                network.initialize(manager, random);
                NDArray x = images(input, 4);
                for (boolean training : new boolean[] {true, false}) {
                    NDArray y = run(network, x, training);
                    assertThat(y.getShape()).isEqualTo(new Shape(4, 10));
                    assertThat(y.isNaN().any().getBoolean()).isFalse();
                }
            }
        }
    }

    @Test
    void rowsMayComeAsTwoOrFourDimensions() {
        SearchSpace space = Spaces.mlp();
        Network network =
                Networks.compile(
                        space.network(space.sample(new SplittableRandom(1))),
                        InputShape.rows(7),
                        3,
                        1);
        network.initialize(manager, new SplittableRandom(1));
        NDArray x = images(InputShape.rows(7), 5);
        assertThat(run(network, x.reshape(5, 7), false).toFloatArray())
                .containsExactly(run(network, x, false).toFloatArray(), ELSEWHERE);
        assertThatThrownBy(() -> run(network, x.reshape(7, 5), false))
                .hasMessage(
                        "the network was compiled for samples of 7 features, but got an array of"
                                + " shape (7, 5).");
    }

    @Test
    void theSameSeedGivesTheSameNetwork() {
        SearchSpace space = Spaces.cells();
        SearchSpace network = space.network(space.sample(new SplittableRandom(1)));
        NDArray x = images(IMAGE, 4);
        float[] first = run(compiled(network, 5), x, true).toFloatArray();
        assertThat(run(compiled(network, 5), x, true).toFloatArray())
                .containsExactly(first, ELSEWHERE);
        assertThat(run(compiled(network, 6), x, true).toFloatArray()).isNotEqualTo(first);
    }

    @Test
    void initialWeightsAreSpreadOverTheirFanIn() {
        Network network = compiled(SearchSpace.of("spread", stem(400), classifier()), 5);
        float[] weights =
                network.getDirectParameters().get("0.conv.weight").getArray().toFloatArray();
        double bound = 1 / Math.sqrt(2 * 9);
        double squares = 0;
        for (float weight : weights) {
            assertThat(Math.abs(weight)).isLessThanOrEqualTo((float) bound);
            squares += weight * weight;
        }
        // variance of a uniform distribution, 7,200 numbers: standard error 1 %
        assertThat(squares / weights.length)
                .isBetween(bound * bound / 3 * 0.94, bound * bound / 3 * 1.06);
    }

    @Test
    void onlyTrainingMovesRunningStatistics() {
        Network network = compiled(SearchSpace.of("norm", op("batch_norm"), classifier()), 1);
        NDArray mean = network.getDirectParameters().get("0.norm.running_mean").getArray();
        NDArray x = images(IMAGE, 8).add(5);
        run(network, x, false);
        assertThat(mean.toFloatArray()).containsOnly(0);
        run(network, x, true);
        // PyTorch's momentum: a tenth of the batch's mean, which is about 5.5
        for (float value : mean.toFloatArray()) {
            assertThat(value).isBetween(0.53f, 0.57f);
        }
    }

    @Test
    void dropoutAndDropPathActOnlyInTraining() {
        SearchSpace space =
                SearchSpace.of(
                        "noise", stem(4), sum(conv(3, 4), conv(1, 4)), dropout(50), classifier());
        Network network = compiled(space, 1);
        NDArray x = images(IMAGE, 4);
        float[] quiet = run(network, x, false).toFloatArray();
        network.dropPath(0.5);
        assertThat(run(network, x, false).toFloatArray()).containsExactly(quiet);
        assertThat(run(network, x, true).toFloatArray())
                .isNotEqualTo(run(network, x, true).toFloatArray());
        assertThatThrownBy(() -> network.dropPath(1)).hasMessageContaining("[0, 1), but was 1.0");
    }

    @Test
    void dropPathDropsWholeSamplesAndKeepsTheMean() {
        NDArray x = data.ones(new Shape(2000, 2, 3, 3));
        ExecutionMode run = new ExecutionMode(true, 0.3, Normaliser.BATCH);
        NDArray y = new Kernel.DropPath().run(List.of(x), List.of(), run);
        float[] values = y.reshape(2000, 18).toFloatArray();
        int kept = 0;
        for (int i = 0; i < 2000; i++) {
            for (int k = 1; k < 18; k++) {
                assertThat(values[18 * i + k]).isEqualTo(values[18 * i]);
            }
            kept += values[18 * i] == 0 ? 0 : 1;
            assertThat(values[18 * i]).isIn(0f, 1 / (float) 0.7);
        }
        // 1,400 expected, standard deviation 20.5
        assertThat(kept).isBetween(1280, 1520);
    }

    /** DJL's own average counts the padding; see {@link AveragePool}. */
    @Test
    void averagePoolsLeaveThePaddingOut() {
        for (int size : new int[] {4, 5}) {
            for (int kernel = 1; kernel <= 5; kernel++) {
                for (int stride = 1; stride <= 2; stride++) {
                    SearchSpace network =
                            SearchSpace.of(
                                    "average",
                                    op("avg_pool", "kernel", kernel, "stride", stride),
                                    classifier());
                    Program program = Networks.lower(network, new InputShape(1, size, size), 1, 1);
                    NDArray ones = data.ones(new Shape(1, 1, size, size));
                    assertThat(
                                    program.instructions()
                                            .get(0)
                                            .kernel()
                                            .run(List.of(ones), List.of(), ExecutionMode.PREDICTION)
                                            .toFloatArray())
                            .containsOnly(1);
                }
            }
        }
    }

    @Test
    void nothingIsLeftOnAnyManagerButTheOutput() {
        SearchSpace space = Spaces.nasnet();
        Network network = compiled(space.network(space.sample(new SplittableRandom(4))), 1);
        NDArray x = images(IMAGE, 4);
        int weights = manager.getManagedArrays().size();
        List<NDArray> before = data.getManagedArrays();
        NDArray y = run(network, x, false);
        List<NDArray> after = new ArrayList<>(data.getManagedArrays());
        after.removeAll(before);
        assertThat(after).singleElement().isSameAs(y);
        assertThat(manager.getManagedArrays()).hasSize(weights);
    }

    @Test
    void deadWeightsAreFrozen() {
        SearchSpace space = Spaces.nasBench201(4, 1);
        SearchSpace network =
                space.network(new Architecture(space.name(), List.of(3, 0, 0, 1, 0, 0)));
        assertThat(compiled(network, 1).getParameters().values())
                .filteredOn(p -> p.getType() == Parameter.Type.WEIGHT && !p.requiresGradient())
                .hasSize(3);
    }

    @Test
    void savedParametersComeBack() throws Exception {
        Node[] steps = {stem(4), norConv(3), avgPool(3), classifier()};
        SearchSpace space = SearchSpace.of("saved", steps);
        Network first = compiled(space, 1);
        NDArray x = images(IMAGE, 4);
        run(first, x, true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        first.saveParameters(new DataOutputStream(bytes));
        Network second = Networks.compile(space, IMAGE, 10, 1);
        second.loadParameters(
                manager, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(run(second, x, false).toFloatArray())
                .containsExactly(run(first, x, false).toFloatArray(), ELSEWHERE);
    }

    private Network compiled(SearchSpace network, long seed) {
        Network block = Networks.compile(network, IMAGE, 10, 1);
        block.initialize(manager, new SplittableRandom(seed));
        return block;
    }

    private NDArray run(Network network, NDArray x, boolean training) {
        return network.forward(new ParameterStore(manager, false), new NDList(x), training)
                .singletonOrThrow();
    }

    private NDArray images(InputShape input, int batch) {
        SplittableRandom random = new SplittableRandom(17);
        float[] values = new float[batch * input.channels() * input.height() * input.width()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return data.create(
                values, new Shape(batch, input.channels(), input.height(), input.width()));
    }
}
