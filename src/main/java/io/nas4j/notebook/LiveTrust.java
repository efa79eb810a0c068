package io.nas4j.notebook;

import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchListener;
import io.nas4j.trial.Outcome;
import io.nas4j.view.Dashboard;
import io.nas4j.view.Progress;
import java.time.Duration;
import java.util.List;
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

    private final LiveFrame frame;
    private final LongSupplier clock;
    private final Supplier<OptionalLong> memory;
    private final int estimators;
    private final long start;
    private int networks;
    private LaneBook lanes = new LaneBook();
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
        this.frame = new LiveFrame(sink, clock);
        this.clock = clock;
        this.memory = memory;
        this.networks = networks;
        this.estimators = estimators;
        this.start = clock.getAsLong();
    }

    /**
     * Draws before any estimator is opened, which may load data.
     *
     * @param what is prepared, in words
     */
    public void prepare(String what) {
        phase = "preparing: " + what;
        draw("", false);
    }

    /**
     * How many networks are scored in truth.
     *
     * @param drawn at most as many as were asked for
     */
    public void networks(int drawn) {
        networks = drawn;
    }

    /** Leaves nothing behind: nothing is compared, and an error says why. */
    public void withdraw() {
        frame.withdraw();
    }

    @Override
    public void on(SearchEvent event) {
        lanes.hear(event);
        if (event instanceof SearchEvent.Preparing preparing) {
            lanes = new LaneBook();
            begun++;
            done = 0;
            name = preparing.now().history().measure();
            phase = "preparing";
        } else if (event instanceof SearchEvent.Started) {
            phase = "";
        } else if (event instanceof SearchEvent.TrialEntered entered) {
            phase = entered.phase();
        } else if (event instanceof SearchEvent.TrialFinished finished) {
            done++;
            phase = "";
            if (finished.trial().outcome() instanceof Outcome.Failed failed) {
                failure = name + ", " + failed.reason();
            }
        } else {
            phase = LivePhase.of(event, trial -> "network " + (trial + 1)).orElse(phase);
        }
        if (frame.isDue()) {
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
        if (!frame.isSeen()) {
            return;
        }
        var bundle =
                new Dashboard(
                                progress(ending),
                                lanes.lanes(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of())
                        .render();
        if (last) {
            frame.complete(bundle);
        } else {
            frame.show(bundle);
        }
    }

    private Progress progress(String ending) {
        int before = Math.max(0, begun - 1);
        double fraction = Math.min(1, (before + (double) done / networks) / estimators);
        return new Progress(
                "trust, " + begun + " of " + estimators + (name.isEmpty() ? "" : ": " + name),
                "networks",
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
