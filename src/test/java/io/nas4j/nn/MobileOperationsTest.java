package io.nas4j.nn;

import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.groupConv;
import static io.nas4j.space.Grammar.layerNorm;
import static io.nas4j.space.Grammar.mbConv;
import static io.nas4j.space.Grammar.mbConvSe;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.shuffleBlock;
import static io.nas4j.space.Grammar.squeezeExcite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Counted by hand on 8 channels and 6 by 6 pixels: 36, or 9 where they are halved. */
class MobileOperationsTest {

    private static final InputShape INPUT = new InputShape(8, 6, 6);

    /** An operation, its channels out, its stride, its parameters and its multiply-adds. */
    static Stream<Arguments> counted() {
        return Stream.of(
                Arguments.of(groupConv(3, 2), 8, 1, 4 * 8 * 9 + 16, 4 * 8 * 9 * 36),
                Arguments.of(groupConv(3, 4), 12, 2, 2 * 12 * 9 + 24, 2 * 12 * 9 * 9),
                Arguments.of(squeezeExcite(), 8, 1, 8 * 2 + 2 + 2 * 8 + 8, 2 * 8 * 2),
                Arguments.of(layerNorm(), 8, 1, 16, 0),
                // 1×1 to 24, depthwise, 1×1 back
                Arguments.of(
                        mbConv(3, 3),
                        8,
                        1,
                        8 * 24 + 48 + 9 * 24 + 48 + 24 * 8 + 16,
                        (8 * 24 + 9 * 24 + 24 * 8) * 36),
                Arguments.of(
                        mbConv(5, 3),
                        12,
                        2,
                        8 * 24 + 48 + 25 * 24 + 48 + 24 * 12 + 24,
                        8 * 24 * 36 + (25 * 24 + 24 * 12) * 9),
                Arguments.of(mbConv(3, 1), 12, 1, 9 * 8 + 16 + 8 * 12 + 24, (9 * 8 + 8 * 12) * 36),
                // 24 to 6 and back to 24, with biases
                Arguments.of(
                        mbConvSe(3, 3),
                        8,
                        1,
                        8 * 24 + 48 + 9 * 24 + 48 + (24 * 6 + 6 + 6 * 24 + 24) + 24 * 8 + 16,
                        (8 * 24 + 9 * 24 + 24 * 8) * 36 + 2 * 24 * 6),
                // half of the channels: 1×1, depthwise, 1×1, each normalised
                Arguments.of(
                        shuffleBlock(3),
                        8,
                        1,
                        4 * 4 + 8 + 9 * 4 + 8 + 4 * 4 + 8,
                        (4 * 4 + 9 * 4 + 4 * 4) * 36),
                // and where it reduces, beside that a depthwise and a 1×1 of all
                Arguments.of(
                        shuffleBlock(3),
                        12,
                        2,
                        (9 * 8 + 16 + 8 * 6 + 12) + (8 * 6 + 12 + 9 * 6 + 12 + 6 * 6 + 12),
                        (9 * 8 + 8 * 6 + 9 * 6 + 6 * 6) * 9 + 8 * 6 * 36));
    }

    @ParameterizedTest
    @MethodSource("counted")
    void blocksHaveTheNumbersCountedByHand(
            Node.Op block, int channels, int stride, long parameters, long multiplyAdds) {
        Node.Op here = at(block, channels, stride);
        Counts counts = Counts.of(SearchSpace.of("one", here, classifier()), INPUT, 5, 1);
        long head = 5L * channels;
        assertThat(counts.parameters() - head - 5).isEqualTo(parameters);
        assertThat(counts.multiplyAdds() - head).isEqualTo(multiplyAdds);
        Program program = Networks.lower(SearchSpace.of("one", here, classifier()), INPUT, 5, 1);
        // what the classifier's global pool reads
        assertThat(program.instructions())
                .filteredOn(i -> i.kernel() instanceof Kernel.GlobalPool)
                .last()
                .extracting(i -> program.values().get(i.inputs().get(0)).shape())
                .isEqualTo(channels + (stride == 1 ? "×6×6" : "×3×3"));
    }

    private static Node.Op at(Node.Op op, int channels, int stride) {
        Map<String, Integer> args = new HashMap<>(op.args());
        if (op.operation().takes("channels")) {
            args.putAll(Map.of("channels", channels, "stride", stride));
        }
        return op.with(args);
    }

    @Test
    void channelsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> count(groupConv(3, 3)))
                .hasMessage(
                        "\"group_conv\" at 0 needs numbers of channels that its 3 groups divide,"
                                + " but reads 8 and makes 8. Try other channels.");
        assertThatThrownBy(() -> count(op("shuffle_block", "kernel", 3, "channels", 7)))
                .hasMessageContaining("needs an even number of channels, but makes 7.");
        assertThatThrownBy(() -> op("mbconv", "kernel", 3, "se", 2))
                .hasMessage("argument \"se\" of \"mbconv\" must be from 0 to 1, but was 2.");
    }

    private static Counts count(Node block) {
        return Counts.of(SearchSpace.of("one", block, classifier()), INPUT, 5, 1);
    }
}
