package io.nas4j;

import java.util.concurrent.CancellationException;

/**
 * How a call of the fluent interface ends that was interrupted: no checked exception in a cell, or
 * in a lambda of the reader's own. The thread stays interrupted.
 */
final class Interruption {

    private Interruption() {}

    /** What is thrown instead. */
    static CancellationException of(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        String why = stopped.getMessage();
        CancellationException ended =
                new CancellationException(why == null || why.isBlank() ? "interrupted" : why);
        ended.initCause(stopped);
        return ended;
    }
}
