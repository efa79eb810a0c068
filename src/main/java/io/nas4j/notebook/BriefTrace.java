package io.nas4j.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The stack trace of an error as a reader of a notebook needs it: the lines of the cell. The
 * library's own are left out where the message says all; where it does not, as of an error that
 * nobody foresaw, the nearest few stay.
 */
final class BriefTrace {

    /** The property and the variable that give whole traces when they are {@code full}. */
    static final String PROPERTY = "nas4j.errors";

    private static final String VARIABLE = "NAS4J_ERRORS";
    private static final int FEW = 4;

    /** Ours, what we call, and the JDK; cells and a reader's own classes are not. */
    private static final Pattern INNER =
            Pattern.compile("(io\\.nas4j|ai\\.djl|tech\\.tablesaw|javax?|jdk|sun)\\..*");

    private static final String OURS = "io.nas4j.";

    /** Thrown on purpose, with a message that says what to do. */
    private static final Set<String> FORESEEN =
            Set.of(
                    "java.lang.IllegalArgumentException",
                    "java.lang.IllegalStateException",
                    "java.lang.UnsupportedOperationException",
                    "java.lang.InterruptedException",
                    "java.util.concurrent.CancellationException",
                    "java.io.UncheckedIOException",
                    "java.io.IOException",
                    "java.io.FileNotFoundException",
                    "java.nio.file.NoSuchFileException");

    private BriefTrace() {}

    /**
     * One of a chain of errors.
     *
     * @param type its class
     * @param message empty where it has none
     * @param frames innermost first
     */
    record Thrown(String type, String message, List<StackTraceElement> frames) {
        private boolean isForeseen() {
            return FORESEEN.contains(type) && !message.isBlank();
        }

        private boolean isOurs() {
            return frames.stream().anyMatch(frame -> frame.getClassName().startsWith(OURS));
        }
    }

    /** Whether the reader has asked for everything. */
    private static boolean isFull() {
        String wanted = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        return wanted != null && wanted.toLowerCase(Locale.ROOT).equals("full");
    }

    /**
     * The frames to be shown; all of them, where the error did not pass through the library.
     *
     * @param chain an error, its cause, that one's cause
     * @return of each, in order; the first says how many are left out
     */
    static List<List<StackTraceElement>> of(List<Thrown> chain) {
        List<List<StackTraceElement>> all = chain.stream().map(Thrown::frames).toList();
        if (isFull() || chain.stream().noneMatch(Thrown::isOurs)) {
            return all;
        }
        boolean foreseen = chain.stream().allMatch(Thrown::isForeseen);
        List<List<StackTraceElement>> brief = new ArrayList<>();
        int left = 0;
        for (int i = 0; i < chain.size(); i++) {
            List<StackTraceElement> frames = chain.get(i).frames();
            boolean root = i == chain.size() - 1;
            List<StackTraceElement> kept = new ArrayList<>();
            for (int k = 0; k < frames.size(); k++) {
                boolean near = root && !foreseen && k < FEW;
                boolean outer = i == 0 && !INNER.matcher(frames.get(k).getClassName()).matches();
                if (near || outer) {
                    kept.add(frames.get(k));
                }
            }
            left += frames.size() - kept.size();
            brief.add(kept);
        }
        if (left > 0) {
            brief.get(0).add(hint(left));
        }
        return brief;
    }

    /** Prints as {@code at Nas.fullErrors(shows 7 more lines)}. */
    private static StackTraceElement hint(int left) {
        String shows = "shows " + left + (left == 1 ? " more line" : " more lines");
        return new StackTraceElement("Nas", "fullErrors", shows, -1);
    }
}
