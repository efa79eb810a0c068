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

    /** Of the searching thread only. */
    private boolean heard;

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

    /**
     * Puts an interrupt back that was taken off the thread elsewhere than in a wait for trials:
     * they may be blocked, and only who runs them can interrupt them.
     *
     * @return whether the thread is interrupted now, because of that
     */
    boolean passOn() {
        if (interrupted && !heard) {
            Thread.currentThread().interrupt();
        }
        return interrupted && !heard;
    }

    /** Who runs the trials has heard the interrupt. */
    void heard() {
        heard = true;
        interrupted();
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
