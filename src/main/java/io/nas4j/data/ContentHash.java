package io.nas4j.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over arrays, in blocks; its first 64 bits tell data apart that differ by accident. */
final class ContentHash {

    private static final int DIGITS = 16;
    private static final int BLOCK = 1 << 20;

    private final MessageDigest digest;
    private final ByteBuffer block = ByteBuffer.allocate(1 << 16);

    ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    ContentHash add(byte[] values) {
        add(new int[] {values.length});
        digest.update(values);
        return this;
    }

    ContentHash add(Pixels pixels) {
        // the same hash wherever the pixels lie
        add(
                pixels.length() <= Integer.MAX_VALUE
                        ? new int[] {(int) pixels.length()}
                        : new int[] {(int) (pixels.length() >>> 32), (int) pixels.length()});
        for (long from = 0; from < pixels.length(); from += BLOCK) {
            byte[] some = new byte[(int) Math.min(BLOCK, pixels.length() - from)];
            pixels.read(from, some);
            digest.update(some);
        }
        return this;
    }

    ContentHash add(int[] values) {
        // lengths too: two arrays are not one
        room().putInt(values.length);
        for (int value : values) {
            room().putInt(value);
        }
        return flushed();
    }

    ContentHash add(float[] values) {
        room().putInt(values.length);
        for (float value : values) {
            room().putFloat(value);
        }
        return flushed();
    }

    ContentHash add(List<String> texts) {
        texts.forEach(text -> add(text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    private ByteBuffer room() {
        return block.remaining() < Long.BYTES ? flushed().block : block;
    }

    private ContentHash flushed() {
        digest.update(block.flip());
        block.clear();
        return this;
    }

    /** Ends it. */
    String digits() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }
}
