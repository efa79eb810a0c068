package io.nas4j.proxy;

import static io.nas4j.space.Grammar.chain;
import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.data.Data;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What can be told of proxies without running a network. */
class ProxyTest {

    /** 1100 and 1010 agree in two of four places: K is 4 2 / 2 4. */
    @Test
    void naswotIsTheLogarithmOfTheKernelsDeterminant() {
        ActivationCodes codes = new ActivationCodes(2);
        codes.add(new float[] {2, 1, 1, 2}, 4);
        assertThat(codes.logDeterminant()).isCloseTo(Math.log(12), within(1e-12));
    }

    @Test
    void naswotAddsUpOverLayers() {
        ActivationCodes codes = new ActivationCodes(2);
        codes.add(new float[] {2, 1, 1, 2}, 4);
        codes.add(new float[] {1, 0, 0, 0}, 1);
        assertThat(codes.logDeterminant()).isCloseTo(Math.log(5 * 5 - 2 * 2), within(1e-12));
    }

    @Test
    void codesThatAreAlikeScoreFarBelowOthers() {
        ActivationCodes alike = new ActivationCodes(2);
        alike.add(new float[] {2, 2, 2, 2}, 4);
        assertThat(alike.logDeterminant()).isFinite().isLessThan(-10);
    }

    /** Opposed rows: the eigenvalues are 2 and 0. */
    @Test
    void jacobCovIsThatOfTheEigenvalues() {
        double[][] opposed = JacobianCovariance.correlations(new double[][] {{1, 2, 3}, {3, 2, 1}});
        double k = 1e-5;
        assertThat(JacobianCovariance.score(opposed))
                .isCloseTo(-(Math.log(2 + k) + 1 / (2 + k) + Math.log(k) + 1 / k), within(1e-3));
    }

    @Test
    void inputGradientsThatDifferScoreAboveThoseThatAgree() {
        double[][] free = {{1, -1, 0, 0}, {0, 0, 1, -1}};
        double[][] alike = {{1, -1, 0, 0}, {2, -2, 0, 0}};
        assertThat(JacobianCovariance.score(JacobianCovariance.correlations(free)))
                .isGreaterThan(JacobianCovariance.score(JacobianCovariance.correlations(alike)));
    }

    @Test
    void aGradientOfZerosIsTheWorst() {
        double[][] nothing = {{0, 0, 0}, {0, 0, 0}};
        double[][] opposed = {{1, 2, 3}, {3, 2, 1}};
        assertThat(JacobianCovariance.score(JacobianCovariance.correlations(nothing)))
                .isFinite()
                .isLessThanOrEqualTo(
                        JacobianCovariance.score(JacobianCovariance.correlations(opposed)));
    }

    @Test
    void noTwoExamplesOfTheMinibatchAreAlike() {
        Data data = twins(40);
        int[] chosen = Minibatch.choose(data, 20, new Seeds(3));
        Set<ByteBuffer> seen = new HashSet<>();
        for (int example : chosen) {
            seen.add(ByteBuffer.wrap(data.pixels(), example * 4, 4));
        }
        assertThat(seen).hasSize(20);
        assertThat(Minibatch.choose(data, 20, new Seeds(3))).isEqualTo(chosen);
        assertThat(Minibatch.choose(data, 20, new Seeds(4))).isNotEqualTo(chosen);
    }

    @Test
    void tooFewDifferentExamplesAreRefused() {
        assertThatThrownBy(() -> Minibatch.choose(twins(3), 20, new Seeds(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs 20 different examples")
                .hasMessageContaining("Try batch(3)");
    }

    @Test
    void aSpaceWithoutReluIsRefusedByNaswotBeforeAnythingRuns() {
        SearchSpace space =
                SearchSpace.of(
                        "smooth", stem(2), choice("next", op("tanh"), op("sigmoid")), classifier());
        assertThatThrownBy(() -> ZeroCost.of(Proxy.NASWOT).open(task(space, twins(40))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("naswot needs ReLUs, but space \"smooth\" has none. Try synflow.");
    }

    @Test
    void aSpaceInWhichSomeNetworkHasAReluIsNot() {
        SearchSpace space =
                SearchSpace.of(
                        "some",
                        stem(2),
                        chain(choice("next", op("tanh"), op("relu"))),
                        classifier());
        ZeroCost.of(Proxy.NASWOT).open(task(space, twins(80))).close();
    }

    @Test
    void zenRefusesNetworksOfDenseLayers() {
        int[] labels = new int[40];
        java.util.Arrays.fill(labels, 20, 40, 1);
        Data rows = Data.rows("rows", new float[40], 1, labels, List.of("a", "b"));
        assertThatThrownBy(() -> ZeroCost.of(Proxy.ZEN).open(task(Spaces.mlp(), rows)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zen needs convolutions");
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> ZeroCost.of(Proxy.SNIP).batch(1))
                .hasMessageContaining("batch must be at least 2 examples, but was 1");
        assertThatThrownBy(() -> ZeroCost.of(Proxy.SNIP).inits(0))
                .hasMessageContaining("inits must be at least 1, but were 0");
    }

    @Test
    void measuresNameTheProxyAndWhatIsNotDefault() {
        assertThat(ZeroCost.of(Proxy.NASWOT).measure()).isEqualTo("naswot");
        assertThat(ZeroCost.of(Proxy.SNIP).batch(64).inits(3).measure())
                .isEqualTo("snip(batch=64, inits=3)");
    }

    @Test
    void ranksAreSharesOfTheSample() {
        Ranks ranks = new Ranks(new double[] {30, 10, 20, 20, 40});
        assertThat(ranks.of(10)).isZero();
        assertThat(ranks.of(20)).isEqualTo(1.5 / 4);
        assertThat(ranks.of(25)).isEqualTo(2.5 / 4);
        assertThat(ranks.of(40)).isEqualTo(1);
    }

    /** Else the best of a thousand could not be told apart by a sample of fifty. */
    @Test
    void ranksGoOnBeyondTheSample() {
        Ranks ranks = new Ranks(new double[] {1, 2, 3, 4, 5});
        assertThat(ranks.of(6)).isGreaterThan(1).isLessThan(ranks.of(7));
        assertThat(ranks.of(-1e300)).isEqualTo(-0.25);
        assertThat(new Ranks(new double[] {2, 2}).of(2)).isEqualTo(0.5);
    }

    private static Task task(SearchSpace space, Data data) {
        return new Task(space, data, new Seeds(0));
    }

    /** Images of 2×2 pixels, of so many kinds, each several times. */
    private static Data twins(int kinds) {
        byte[] pixels = new byte[600 * 4];
        int[] labels = new int[600];
        for (int i = 0; i < 600; i++) {
            pixels[i * 4] = (byte) (i % kinds);
            labels[i] = i % 2;
        }
        return Data.images("twins", pixels, 1, 2, 2, labels, List.of("a", "b"));
    }
}
