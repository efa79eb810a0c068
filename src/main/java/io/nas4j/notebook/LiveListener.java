package io.nas4j.notebook;

import io.nas4j.analysis.Confirmation;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchListener;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Snapshot;
import io.nas4j.space.Architecture;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import io.nas4j.view.Chart;
import io.nas4j.view.Dashboard;
import io.nas4j.view.MimeBundle;
import io.nas4j.view.Picture;
import io.nas4j.view.Progress;
import io.nas4j.view.ThreeBoxes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows a running search: one output that is displayed once and then updated, at most twice a
 * second, and always a last time before the search returns.
 *
 * <p>It draws in the thread that tells it, so that nothing is left behind when a cell ends, and it
 * never throws.
 */
public final class LiveListener implements SearchListener {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final NotebookSink sink;
    private final LongSupplier clock;
    private final Supplier<OptionalLong> memory;
    private LivePicture picture;
    private LiveBoxes boxes;
    private LaneBook lanes = new LaneBook();
    private String title = "";
    private OptionalInt total = OptionalInt.empty();
    private String id = "";
    private boolean shown;
    private long drawn;
    private boolean due = true;
    private int count;
    private int repeats;
    private int confirmations;
    private boolean concludes;
    private int seeds = 1;
    private String note = "";
    private String phase = "";
    private String about = "";
    private Optional<Architecture> candidate = Optional.empty();
    private String failure = "";

    /**
     * A listener.
     *
     * @param sink where it is shown
     * @param clock nanoseconds by a clock that only goes forward, as {@link System#nanoTime}
     */
    public LiveListener(NotebookSink sink, LongSupplier clock) {
        this(sink, clock, OptionalLong::empty);
    }

    /**
     * A listener that also shows what memory is held.
     *
     * @param sink where it is shown
     * @param clock nanoseconds by a clock that only goes forward, as {@link System#nanoTime}
     * @param memory in bytes; empty where that is not known
     */
    public LiveListener(NotebookSink sink, LongSupplier clock, Supplier<OptionalLong> memory) {
        this.sink = SafeSink.of(sink);
        this.clock = clock;
        this.memory = memory;
    }

    /**
     * The listener for here and now.
     *
     * @return one that shows where {@link Notebooks#sink()} shows
     */
    public static LiveListener here() {
        return new LiveListener(Notebooks.sink(), System::nanoTime, ResidentMemory::now);
    }

    @Override
    public void on(SearchEvent event) {
        try {
            hear(event);
        } catch (Throwable e) {
            // what is shown must not end what is computed
            rest();
        }
    }

    private void hear(SearchEvent event) {
        lanes.hear(event);
        if (event instanceof SearchEvent.Started started) {
            begin(started);
            draw(event.now(), "", false);
            return;
        }
        if (boxes != null) {
            boxes.hear(event);
        }
        if (event instanceof SearchEvent.TrialStarted begun) {
            phase = "trial " + begun.trial() + ", " + begun.measure();
            about = "";
            candidate = begun.architecture();
        } else if (event instanceof SearchEvent.TrialReported reported) {
            phase =
                    String.format(
                            Locale.ROOT,
                            "trial %d, epoch %d: %.4f",
                            reported.trial(),
                            reported.step(),
                            reported.score());
        } else if (event instanceof SearchEvent.TrialProgressed progressed) {
            phase =
                    String.format(
                            Locale.ROOT,
                            "trial %d, %.0f %%",
                            progressed.trial(),
                            100 * progressed.fraction());
        } else if (event instanceof SearchEvent.TrialEntered entered) {
            about = ", " + entered.phase();
        } else if (event instanceof SearchEvent.TrialFinished finished) {
            finish(finished.trial());
        } else if (event instanceof SearchEvent.Ended ended) {
            end(ended);
            return;
        }
        if (due || clock.getAsLong() - drawn >= PAUSE.toNanos()) {
            draw(event.now(), "", false);
        }
    }

    private void begin(SearchEvent.Started started) {
        SearchSpec search = started.search();
        picture = new LivePicture(search.task().space());
        boxes = new LiveBoxes(search);
        lanes = new LaneBook();
        title = search.title();
        total = trials(search.budget());
        id = "";
        shown = false;
        due = true;
        count = 0;
        repeats = 0;
        confirmations = 0;
        concludes = search.concludes();
        seeds = search.answers();
        note = String.join(" ", search.warnings());
        phase = "";
        candidate = Optional.empty();
        failure = "";
        started.now().history().trials().forEach(this::finish);
    }

