package io.nas4j.fuzz;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * A reader under attack.
 *
 * @param name of it
 * @param corpus inputs that it accepts
 * @param made makes the input of a number and a seed; by default changes one of the corpus
 * @param reader reads one, and uses what it has read
 * @param documented what it may throw, nothing else
 */
public record Target(
        String name,
        List<byte[]> corpus,
        BiFunction<Long, Long, byte[]> made,
        Reader reader,
        List<Class<? extends Throwable>> documented) {

    Target(
            String name,
            List<byte[]> corpus,
            Reader reader,
            List<Class<? extends Throwable>> documented) {
        this(name, corpus, new Mutator(corpus)::input, reader, documented);
    }

    /** Reads. */
    @FunctionalInterface
    public interface Reader {
        void read(byte[] input) throws Exception;
    }

    /**
     * What became of many inputs.
     *
     * @param inputs how many
     * @param accepted how many were read although they had been changed
     * @param findings what else than documented was thrown, by what it says, with an input's number
     * @param slowest milliseconds
     * @param slow the number of the input that took so long
     */
    public record Result(
            long inputs, long accepted, Map<String, Long> findings, double slowest, long slow) {}

    /** Attacks it; a test, which measures no time, has a clock that stands still. */
    public Result attack(long first, long count, long seed, LongSupplier clock) {
        Map<String, Long> findings = new LinkedHashMap<>();
        long accepted = 0;
        long slowest = 0;
        long slow = first;
        for (long number = first; number < first + count; number++) {
            byte[] input = made.apply(number, seed);
            long start = clock.getAsLong();
            try {
                reader.read(input);
                accepted++;
            } catch (Throwable thrown) {
                if (documented.stream().noneMatch(type -> isOne(thrown, type))) {
                    findings.putIfAbsent(where(thrown), number);
                } else if (String.valueOf(thrown.getMessage()).isBlank()
                        || thrown.getMessage() == null) {
                    findings.putIfAbsent("no message: " + where(thrown), number);
                }
            }
            long took = clock.getAsLong() - start;
            if (took > slowest) {
                slowest = took;
                slow = number;
            }
        }
        return new Result(count, accepted, findings, slowest / 1e6, slow);
    }

    /** Those that I/O throws are of many kinds. */
    private static boolean isOne(Throwable thrown, Class<? extends Throwable> type) {
        return type == IOException.class ? type.isInstance(thrown) : type == thrown.getClass();
    }

    /** Reads what nobody has changed. */
    public void accept() throws Exception {
        for (byte[] input : corpus) {
            reader.read(input);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** The input of a number, to look into a finding. */
    public byte[] input(long number, long seed) {
        return made.apply(number, seed);
    }

    private static String where(Throwable thrown) {
        StringBuilder text = new StringBuilder(thrown.getClass().getName());
        int frames = 0;
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith("io.nas4j") && frames++ < 3) {
                text.append(" at ")
                        .append(frame.getFileName())
                        .append(':')
                        .append(frame.getLineNumber());
            }
        }
        return text.toString();
    }
}
