package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Snapshot;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Place;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.view.MimeBundle;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LiveTrustTest {

    private static final SearchSpace SPACE = Spaces.nasBench201();

    private final RecordedSink recorder = new RecordedSink();
    private long now = 1_000_000_000_000L;
    private final LiveTrust live =
            new LiveTrust(recorder, () -> now, () -> OptionalLong.of(1_250_000_000L), 20, 10);

    private void begin(String measure) {
        Data data = Data.rows("dots", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("a", "b"));
        SearchSpec search =
                SearchSpec.of(
                        new Task(SPACE, data, new Seeds(7)),
                        new RandomSearch(),
                        PerformanceEstimator.of(measure, candidate -> 0.5),
                        Budget.trials(20));
        live.on(new SearchEvent.Preparing(snapshot(measure), search));
        live.on(new SearchEvent.Started(snapshot(measure), search));
    }

    private static Snapshot snapshot(String measure) {
        return new Snapshot(History.empty(measure), 0, Duration.ZERO);
    }

    private void finish(int number) {
        Trial trial =
                new Trial(
                        number,
                        SPACE.sample(new SplittableRandom(number)),
                        "train",
                        Fidelity.NONE,
                        0,
                        OptionalInt.empty(),
                        new Outcome.Completed(Estimate.of(0.5)));
        live.on(new SearchEvent.TrialFinished(snapshot("train"), trial));
    }

    @Test
    void estimatorsThatAreFastAreDrawnAtMostTwiceASecondToo() {
        for (int estimator = 0; estimator < 10; estimator++) {
            begin("estimator " + estimator);
            for (int i = 0; i < 20; i++) {
                now += 1_000_000L * 5; // a second in all
                finish(i);
            }
        }
        live.end("done");
        assertThat(recorder.calls).containsExactly("display", "update", "update", "complete");
    }

    @Test
    void theFirstFrameComesBeforeAnEstimatorIsOpenedAndGoesWhereOneIsRefused() {
        live.prepare("estimators are opened");
        assertThat(recorder.last().text())
                .startsWith("trust, 0 of 10  0/20 networks, 0 %")
                .endsWith("preparing: estimators are opened");
        live.withdraw();
        assertThat(recorder.calls).containsExactly("display", "withdraw");
    }

    @Test
    void workersHaveLanesAndTheMemoryIsTold() {
        begin("train");
        live.on(new SearchEvent.TrialPlaced(snapshot("train"), 3, new Place("worker 2", "cpu")));
        now += 1_000_000_000L;
        live.on(new SearchEvent.TrialReported(snapshot("train"), 3, 2, 0.75));
        assertThat(recorder.last().text())
                .contains("memory 1.3 GB", "worker 2", "trial 3, epoch 2: 0.7500");
        assertThat(recorder.last().data().get(MimeBundle.HTML)).contains("worker 2");
    }

    @Test
    void aFrameIsSmall() {
        for (int i = 0; i < 40; i++) {
            begin("train");
            live.on(
                    new SearchEvent.TrialPlaced(
                            snapshot("train"), i, new Place("worker " + i, "cpu")));
        }
        live.end("done");
        int size =
                recorder.frames.stream()
                        .mapToInt(
                                frame ->
                                        frame.data().values().stream()
                                                .mapToInt(String::length)
                                                .sum())
                        .max()
                        .orElseThrow();
        assertThat(size).isLessThan(50_000);
    }
}
