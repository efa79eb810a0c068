package io.nas4j.supernet;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.maxPool;
import static io.nas4j.space.Grammar.none;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.sepConv;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.supernet.Supernet.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SupernetPathIT {

    private static final int BATCH = 3;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** A space, the side of its images, and of how many channels one is mixed (PC-DARTS). */
    static Stream<Arguments> spaces() {
        return Stream.of(
                Arguments.of(Spaces.darts(4, 3), 12, 1),
                Arguments.of(Spaces.darts(8, 3), 12, 4),
                Arguments.of(Spaces.cells(4, 3, 2), 14, 1),
                Arguments.of(Spaces.nasBench201(4, 1), 8, 1),
                Arguments.of(Spaces.nasnet(4, 3, 2), 8, 1),
                Arguments.of(Spaces.hierarchical(), 8, 1),
                Arguments.of(Spaces.mobile(2, 4, 6), 7, 1),
                Arguments.of(lines(), 7, 1));
    }

    private static SearchSpace lines() {
        return SearchSpace.of(
                "five lines",
                stem(6),
                choice("first", norConv(3), sepConv(5), maxPool(3)),
                choice("second", norConv(3), skip(), none()),
                classifier());
    }

    /** One random logit of each decision, "no edge" among them, with random shares. */
    @ParameterizedTest
    @MethodSource("spaces")
    void aPathEqualsTheWholeSupernetWithNothingOffThePath(SearchSpace space, int side, int part) {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 4; round++) {
            try (Supernet net = Supernet.of(space, 3, side, side, 5, Form.PLAIN, part, manager)) {
                List<List<Integer>> picked = new ArrayList<>();
                float[] shares = new float[net.logitCount()];
                float[] onPath = new float[net.logitCount()];
                int first = 0;
                for (int count : net.decisions().values()) {
                    int pick = random.nextInt(count);
                    picked.add(List.of(pick));
                    for (int i = 0; i < count; i++) {
                        shares[first + i] = 0.5f + (float) random.nextDouble();
                        onPath[first + i] = i == pick ? shares[first + i] : 0;
                    }
                    first += count;
                }
                SupernetPath path = net.path(picked);
                Result whole = run(net, side, onPath, (w, m) -> net.forward(images(side), w, m));
                Result single = run(net, side, shares, (w, m) -> path.forward(images(side), w, m));
                Floats.assertClose(single.output, whole.output, "output");
                Floats.assertClose(single.weights, whole.weights, "gradient of the weights");
                for (int i = 0; i < onPath.length; i++) {
                    if (onPath[i] == 0) {
                        whole.mixture[i] = 0;
                    }
                }
                Floats.assertClose(single.mixture, whole.mixture, "gradient of the mixture");
            }
        }
    }

    static Stream<Arguments> wholeSpaces() {
        return spaces().filter(arguments -> arguments.get()[2].equals(1));
    }

    @ParameterizedTest
    @MethodSource("wholeSpaces")
    void anArchitecturesPathEqualsTheWholeSupernetWithOneHotShares(
            SearchSpace space, int side, int part) {

        SplittableRandom random = new SplittableRandom(12);
        for (int round = 0; round < 4; round++) {
            Architecture architecture = space.sample(random);
            try (Supernet net = Supernet.of(space, 3, side, side, 5, Form.PLAIN, manager)) {
                float[] oneHot = new float[net.logitCount()];
                Map<String, Integer> answers = space.answers(architecture);
                int first = 0;
                for (Map.Entry<Decision, Integer> entry : net.decisions().entrySet()) {
                    Decision decision = entry.getKey();
                    Integer answer = answers.get(decision.id());
                    List<Integer> options =
                            answer != null
                                    ? decision.picked(answer)
                                    : entry.getValue() > decision.options()
                                            ? List.of(decision.options())
                                            : List.of(0);
                    for (int option : options) {
                        oneHot[first + option] = 1f / options.size();
                    }
                    first += entry.getValue();
                }
                SupernetPath path = net.path(architecture);
                Result whole = run(net, side, oneHot, (w, m) -> net.forward(images(side), w, m));
                Result single = run(net, side, oneHot, (w, m) -> path.forward(images(side), w));
                Floats.assertClose(single.output, whole.output, "output");
                Floats.assertClose(single.weights, whole.weights, "gradient of the weights");
            }
        }
    }

    @Test
    void weightsOffThePathGetGradientsOfExactlyZero() {
        SearchSpace space = Spaces.darts(4, 3);
        try (Supernet net = Supernet.of(space, 3, 12, 12, 5, Form.FUSED, manager)) {
            SupernetPath path = net.path(everywhere(net, SEP_3));
            Result result = run(net, 12, null, (w, m) -> path.forward(images(12), w));
            int on = 0;
            for (Map.Entry<String, Supernet.Place> slot : net.places().entrySet()) {
                int from = slot.getValue().offset();
                int to = from + (int) slot.getValue().shape().size();
                boolean moves = IntStream.range(from, to).anyMatch(i -> result.weights[i] != 0);
                boolean shared = slot.getKey().matches(".*(/in/|stem|classifier).*");
                boolean picked = slot.getKey().matches(".*/sep_conv\\(.*kernel=3.*");
                assertThat(moves).as(slot.getKey()).isEqualTo(shared || picked);
                on += moves ? 1 : 0;
            }
            assertThat(on).isBetween(50, net.places().size() / 2);
        }
    }

    @Test
    void onlyWhatThePathNeedsIsRun() {
        SearchSpace space = Spaces.darts(4, 3);
        try (Supernet net = Supernet.of(space, 3, 12, 12, 5, Form.FUSED, manager)) {
            // stem, classifier; in each of three cells two inputs and 14 edges
            assertThat(net.path(everywhere(net, MAX_POOL)).operations())
                    .isEqualTo(2 + 3 * (2 + 14));
            // an identity is nothing to run: left are the strided skips of the two reducing cells
            assertThat(net.path(everywhere(net, SKIP)).operations()).isEqualTo(2 + 3 * 2 + 2 * 8);
            // of what comes before a classifier that reads zeros, nothing
            assertThat(net.path(everywhere(net, NONE)).operations()).isEqualTo(1);
            // an architecture keeps two edges of each of four vertices
            Architecture architecture = space.choose(d -> d.options() == 7 ? SEP_3 : 0);
            assertThat(net.path(architecture).operations()).isEqualTo(2 + 3 * (2 + 8));
        }
    }

    /** ReLU, convolution, normalisation: three maps of 6 channels and 7 by 7 pixels. */
    @Test
    void aConvolutionLeavesThreeMapsForTheBackwardPassAndASkipNone() {
        try (Supernet net = Supernet.of(lines(), 3, 7, 7, 5, Form.FUSED, manager)) {
            long convolution = net.path(List.of(List.of(0), List.of(0))).activations();
            long skip = net.path(List.of(List.of(0), List.of(1))).activations();
            assertThat(convolution - skip).isEqualTo(3 * 6 * 7 * 7);
        }
    }

    // the options of darts()
    private static final int MAX_POOL = 0;
    private static final int SKIP = 2;
    private static final int SEP_3 = 3;
    private static final int NONE = 7;

    private static List<List<Integer>> everywhere(Supernet net, int option) {
        return net.decisions().keySet().stream().map(decision -> List.of(option)).toList();
    }

    @Test
    void gatheredStatisticsMakeAnImagesOutputIndependentOfItsBatch() {
        SearchSpace space = Spaces.cells(4, 3, 2);
        try (Supernet net = Supernet.of(space, 3, 12, 12, 5, Form.FUSED, manager);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray weights = manager.create(net.initialWeights(5));
            SupernetPath path = net.path(space.sample(new SplittableRandom(4)));
            NDArray images = images(12, 16);
            NDArray few = images.get("0:5");
            try (PathStatistics statistics = new PathStatistics(path, manager)) {
                assertThatThrownBy(() -> statistics.forward(few, weights))
                        .hasMessageContaining("Try gather(..)");
                statistics.gather(images, weights);
                float[] together = statistics.forward(images, weights).get("0:5").toFloatArray();
                float[] alone = statistics.forward(few, weights).toFloatArray();
                Floats.assertClose(alone, together, "output by gathered statistics");
                // the batch that they were gathered on: as by its own, but for the unbiased
                // variance
                float[] own = path.forward(images, weights).get("0:5").toFloatArray();
                assertThat(distance(together, own)).isLessThan(0.05);
            }
            float[] together = path.forward(images, weights).get("0:5").toFloatArray();
            float[] alone = path.forward(few, weights).toFloatArray();
            assertThat(distance(alone, together)).isGreaterThan(0.1);
        }
    }

    /** Two batches weigh the same, whichever comes first. */
    @Test
    void statisticsAreMeansOverTheirBatches() {
        SearchSpace space = lines();
        try (Supernet net = Supernet.of(space, 3, 7, 7, 5, Form.FUSED, manager);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray weights = manager.create(net.initialWeights(5));
            SupernetPath path = net.path(space.choose(d -> 0));
            NDArray one = images(7, 8);
            NDArray two = one.mul(3).add(1);
            float[] forward = gathered(path, weights, List.of(one, two));
            Floats.assertClose(gathered(path, weights, List.of(two, one)), forward, "other order");
            assertThat(distance(gathered(path, weights, List.of(two)), forward))
                    .isGreaterThan(0.05);
        }
    }

    private float[] gathered(SupernetPath path, NDArray weights, List<NDArray> batches) {
        try (PathStatistics statistics = new PathStatistics(path, manager)) {
            batches.forEach(batch -> statistics.gather(batch, weights));
            return statistics.forward(images(7, 4), weights).toFloatArray();
        }
    }

    private static double distance(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private record Result(float[] output, float[] weights, float[] mixture) {}

    private Result run(
            Supernet net, int side, float[] shares, BiFunction<NDArray, NDArray, NDArray> forward) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray targets =
                    Floats.normal(manager, new SplittableRandom(4), BATCH * 5).reshape(BATCH, 5);
            NDArray weights = manager.create(net.initialWeights(5));
            NDArray mixture = manager.create(shares == null ? new float[net.logitCount()] : shares);
            weights.setRequiresGradient(true);
            mixture.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray output = forward.apply(weights, mixture);
                collector.backward(output.mul(targets).sum());
                return new Result(
                        output.toFloatArray(),
                        weights.getGradient().toFloatArray(),
                        mixture.getGradient().toFloatArray());
            }
        }
    }

    private NDArray images(int side) {
        return images(side, BATCH);
    }

    private NDArray images(int side, int count) {
        return Floats.normal(manager, new SplittableRandom(3), count * 3 * side * side)
                .reshape(new Shape(count, 3, side, side));
    }
}
