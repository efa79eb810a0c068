package io.nas4j.space;

import io.nas4j.operation.Operations;
import io.nas4j.space.Node.Merge;
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

    private Fingerprint() {}

    static String of(SearchSpace network) {
        return HexFormat.of().toHexDigits(hash(7, new Fingerprint().run(network, new long[] {1})));
    }

    @Override
    protected long[] apply(Node.Op op, long[] input) {
        if (op.operation().equals(Operations.NONE) || (input.length == 0 && !isHead(op))) {
            return ZERO;
        }
        if (op.operation().equals(Operations.SKIP_CONNECT) && op.args().get("stride") == 1) {
            return input;
        }
        // hash codes of strings are specified, so the result is the same on every JVM
        long operation = op.name().hashCode();
        for (var arg : op.args().entrySet()) {
            operation = mix(operation + arg.getKey().hashCode() * 31L + arg.getValue());
        }
        return new long[] {hash(operation, input)};
    }

    @Override
    protected long[] merge(Merge merge, List<long[]> values) {
        List<long[]> parts = values.stream().filter(value -> value.length > 0).toList();
        if (merge == Merge.SUM) {
            long[] sum = parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            // a value added to itself again and again would double each time
            return sum.length <= MOST_SUMMANDS ? sum : new long[] {hash(merge.ordinal(), sum)};
        }
        if (parts.size() < 2) {
            return parts.isEmpty() ? ZERO : parts.get(0);
        }
        return new long[] {
            hash(
                    merge.ordinal(),
                    parts.stream().mapToLong(part -> hash(0, part)).sorted().toArray())
        };
    }

    @Override
    protected List<long[]> prepare(List<long[]> inputs, int channels) {
        return inputs.stream().map(input -> new long[] {hash(channels + 0x2545L, input)}).toList();
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
