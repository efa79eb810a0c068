package io.nas4j.search;

/**
 * Hears that a search is to stop: from another thread, or by an interrupt of the searching thread.
 * The interrupt is taken off the thread until the search has ended, so that the last trial, the
 * journal and the listeners can still do blocking work.
 */
final class StopRequest {

    private volatile String reason = "";
    private volatile Thread searching;
    private volatile boolean interrupted;

    void begin() {
        searching = Thread.currentThread();
    }

    void stop() {
        if (reason.isEmpty()) {
            reason = "stopped";
        }
    }

    void interrupted() {
        interrupted = true;
        reason = "interrupted";
    }

    /** Why to stop; empty: go on. */
    String reason() {
        if (Thread.currentThread() == searching && Thread.interrupted()) {
            interrupted();
        }
        return reason;
    }

    void end() {
        searching = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
