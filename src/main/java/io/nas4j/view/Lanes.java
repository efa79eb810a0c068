package io.nas4j.view;

import static io.nas4j.space.Require.require;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What each of several workers is doing: a lane a worker.
 *
 * @param lanes in a fixed order; none where trials run one after the other
 */
public record Lanes(List<Lane> lanes) implements Renderable {

    /** Where trials run one after the other. */
    public static final Lanes NONE = new Lanes(List.of());

    /** More are summed up: a dashboard is sent twice a second. */
    private static final int SHOWN = 16;

    public Lanes {
        lanes = List.copyOf(lanes);
    }

    /**
     * One worker.
     *
     * @param worker its name and device, for example {@code worker 2 on gpu:1}
     * @param trial what it runs; empty while it waits
     * @param phase of that trial, for example {@code epoch 3: 0.8100}; may be empty
     * @param fraction how far the trial is, in [0, 1]; empty where it does not tell
     * @param ended how many trials have ended there
     * @param lost how many trials had to begin again elsewhere, since the worker was lost
     */
    public record Lane(
            String worker,
            OptionalInt trial,
            String phase,
            OptionalDouble fraction,
            int ended,
            int lost) {

        public Lane {
            require(
                    fraction.isEmpty()
                            || (fraction.getAsDouble() >= 0 && fraction.getAsDouble() <= 1),
                    "a fraction must be in [0, 1], but was %s.",
                    fraction);
        }

        private String doing() {
            if (trial.isEmpty()) {
                return "waits";
            }
            String far =
                    fraction.isPresent()
                            ? String.format(Locale.ROOT, ", %.0f %%", 100 * fraction.getAsDouble())
                            : "";
            return "trial " + trial.getAsInt() + (phase.isEmpty() ? far : ", " + phase);
        }

        private String done() {
            return ended + " ended" + (lost > 0 ? ", " + lost + " lost" : "");
        }

        @Override
        public String toString() {
            return worker + ": " + doing() + " (" + done() + ")";
        }
    }

    @Override
    public MimeBundle render() {
        return MimeBundle.html(html(), toString());
    }

    String html() {
        if (lanes.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<div style=\"" + Html.PANEL + "\"><table><tbody>");
        for (Lane lane : shown()) {
            html.append("<tr>");
            cell(html, lane.worker());
            html.append("<td><progress max=\"1000\" value=\"")
                    .append(Math.round(1000 * lane.fraction().orElse(0)))
                    .append("\" style=\"width:80px\"></progress></td>");
            cell(html, lane.doing());
            cell(html, lane.done());
            html.append("</tr>");
        }
        html.append("</tbody></table>");
        if (rest() > 0) {
            html.append("<div>").append(more()).append("</div>");
        }
        return html.append("</div>").toString();
    }

    private static void cell(StringBuilder html, String text) {
        html.append("<td style=\"text-align:left\">").append(Svg.escape(text)).append("</td>");
    }

    private List<Lane> shown() {
        return lanes.subList(0, lanes.size() - rest());
    }

    private int rest() {
        return Math.max(0, lanes.size() - SHOWN);
    }

    private String more() {
        long busy = lanes.stream().filter(lane -> lane.trial().isPresent()).count();
        return String.format(
                Locale.ROOT, "and %d more; %d of %d are busy", rest(), busy, lanes.size());
    }

    @Override
    public String toString() {
        if (lanes.isEmpty()) {
            return "no workers";
        }
        return shown().stream().map(Lane::toString).collect(Collectors.joining("\n"))
                + (rest() > 0 ? "\n" + more() : "");
    }
}
