package io.nas4j.nn;

import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.concat;
import static io.nas4j.space.Grammar.conv;
import static io.nas4j.space.Grammar.dense;
import static io.nas4j.space.Grammar.dropout;
import static io.nas4j.space.Grammar.relu;
import static io.nas4j.space.Grammar.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import org.junit.jupiter.api.Test;

/** Weights and live activations, added up by hand; conv(..) has a bias and no normalisation. */
class FootprintTest {

    private static final InputShape IMAGE = new InputShape(3, 32, 32);
    private static final int PIXELS = 32 * 32;
    private static final int INPUT = 3 * PIXELS;

    private static Footprint of(Node... steps) {
        return Footprint.of(Networks.lower(SearchSpace.of("hand", steps), IMAGE, 10, 1));
    }

    @Test
    void aChainHoldsTheInputAndTwoNeighbours() {
        int wide = 8 * PIXELS;
        assertThat(of(conv(1, 8), relu(), dense(5), classifier()).activations())
                .isEqualTo(INPUT + wide + wide);
    }

    /** The copy with the channels innermost, which 3×3 convolutions of few channels get. */
    @Test
    void theInputsCopyIsHeldWhileItIsRead() {
        Footprint footprint = of(conv(3, 8, 2), relu(), dense(5), classifier());
        int map = 8 * 16 * 16;
        assertThat(footprint.weights()).isEqualTo(8 * (27 + 1) + 5 * (map + 1) + 10 * (5 + 1));
        assertThat(footprint.activations()).isEqualTo(INPUT + INPUT + map);
    }

    @Test
    void depthCostsWeightsAndNoActivations() {
        Footprint two = of(conv(1, 3), conv(1, 3), classifier());
        Footprint four = of(conv(1, 3), conv(1, 3), conv(1, 3), conv(1, 3), classifier());
        assertThat(four.weights() - two.weights()).isEqualTo(2 * (9 + 3));
        assertThat(four.activations()).isEqualTo(two.activations()).isEqualTo(3 * INPUT);
    }

    @Test
    void branchesAreHeldUntilTheyMeet() {
        Footprint wide = of(sum(conv(1, 4), conv(1, 4), conv(1, 4)), classifier());
        // three branches and their sum
        assertThat(wide.activations()).isEqualTo(INPUT + 4 * 4 * PIXELS);
        Footprint joined = of(concat(conv(1, 4), conv(1, 4)), classifier());
        assertThat(joined.activations()).isEqualTo(INPUT + 2 * 4 * PIXELS + 8 * PIXELS);
    }

    /** The view keeps the map, and costs nothing besides. */
    @Test
    void whatDoesNothingInAPredictionTakesNothing() {
        assertThat(of(conv(1, 4), dropout(50), relu(), classifier()).activations())
                .isEqualTo(of(conv(1, 4), relu(), classifier()).activations())
                .isEqualTo(INPUT + 2 * 4 * PIXELS);
    }

    @Test
    void aBatchMultipliesTheActivationsAlone() {
        Footprint footprint = new Footprint(1000, 300);
        assertThat(footprint.bytes(1)).isEqualTo(4 * 1300);
        assertThat(footprint.bytes(32)).isEqualTo(4 * (1000 + 32 * 300));
        assertThat(new Footprint(1, 3_000_000_000L).bytes(2)).isEqualTo(24_000_000_004L);
    }
}
