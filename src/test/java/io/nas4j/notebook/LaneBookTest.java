package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.search.SearchEvent;
import io.nas4j.search.Snapshot;
import io.nas4j.space.Architecture;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Place;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LaneBookTest {

    private static final Snapshot NOW = new Snapshot(History.empty("m"), 0, Duration.ZERO);
    private static final Place ZERO = new Place("worker 0", "cpu");
    private static final Place ONE = new Place("worker 1", "cpu");

    private final LaneBook book = new LaneBook();

    private void placed(int trial, Place place) {
        book.hear(new SearchEvent.TrialPlaced(NOW, trial, place));
    }

    private void finished(int trial) {
        book.hear(
                new SearchEvent.TrialFinished(
                        NOW,
                        new Trial(
                                trial,
                                new Architecture("s", List.of()),
                                "m",
                                Fidelity.NONE,
                                0,
                                OptionalInt.empty(),
                                new Outcome.Completed(Estimate.of(1)))));
    }

    @Test
    void aLaneSaysWhatItsWorkerDoes() {
        placed(0, ZERO);
        placed(1, ONE);
        book.hear(new SearchEvent.TrialProgressed(NOW, 0, 0.5));
        book.hear(new SearchEvent.TrialReported(NOW, 1, 3, 0.81));
        assertThat(book.lanes())
                .hasToString(
                        "worker 0 on cpu: trial 0, 50 % (0 ended)\n"
                                + "worker 1 on cpu: trial 1, epoch 3: 0.8100 (0 ended)");
        finished(0);
        assertThat(book.lanes().toString()).startsWith("worker 0 on cpu: waits (1 ended)");
    }

    /** A trial may end long before it enters the history. */
    @Test
    void eachTrialIsCountedOnce() {
        placed(0, ZERO);
        placed(1, ONE);
        placed(2, ONE);
        finished(0);
        finished(1);
        finished(2);
        assertThat(book.lanes().lanes()).extracting(lane -> lane.ended()).containsExactly(1, 2);
    }

    @Test
    void aTrialOfALostWorkerIsLostThere() {
        placed(0, ZERO);
        placed(0, ONE);
        finished(0);
        assertThat(book.lanes().lanes()).extracting(lane -> lane.lost()).containsExactly(1, 0);
        assertThat(book.lanes().lanes()).extracting(lane -> lane.ended()).containsExactly(0, 1);
    }
}
