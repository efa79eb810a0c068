package io.nas4j.notebook;

import io.nas4j.view.MimeBundle;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One output of a cell: displayed once, then updated in its place at most twice a second, and a
 * last time. Of one thread.
 */
final class LiveFrame {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final NotebookSink sink;
    private final LongSupplier clock;
    private String id = "";
    private boolean shown;
    private boolean due = true;
    private long drawn;

    /**
     * Nothing yet.
     *
     * @param sink where it is shown; what it throws stays there
     * @param clock nanoseconds by a clock that only goes forward
     */
    LiveFrame(NotebookSink sink, LongSupplier clock) {
        this.sink = SafeSink.of(sink);
        this.clock = clock;
    }

    /** What follows is another output, below this one. */
    void renew() {
        id = "";
        shown = false;
        due = true;
    }

    boolean isDue() {
        return due || clock.getAsLong() - drawn >= PAUSE.toNanos();
    }

    /** Whether somebody would see it. */
    boolean isSeen() {
        return shown || sink.isAttached();
    }

    void show(MimeBundle bundle) {
        if (shown) {
            sink.update(id, bundle);
        } else {
            begin(bundle);
        }
        rest();
    }

    void complete(MimeBundle bundle) {
        if (shown) {
            sink.complete(id, bundle);
        } else {
            begin(bundle);
        }
        rest();
    }

    private void begin(MimeBundle bundle) {
        id = sink.display(bundle);
        shown = true;
    }

    /** Nothing is left of it. */
    void withdraw() {
        if (shown) {
            sink.withdraw(id);
            renew();
        }
    }

    /** After the drawing: a slow front end gets its pause too. */
    void rest() {
        drawn = clock.getAsLong();
        due = false;
    }
}
