package io.nas4j.proxy;

import static io.nas4j.space.Grammar.batchNorm;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.conv;
import static io.nas4j.space.Grammar.dense;
import static io.nas4j.space.Grammar.none;
import static io.nas4j.space.Grammar.relu;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nas4j.nn.ExecutionMode;
import io.nas4j.nn.Executor;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Networks;
import io.nas4j.nn.Program;
import io.nas4j.nn.Slot;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import io.nas4j.train.CrossEntropy;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proxies against what is computed by hand, or by finite differences. */
class ProxyIT {

    private NDManager manager;
    private TrainingLock turn;
    private NDScope scope;

    @BeforeEach
    void open() throws InterruptedException {
        manager = NDManager.newBaseManager(ai.djl.Device.cpu());
        turn = TrainingLock.take(1);
        scope = new NDScope();
        scope.suppressNotUsedWarning();
    }

    @AfterEach
    void close() {
        scope.close();
        turn.close();
        manager.close();
    }

    /** Three layers, each of which carries all of R = 2·3·(0.5 + 1.5) = 12. */
    @Test
    void synflowOfALinearChainIsTheProductOfItsWeights() {
        assertThat(synflow(-2, 3, 0.5f, -1.5f)).isCloseTo(Math.log(36), within(1e-9));
        assertThat(synflow(2, -3, -0.5f, 1.5f)).isCloseTo(Math.log(36), within(1e-9));
        assertThat(synflow(-2, 3, 0.5f, -3)).isCloseTo(Math.log(63), within(1e-9));
    }

    private double synflow(float a, float b, float c, float d) {
        Program program =
                Networks.lower(
                        SearchSpace.of("chain", dense(1), dense(1), classifier()),
                        InputShape.rows(1),
                        2,
                        1);
        List<float[]> weights =
                List.of(
                        new float[] {a},
                        new float[] {0},
                        new float[] {b},
                        new float[] {0},
                        new float[] {c, d},
                        new float[] {0, 0});
        return Proxy.SYNFLOW.of(network(program, weights, null, null));
    }

    /** Layers that multiply by 4·10^8 three times would not fit single precision. */
    @Test
    void synflowOfADeepNetworkDoesNotOverflow() {
        Node[] layers = new Node[31];
        java.util.Arrays.setAll(layers, i -> i < 30 ? dense(1) : classifier());
        Program program = Networks.lower(SearchSpace.of("deep", layers), InputShape.rows(1), 1, 1);
        List<float[]> weights = new ArrayList<>();
        for (Slot slot : program.slots()) {
            weights.add(new float[] {slot.role() == Slot.Role.WEIGHT ? 1e4f : 0});
        }
        assertThat(Proxy.SYNFLOW.of(network(program, weights, null, null)))
                .isCloseTo(31 * Math.log(1e4) + Math.log(31), within(1e-6));
    }

    @Test
    void synflowSeesNoNormalisation() {
        SearchSpace plain = SearchSpace.of("plain", conv(3, 2), relu(), classifier());
        SearchSpace normed = SearchSpace.of("n", conv(3, 2), batchNorm(), relu(), classifier());
        Program with = lower(normed);
        List<float[]> all = InitialNetwork.draw(with, new SplittableRandom(3));
        List<float[]> without = new ArrayList<>(all);
        without.subList(2, 6).clear();
        // the same numbers elsewhere in memory, where kernels may add in another order
        assertThat(Proxy.SYNFLOW.of(network(with, all, null, null)))
                .isCloseTo(
                        Proxy.SYNFLOW.of(network(lower(plain), without, null, null)), within(1e-9));
        without.set(0, new float[without.get(0).length]);
        assertThat(Proxy.SYNFLOW.of(network(lower(plain), without, null, null)))
                .isLessThan(Proxy.SYNFLOW.of(network(with, all, null, null)));
    }

    /** Central differences of a loss in single precision are good to a percent. */
    @Test
    void snipAndGradNormAreThoseOfFiniteDifferences() {
        Program program = lower(SearchSpace.of("small", conv(3, 2), relu(), classifier()));
        List<float[]> weights = InitialNetwork.draw(program, new SplittableRandom(5));
        double snip = 0;
        double norms = 0;
        for (int slot = 0; slot < weights.size(); slot++) {
            if (program.slots().get(slot).role() != Slot.Role.WEIGHT) {
                continue;
            }
            double squares = 0;
            for (int i = 0; i < weights.get(slot).length; i++) {
                float kept = weights.get(slot)[i];
                weights.get(slot)[i] = kept + 1e-2f;
                double above = loss(program, weights);
                weights.get(slot)[i] = kept - 1e-2f;
                double below = loss(program, weights);
                weights.get(slot)[i] = kept;
                double gradient = (above - below) / 2e-2;
                snip += Math.abs(kept * gradient);
                squares += gradient * gradient;
            }
            norms += Math.sqrt(squares);
        }
        InitialNetwork network = network(program, weights, images(), labels(0, 1, 2, 0));
        assertThat(Proxy.SNIP.of(network)).isCloseTo(snip, within(0.01 * snip));
        assertThat(Proxy.GRAD_NORM.of(network)).isCloseTo(norms, within(0.01 * norms));
        InitialNetwork others = network(program, weights, images(), labels(1, 2, 0, 1));
        assertThat(Proxy.SNIP.of(others)).isNotCloseTo(snip, within(0.01 * snip));
        assertThat(Proxy.GRAD_NORM.of(others)).isNotCloseTo(norms, within(0.01 * norms));
    }

    private double loss(Program program, List<float[]> weights) {
        InitialNetwork network = network(program, weights, images(), labels(0, 1, 2, 0));
        return new CrossEntropy(0)
                .of(
                        Executor.run(
                                program,
                                network.inputs(),
                                Leaves.of(network).slots(),
                                ExecutionMode.TRAINING),
                        network.labels())
                .getFloat();
    }

