package io.nas4j.search;

import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells an interrupt of this thread from exceptions of the same kind that user code throws by
 * itself or brings over from a worker of its own: by where they come from.
 */
final class Interruption {

    private Interruption() {}

    /**
     * Whether a blocking call of the JDK was interrupted in this thread and has cleared the
     * thread's flag.
     *
     * @param thrown what reached the caller, perhaps wrapped
     */
    static boolean tookFlag(Throwable thrown) {
        Throwable t = thrown;
        // a chain of causes may be a ring
        for (int i = 0; i < 50 && t != null; i++) {
            // its subclasses are timeouts
            boolean kind =
                    t instanceof InterruptedException
                            || t.getClass() == InterruptedIOException.class;
            if (kind && isFromJdk(t) && isFromHere(t)) {
                return true;
            }
            t = t.getCause();
        }
        return false;
    }

    private static boolean isFromJdk(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        String module = trace.length == 0 ? null : trace[0].getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /** Whether it was thrown below those methods that are running in this thread now. */
    private static boolean isFromHere(Throwable thrown) {
        List<StackTraceElement> here = callers(new Throwable().getStackTrace());
        List<StackTraceElement> there = callers(thrown.getStackTrace());
        return !here.isEmpty() && here.equals(there);
    }

    /** What an attempt was called by, which it has not returned to since. */
    private static List<StackTraceElement> callers(StackTraceElement[] trace) {
        int last = trace.length - 1;
        while (last >= 0 && !trace[last].getClassName().equals(Attempt.class.getName())) {
            last--;
        }
        return last < 0 ? List.of() : Arrays.asList(trace).subList(last + 1, trace.length);
    }
}