    private void finish(Trial trial) {
        boolean again = Confirmation.isOne(trial);
        confirmations += again ? 1 : 0;
        count += trial.reused() || again ? 0 : 1;
        repeats += trial.reused() ? 1 : 0;
        candidate = Optional.empty();
        if (trial.outcome() instanceof Outcome.Failed failed) {
            failure = "trial " + trial.number() + ", " + failed.reason();
        }
    }

    private void end(SearchEvent.Ended ended) {
        String ending =
                switch (ended.end()) {
                    case BUDGET, STRATEGY, EXHAUSTED -> "done: " + ended.reason();
                    case INTERRUPTED -> "interrupted after " + counted();
                    default -> "ended early: " + ended.reason();
                };
        draw(ended.now(), ending, ended.end().isNatural());
    }

    private String counted() {
        String beside = beside();
        return run()
                + (total.isPresent() ? "/" + shownTotal().getAsInt() : " trials")
                + (beside.isEmpty() ? "" : " + " + beside);
    }

    /** A strategy's answer comes on top of a budget of trials. */
    private boolean isAnswered() {
        return concludes && total.isPresent() && count == total.getAsInt() + 1;
    }

    private int run() {
        return isAnswered() ? count - 1 : count;
    }

    /** A resumed search may hold more trials than its budget now has. */
    private OptionalInt shownTotal() {
        return total.isPresent()
                ? OptionalInt.of(Math.max(total.getAsInt(), run()))
                : OptionalInt.empty();
    }

    private String beside() {
        List<String> beside = new ArrayList<>();
        if (isAnswered()) {
            beside.add("the answer");
        }
        if (repeats > 0) {
            beside.add(repeats + (repeats == 1 ? " repeat" : " repeats"));
        }
        if (confirmations > 0) {
            beside.add(confirmations + (confirmations == 1 ? " confirmation" : " confirmations"));
        }
        return String.join(", ", beside);
    }

    private void draw(Snapshot now, String ending, boolean whole) {
        boolean last = !ending.isEmpty();
        if (picture == null || !(shown || sink.isAttached())) {
            return;
        }
        Progress progress = progress(now, ending, whole);
        Optional<Chart> course = LiveCourse.of(now.history());
        // the network of a search that came to its end is drawn by its result
        Optional<ThreeBoxes> parts = Optional.of(boxes.picture(now.history()));
        MimeBundle bundle =
                last && whole
                        ? dashboard(progress, parts, course, Optional.empty())
                        : picture.fitting(
                                now.history(), found -> dashboard(progress, parts, course, found));
        if (!shown) {
            id = sink.display(bundle);
            shown = true;
        } else if (last) {
            sink.complete(id, bundle);
        } else {
            sink.update(id, bundle);
        }
        // after the drawing: a slow front end gets its pause too
        rest();
    }

    private MimeBundle dashboard(
            Progress progress,
            Optional<ThreeBoxes> parts,
            Optional<Chart> course,
            Optional<Picture> found) {
        return new Dashboard(progress, lanes.lanes(), parts, course, found).render();
    }

    private void rest() {
        drawn = clock.getAsLong();
        due = false;
    }

    private Progress progress(Snapshot now, String ending, boolean whole) {
        List<Double> scores =
                now.history().scored().stream().map(t -> t.score().orElseThrow()).toList();
        return new Progress(
                title + seed(now),
                run(),
                shownTotal(),
                beside(),
                whole ? 1 : Math.max(0, Math.min(1, now.fraction())),
                now.elapsed(),
                now.remaining(),
                now.history().best().map(trial -> trial.score()).orElse(OptionalDouble.empty()),
                scores,
                phase.isEmpty() ? "" : phase + about,
                candidate.map(Architecture::id).orElse(""),
                failure,
                note,
                ending,
                memory.get());
    }

    /** Which search of several this is; each ends with a score of the search's own measure. */
    private String seed(Snapshot now) {
        int seed = Math.min(seeds, now.history().scored().size() + 1);
        return seeds == 1 ? "" : ", seed " + seed + " of " + seeds;
    }

    /** The first number of trials that ends the search. */
    private static OptionalInt trials(Budget budget) {
        if (budget instanceof Budget.Trials trials) {
            return OptionalInt.of(trials.count());
        }
        if (budget instanceof Budget.Either either) {
            OptionalInt first = trials(either.first());
            return first.isPresent() ? first : trials(either.second());
        }
        return OptionalInt.empty();
    }
}
