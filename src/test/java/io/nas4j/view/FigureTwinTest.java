package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.api.BoxPlot;
import tech.tablesaw.plotly.api.Histogram;
import tech.tablesaw.plotly.api.HorizontalBarPlot;
import tech.tablesaw.plotly.api.LinePlot;
import tech.tablesaw.plotly.api.PiePlot;
import tech.tablesaw.plotly.api.Scatter3DPlot;
import tech.tablesaw.plotly.api.ScatterPlot;
import tech.tablesaw.plotly.api.VerticalBarPlot;
import tech.tablesaw.plotly.components.Figure;

class FigureTwinTest {

    private static final Table TABLE =
            Table.create(
                    "t",
                    StringColumn.create("who", "a, b", "c", "d"),
                    DoubleColumn.create("x", 1, 2, 4),
                    DoubleColumn.create("y", 0.5, 0.25, 1));

    @Test
    void aFigureOfOursIsItsChart() {
        Chart chart = Chart.line("", "epoch", "loss", List.of(3.0, 2.0, 1.0));
        assertThat(FigureTwin.of(Figures.of(chart))).isSameAs(chart);
    }

    @Test
    void linesAndPointsAreDrawnFromTheirNumbers() {
        Chart points = (Chart) FigureTwin.of(ScatterPlot.create("title", TABLE, "x", "y"));
        assertThat(points.title()).isEqualTo("title");
        assertThat(points.x().name()).isEqualTo("x");
        assertThat(points.y().name()).isEqualTo("y");
        assertThat(only(points).mark()).isEqualTo(Mark.POINTS);
        assertThat(only(points).xs()).containsExactly(1.0, 2.0, 4.0);
        assertThat(only(points).ys()).containsExactly(0.5, 0.25, 1.0);
        Chart line = (Chart) FigureTwin.of(LinePlot.create("title", TABLE, "x", "y"));
        assertThat(only(line).mark()).isEqualTo(Mark.LINE);
    }

    @Test
    void barsCountTheirCategoriesAndNameThem() {
        Chart bars = (Chart) FigureTwin.of(VerticalBarPlot.create("bars", TABLE, "who", "y"));
        assertThat(only(bars).mark()).isEqualTo(Mark.BARS);
        assertThat(only(bars).ys()).containsExactly(0.5, 0.25, 1.0);
        assertThat(bars.x().name()).contains("(a, b, c, d)");
        Chart lying = (Chart) FigureTwin.of(HorizontalBarPlot.create("bars", TABLE, "who", "y"));
        assertThat(only(lying).ys()).containsExactly(0.5, 0.25, 1.0);
        Chart pie = (Chart) FigureTwin.of(PiePlot.create("pie", TABLE, "who", "y"));
        assertThat(only(pie).ys()).containsExactly(0.5, 0.25, 1.0);
    }

    @Test
    void aHistogramCountsEveryValueOnce() {
        Chart chart = (Chart) FigureTwin.of(Histogram.create("counts", TABLE, "y"));
        assertThat(only(chart).ys().stream().mapToDouble(v -> v).sum()).isEqualTo(3);
    }

    @Test
    void whatCannotBeDrawnSaysWhereItIs() {
        assertThat(FigureTwin.of(BoxPlot.create("boxes", TABLE, "who", "y")).toString())
                .contains("boxes (box)", "trusted notebook");
        Figure space = Scatter3DPlot.create("space", TABLE, "x", "y", "y");
        assertThat(FigureTwin.of(space).toString()).contains("no figures in space");
        assertThat(html(space, true)).doesNotContain("<script");
    }

    @Test
    void theStaticTwinStandsInHtmlThatNeedsNoScript() {
        String html = html(LinePlot.create("line", TABLE, "x", "y"), true);
        String bare = html.replaceAll("(?s)<script>.*</script>", "");
        RenderableContract.requireSafe(MimeBundle.html(bare, "line"));
        assertThat(bare).contains("src=\"data:image/svg+xml;base64,");
    }

    @Test
    void nothingIsLoadedFromTheNetwork() {
        String html = html(LinePlot.create("line", TABLE, "x", "y"), false);
        assertThat(html).doesNotContain("http:", "https:", "src='", ".src=");
    }

    @Test
    void plotlyComesAlongOnceAndIsSmall() throws IOException {
        Figure figure = LinePlot.create("line", TABLE, "x", "y");
        assertThat(html(figure, false).length()).isLessThan(20_000);
        String whole = html(figure, true);
        assertThat(whole.length()).isLessThan(700_000);
        Matcher packed = Pattern.compile("atob\\('([^']+)'\\)").matcher(whole);
        assertThat(packed.find()).isTrue();
        byte[] bytes = Base64.getDecoder().decode(packed.group(1));
        String script =
                new String(
                        new GZIPInputStream(new java.io.ByteArrayInputStream(bytes)).readAllBytes(),
                        StandardCharsets.UTF_8);
        assertThat(script).contains("plotly.js (cartesian - minified) v2.35.2", "newPlot");
    }

    @Test
    void aTextOfTheReadersOwnDoesNotEndTheScript() {
        String html = html(LinePlot.create("</script><b>bold", TABLE, "x", "y"), false);
        assertThat(html.split("</script>", -1)).hasSize(2);
    }

    private static String html(Figure figure, boolean carries) {
        return Renderers.render(figure, carries).orElseThrow().data().get(MimeBundle.HTML);
    }

    private static Series only(Chart chart) {
        assertThat(chart.series()).hasSize(1);
        return chart.series().get(0);
    }
}
