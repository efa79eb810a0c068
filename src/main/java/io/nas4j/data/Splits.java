package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Splits for data that a plain shuffle would split wrongly. */
public final class Splits {

    private Splits() {}

    /**
     * A split in which all examples of a group are in one part: pictures of one patient, frames of
     * one film. Groups are dealt until a part has its share of the <em>examples</em>.
     *
     * @param groups one number an example, equal where they belong together
     * @param train share in (0, 1]
     * @param validation share in [0, 1); the rest is for the test
     * @param seed of the order in which groups are dealt
     * @return parts whose sizes differ from their shares by less than the largest group
     * @throws IllegalArgumentException where no group is left to train on
     */
    public static Split grouped(int[] groups, double train, double validation, long seed) {
        Split.requireShares(train, validation);
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int i = 0; i < groups.length; i++) {
            members.computeIfAbsent(groups[i], key -> new ArrayList<>()).add(i);
        }
        List<List<Integer>> order = new ArrayList<>(members.values());
        Collections.shuffle(order, new Random(seed));
        int[] part = new int[groups.length];
        long dealt = 0;
        for (List<Integer> group : order) {
            double middle = (dealt + 0.5 * group.size()) / groups.length;
            int to = middle < train ? 0 : middle < train + validation ? 1 : 2;
            group.forEach(i -> part[i] = to);
            dealt += group.size();
        }
        return of(part);
    }

    /**
     * A split that each example's own content decides: examples may be added, taken away or put
     * into another order, and no other one changes its part. Copies of an example are in one part.
     *
     * @param data of which the split that it has is not used
     * @param train share in (0, 1]
     * @param validation share in [0, 1); the rest is for the test
     * @return parts about as large as their shares
     * @throws IllegalArgumentException where no example is left to train on
     */
    public static Split byContent(Data data, double train, double validation) {
        Split.requireShares(train, validation);
        int[] part = new int[data.size()];
        int length = data.channels() * data.height() * data.width();
        for (int i = 0; i < part.length; i++) {
            double place = place(data, i, length);
            part[i] = place < train ? 0 : place < train + validation ? 1 : 2;
        }
        return of(part);
    }

    /** Where in [0, 1) an example's hash lies. */
    private static double place(Data data, int example, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (data.isImages()) {
                digest.update(data.pixels(example));
            } else {
                ByteBuffer bytes = ByteBuffer.allocate(4 * length);
                for (int i = example * length; i < (example + 1) * length; i++) {
                    bytes.putFloat(data.values()[i]);
                }
                digest.update(bytes.array());
            }
            return (ByteBuffer.wrap(digest.digest()).getLong() >>> 11) * 0x1.0p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static Split of(int[] part) {
        int[][] parts = new int[3][];
        for (int p = 0; p < parts.length; p++) {
            int which = p;
            parts[p] = IntStream.range(0, part.length).filter(i -> part[i] == which).toArray();
        }
        require(
                parts[0].length > 0,
                "a split must train on an example, but all %d went to other parts. Try a larger"
                        + " share for training, or smaller groups.",
                part.length);
        return new Split(parts[0], parts[1], parts[2]);
    }
}