    /** Of a single layer: logits a and gradients (softmax − label) / 2 images. */
    @Test
    void fisherOfASingleLayerIsThatOfItsLogits() {
        Program program =
                Networks.lower(SearchSpace.of("single", classifier()), InputShape.rows(1), 2, 1);
        List<float[]> weights = List.of(new float[] {1, -2}, new float[] {0.5f, 0});
        double[] x = {1, 3};
        int[] label = {0, 1};
        double expected = 0;
        for (int i = 0; i < 2; i++) {
            double[] a = {x[i] + 0.5, -2 * x[i]};
            double sum = Math.exp(a[0]) + Math.exp(a[1]);
            for (int c = 0; c < 2; c++) {
                double gradient = (Math.exp(a[c]) / sum - (label[i] == c ? 1 : 0)) / 2;
                expected += Math.pow(a[c] * gradient, 2) / 2 / 2;
            }
        }
        InitialNetwork network =
                new InitialNetwork(
                        program,
                        weights,
                        manager.create(new float[] {1, 3}, new Shape(2, 1)),
                        labels(0, 1),
                        new CrossEntropy(0),
                        2,
                        1,
                        turn,
                        manager);
        assertThat(Proxy.FISHER.of(network)).isCloseTo(expected, within(1e-5 * expected));
    }

    /** Two ReLUs, on for the first image, for both, and for none: the codes are 11, 01, 00. */
    @Test
    void naswotReadsTheCodesOfANetwork() {
        Program program =
                Networks.lower(
                        SearchSpace.of("codes", dense(2), relu(), classifier()),
                        InputShape.rows(1),
                        2,
                        1);
        List<float[]> weights =
                List.of(
                        new float[] {1, 1},
                        new float[] {-2, -1},
                        new float[] {1, 1, 1, 1},
                        new float[] {0, 0});
        InitialNetwork network =
                new InitialNetwork(
                        program,
                        weights,
                        manager.create(new float[] {3, 1.5f, 0}, new Shape(3, 1)),
                        labels(0, 1, 0),
                        new CrossEntropy(0),
                        3,
                        1,
                        turn,
                        manager);
        // K is 2 1 0 / 1 2 1 / 0 1 2
        assertThat(Proxy.NASWOT.of(network)).isCloseTo(Math.log(4), within(1e-9));
    }

    /** One weight w and one normalisation: features are noise over its deviation. */
    @Test
    void zenIsTheStepOfTheFeaturesAndTheScaleOfTheNormalisation() {
        Program program = lower(SearchSpace.of("zen", conv(1, 1), batchNorm(), classifier()));
        double weight = new Seeds(9).random(0, "zen weights").nextGaussian();
        RandomGenerator noise = new Seeds(9).random(0, "zen noise");
        int count = 4 * 25;
        double[] y = new double[count];
        double[] moved = new double[count];
        for (int i = 0; i < count; i++) {
            y[i] = noise.nextGaussian();
        }
        for (int i = 0; i < count; i++) {
            moved[i] = y[i] + 0.01 * noise.nextGaussian();
        }
        double distance = 0;
        for (int i = 0; i < count; i++) {
            distance +=
                    Math.abs(
                            weight
                                    * ((y[i] - mean(y)) / deviation(y, weight)
                                            - (moved[i] - mean(moved)) / deviation(moved, weight)));
        }
        double expected =
                Math.log(distance / 4) + Math.log(Math.abs(weight) * Math.sqrt(variance(y)));
        InitialNetwork network =
                network(program, InitialNetwork.draw(program, new SplittableRandom(1)), null, null);
        // the difference of two features in single precision
        assertThat(Proxy.ZEN.of(network)).isCloseTo(expected, within(2e-3));
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum()
                / values.length;
    }

    private static double deviation(double[] values, double weight) {
        return Math.sqrt(weight * weight * variance(values) + 1e-5);
    }

    /** Where nothing passes there is still a score, and it is lower. */
    @ParameterizedTest
    @EnumSource(names = {"SYNFLOW", "SNIP", "GRAD_NORM", "JACOB_COV"})
    void aNetworkThatNothingPassesScoresBelowOthers(Proxy proxy) {
        // without a rectifier the normalisation's gradients cancel, but for rounding
        SearchSpace open = SearchSpace.of("open", stem(2), relu(), classifier());
        SearchSpace cut = SearchSpace.of("cut", stem(2), relu(), none(), classifier());
        assertThat(score(proxy, cut)).isFinite().isLessThan(score(proxy, open));
    }

    private double score(Proxy proxy, SearchSpace space) {
        Program program = lower(space);
        List<float[]> weights = InitialNetwork.draw(program, new SplittableRandom(5));
        return proxy.of(network(program, weights, images(), labels(0, 1, 2, 0)));
    }

    private static Program lower(SearchSpace space) {
        return Networks.lower(space, new InputShape(1, 5, 5), 3, 1);
    }

    private ai.djl.ndarray.NDArray images() {
        SplittableRandom random = new SplittableRandom(2);
        float[] pixels = new float[4 * 25];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return manager.create(pixels, new Shape(4, 1, 5, 5));
    }

    private ai.djl.ndarray.NDArray labels(long... labels) {
        return manager.create(labels);
    }

    private InitialNetwork network(
            Program program,
            List<float[]> weights,
            ai.djl.ndarray.NDArray inputs,
            ai.djl.ndarray.NDArray labels) {
        return new InitialNetwork(
                program, weights, inputs, labels, new CrossEntropy(0), 4, 9, turn, manager);
    }
}
