package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A file in MNIST's IDX format, of unsigned bytes: two zero bytes, the type 8, the number of
 * dimensions, their sizes as big-endian integers, the values.
 *
 * @param name of the file
 * @param shape examples first
 * @param values row by row
 */
record Idx(String name, int[] shape, byte[] values) {

    static Idx images(Bytes file) {
        return read(file, 3, "images");
    }

    static Idx labels(Bytes file) {
        return read(file, 1, "labels");
    }

    private static Idx read(Bytes file, int dimensions, String what) {
        byte[] content = file.content();
        int header = 4 + 4 * dimensions;
        require(
                content.length >= header,
                "IDX file \"%s\" must have a header of %d bytes, but has %d bytes in all. Try"
                        + " downloading it again.",
                file.name(),
                header,
                content.length);
        ByteBuffer buffer = ByteBuffer.wrap(content);
        int magic = buffer.getInt();
        int expected = 0x0800 + dimensions;
        require(
                magic == expected,
                "IDX file \"%s\" of %s must start with 0x%08x, but starts with 0x%08x. Try %s.",
                file.name(),
                what,
                expected,
                magic,
                magic == 0x0801 || magic == 0x0803
                        ? "swapping images and labels"
                        : Integer.reverseBytes(magic) == expected
                                ? "writing its numbers with the high byte first"
                                : "the files as they are published");
        int[] shape = new int[dimensions];
        long size = 1;
        for (int i = 0; i < dimensions; i++) {
            shape[i] = buffer.getInt();
            require(
                    shape[i] > 0,
                    "IDX file \"%s\" must have sizes above 0, but size %d is %d.",
                    file.name(),
                    i,
                    shape[i]);
            // more than any file has: then the sizes are wrong, whatever their product
            size = Math.min(Long.MAX_VALUE / Integer.MAX_VALUE, size) * shape[i];
        }
        require(
                content.length - header == size,
                "IDX file \"%s\" must hold %s = %d bytes after its header, but holds %d. Try"
                        + " downloading it again.",
                file.name(),
                String.join("×", Arrays.stream(shape).mapToObj(String::valueOf).toList()),
                size,
                content.length - header);
        return new Idx(file.name(), shape, Arrays.copyOfRange(content, header, content.length));
    }

    int[] asLabels() {
        int[] labels = new int[values.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = values[i] & 0xff;
        }
        return labels;
    }
}
