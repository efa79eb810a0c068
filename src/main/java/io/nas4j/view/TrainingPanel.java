package io.nas4j.view;

import static io.nas4j.space.Require.require;

import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * How far a training is, with its learning curves; a line in a terminal.
 *
 * @param title what is trained
 * @param epoch finished epochs
 * @param epochs to come to
 * @param fraction of the whole, in [0, 1]
 * @param elapsed wall-clock time
 * @param remaining how long it may still take
 * @param loss of the last epoch
 * @param training score on training batches, by epoch
 * @param validation score on validation examples, by epoch; empty where there are none
 * @param note what a reader should know of it; may be empty
 * @param ending how it ended; empty while it runs
 * @param memory that the process holds, in bytes; empty where that is not known
 */
public record TrainingPanel(
        String title,
        int epoch,
        int epochs,
        double fraction,
        Duration elapsed,
        Optional<Duration> remaining,
        OptionalDouble loss,
        List<Double> training,
        List<Double> validation,
        String note,
        String ending,
        OptionalLong memory)
        implements Renderable {

    /** A curve of more epochs is thinned: it is sent twice a second. */
    private static final int MOST_POINTS = 100;

    private static final int TEXT_BARS = 24;

    public TrainingPanel {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        require(
                fraction >= 0 && fraction <= 1,
                "a fraction must be in [0, 1], but was %s.",
                fraction);
    }

    @Override
    public MimeBundle render() {
        StringBuilder html =
                Html.running(title, counted(), time(), fraction)
                        .append(Svg.escape(scores()))
                        .append("</div>");
        Progress.line(html, note, "#8a5a00");
        Progress.line(html, ending, "#1f2933");
        html.append("</div>");
        curves().ifPresent(chart -> Html.drawing(html, chart.svg(), chart.alt()));
        return MimeBundle.html(html.toString(), toString());
    }

    private Optional<Chart> curves() {
        if (training.size() < 2) {
            return Optional.empty();
        }
        List<Series> series = new ArrayList<>();
        series.add(series("training", training));
        if (!validation.isEmpty()) {
            series.add(series("validation", validation));
        }
        return Optional.of(new Chart("", "epoch", "score", series));
    }

    /** The first and the last are always there. */
    private static Series series(String name, List<Double> values) {
        int last = values.size() - 1;
        int shown = Math.min(values.size(), MOST_POINTS);
        List<Integer> at =
                IntStream.range(0, shown)
                        .map(i -> shown == 1 ? last : (int) ((long) i * last / (shown - 1)))
                        .boxed()
                        .toList();
        return new Series(
                name,
                Mark.LINE,
                at.stream().map(i -> i + 1.0).toList(),
                at.stream().map(values::get).toList());
    }

    /** For example {@code retraining cells epoch 3/20, 17 % ▁▃▇ training 0.8731 0:42}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(title).append("  ").append(counted());
        if (training.size() > 1) {
            text.append("  ").append(Sparkline.of(training, TEXT_BARS));
        }
        if (!scores().isEmpty()) {
            text.append("  ").append(scores());
        }
        text.append("  ").append(time());
        if (!note.isEmpty()) {
            text.append("  note: ").append(note);
        }
        return ending.isEmpty() ? text.toString() : text.append("  ").append(ending).toString();
    }

    private String counted() {
        return String.format(Locale.ROOT, "epoch %d/%d, %.0f %%", epoch, epochs, 100 * fraction);
    }

    private String scores() {
        List<String> parts = new ArrayList<>();
        if (!validation.isEmpty()) {
            parts.add("validation " + number(validation.get(validation.size() - 1)));
        }
        if (!training.isEmpty()) {
            parts.add("training " + number(training.get(training.size() - 1)));
        }
        loss.ifPresent(value -> parts.add("loss " + number(value)));
        return String.join(", ", parts);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private String time() {
        boolean open = ending.isEmpty() && remaining.isPresent();
        return Progress.clock(elapsed)
                + (open ? ", about " + Progress.clock(remaining.get()) + " left" : "")
                + Progress.held(memory);
    }
}
