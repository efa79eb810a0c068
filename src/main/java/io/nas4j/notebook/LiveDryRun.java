package io.nas4j.notebook;

import io.nas4j.view.Dashboard;
import io.nas4j.view.Lanes;
import io.nas4j.view.Progress;
import io.nas4j.view.ThreeBoxes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows what a dry run measures: one output that is displayed once, before anything is loaded, then
 * updated, at most twice a second. In the end nothing is left of it, since the estimate says all,
 * or the error. It draws in the thread that tells it, and never throws.
 */
public final class LiveDryRun {

    private final LiveFrame frame;
    private final LongSupplier clock;
    private final Supplier<OptionalLong> memory;
    private final String title;
    private final ThreeBoxes components;
    private final long start;
    private int done;
    private int of = 1;
    private String next = "";

    /**
     * A view of one dry run.
     *
     * @param sink where it is shown
     * @param clock nanoseconds by a clock that only goes forward
     * @param memory that is held, in bytes; empty where that is not known
     * @param title of the search
     * @param components of the search
     */
    public LiveDryRun(
            NotebookSink sink,
            LongSupplier clock,
            Supplier<OptionalLong> memory,
            String title,
            ThreeBoxes components) {
        this.frame = new LiveFrame(sink, clock);
        this.clock = clock;
        this.memory = memory;
        this.title = title;
        this.components = components;
        this.start = clock.getAsLong();
    }

    /**
     * The view for here and now.
     *
     * @param title of the search
     * @param components of the search
     * @return one that shows where {@link Notebooks#sink()} shows
     */
    public static LiveDryRun here(String title, ThreeBoxes components) {
        return new LiveDryRun(
                Notebooks.sink(), System::nanoTime, ResidentMemory::now, title, components);
    }

    /**
     * Hears how far it is.
     *
     * @param count measurements that are done
     * @param all measurements to come to, at least 1
     * @param what the next ones are
     */
    public void on(int count, int all, String what) {
        done = count;
        of = all;
        next = what;
        if (frame.isDue()) {
            draw();
        }
    }

    /** Leaves nothing behind. */
    public void withdraw() {
        frame.withdraw();
    }

    private void draw() {
        if (!frame.isSeen()) {
            return;
        }
        try {
            var bundle =
                    new Dashboard(
                                    progress(),
                                    Lanes.NONE,
                                    Optional.of(components),
                                    Optional.empty(),
                                    List.of())
                            .render();
            frame.show(bundle);
        } catch (RuntimeException e) {
            // what is shown must not end what is computed
            frame.rest();
        }
    }

    private Progress progress() {
        return new Progress(
                "dry run of " + title,
                "measurements",
                done,
                OptionalInt.of(of),
                "",
                (double) done / of,
                Duration.ofNanos(clock.getAsLong() - start),
                Optional.empty(),
                OptionalDouble.empty(),
                List.of(),
                "measuring: " + next,
                "",
                "",
                "",
                "",
                memory.get());
    }
}
