package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.notebook.PlotlyPage.Run;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PlotlyPageTest {

    private final AtomicReference<Optional<Run>> now = new AtomicReference<>(Optional.empty());
    private final PlotlyPage page = new PlotlyPage(now::get);

    private void run(String cell, String request) {
        now.set(Optional.of(new Run(Optional.ofNullable(cell), request)));
    }

    @Test
    void theFirstFigureHoldsTheScriptAndOtherCellsDoNot() {
        run("a", "1");
        assertThat(page.isDue()).isTrue();
        assertThat(page.isDue()).isFalse();
        run("b", "2");
        assertThat(page.isDue()).isFalse();
    }

    @Test
    void aCellThatRunsAgainHoldsItAgain() {
        run("a", "1");
        assertThat(page.isDue()).isTrue();
        run("b", "2");
        assertThat(page.isDue()).isFalse();
        run("a", "3");
        assertThat(page.isDue()).isTrue();
        assertThat(page.isDue()).isFalse();
    }

    @Test
    void withoutCellsTheFirstFigureHoldsIt() {
        run(null, "1");
        assertThat(page.isDue()).isTrue();
        run(null, "2");
        assertThat(page.isDue()).isFalse();
        PlotlyPage nowhere = new PlotlyPage(Optional::empty);
        assertThat(nowhere.isDue()).isTrue();
        assertThat(nowhere.isDue()).isFalse();
    }

    @Test
    void outsideOfAKernelNothingIsThrown() {
        assertThat(PlotlyPage.here().isDue()).isTrue();
    }
}
