package io.nas4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.notebook.LiveListener;
import io.nas4j.notebook.NotebookSink;
import io.nas4j.search.Budget;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.view.Chart;
import io.nas4j.view.MimeBundle;
import io.nas4j.view.TrialTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A trial has one number, from 0, wherever a reader meets it; where trials are counted, repeats are
 * told apart in words.
 */
class TrialNumbersTest {

    /** Trial 3 repeats trial 1, trial 2 fails, trial 4 is the best of six. */
    private static final int REPEAT = 3;

    private static final int FAILED = 2;
    private static final int BEST = 4;

    private record Scripted() implements SearchStrategy {
        @Override
        public Session open(Task task, Fidelity fidelity) {
            return (history, random) -> {
                int number = history.size();
                int which = number == REPEAT ? 1 : number;
                return Optional.of(
                        new Proposal.Evaluate(
                                task.space().stream().skip(which).findFirst().orElseThrow(),
                                fidelity));
            };
        }
    }

    private static double score(int trial) {
        if (trial == FAILED) {
            throw new IllegalStateException("no memory");
        }
        return trial == BEST ? 0.9 : 0.5 + trial / 100.0;
    }

    private static final class Recorder implements NotebookSink {
        private final List<String> frames = new ArrayList<>();

        @Override
        public boolean isAttached() {
            return true;
        }

        @Override
        public String display(MimeBundle bundle) {
            frames.add(bundle.text());
            return "id";
        }

        @Override
        public void update(String id, MimeBundle bundle) {
            frames.add(bundle.text());
        }
    }

    private final Recorder recorder = new Recorder();
    private long now;

    /** A search that is over after six trials that were run; each event comes a second later. */
    private SearchResult run() {
        PerformanceEstimator.Score estimate = candidate -> score(candidate.trial());
        return Nas.space(Spaces.zophLe(1))
                .strategy(new Scripted())
                .estimator("scripted", estimate)
                .budget(Budget.trials(6))
                .listener(
                        new LiveListener(
                                recorder,
                                () -> {
                                    now += 1_000_000_000L;
                                    return now;
                                }))
                .quiet()
                .run();
    }

    @Test
    void sentencesTablesAndChartsNameATrialByItsNumber() {
        SearchResult result = run();
        assertThat(result.best().number()).isEqualTo(BEST);
        assertThat(result.toString()).contains("best of 6 trials and 1 repeat is trial 4 with");
        assertThat(result.reason()).isEqualTo("the budget is spent: 6 trials");
        assertThat(result.trials().rows().get(0).get(0)).isEqualTo("4");
        assertThat(TrialTable.latest(result.history(), Spaces.zophLe(1), 7).rows().get(REPEAT))
                .startsWith("3")
                .contains("repeat of trial 1");
        assertThat(result.table().intColumn("trial").asList()).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(result.table().stringColumn("outcome").get(REPEAT))
                .isEqualTo("repeat of trial 1");
        List<Double> scored =
                result.history().scored().stream().map(trial -> (double) trial.number()).toList();
        assertThat(scored).doesNotContain((double) FAILED).contains((double) BEST);
        Chart chart = result.charts().best();
        assertThat(chart.x()).hasToString("trial");
        assertThat(chart.series().get(0).xs()).isEqualTo(scored);
        assertThat(result.charts().scores(result).series().get(0).xs()).isEqualTo(scored);
        assertThat(result.charts().exploration().series().get(0).xs())
                .isEqualTo(
                        result.history().trials().stream()
                                .map(trial -> (double) trial.number())
                                .toList());
        assertThat(result.analysis().exploration())
                .extracting(fact -> fact.trial())
                .isEqualTo(result.history().trials().stream().map(Trial::number).toList());
    }

    @Test
    void progressNamesTheSameNumbersAndCountsWhatWasRun() {
        run();
        assertThat(recorder.frames).anyMatch(frame -> frame.contains("trial 0, scripted"));
        assertThat(recorder.frames).anyMatch(frame -> frame.contains("trial 6, scripted"));
        assertThat(recorder.frames).noneMatch(frame -> frame.contains("trial 3, scripted"));
        String last = recorder.frames.get(recorder.frames.size() - 1);
        assertThat(last)
                .contains("6/6 trials + 1 repeat", "last failure: trial 2, no memory")
                .contains("done: the budget is spent: 6 trials");
    }

    /** Where an axis counts evaluations it says so, and a repeat is none. */
    @Test
    void chartsOfEqualCostCountEvaluations() {
        SearchResult result = run();
        Chart luck = result.plots(result);
        assertThat(luck.x()).hasToString("evaluations");
        assertThat(luck.series().get(2).xs()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
    }
}
