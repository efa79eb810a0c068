package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.trial.History;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.view.MimeBundle;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LiveDryRunTest {

    private final RecordedSink recorder = new RecordedSink();
    private long now = 1_000_000_000_000L;
    private final LiveDryRun live =
            new LiveDryRun(
                    recorder,
                    () -> now,
                    OptionalLong::empty,
                    "random search on nas-bench-201",
                    LiveBoxes.summary(search(), History.empty("train")));

    private static SearchSpec search() {
        Data data = Data.rows("dots", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("a", "b"));
        return SearchSpec.of(
                new Task(Spaces.nasBench201(), data, new Seeds(7)),
                new RandomSearch(),
                PerformanceEstimator.of("train", candidate -> 0.5),
                Budget.trials(20));
    }

    @Test
    void itTellsWhatIsMeasuredAndIsReplacedByItsResult() {
        live.on(0, 4, "a few steps, then 3 candidates");
        assertThat(recorder.last().text())
                .startsWith("dry run of random search on nas-bench-201  0/4 measurements, 0 %")
                .endsWith("measuring: a few steps, then 3 candidates");
        assertThat(recorder.last().data().get(MimeBundle.HTML)).contains("alt=\"The three comp");
        now += 1_000_000_000L;
        live.on(1, 4, "3 candidates");
        live.on(4, 4, "3 candidates");
        assertThat(recorder.last().text())
                .contains("1/4 measurements, 25 %")
                .endsWith("measuring: 3 candidates");
        live.withdraw();
        assertThat(recorder.calls).containsExactly("display", "update", "withdraw");
        assertThat(recorder.last().data().values()).allMatch(String::isEmpty);
    }
}
