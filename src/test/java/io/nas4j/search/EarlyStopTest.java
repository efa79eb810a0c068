package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.curve.MedianRule;
import io.nas4j.curve.StoppingRule;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Hyperband;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that a rule of the search ends. */
class EarlyStopTest {

    private static final MedianRule RULE = new MedianRule(2, 3);

    @TempDir private Path folder;

    /** Curves that never cross and soon are flat, of a minute an epoch. */
    private record Learning(int epochs) implements PerformanceEstimator {
        @Override
        public PerformanceEstimator.Session open(Task task) {
            return (candidate, context) -> {
                double quality =
                        candidate.architecture().choices().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum()
                                / 24.0;
                List<Point> curve = new ArrayList<>();
                int first =
                        candidate.continues().isPresent() ? candidate.fidelity().epochs() / 3 : 0;
                for (int epoch = first + 1; epoch <= candidate.fidelity().epochs(); epoch++) {
                    double score = quality * (1 - Math.exp(-2 * epoch));
                    curve.add(new Point(epoch, score));
                    if (!context.report(epoch, score)) {
                        break;
                    }
                }
                return new Estimate(
                        curve.get(curve.size() - 1).score(),
                        Map.of(),
                        curve,
                        Cost.of(Duration.ofMinutes(curve.size())));
            };
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.epochs(epochs);
        }

        @Override
        public String measure() {
            return "learning(" + epochs + ")";
        }
    }

    private static SearchSpec search(int trials) {
        return SearchSpec.of(
                        Searches.task(Spaces.nasBench201(), 7),
                        new RandomSearch(),
                        new Learning(9),
                        Budget.trials(trials))
                .stopping(RULE);
    }

    private static History run(SearchSpec spec) {
        return new SearchLoop(spec).run().history();
    }

    @Test
    void trialsThatARuleEndsKeepTheirCurveAndCostAndAreNotRanked() {
        History history = run(search(40));
        List<Trial> stopped = stopped(history);
        assertThat(stopped).hasSizeBetween(10, 30);
        for (Trial trial : stopped) {
            Outcome.Stopped outcome = (Outcome.Stopped) trial.outcome();
            assertThat(outcome.curve()).hasSizeBetween(3, 8);
            assertThat(outcome.cost().compute())
                    .isEqualTo(Duration.ofMinutes(outcome.curve().size()));
            assertThat(trial.score()).isEmpty();
            assertThat(outcome.summary())
                    .matches("stopped after epoch [3-8] at 0\\.\\d{4}: early, since its best .*");
        }
        assertThat(history.scored()).hasSize(history.size() - stopped.size());
        assertThat(history.comparable()).doesNotContainAnyElementsOf(stopped);
    }

    @Test
    void whereCurvesDoNotCrossTheBestIsNotLost() {
        Trial whole = run(search(40).stopping(StoppingRule.NONE)).best().orElseThrow();
        assertThat(run(search(40)).best().orElseThrow().architecture())
                .isEqualTo(whole.architecture());
    }

    @Test
    void withoutARuleNothingIsStopped() {
        assertThat(stopped(run(search(40).stopping(StoppingRule.NONE)))).isEmpty();
    }

    @Test
    void aResumedSearchMakesTheSameTrials() {
        Path journal = folder.resolve("search.jsonl");
        for (int trials = 4; trials <= 24; trials += 5) {
            run(search(trials).journal(journal));
        }
        History resumed = run(search(30).journal(journal));
        assertThat(resumed.trials()).isEqualTo(run(search(30)).trials());
        assertThat(stopped(resumed)).isNotEmpty();
    }

    @Test
    void theOrderInWhichTrialsEndDoesNotMatter() {
        List<History> histories = new ArrayList<>();
        for (long seed = 0; seed < 3; seed++) {
            histories.add(run(search(30).executor(new ShuffledExecutor(3, seed))));
        }
        assertThat(stopped(histories.get(0))).isNotEmpty();
        assertThat(histories.get(1).trials()).isEqualTo(histories.get(0).trials());
        assertThat(histories.get(2).trials()).isEqualTo(histories.get(0).trials());
    }

    @Test
    void aJournalOfAnotherRuleIsRefused() {
        Path journal = folder.resolve("other.jsonl");
        run(search(3).journal(journal));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(search(4).journal(journal).stopping(StoppingRule.NONE)))
                .withMessageContaining("stopping is MedianRule[grace=2, least=3] there");
    }

    @Test
    void theRuleIsAskedAfterEveryEpochButTheLast() {
        List<String> asked = new ArrayList<>();
        run(search(2).stopping(listener(trial -> asked.add(asText(trial)))));
        assertThat(asked).hasSize(16).startsWith("1 of 9", "2 of 9").endsWith("8 of 9");
    }

    /** A rung sees the curve of the rungs below it, and is not judged by their epochs again. */
    @Test
    void aContinuedTrialHasItsWholeCurve() {
        List<UnderWay> asked = new ArrayList<>();
        run(
                search(13)
                        .strategy(new Hyperband())
                        .stopping(listener(trial -> asked.add(new UnderWay(trial)))));
        assertThat(asked).anyMatch(its -> its.epochs() == 9 && its.steps() == 4);
        assertThat(asked).noneMatch(its -> its.epochs() == 9 && its.steps() <= 3);
        assertThat(asked).allMatch(its -> its.steps() < its.epochs());
    }

    @Test
    void aRuleThatFailsIsAFailedTrialAndLosesNothing() {
        History history =
                run(
                        search(4)
                                .stopping(
                                        listener(
                                                trial -> {
                                                    if (trial.history().size() == 2) {
                                                        throw new IllegalStateException("no idea");
                                                    }
                                                })));
        assertThat(history.size()).isEqualTo(4);
        assertThat(history.scored()).hasSize(3);
        assertThat(history.lastFailure()).hasValue("no idea");
    }

    /** How far a rule saw a training. */
    private record UnderWay(int epochs, int steps) {
        UnderWay(io.nas4j.curve.UnderWay trial) {
            this(trial.fidelity().epochs(), trial.curve().size());
        }
    }

    private static String asText(io.nas4j.curve.UnderWay trial) {
        return trial.epoch() + " of " + trial.fidelity().epochs();
    }

    private static StoppingRule listener(Consumer<io.nas4j.curve.UnderWay> hears) {
        return trial -> {
            hears.accept(trial);
            return Optional.empty();
        };
    }

    private static List<Trial> stopped(History history) {
        return history.trials().stream()
                .filter(
                        trial ->
                                trial.outcome() instanceof Outcome.Stopped stopped
                                        && stopped.isEarly())
                .toList();
    }
}
