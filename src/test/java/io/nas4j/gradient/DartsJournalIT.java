package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Budget;
import io.nas4j.search.EndReason;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DartsJournalIT {

    @TempDir Path folder;

    @Test
    void dartsInterruptedInAnEpochAndResumedMakesTheSameTrials() {
        SearchSpec search =
                SearchSpec.of(
                        task(),
                        new Darts().epochs(3).batch(8).resolution(0),
                        PerformanceEstimator.of("constant", candidate -> 0.5),
                        Budget.trials(50));
        List<?> whole = facts(new SearchLoop(search).run());
        assertThat(whole).hasSize(4);

        SearchSpec journaled = search.journal(folder.resolve("darts.jsonl"));
        SearchSpec interrupted =
                journaled.listener(
                        event -> {
                            if (event instanceof SearchEvent.TrialStarted started
                                    && started.trial() == 1) {
                                Thread.currentThread().interrupt();
                            }
                        });
        RunResult stopped = new SearchLoop(interrupted).run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(stopped.history().trials().get(1).outcome()).isInstanceOf(Outcome.Stopped.class);
        assertThat(facts(new SearchLoop(journaled).run())).isEqualTo(whole);
    }

    /** Everything but the time that it took. */
    private static List<?> facts(RunResult finished) {
        return finished.history().trials().stream().map(DartsJournalIT::facts).toList();
    }

    private static List<?> facts(Trial trial) {
        Outcome.Completed completed = (Outcome.Completed) trial.outcome();
        return List.of(
                trial.number(),
                trial.architecture(),
                trial.measure(),
                trial.seed(),
                completed.estimate().score(),
                completed.learned());
    }

    private static Task task() {
        SplittableRandom random = new SplittableRandom(5);
        byte[] pixels = new byte[64 * 8 * 8];
        random.nextBytes(pixels);
        int[] labels = random.ints(64, 0, 3).toArray();
        Data data = Data.images("noise", pixels, 1, 8, 8, labels, List.of("a", "b", "c"));
        return new Task(Spaces.cells(4, 3, 2), data, new Seeds(7), "cpu");
    }
}
