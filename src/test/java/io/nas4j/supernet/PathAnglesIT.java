package io.nas4j.supernet;

import static io.nas4j.space.Grammar.avgPool;
import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.none;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.supernet.Supernet.Form;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PathAnglesIT {

    private static final int CHANNELS = 4;

    private static final int NONE = 0;
    private static final int SKIP = 1;
    private static final int CONVOLUTION = 2;
    private static final int POOL = 3;

    private static final SearchSpace SPACE =
            SearchSpace.of(
                    "one operation",
                    stem(CHANNELS),
                    choice("op", none(), skip(), norConv(3), avgPool(3)),
                    classifier());

    private NDManager manager;
    private Supernet net;
    private float[] before;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        net = Supernet.of(SPACE, 1, 8, 8, 2, Form.FUSED, 1, manager);
        before = net.initialWeights(1);
    }

    @AfterEach
    void close() {
        net.close();
        manager.close();
    }

    private double angle(float[] now, int operation) {
        Architecture architecture = new Architecture(SPACE.name(), List.of(operation));
        return new PathAngles(net, before, now).of(net.path(architecture));
    }

    @Test
    void weightsThatRestHaveNoAngle() {
        for (int operation = 0; operation < 4; operation++) {
            assertThat(angle(before, operation)).isCloseTo(0, within(1e-6));
        }
    }

    @Test
    void onlyWeightsOnThePathCount() {
        float[] now = turned("nor_conv");
        assertThat(angle(now, CONVOLUTION)).isGreaterThan(0.5);
        assertThat(angle(now, SKIP)).isCloseTo(0, within(1e-6));
        assertThat(angle(now, POOL)).isCloseTo(0, within(1e-6));
    }

    /** Squares of what turned to the opposite, and of what rests. */
    @Test
    void itIsTheAngleBetweenTheWholePathsVectors() {
        float[] now = turned("nor_conv");
        double turned = squares("nor_conv");
        double all = squares("");
        assertThat(angle(now, CONVOLUTION))
                .isCloseTo(Math.acos((all - 2 * turned) / all), within(1e-6));
        now = turned("stem");
        double rests = all - turned;
        double stem = squares("stem");
        assertThat(angle(now, SKIP)).isCloseTo(Math.acos((rests - 2 * stem) / rests), within(1e-6));
    }

    /** A pooling is a convolution that never turns: four channels of nine times (1/9)². */
    @Test
    void aPoolingIsAFixedKernel() {
        float[] now = turned("stem");
        double rests = squares("") - squares("nor_conv");
        double pooled = rests + CHANNELS / 9.0;
        assertThat(angle(now, POOL))
                .isCloseTo(Math.acos((pooled - 2 * squares("stem")) / pooled), within(1e-6))
                .isLessThan(angle(now, SKIP));
    }

    @Test
    void aPathThatDoesNotReadTheImagesHasNone() {
        float[] now = turned("");
        assertThat(angle(now, SKIP)).isCloseTo(Math.PI, within(1e-3));
        assertThat(angle(now, NONE)).isZero();
    }

    private float[] turned(String name) {
        float[] now = before.clone();
        for (Map.Entry<String, Supernet.Place> place : net.places().entrySet()) {
            if (place.getKey().contains(name)) {
                int from = place.getValue().offset();
                for (int i = from; i < from + place.getValue().shape().size(); i++) {
                    now[i] = -now[i];
                }
            }
        }
        return now;
    }

    private double squares(String name) {
        double sum = 0;
        for (Map.Entry<String, Supernet.Place> place : net.places().entrySet()) {
            if (place.getKey().contains(name)) {
                int from = place.getValue().offset();
                for (int i = from; i < from + place.getValue().shape().size(); i++) {
                    sum += (double) before[i] * before[i];
                }
            }
        }
        return sum;
    }
}
