package io.nas4j.supernet;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.sepConv;
import static io.nas4j.space.Grammar.stem;
import static io.nas4j.space.Grammar.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.space.Walk;
import io.nas4j.supernet.Supernet.Form;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartialChannelsIT {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void mixedAndBypassingChannelsAreShuffled() {
        NDArray mixed = manager.create(new float[] {10, 20}, new Shape(1, 2, 1, 1));
        NDArray whole = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(1, 6, 1, 1));
        // three groups of two, (10, 20), (3, 4), (5, 6), read across
        assertThat(PartialChannels.widen(mixed, whole, 3).toFloatArray())
                .containsExactly(10, 3, 5, 20, 4, 6);
    }

    /** Edge weights as softmax(beta), a vertex at a time; the strongest product is derived. */
    @Test
    void derivingMultipliesOperationsByEdges() {
        SearchSpace space = Spaces.cells(4, 3, 2);
        try (Supernet net = Supernet.of(space, 1, 8, 8, 3, Form.FUSED, 2, manager)) {
            float[] logits = new float[net.logitCount()];
            int at = 0;
            for (Map.Entry<Decision, Integer> entry : net.decisions().entrySet()) {
                String id = entry.getKey().id();
                if (id.equals("normal/v3/edges/0/op")) {
                    logits[at + 2] = 3;
                } else if (id.equals("normal/v3/edges/1/op")) {
                    logits[at + 3] = 2;
                } else if (id.equals("normal/v3/edges/2/op")) {
                    logits[at + 4] = 2;
                } else if (id.equals("normal/v3/edges")) {
                    // the edge with the strongest operation is the weakest
                    logits[at] = -3;
                }
                at += entry.getValue();
            }
            float[] mixture = net.mixture(manager.create(logits)).toFloatArray();
            List<Double> beta = net.learned(mixture).byDecision().get("normal/v3/edges");
            double sum = Math.exp(-3) + 2;
            assertThat(beta.get(0)).isCloseTo(Math.exp(-3) / sum, within(1e-6));
            assertThat(beta.get(2)).isCloseTo(1 / sum, within(1e-6));
            Architecture derived = net.derive(mixture, true);
            assertThat(picked(space, derived, "normal/v3/edges")).containsExactly(1, 2);
            assertThat(picked(space, derived, "normal/v3/edges/1/op")).containsExactly(3);
            assertThat(picked(space, derived, "normal/v3/edges/2/op")).containsExactly(4);
        }
    }

    private static List<Integer> picked(SearchSpace space, Architecture derived, String id) {
        Walk walk = space.walk(derived);
        return walk.decisions().stream()
                .filter(decision -> decision.id().equals(id))
                .findFirst()
                .map(decision -> decision.picked(walk.answer(id)))
                .orElseThrow();
    }

    @Test
    void partsThatDoNotFitTheChannelsAreRefused() {
        assertThatThrownBy(() -> net(Spaces.cells(6, 3, 2), 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one of 4 channels")
                .hasMessageContaining("read 6 channels")
                .hasMessageContaining("Try");
        SearchSpace widening =
                SearchSpace.of(
                        "widening",
                        stem(4),
                        with("channels", 8),
                        choice("op", sepConv(5), sepConv(3)),
                        classifier());
        assertThatThrownBy(() -> net(widening, 4))
                .hasMessageContaining("must keep the number of channels")
                .hasMessageContaining("makes 8 of 4");
        assertThatThrownBy(() -> net(Spaces.cells(8, 3, 2), 0))
                .hasMessageContaining("part must be at least 1");
    }

    private Supernet net(SearchSpace space, int part) {
        return Supernet.of(space, 1, 8, 8, 3, Form.FUSED, part, manager);
    }
}
