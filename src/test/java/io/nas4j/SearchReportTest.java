package io.nas4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.search.Budget;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.trial.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchReportTest {

    private static final String HOSTILE =
            "<script>alert(1)</script>\"'><img src=http://x onerror=a>";

    @TempDir Path folder;

    private static Search search(String measure) {
        return Nas.space(Spaces.nasBench201(4, 1))
                .estimator(measure, c -> c.architecture().choices().get(0))
                .strategy(new Evolution().population(5).tournament(3))
                .budget(Budget.trials(15))
                .quiet();
    }

    @Test
    void aSearchIsOnePageThatNeedsNoNetwork() throws IOException {
        Path page = folder.resolve("new").resolve("report.html");
        search("score").run().report(page);
        String html = Files.readString(page);
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>")
                .contains("What was found", "What the score depends on", "Settings", "Evolution[")
                .contains("default-src 'none'");
        assertThat(html.replaceAll("data:image/svg\\+xml;base64,[A-Za-z0-9+/=]*", ""))
                .doesNotContainIgnoringCase(
                        "http:", "https:", "<script", "url(", "@import", "<link");
        assertThat(html.split("<section>")).hasSizeGreaterThan(5);
        assertThat(page.getParent()).isDirectoryNotContaining("glob:**part");
    }

    @Test
    void namesAreTextOnThePage() throws IOException {
        Path page = folder.resolve("report.html");
        search(HOSTILE).run().report(page);
        String html = Files.readString(page);
        assertThat(html).doesNotContain("<script>alert", "<img src=http", "'><img");
        assertThat(html).contains("&lt;script&gt;alert(1)");
    }

    @Test
    void fewTrialsAndTwoObjectivesAreReportedToo() throws IOException {
        Path few = folder.resolve("few.html");
        search("score").budget(Budget.trials(3)).run().report(few);
        assertThat(Files.readString(few)).doesNotContain("What the score depends on");
        Path two = folder.resolve("two.html");
        search("score")
                .objectives(Objective.SCORE, Objective.minimize("compute"))
                .run()
                .report(two);
        assertThat(Files.readString(two)).contains("Trade-off", "warnings");
    }

    @Test
    void aSearchWithoutAScoreHasNoReport() {
        SearchResult nothing =
                search("score").estimator("broken", c -> Double.NaN).budget(Budget.trials(2)).run();
        assertThatThrownBy(() -> nothing.report(folder.resolve("none.html")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a best trial needs a score");
        assertThat(folder.resolve("none.html")).doesNotExist();
    }
}
