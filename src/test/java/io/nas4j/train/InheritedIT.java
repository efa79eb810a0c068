package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.PerformanceEstimatorContract;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that start from the weights of an earlier trial. */
class InheritedIT extends PerformanceEstimatorContract {

    @TempDir private Path folder;

    @Override
    protected PerformanceEstimator estimator() {
        return new Inherited(TrainingEstimator.lowFidelity(1).data(0.5));
    }

    @Override
    protected Task task() {
        return new Task(Spaces.chain(2), Squares.data(300), new Seeds(1));
    }

    private SearchSpec search(int trials) {
        return SearchSpec.of(
                task(),
                new Evolution().population(4).tournament(2),
                estimator(),
                Budget.trials(trials));
    }

    private static History run(SearchSpec search) {
        return new SearchLoop(search).run().history();
    }

    private static Estimate estimate(Trial trial) {
        return ((Outcome.Completed) trial.outcome()).estimate();
    }

    @Test
    void aTrialStartsFromTheTrialThatIsMostLikeIt() {
        List<Trial> trials = run(search(9)).trials();
        assertThat(estimate(trials.get(0)).metrics())
                .containsEntry(Metrics.INHERITED, 0.0)
                .doesNotContainKey(Metrics.PARENT);
        List<Trial> heirs =
                trials.stream()
                        .filter(trial -> estimate(trial).metrics().containsKey(Metrics.PARENT))
                        .toList();
        assertThat(heirs).hasSizeGreaterThanOrEqualTo(4);
        for (Trial heir : heirs) {
            assertThat(estimate(heir).metrics().get(Metrics.PARENT)).isLessThan(heir.number());
            assertThat(estimate(heir).metrics().get(Metrics.INHERITED)).isBetween(1e-4, 1.0);
            assertThat(estimate(heir).metrics()).doesNotContainKey(Metrics.RESTARTED);
            assertThat(heir.continues()).isEmpty();
        }
    }

    @Test
    void aResumedSearchMakesTheSameTrials() {
        Path journal = folder.resolve("heirs.jsonl");
        run(search(3).journal(journal));
        run(search(5).journal(journal));
        List<Trial> resumed = run(search(8).journal(journal)).trials();
        List<Trial> whole = run(search(8)).trials();
        assertThat(told(resumed)).isEqualTo(told(whole));
    }

    /** All but the time. */
    private static List<String> told(List<Trial> trials) {
        List<String> told = new ArrayList<>();
        for (Trial trial : trials) {
            told.add(
                    trial.architecture()
                            + " "
                            + estimate(trial).curve()
                            + " "
                            + estimate(trial).metrics());
        }
        return told;
    }

    /** The twin of inheritance: what starts from a parent is not what starts from scratch. */
    @Test
    void anHeirsScoreIsNotThatOfATrainingFromScratch() {
        List<Trial> heirs = run(search(8)).trials();
        List<Trial> scratch =
                run(search(8).estimator(TrainingEstimator.lowFidelity(1).data(0.5))).trials();
        assertThat(estimate(heirs.get(0)).curve()).isEqualTo(estimate(scratch.get(0)).curve());
        assertThat(told(heirs)).isNotEqualTo(told(scratch));
    }

    @Test
    void aChildThatDivergesIsAFailedTrialAndTheSearchGoesOn() {
        PerformanceEstimator wild =
                new Inherited(TrainingEstimator.lowFidelity(1).clip(0).rate(Cosine.of(1e12)));
        History history = run(search(3).estimator(wild));
        assertThat(history.size()).isEqualTo(3);
        assertThat(history.lastFailure())
                .hasValueSatisfying(why -> assertThat(why).contains("loss"));
    }
}
