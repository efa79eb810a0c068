package io.nas4j.space;

import io.nas4j.operation.Operations;
import io.nas4j.space.Node.Merge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A network's canonical hash: the flow over sorted summands, with zero and identity simplified
 * away, nested sums flattened and the order of concatenated channels forgotten. No summand is zero.
 */
final class Fingerprint extends Flow<long[]> {

    /** Up to so many, it does not matter how a sum is nested. */
    private static final int MOST_SUMMANDS = 1_000;

    private static final long[] ZERO = {};

    /** Signatures of what gives zero, and of what gives what it reads. */
    private static final long NOTHING = 0;

    private static final long SAME = 1;

    private Fingerprint() {}

    static String of(SearchSpace space, Architecture architecture) {
        long[] out = new Fingerprint().run(space, architecture, new long[] {1});
        return HexFormat.of().toHexDigits(hash(7, out));
    }

    /** Of an operation with all its arguments: equal for equal ones, on every JVM. */
    static long signature(Node.Op op) {
        if (op.operation().equals(Operations.NONE)) {
            return NOTHING;
        }
        if (op.operation().equals(Operations.SKIP_CONNECT) && op.args().get("stride") == 1) {
            return SAME;
        }
        // hash codes of strings are specified
        long operation = op.name().hashCode();
        for (var arg : op.args().entrySet()) {
            operation = mix(operation + arg.getKey().hashCode() * 31L + arg.getValue());
        }
        return operation;
    }

    @Override
    protected long[] apply(Node.Op op, long[] input) {
        if (signature() == NOTHING || (input.length == 0 && !isHead(op))) {
            return ZERO;
        }
        if (signature() == SAME) {
            return input;
        }
        return new long[] {hash(signature(), input)};
    }

    @Override
    protected long[] merge(Merge merge, List<long[]> values) {
        if (merge == Merge.SUM) {
            long[] sum = sum(values);
            // a value added to itself again and again would double each time
            return sum.length <= MOST_SUMMANDS ? sum : new long[] {hash(merge.ordinal(), sum)};
        }
        List<long[]> parts = new ArrayList<>(values.size());
        for (long[] value : values) {
            if (value.length > 0) {
                parts.add(value);
            }
        }
        if (parts.size() < 2) {
            return parts.isEmpty() ? ZERO : parts.get(0);
        }
        long[] all = new long[parts.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = hash(0, parts.get(i));
        }
        Arrays.sort(all);
        return new long[] {hash(merge.ordinal(), all)};
    }

    /** All summands in order. */
    private static long[] sum(List<long[]> values) {
        int length = 0;
        for (long[] value : values) {
            length += value.length;
        }
        long[] sum = new long[length];
        int at = 0;
        for (long[] value : values) {
            System.arraycopy(value, 0, sum, at, value.length);
            at += value.length;
        }
        Arrays.sort(sum);
        return sum;
    }

    @Override
    protected List<long[]> prepare(List<long[]> inputs, int channels) {
        List<long[]> prepared = new ArrayList<>(inputs.size());
        for (long[] input : inputs) {
            prepared.add(new long[] {hash(channels + 0x2545L, input)});
        }
        return prepared;
    }

    /** Behind a dead cell there is still a bias to learn: the head stays. */
    private static boolean isHead(Node.Op op) {
        return op.operation().equals(Operations.CLASSIFIER)
                || op.operation().equals(Operations.DENSE);
    }

    private static long hash(long seed, long[] parts) {
        long hash = mix(seed + 0x5851F42D4C957F2DL);
        for (long part : parts) {
            hash = mix(hash * 31 + part);
        }
        return hash;
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
