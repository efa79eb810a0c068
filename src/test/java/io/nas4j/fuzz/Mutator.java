package io.nas4j.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes damaged inputs of good ones: bits and numbers change, parts go, come twice or many times,
 * or from another input. A counter gives the same input on every machine.
 */
final class Mutator {

    /** What readers of text and of binary formats stumble over. */
    private static final List<String> TEXTS =
            List.of(
                    "-1",
                    "0",
                    "1e999",
                    "NaN",
                    "-Infinity",
                    "2147483647",
                    "2147483648",
                    "-9223372036854775808",
                    "99999999999999999999",
                    "1.5",
                    "\"\"",
                    "null",
                    "true",
                    "{}",
                    "[]",
                    "[[[[[[[[[[[[[[[[",
                    "{\"a\":{\"a\":",
                    "\\ud800",
                    "\\u0000",
                    "\u0000",
                    "\n",
                    "\r\n",
                    "\"",
                    "'",
                    ",",
                    "\ufeff",
                    "\u202e",
                    "é",
                    "<script>",
                    "9999-99-99",
                    "0000-00-00T00:00:00Z",
                    "PT-9999999999H",
                    "%n%s",
                    "../../..");

    private static final int[] INTEGERS = {
        0, 1, -1, 0x7fffffff, 0x80000000, 0xffff, 0x10000, 0x7fff, 255, 256, 0x0fffffff
    };

    /** As large as any input becomes. */
    private static final int MOST = 1 << 17;

    private final List<byte[]> corpus;

    Mutator(List<byte[]> corpus) {
        this.corpus = List.copyOf(corpus);
    }

    /** The input of a number. */
    byte[] input(long number, long seed) {
        SplittableRandom random = new SplittableRandom(number * 0x9E3779B97F4A7C15L ^ seed);
        byte[] bytes = pick(random);
        int changes = 1 + Math.min(random.nextInt(6), random.nextInt(6));
        for (int i = 0; i < changes; i++) {
            bytes = change(bytes, random);
        }
        return bytes;
    }

    private byte[] pick(SplittableRandom random) {
        return corpus.get(random.nextInt(corpus.size())).clone();
    }

    private byte[] change(byte[] bytes, SplittableRandom random) {
        if (bytes.length == 0) {
            return pick(random);
        }
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(1 << random.nextInt(11)));
        switch (random.nextInt(12)) {
            case 0 -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            }
            case 1 -> {
                bytes[at] = (byte) random.nextInt();
                return bytes;
            }
            case 2 -> {
                return integer(bytes, at, random);
            }
            case 3 -> {
                return replaced(bytes, at, end, new byte[0]);
            }
            case 4 -> {
                return replaced(bytes, at, bytes.length, new byte[0]);
            }
            case 5 -> {
                byte[] part = part(bytes, at, end);
                return replaced(bytes, at, at, part);
            }
            case 6 -> {
                return repeated(bytes, at, end, random);
            }
            case 7 -> {
                byte[] other = pick(random);
                int from = random.nextInt(other.length);
                int to = Math.min(other.length, from + 1 + random.nextInt(256));
                return replaced(bytes, at, at, part(other, from, to));
            }
            case 8 -> {
                byte[] other = pick(random);
                int from = random.nextInt(other.length);
                return replaced(bytes, at, bytes.length, part(other, from, other.length));
            }
            case 9 -> {
                return number(bytes, at, random);
            }
            case 10 -> {
                byte[] noise = new byte[random.nextInt(16)];
                random.nextBytes(noise);
                return replaced(bytes, at, at, noise);
            }
            default -> {
                int to = random.nextBoolean() ? at : end;
                return replaced(bytes, at, to, text(random));
            }
        }
    }

    private static byte[] text(SplittableRandom random) {
        return TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8);
    }

    /** Four or two bytes, of either order. */
    private static byte[] integer(byte[] bytes, int at, SplittableRandom random) {
        int value = INTEGERS[random.nextInt(INTEGERS.length)];
        int size = random.nextBoolean() ? 4 : 2;
        boolean little = random.nextBoolean();
        for (int i = 0; i < size && at + i < bytes.length; i++) {
            int shift = 8 * (little ? i : size - 1 - i);
            bytes[at + i] = (byte) (value >>> shift);
        }
        return bytes;
    }

    /** The next number of a text becomes another one. */
    private static byte[] number(byte[] bytes, int at, SplittableRandom random) {
        int from = at;
        while (from < bytes.length && (bytes[from] < '0' || bytes[from] > '9')) {
            from++;
        }
        int to = from;
        while (to < bytes.length && bytes[to] >= '0' && bytes[to] <= '9') {
            to++;
        }
        byte[] other =
                random.nextBoolean()
                        ? Integer.toString(random.nextInt(100)).getBytes(StandardCharsets.US_ASCII)
                        : text(random);
        return replaced(bytes, from, to, other);
    }

    private static byte[] repeated(byte[] bytes, int at, int end, SplittableRandom random) {
        byte[] part = part(bytes, at, end);
        int times = Math.min(1 << random.nextInt(14), MOST / part.length);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            many.writeBytes(part);
        }
        return replaced(bytes, at, end, many.toByteArray());
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] other) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(other);
        out.write(bytes, to, bytes.length - to);
        byte[] result = out.toByteArray();
        return result.length <= MOST ? result : part(result, 0, MOST);
    }
}
