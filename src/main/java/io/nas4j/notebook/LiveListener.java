package io.nas4j.notebook;

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
import io.nas4j.view.Progress;
import io.nas4j.view.ThreeBoxes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows a search: one output that is displayed once, before anything is loaded or measured, then
 * updated, at most twice a second, and always a last time before the search returns. Of a search
 * that is refused nothing is left, since its error says all.
 *
 * <p>It draws in the thread that tells it, so that nothing is left behind when a cell ends, and it
 * never throws.
 */
public final class LiveListener implements SearchListener {

    private final LiveFrame frame;
    private final Supplier<OptionalLong> memory;
    private LivePicture picture;
    private LiveBoxes boxes;
    private LiveCount count;
    private LaneBook lanes = new LaneBook();
    private String title = "";
    private boolean prepares;
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
        this.frame = new LiveFrame(sink, clock);
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
            frame.rest();
        }
    }

    private void hear(SearchEvent event) {
        lanes.hear(event);
        if (event instanceof SearchEvent.Preparing preparing) {
            frame.renew();
            begin(preparing.search(), event.now());
            prepares = true;
            phase = preparation(preparing.search());
            draw(event.now(), "", false);
            return;
        }
        if (event instanceof SearchEvent.Refused) {
            frame.withdraw();
            prepares = false;
            return;
        }
        if (event instanceof SearchEvent.Started started) {
            if (!prepares) {
                frame.renew();
            }
            prepares = false;
            begin(started.search(), event.now());
            draw(event.now(), "", false);
            return;
        }
        if (boxes != null) {
            boxes.hear(event);
        }
        if (event instanceof SearchEvent.TrialFinished finished) {
            finish(finished.trial());
        } else if (event instanceof SearchEvent.Ended ended) {
            end(ended);
            return;
        } else {
            follow(event);
        }
        if (frame.isDue()) {
            draw(event.now(), "", false);
        }
    }

    /** What goes on within a trial. */
    private void follow(SearchEvent event) {
        if (event instanceof SearchEvent.TrialStarted begun) {
            phase = "trial " + begun.trial() + ", " + begun.measure();
            about = "";
            candidate = begun.architecture();
            picture.tries(begun.trial(), begun.architecture());
        } else if (event instanceof SearchEvent.TrialEntered entered) {
            about = ", " + entered.phase();
        } else {
            phase = LivePhase.of(event, trial -> "trial " + trial).orElse(phase);
        }
    }

    private void begin(SearchSpec search, Snapshot now) {
        picture = new LivePicture(search.task().space());
        boxes = new LiveBoxes(search);
        count = new LiveCount(search);
        lanes = new LaneBook();
        title = search.title();
        seeds = search.answers();
        note = String.join(" ", search.warnings());
        phase = "";
        about = "";
        candidate = Optional.empty();
        failure = "";
        now.history().trials().forEach(this::finish);
    }

    /** What is opened before the first trial, and the plan as it is known by then. */
    private static String preparation(SearchSpec search) {
        return "preparing: "
                + search.preparation()
                + " (plan: "
                + search.budget()
                + " on "
                + search.task().data().name()
                + ", seed "
                + search.task().seeds().master()
                + ")";
    }

    private void finish(Trial trial) {
        count.add(trial);
        candidate = Optional.empty();
        if (trial.outcome() instanceof Outcome.Failed failed) {
            failure = "trial " + trial.number() + ", " + failed.reason();
        }
    }

    private void end(SearchEvent.Ended ended) {
        String ending =
                switch (ended.end()) {
                    case BUDGET, STRATEGY, EXHAUSTED -> "done: " + ended.reason();
                    case INTERRUPTED -> "interrupted after " + count;
                    default -> "ended early: " + ended.reason();
                };
        draw(ended.now(), ending, ended.end().isNatural());
        prepares = false;
    }

    private void draw(Snapshot now, String ending, boolean whole) {
        boolean last = !ending.isEmpty();
        if (picture == null || !frame.isSeen()) {
            return;
        }
        Progress progress = progress(now, ending, whole);
        Optional<Chart> course = LiveCourse.of(now.history());
        // the network of a search that came to its end is drawn by its result
        Optional<ThreeBoxes> parts = Optional.of(boxes.picture(now.history()));
        MimeBundle bundle =
                last && whole
                        ? dashboard(progress, parts, course, List.of())
                        : picture.fitting(
                                now.history(),
                                !last,
                                cells -> dashboard(progress, parts, course, cells));
        if (last) {
            frame.complete(bundle);
        } else {
            frame.show(bundle);
        }
    }

    private MimeBundle dashboard(
            Progress progress,
            Optional<ThreeBoxes> parts,
            Optional<Chart> course,
            List<Dashboard.Cells> cells) {
        return new Dashboard(progress, lanes.lanes(), parts, course, cells).render();
    }

    private Progress progress(Snapshot now, String ending, boolean whole) {
        List<Double> scores =
                now.history().scored().stream().map(t -> t.score().orElseThrow()).toList();
        return new Progress(
                title + seed(now),
                count.run(),
                count.total(),
                count.beside(),
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
}
