package io.nas4j.nn;

/**
 * A register of a {@link Program}: {@code [batch, channels, height, width]}, or {@code [batch,
 * channels]} when flat.
 *
 * @param id its index in {@link Program#values()}
 * @param channels of the map, or features
 * @param height in pixels; 1 when flat
 * @param width in pixels; 1 when flat
 * @param flat whether it has two dimensions only
 * @param zero whether it is known to be all zeros: sums, means, concatenations and mixtures leave
 *     it out
 */
public record Value(int id, int channels, int height, int width, boolean flat, boolean zero) {

    /**
     * Elements a sample.
     *
     * @return channels × height × width
     */
    public long elements() {
        return (long) channels * height * width;
    }

    /**
     * The same, known to be all zeros.
     *
     * @return a copy
     */
    public Value zeros() {
        return new Value(id, channels, height, width, flat, true);
    }

    Value copy() {
        return new Value(id, channels, height, width, flat, zero);
    }

    boolean sameResolution(Value other) {
        return height == other.height && width == other.width && flat == other.flat;
    }

    boolean sameShape(Value other) {
        return channels == other.channels && sameResolution(other);
    }

    /** The shape without the batch, as messages print it. */
    String shape() {
        return flat ? channels + " features" : channels + "×" + height + "×" + width;
    }
}
