package io.nas4j.supernet;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.nas4j.space.Decision;
import io.nas4j.space.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;

/**
 * Which holes of a space see a part of the channels only, while a graph is built: those that choose
 * between operations. The values that several of them read are made once.
 *
 * @see <a href="https://arxiv.org/abs/1907.05737">PC-DARTS: Xu et al., 2020</a>
 */
final class PartialChannels {

    /** A hole under way; {@code source} -1 where it sees all channels. */
    private record Hole(String decision, int source, int channels) {}

    private static final Hole WHOLE = new Hole("", -1, 0);

    private final int part;
    private final Deque<Hole> holes = new ArrayDeque<>();
    private final Map<Integer, Integer> leading = new HashMap<>();
    private final Map<Integer, Integer> halved = new HashMap<>();

    /** One of {@code part} channels; 1 is all. */
    PartialChannels(int part) {
        this.part = part;
    }

    /** Enters a hole; whether its options are to read the first channels of {@code input} only. */
    boolean opens(Decision decision, List<Node> options, int input, Size size) {
        boolean partial =
                part > 1
                        && size.height() > 0
                        && options.stream().allMatch(option -> option instanceof Node.Op);
        if (!partial) {
            holes.push(WHOLE);
            return false;
        }
        require(
                size.channels() % part == 0,
                "one of %d channels is to go through the candidates, but those of \"%s\" read %d"
                        + " channels. Try numbers of channels that %d divides, or another part.",
                part,
                decision.id(),
                size.channels(),
                part);
        holes.push(new Hole(decision.id(), input, size.channels()));
        return true;
    }

    /** The value that the options of the hole just entered read. */
    int leading(int source, IntUnaryOperator made) {
        return leading.computeIfAbsent(
                source, key -> made.applyAsInt(holes.element().channels() / part));
    }

    /** An operation as it is where the graph stands. */
    Node.Op narrowed(Node.Op op) {
        Hole hole = holes.peek();
        if (hole == null || hole.source() < 0) {
            return op;
        }
        int channels = hole.channels() / part;
        Integer asked = op.args().get("channels");
        if (asked == null) {
            return op;
        }
        require(
                asked == hole.channels(),
                "where one of %d channels goes through the candidates, these must keep the number"
                        + " of channels, but %s at \"%s\" makes %d of %d. Try a space of cells.",
                part,
                op.name(),
                hole.decision(),
                asked,
                hole.channels());
        Map<String, Integer> args = new TreeMap<>(op.args());
        args.put("channels", channels);
        return op.with(args);
    }

    /** Leaves a hole; the value beside its mixture, or -1 where all channels were mixed. */
    int closes() {
        return holes.pop().source();
    }

    /** The value beside a mixture that halves. */
    int halved(int source, IntSupplier made) {
        return halved.computeIfAbsent(source, key -> made.getAsInt());
    }

    /**
     * What the candidates made of the first channels, the other channels beside it, and both
     * shuffled, so that the next candidates see others.
     *
     * @param mixed {@code [batch, channels / part, height, width]}
     * @param whole {@code [batch, channels, height, width]}, of which the first channels are unread
     * @return {@code [batch, channels, height, width]}
     */
    static NDArray widen(NDArray mixed, NDArray whole, int part) {
        Shape s = whole.getShape();
        long narrow = mixed.getShape().get(1);
        NDArray others = whole.get(":, " + narrow + ":");
        return NDArrays.concat(new NDList(mixed, others), 1)
                .reshape(s.get(0), part, narrow, s.get(2), s.get(3))
                .transpose(0, 2, 1, 3, 4)
                .reshape(s);
    }
}
