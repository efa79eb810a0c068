package io.nas4j.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a search will take, measured on a few steps before it starts; prints as a sentence.
 *
 * @param peak memory of this process, or of the GPU, at its fullest, in bytes; empty where the
 *     system does not tell (other systems than Linux); of several GPUs, which share each batch, of
 *     the first one, which holds the most
 * @param limit bytes that the process may have before the system runs short; 0 where nothing trains
 * @param duration of the whole search
 * @param parts what the duration is made of, in words
 * @param devices how many devices there are that each need so much memory
 */
public record ResourceEstimate(
        OptionalLong peak, long limit, Duration duration, List<String> parts, int devices) {

    public ResourceEstimate {
        parts = List.copyOf(parts);
    }

    /** On one device. */
    public ResourceEstimate(OptionalLong peak, long limit, Duration duration, List<String> parts) {
        this(peak, limit, duration, parts, 1);
    }

    /**
     * Sets {@link #devices}.
     *
     * @param count at least 1
     * @return a copy
     */
    public ResourceEstimate on(int count) {
        return new ResourceEstimate(peak, limit, duration, parts, count);
    }

    /**
     * Whether the memory is enough.
     *
     * @return true also where nothing is known of it
     */
    public boolean fits() {
        return peak.isEmpty() || peak.getAsLong() <= limit;
    }

    /**
     * One after the other: the times add up, of the memory the larger counts.
     *
     * @param next what comes after
     * @return both
     */
    public ResourceEstimate then(ResourceEstimate next) {
        List<String> all = new ArrayList<>(parts);
        all.addAll(next.parts);
        boolean more = next.peak.orElse(0) > peak.orElse(0);
        return new ResourceEstimate(
                more ? next.peak : peak,
                more ? next.limit : limit,
                duration.plus(next.duration),
                all,
                more ? next.devices : devices);
    }

    /**
     * The same thing several times.
     *
     * @param times at least 0
     * @param what in words, for example {@code 20 trainings}
     * @return the time multiplied, the memory as it is
     */
    public ResourceEstimate times(int times, String what) {
        Duration whole = duration.multipliedBy(times);
        List<String> one = List.of(what + ", " + words(whole));
        return new ResourceEstimate(peak, limit, whole, one, devices);
    }

    /**
     * Bytes for a reader.
     *
     * @param bytes at least 0
     * @return for example {@code 1.4 GB}
     */
    public static String size(double bytes) {
        return bytes < 1e9
                ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    private static String words(Duration time) {
        double seconds = time.toMillis() / 1e3;
        if (seconds < 90) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
        }
        return seconds < 5400
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    /** For example {@code about 4 min (6 epochs of a supernet, 3 min; ..); peak memory 1.2 GB}. */
    @Override
    public String toString() {
        String memory =
                peak.isEmpty()
                        ? limit == 0 ? "no memory to speak of" : "peak memory unknown here"
                        : "peak memory about "
                                + size(peak.getAsLong())
                                + (fits() ? " of " : ", but there are only ")
                                + size(limit)
                                + (devices == 1 ? "" : " on each of " + devices + " devices");
        return "about " + words(duration) + " (" + String.join("; ", parts) + "); " + memory;
    }
}
