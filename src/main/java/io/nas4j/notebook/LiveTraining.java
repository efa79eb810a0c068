package io.nas4j.notebook;

import io.nas4j.trial.Point;
import io.nas4j.view.TrainingPanel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows a training that runs: one output that is displayed once and then updated, at most twice a
 * second, and a last time at the end. It draws in the thread that tells it, and never throws.
 */
public final class LiveTraining {

    private final LiveFrame frame;
    private final LongSupplier clock;
    private final Supplier<OptionalLong> memory;
    private final String title;
    private final long start;
    private double first = -1;
    private State latest = begun(1, 1, "");

    /**
     * How far it is.
     *
     * @param seed which training of several, from 1
     * @param seeds how many there are
     * @param epoch finished epochs of this one
     * @param epochs of each
     * @param fraction of all, in [0, 1]
     * @param loss of the last epoch; NaN and empty before the first
     * @param training accuracy on the training batches, by epoch
     * @param validation accuracy on the validation examples, by epoch
     * @param note what a reader should know; may be empty
     */
    public record State(
            int seed,
            int seeds,
            int epoch,
            int epochs,
            double fraction,
            OptionalDouble loss,
            List<Point> training,
            List<Point> validation,
            String note) {}

    /**
     * A view of one retraining.
     *
     * @param sink where it is shown
     * @param clock nanoseconds by a clock that only goes forward
     * @param title what is trained
     */
    public LiveTraining(NotebookSink sink, LongSupplier clock, String title) {
        this(sink, clock, OptionalLong::empty, title);
    }

    private LiveTraining(
            NotebookSink sink, LongSupplier clock, Supplier<OptionalLong> memory, String title) {
        this.frame = new LiveFrame(sink, clock);
        this.clock = clock;
        this.memory = memory;
        this.title = title;
        this.start = clock.getAsLong();
    }

    /**
     * The view for here and now.
     *
     * @param title what is trained
     * @return one that shows where {@link Notebooks#sink()} shows
     */
    public static LiveTraining here(String title) {
        return new LiveTraining(Notebooks.sink(), System::nanoTime, ResidentMemory::now, title);
    }

    /**
     * Draws before the data are loaded and the network is built.
     *
     * @param seeds how many trainings there are
     * @param epochs of each
     */
    public void prepare(int seeds, int epochs) {
        latest = begun(seeds, epochs, "preparing: the data and the network");
        draw("");
        latest = begun(seeds, epochs, "");
    }

    private static State begun(int seeds, int epochs, String note) {
        return new State(
                1, seeds, 0, epochs, 0, OptionalDouble.empty(), List.of(), List.of(), note);
    }

    /**
     * Leaves nothing behind where nothing was trained, as where the training is refused: an error
     * says why.
     *
     * @return whether nothing was
     */
    public boolean withdraw() {
        if (first >= 0) {
            return false;
        }
        frame.withdraw();
        return true;
    }

    /**
     * Hears how far the training is, and draws where half a second has passed.
     *
     * @param state now
     */
    public void on(State state) {
        latest = state;
        boolean begins = first < 0;
        if (begins) {
            // a training that goes on from a checkpoint has not earned this in its time
            first = state.fraction();
        }
        if (begins || frame.isDue()) {
            draw("");
        }
    }

    /**
     * Draws a last time.
     *
     * @param ending how it ended, in words
     */
    public void end(String ending) {
        draw(ending);
    }

    private void draw(String ending) {
        if (!frame.isSeen()) {
            return;
        }
        try {
            var bundle = panel(ending).render();
            if (ending.isEmpty()) {
                frame.show(bundle);
            } else {
                frame.complete(bundle);
            }
        } catch (RuntimeException e) {
            // what is shown must not end what is computed
            frame.rest();
        }
    }

    private TrainingPanel panel(String ending) {
        Duration elapsed = Duration.ofNanos(clock.getAsLong() - start);
        double done = Math.max(0, Math.min(1, latest.fraction()));
        Optional<Duration> remaining =
                done > first && first >= 0
                        ? Optional.of(
                                Duration.ofMillis(
                                        (long) (elapsed.toMillis() * (1 - done) / (done - first))))
                        : Optional.empty();
        String which =
                latest.seeds() == 1 ? "" : ", seed " + latest.seed() + " of " + latest.seeds();
        return new TrainingPanel(
                title + which,
                latest.epoch(),
                latest.epochs(),
                done,
                elapsed,
                remaining,
                latest.loss(),
                latest.training().stream().map(Point::score).toList(),
                latest.validation().stream().map(Point::score).toList(),
                latest.note(),
                ending,
                memory.get());
    }
}
