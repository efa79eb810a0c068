package io.nas4j.export;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message of Protocol Buffers as it is written: fields by their numbers, in the order of the
 * calls.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the encoding</a>
 */
final class Protobuf {

    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Protobuf whole(int field, long value) {
        key(field, VARINT);
        varint(value);
        return this;
    }

    Protobuf wholes(int field, List<? extends Number> values) {
        Protobuf packed = new Protobuf();
        values.forEach(value -> packed.varint(value.longValue()));
        return bytes(field, packed.out.toByteArray());
    }

    Protobuf number(int field, float value) {
        key(field, FIXED32);
        int bits = Float.floatToIntBits(value);
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(bits >>> shift);
        }
        return this;
    }

    Protobuf text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Protobuf message(int field, Protobuf message) {
        key(field, BYTES);
        varint(message.out.size());
        out.writeBytes(message.out.toByteArray());
        return this;
    }

    /** As raw little-endian numbers. */
    Protobuf floats(int field, float[] values) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return bytes(field, raw.array());
    }

    private Protobuf bytes(int field, byte[] bytes) {
        key(field, BYTES);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    private void key(int field, int type) {
        varint((long) field << 3 | type);
    }

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
