package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.PerformanceEstimatorContract;
import io.nas4j.morph.WeightSet;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.nn.Program;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
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
import java.util.SplittableRandom;
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

    /** Also those that the output does not depend on, which are saved among the statistics. */
    @Test
    void whatATrainingSavesGoesToTheSlotThatItCameFrom() {
        SearchSpace space = Spaces.nasBench201(4, 1);
        Architecture dead = new Architecture(space.name(), List.of(3, 0, 3, 2, 0, 0));
        Network network = Networks.compile(space.network(dead), new InputShape(1, 8, 8), 3, 1);
        assertThat(network.program().live()).contains(true, false);
        try (NDManager manager = NDManager.newBaseManager()) {
            network.initialize(manager, new SplittableRandom(1));
            try (Weights weights = new Weights(network, manager)) {
                List<float[]> saved = weights.save();
                List<float[]> arrays = Heir.bySlot(network.program(), saved);
                for (int i = 0; i < arrays.size(); i++) {
                    Parameter parameter = network.getParameters().valueAt(i);
                    assertThat(arrays.get(i))
                            .as(parameter.getName())
                            .isEqualTo(parameter.getArray().stopGradient().toFloatArray());
                }
                assertThat(Heir.saved(new WeightSet(network.program(), arrays)))
                        .usingRecursiveComparison()
                        .isEqualTo(saved);
            }
        }
    }

    @Test
    void aCheckpointOfAnotherArchitectureIsRefused() {
        Program program =
                Networks.lower(
                        Spaces.chain(1).network(Spaces.chain(1).choose(decision -> 0)),
                        new InputShape(1, 8, 8),
                        3,
                        1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Heir.bySlot(program, List.of(new float[5])))
                .withMessageContaining("trained numbers")
                .withMessageContaining("but holds 5 and 0");
    }
}
