package io.nas4j.view;

import static io.nas4j.space.Require.require;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How far a search is, in one line or one small panel.
 *
 * @param title what runs, for example the strategy
 * @param unit what is counted, for example {@code trials}
 * @param count how many were run so far
 * @param total how many to come to; empty where the budget is not a number of trials
 * @param beside what came on top of these trials, for example {@code 1 repeat}; may be empty
 * @param fraction of the budget, in [0, 1]
 * @param elapsed wall-clock time
 * @param remaining how long it may still take
 * @param best the best score so far
 * @param scores of the scored trials, oldest first
 * @param phase what is going on, for example {@code trial 17, epoch 3 of 10}; may be empty
 * @param candidate what is tried now; may be empty
 * @param failure the last failure; may be empty
 * @param note what a reader should know of the search; may be empty
 * @param ending how it ended; empty while it runs
 * @param memory that the process holds, in bytes; empty where that is not known
 */
public record Progress(
        String title,
        String unit,
        int count,
        OptionalInt total,
        String beside,
        double fraction,
        Duration elapsed,
        Optional<Duration> remaining,
        OptionalDouble best,
        List<Double> scores,
        String phase,
        String candidate,
        String failure,
        String note,
        String ending,
        OptionalLong memory)
        implements Renderable {

    private static final int TEXT_BARS = 24;
    private static final int BARS = 60;

    public Progress {
        scores = List.copyOf(scores);
        require(
                fraction >= 0 && fraction <= 1,
                "a fraction must be in [0, 1], but was %s.",
                fraction);
    }

    /**
     * Of trials.
     *
     * @param title what runs, for example the strategy
     * @param count trials that were run so far
     * @param total trials to come to; empty where the budget is not a number of trials
     * @param beside what came on top of these trials, for example {@code 1 repeat}; may be empty
     * @param fraction of the budget, in [0, 1]
     * @param elapsed wall-clock time
     * @param remaining how long it may still take
     * @param best the best score so far
     * @param scores of the scored trials, oldest first
     * @param phase what is going on, for example {@code trial 17, epoch 3 of 10}; may be empty
     * @param candidate what is tried now; may be empty
     * @param failure the last failure; may be empty
     * @param note what a reader should know of the search; may be empty
     * @param ending how it ended; empty while it runs
     * @param memory that the process holds, in bytes; empty where that is not known
     */
    public Progress(
            String title,
            int count,
            OptionalInt total,
            String beside,
            double fraction,
            Duration elapsed,
            Optional<Duration> remaining,
            OptionalDouble best,
            List<Double> scores,
            String phase,
            String candidate,
            String failure,
            String note,
            String ending,
            OptionalLong memory) {
        this(
                title, "trials", count, total, beside, fraction, elapsed, remaining, best, scores,
                phase, candidate, failure, note, ending, memory);
    }

    @Override
    public MimeBundle render() {
        return MimeBundle.html(html(), toString());
    }

    String html() {
        StringBuilder html = Html.running(title, counted(), time(), fraction);
        if (best.isPresent()) {
            html.append("best <b>").append(score()).append("</b> ");
        }
        if (scores.size() > 1) {
            html.append(MimeBundle.image(Sparkline.svg(scores, BARS), Sparkline.of(scores, BARS)));
        }
        html.append("</div>");
        line(html, phaseAndCandidate(), "#5f6b7a");
        line(html, failure.isEmpty() ? "" : "last failure: " + failure, "#a12a1c");
        line(html, note, "#8a5a00");
        line(html, ending, "#1f2933");
        return html.append("</div>").toString();
    }

    /**
     * For example {@code random search 17/50 trials, 34 % ▁▃▇ best 0.8731 0:42, about 1:20 left}.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(title).append("  ").append(counted());
        if (scores.size() > 1) {
            text.append("  ").append(Sparkline.of(scores, TEXT_BARS));
        }
        if (best.isPresent()) {
            text.append("  best ").append(score());
        }
        text.append("  ").append(time());
        if (!phaseAndCandidate().isEmpty()) {
            text.append("  ").append(phaseAndCandidate());
        }
        if (!failure.isEmpty()) {
            text.append("  last failure: ").append(failure);
        }
        if (!note.isEmpty()) {
            text.append("  note: ").append(note);
        }
        return ending.isEmpty() ? text.toString() : text.append("  ").append(ending).toString();
    }

    private String counted() {
        String percent = String.format(Locale.ROOT, "%.0f %%", 100 * fraction);
        String trials =
                (total.isPresent() ? count + "/" + total.getAsInt() : Integer.toString(count))
                        + (total.isEmpty() && count == 1 ? " trial" : " " + unit)
                        + (beside.isEmpty() ? "" : " + " + beside);
        return trials + ", " + percent + (total.isPresent() ? "" : " of the budget");
    }

    private String time() {
        boolean open = ending.isEmpty() && remaining.isPresent();
        return clock(elapsed)
                + (open ? ", about " + clock(remaining.get()) + " left" : "")
                + held(memory);
    }

    /** For example {@code , memory 0.8 GB}; nothing where it is not known. */
    static String held(OptionalLong memory) {
        return memory.isPresent()
                ? String.format(Locale.ROOT, ", memory %.1f GB", memory.getAsLong() / 1e9)
                : "";
    }

    private String score() {
        return String.format(Locale.ROOT, "%.4f", best.orElseThrow());
    }

    private String phaseAndCandidate() {
        if (!ending.isEmpty()) {
            return "";
        }
        return phase.isEmpty() || candidate.isEmpty()
                ? phase + candidate
                : phase + " (" + candidate + ")";
    }

    /** Minutes and seconds, with hours where there are some. */
    static String clock(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        seconds / 3600,
                        seconds / 60 % 60,
                        seconds % 60);
    }

    static void line(StringBuilder html, String text, String color) {
        if (!text.isEmpty()) {
            html.append("<div style=\"color:")
                    .append(color)
                    .append("\">")
                    .append(Svg.escape(text))
                    .append("</div>");
        }
    }
}
