package io.nas4j.supernet;

import io.nas4j.nn.Value;

/** The size of a value without its batch: {@code height} and {@code width} 0 for rows. */
record Size(int channels, int height, int width) {

    static Size of(Value value) {
        return value.flat()
                ? new Size(value.channels(), 0, 0)
                : new Size(value.channels(), value.height(), value.width());
    }

    long count() {
        return (long) channels * Math.max(1, height) * Math.max(1, width);
    }

    /** As what an operation reads. */
    Value value() {
        boolean flat = height == 0;
        return new Value(0, channels, Math.max(1, height), Math.max(1, width), flat, false);
    }
}
