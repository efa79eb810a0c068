package io.nas4j.notebook;

import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchListener;
import io.nas4j.trial.Outcome;
import io.nas4j.view.Dashboard;
import io.nas4j.view.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows how far a comparison of estimators is: one output for all of them, displayed once and then
 * updated, at most twice a second. It draws in the thread that tells it, and never throws.
 */
public final class LiveTrust implements SearchListener {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final NotebookSink sink;
    private final LongSupplier clock;
    private final Supplier<OptionalLong> memory;
    private final int networks;
    private final int estimators;
    private final long start;
    private LaneBook lanes = new LaneBook();
    private String id = "";
    private boolean shown;
    private long drawn;
    private int begun;
    private int done;
    private String name = "";
    private String phase = "";
    private String failure = "";

    /**
     * A listener to the searches of all estimators, one after the other.
     *
     * @param sink where it is shown
     * @param clock nanoseconds by a clock that only goes forward
     * @param memory that is held, in bytes; empty where that is not known
     * @param networks how many each estimator scores
     * @param estimators how many there are, with the reference
     */
    public LiveTrust(
            NotebookSink sink,
            LongSupplier clock,
            Supplier<OptionalLong> memory,
            int networks,
            int estimators) {
        this.sink = SafeSink.of(sink);
        this.clock = clock;
        this.memory = memory;
        this.networks = networks;
        this.estimators = estimators;
        this.start = clock.getAsLong();
    }

    @Override
    public void on(SearchEvent event) {
        lanes.hear(event);
        if (event instanceof SearchEvent.Started started) {
            lanes = new LaneBook();
            begun++;
            done = 0;
            name = started.now().history().measure();
        } else if (event instanceof SearchEvent.TrialReported reported) {
            phase =
                    String.format(
                            Locale.ROOT,
                            "network %d, epoch %d: %.4f",
                            reported.trial() + 1,
                            reported.step(),
                            reported.score());
        } else if (event instanceof SearchEvent.TrialProgressed progressed) {
            phase =
                    String.format(
                            Locale.ROOT,
                            "network %d, %.0f %%",
                            progressed.trial() + 1,
                            100 * progressed.fraction());
        } else if (event instanceof SearchEvent.TrialEntered entered) {
            phase = entered.phase();
        } else if (event instanceof SearchEvent.TrialFinished finished) {
            done++;
            phase = "";
            if (finished.trial().outcome() instanceof Outcome.Failed failed) {
                failure = name + ", " + failed.reason();
            }
        }
        if (!shown || clock.getAsLong() - drawn >= PAUSE.toNanos()) {
            draw("", false);
        }
    }

    /**
     * Draws a last time.
     *
     * @param ending how it ended, in words
     */
    public void end(String ending) {
        draw(ending, true);
    }

    private void draw(String ending, boolean last) {
        if (!(shown || sink.isAttached())) {
            return;
        }
        var bundle =
                new Dashboard(
                                progress(ending),
                                lanes.lanes(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())
                        .render();
        if (!shown) {
            id = sink.display(bundle);
            shown = true;
        } else if (last) {
            sink.complete(id, bundle);
        } else {
            sink.update(id, bundle);
        }
        drawn = clock.getAsLong();
    }

    private Progress progress(String ending) {
        int before = Math.max(0, begun - 1);
        double fraction = Math.min(1, (before + (double) done / networks) / estimators);
        return new Progress(
                "trust, " + begun + " of " + estimators + ": " + name,
                done,
                OptionalInt.of(networks),
                "",
                fraction,
                Duration.ofNanos(clock.getAsLong() - start),
                Optional.empty(),
                OptionalDouble.empty(),
                List.of(),
                phase,
                "",
                failure,
                "",
                ending,
                memory.get());
    }
}
