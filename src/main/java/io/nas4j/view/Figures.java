package io.nas4j.view;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.History;
import java.util.LinkedHashMap;
import java.util.Map;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.Trace;

/**
 * Charts as tablesaw-jsplot figures: interactive where a page may run scripts, by Plotly, which
 * this library brings along. Elsewhere the static twin, the {@link Chart}, is shown.
 */
public final class Figures {

    private Figures() {}

    /**
     * The score of every scored trial, and the best until then.
     *
     * @param history at least one scored trial
     * @return twin of {@link Chart#bestSoFar}
     */
    public static Figure bestSoFar(History history) {
        require(!history.scored().isEmpty(), "a figure needs a scored trial, but there is none.");
        return of(Chart.bestSoFar(history));
    }

    /**
     * Any chart.
     *
     * @param chart series with at least one point each
     * @return its twin
     */
    public static Figure of(Chart chart) {
        Trace[] traces = chart.series().stream().map(Figures::trace).toArray(Trace[]::new);
        Layout layout =
                Layout.builder(plain(chart.title()))
                        .xAxis(
                                tech.tablesaw.plotly.components.Axis.builder()
                                        .title(plain(chart.x().name()))
                                        .build())
                        .yAxis(
                                tech.tablesaw.plotly.components.Axis.builder()
                                        .title(plain(chart.y().name()))
                                        .build())
                        .width(760)
                        .height(420)
                        .build();
        return new ChartFigure(chart, layout, traces);
    }

    private static Trace trace(Chart.Series series) {
        double[] xs = series.xs().stream().mapToDouble(v -> v).toArray();
        double[] ys = series.ys().stream().mapToDouble(v -> v).toArray();
        String name = plain(series.name());
        if (series.mark() == Chart.Mark.SEGMENTS) {
            return ScatterTrace.builder(pairs(xs), pairs(ys))
                    .mode(ScatterTrace.Mode.LINE)
                    .name(name)
                    .build();
        }
        if (series.mark() == Chart.Mark.BARS) {
            Object[] labels = series.xs().stream().map(x -> Ticks.label(x, 1)).toArray();
            return BarTrace.builder(labels, ys).name(name).build();
        }
        ScatterTrace.ScatterBuilder scatter = ScatterTrace.builder(xs, ys).name(name);
        return switch (series.mark()) {
            case POINTS -> scatter.mode(ScatterTrace.Mode.MARKERS).build();
            case STEPS ->
                    scatter.mode(ScatterTrace.Mode.LINE)
                            .line(Line.builder().shape(Line.Shape.HV).build())
                            .build();
            case BAND ->
                    scatter.mode(ScatterTrace.Mode.LINE)
                            .fill(ScatterTrace.Fill.TO_SELF)
                            .opacity(0.3)
                            .build();
            default -> scatter.mode(ScatterTrace.Mode.LINE).build();
        };
    }

    /** With a gap after every second number: Plotly lifts its pen at one that is none. */
    private static double[] pairs(double[] values) {
        double[] apart = new double[values.length / 2 * 3];
        for (int i = 0; i < apart.length; i++) {
            apart[i] = i % 3 == 2 ? Double.NaN : values[i / 3 * 2 + i % 3];
        }
        return apart;
    }

    /** jsplot puts texts between single quotes as they are, and Plotly reads them as HTML. */
    private static String plain(String text) {
        return Svg.escape(text.replaceAll("[\\s\\p{Cntrl}\u2028\u2029]+", " "))
                .replace("'", "\u2019")
                .replace("\\", "/");
    }

    /**
     * A figure as HTML: its static twin, which makes way for the interactive figure where a script
     * may run.
     *
     * @param figure of tablesaw-jsplot
     * @param id of its element, letters and digits
     * @param carries whether Plotly comes along, 0.6 MB that a page needs once
     */
    static MimeBundle render(Figure figure, String id, boolean carries) {
        Picture twin = FigureTwin.of(figure);
        MimeBundle still = twin.render();
        String html =
                "<div id=\""
                        + id
                        + "\" style=\"background-color:#ffffff\"><div>"
                        + still.data().get(MimeBundle.HTML)
                        + "</div></div>";
        if (!FigureTwin.isFlat(figure)) {
            return MimeBundle.html(html, still.text());
        }
        String script = figure.asJavascript(id + "live").replaceAll("</?script>", "");
        // a text of the reader's own must neither end the script nor begin a comment around it
        String body = script.replace("</", "<\\/").replace("<!--", "<\\!--");
        Map<String, String> data = new LinkedHashMap<>();
        data.put(
                MimeBundle.HTML,
                html + "<script>" + Plotly.script(id, body, carries) + "</script>");
        data.put(MimeBundle.SVG, still.data().get(MimeBundle.SVG));
        data.put(MimeBundle.TEXT, still.text());
        return new MimeBundle(data);
    }
}
