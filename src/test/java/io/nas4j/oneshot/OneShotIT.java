package io.nas4j.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.search.RunResult;
import io.nas4j.sharing.SupernetSearchContract;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class OneShotIT extends SupernetSearchContract {

    @Override
    protected SearchStrategy strategy(int epochs, double weightRate) {
        return new OneShot()
                .epochs(epochs)
                .batch(8)
                .resolution(0)
                .weightRate(weightRate, weightRate)
                .evolution(4, 2)
                .tuning(1);
    }

    /** What the papers do; the angle does not look at labels. */
    private static OneShot byAccuracy() {
        return new OneShot()
                .epochs(4)
                .batch(8)
                .resolution(0)
                .weightRate(0.05, 0.05)
                .evolution(4, 2)
                .tuning(0)
                .scoredBy(PathScore.ACCURACY);
    }

    /**
     * Of eight seeds the convolution scored 1 each time, the others 0.45 to 0.70; where labels are
     * drawn all scored 0.35 to 0.63. On 60 images 0.85 is five standard errors above chance.
     */
    @Test
    void theOperationThatIsRightScoresBestByFar() {
        RunResult finished = run(byAccuracy(), gratings(false, 1));
        assertThat(operation(finished)).isEqualTo(CONVOLUTION);
        double[] scores = scores(finished);
        assertThat(scores[CONVOLUTION]).isGreaterThan(0.9);
        assertThat(scores[0]).isLessThan(0.85);
        assertThat(scores[1]).isLessThan(0.85);
    }

    @Test
    void noneIsRightWhereLabelsAreDrawn() {
        double[] scores = scores(run(byAccuracy(), gratings(true, 1)));
        assertThat(Arrays.stream(scores).max().orElseThrow()).isLessThan(0.85);
    }

    @Test
    void aCandidateTellsEachScoreAndItsOwnCost() {
        RunResult finished = run(strategy(2, 0.05), gratings(false, 1));
        assertThat(operation(finished)).isEqualTo(CONVOLUTION);
        Map<Integer, Outcome.Completed> candidates = candidates(finished);
        Estimate none = candidates.get(0).estimate();
        Estimate convolution = candidates.get(CONVOLUTION).estimate();
        assertThat(convolution.metrics().keySet()).containsExactlyInAnyOrder("angle", "likelihood");
        assertThat(none.metrics().get("angle")).isZero();
        assertThat(convolution.metrics().get("angle")).isPositive();
        assertThat(convolution.metrics().get("likelihood"))
                .isGreaterThan(none.metrics().get("likelihood"));
        assertThat(convolution.score()).isGreaterThan(none.score());
        // 3×3 kernels from four channels to four, and the offset and scale of their normalisation
        assertThat(convolution.cost().parameters())
                .isGreaterThanOrEqualTo(none.cost().parameters() + 144);
    }

    @Test
    void theAngleAloneIsTheScoreWhereItIsAskedFor() {
        Map<Integer, Outcome.Completed> candidates =
                candidates(run(byAccuracy().scoredBy(PathScore.ANGLE), gratings(true, 1)));
        assertThat(candidates).hasSize(3);
        candidates.forEach(
                (operation, candidate) -> {
                    assertThat(candidate.estimate().metrics())
                            .containsOnly(Map.entry("angle", candidate.estimate().score()));
                    assertThat(candidate.estimate().score() > 0).isEqualTo(operation != 0);
                });
    }

    @Test
    void tuningChangesWhatAPathAnswersAndNothingElse() {
        Map<Integer, Outcome.Completed> shared =
                candidates(run(byAccuracy().epochs(1).scoredBy(PathScore.LIKELIHOOD), task()));
        OneShot search = byAccuracy().epochs(1).tuning(40).scoredBy(PathScore.LIKELIHOOD);
        Map<Integer, Outcome.Completed> tuned = candidates(run(search, task()));
        assertThat(score(tuned, CONVOLUTION)).isGreaterThan(score(shared, CONVOLUTION));
        // a path's own steps leave no trace: the order of the candidates does not matter
        OneShot otherwise = search.evolution(new PathEvolution(3, 2, 1, 1));
        assertThat(score(candidates(run(otherwise, task())), CONVOLUTION))
                .isEqualTo(score(tuned, CONVOLUTION));
    }

    private static Task task() {
        return gratings(false, 1);
    }

    private static double score(Map<Integer, Outcome.Completed> candidates, int operation) {
        return candidates.get(operation).estimate().score();
    }

    private static Map<Integer, Outcome.Completed> candidates(RunResult finished) {
        return finished.history().trials().stream()
                .filter(trial -> trial.measure().equals("one-shot"))
                .collect(
                        Collectors.toMap(
                                trial -> trial.architecture().choices().get(0),
                                trial -> (Outcome.Completed) trial.outcome()));
    }

    /** By operation; the three architectures are all that the evolution can find. */
    private static double[] scores(RunResult finished) {
        double[] scores = new double[3];
        List<Trial> candidates =
                finished.history().trials().stream()
                        .filter(trial -> trial.measure().equals("one-shot"))
                        .toList();
        assertThat(candidates).hasSize(3);
        for (Trial trial : candidates) {
            scores[trial.architecture().choices().get(0)] = trial.score().orElseThrow();
        }
        return scores;
    }

    @Test
    void anEvolutionThatCannotWorkIsRefused() {
        assertThatThrownBy(() -> new PathEvolution(1, 2, 1, 0.1))
                .hasMessageContaining("population must be at least 2");
        assertThatThrownBy(() -> new PathEvolution(4, 0, 1, 0.1))
                .hasMessageContaining("generations must be at least 1");
        assertThatThrownBy(() -> new PathEvolution(4, 2, 5, 0.1))
                .hasMessageContaining("parents must be in [1, 4]");
        assertThatThrownBy(() -> new PathEvolution(4, 2, 1, 0))
                .hasMessageContaining("mutation must be a probability");
    }
}
