package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.History;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class HistoryTableTest {

    private static final SearchSpace SPACE = Spaces.nasBench201();
    private static final History HISTORY = Samples.history(SPACE, 13);

    @Test
    void theBestStandFirstAndTheRestIsCounted() {
        TrialTable table = TrialTable.best(HISTORY, SPACE, 2);
        assertThat(table)
                .hasToString(
                        String.format(
                                Locale.ROOT,
                                """
                        trial   score  parameters   time  outcome          architecture
                           11  0.6100      12,000  1.5 s  train(epochs=3)  %s
                           10  0.6000      11,000  1.5 s  train(epochs=3)  %s
                        … 11 more""",
                                table.rows().get(0).get(5),
                                table.rows().get(1).get(5)));
        Xml.requireSafe(table.render());
        assertThat(table.render().data().get(MimeBundle.HTML)).contains("scope=\"col\"");
    }

    @Test
    void failuresAreRows() {
        TrialTable table = TrialTable.latest(HISTORY, SPACE, 13);
        assertThat(table.more()).isZero();
        assertThat(table.rows().get(2)).contains("failed: loss became NaN in epoch 2");
        assertThat(table.toString()).doesNotContain("more");
    }

    @Test
    void aTablesawTableHasAColumnADecision() {
        Table table = HistoryTable.of(HISTORY, SPACE);
        assertThat(table.rowCount()).isEqualTo(13);
        assertThat(table.columnNames())
                .startsWith("trial", "score", "measure", "outcome", "seconds", "parameters")
                .endsWith(SPACE.decisions().get(5).id());
        assertThat(table.doubleColumn("score").countMissing()).isEqualTo(2);
        assertThat(table.doubleColumn("score").max()).isEqualTo(0.61);
        Xml.requireSafe(Renderers.render(table).orElseThrow());
    }

    @Test
    void decisionsThatATrialDidNotReachAreMissing() {
        SearchSpace chain = Spaces.chain();
        Table table = HistoryTable.of(Samples.history(chain, 20), chain);
        assertThat(table.rowCount()).isEqualTo(20);
        assertThat(table.stringColumn("block 4/kernel").countMissing()).isBetween(1, 19);
    }

    @Test
    void aFigureIsTheChartForPlotly() {
        String script = Figures.bestSoFar(HISTORY).asJavascript("here");
        assertThat(script).contains("Plotly.newPlot", "best so far", "0.61");
        String html =
                Renderers.render(Figures.bestSoFar(HISTORY))
                        .orElseThrow()
                        .data()
                        .get(MimeBundle.HTML);
        assertThat(html).contains("<img alt=").containsOnlyOnce("<script>");
    }

    @Test
    void aSpaceDrawsItself() {
        MimeBundle bundle = Renderers.render(SPACE).orElseThrow();
        Xml.requireSafe(bundle);
        assertThat(bundle.text()).startsWith("nas-bench-201: 15,625 architectures");
        assertThat(bundle.data().get(MimeBundle.SVG)).contains("15,625 architectures");
    }

    @Test
    void valuesOfOthersAreNotOurs() {
        assertThat(Renderers.render("text")).isEmpty();
    }
}
