package io.nas4j.nn;

import static io.nas4j.space.Grammar.avgPool;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.dropout;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.sepConv;
import static io.nas4j.space.Grammar.stem;
import static io.nas4j.space.Grammar.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import org.junit.jupiter.api.Test;

class ShortcutsTest {

    private static Program program(int side, Node... between) {
        Node[] nodes = new Node[between.length + 2];
        nodes[0] = stem(4);
        System.arraycopy(between, 0, nodes, 1, between.length);
        nodes[nodes.length - 1] = classifier();
        return Lowering.of(SearchSpace.of("chain", nodes), new InputShape(1, side, side), 10, 1);
    }

    /** Of what runs. */
    private static long count(Program program, Class<? extends Kernel> kind) {
        boolean[] needed = program.schedule().needed();
        long count = 0;
        for (int i = 0; i < needed.length; i++) {
            if (needed[i] && kind.isInstance(program.instructions().get(i).kernel())) {
                count++;
            }
        }
        return count;
    }

    @Test
    void whatReadsOneValueSharesItsReluAndItsPooling() {
        Program plain = program(8, sum(sepConv(3), sepConv(5), avgPool(3), avgPool(3)));
        Program fast = Shortcuts.of(plain);
        assertThat(count(plain, Kernel.Activation.class)).isEqualTo(4);
        assertThat(count(fast, Kernel.Activation.class)).isEqualTo(3);
        assertThat(count(plain, Kernel.Pool.class)).isEqualTo(2);
        assertThat(count(fast, Kernel.Pool.class)).isEqualTo(1);
        assertThat(count(fast, Kernel.Convolution.class))
                .as("weights differ")
                .isEqualTo(count(plain, Kernel.Convolution.class));
    }

    @Test
    void whatDrawsAtRandomDrawsForItself() {
        Program plain = program(8, sum(dropout(50), dropout(50)));
        assertThat(count(plain, Kernel.Dropout.class)).isEqualTo(2);
        assertThat(count(Shortcuts.of(plain), Kernel.Dropout.class)).isEqualTo(2);
    }

    @Test
    void aFactorizedReduceIsOneConvolution() {
        for (int side : new int[] {8, 9}) {
            Program plain = program(side, op("skip_connect", "stride", 2));
            assertThat(count(plain, Kernel.Reduce.class)).isZero();
            Program fast = Shortcuts.of(plain);
            // an odd map is padded first
            assertThat(count(fast, Kernel.Reduce.class)).isEqualTo(1);
            assertThat(count(fast, Kernel.Concat.class)).isZero();
            assertThat(count(fast, Kernel.Convolution.class)).as("the stem's").isEqualTo(1);
            assertThat(fast.slots()).isEqualTo(plain.slots());
            assertThat(fast.live()).isEqualTo(plain.live());
        }
    }
}
