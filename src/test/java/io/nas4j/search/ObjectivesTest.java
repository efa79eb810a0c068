package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.journal.SearchIdentity;
import io.nas4j.json.JournalJson.Header;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Nsga2;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Objective;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Objectives are stated once, by the search; a strategy uses them or says that it does not. */
class ObjectivesTest {

    @Test
    void anObjectiveThatNobodyReportsIsRefusedBeforeAnythingRuns() {
        SearchSpec search =
                Searches.blind(Budget.trials(5))
                        .objectives(Objective.SCORE, Objective.minimize("latency"));
        assertThatIllegalArgumentException()
                .isThrownBy(new SearchLoop(search)::run)
                .withMessageStartingWith(
                        "objective \"latency\" is not reported by sum, which reports compute,"
                                + " score. Try");
    }

    /** Not known beforehand: then one trial is run to see what it reports. */
    @Test
    void anObjectiveThatTheFirstTrialDoesNotReportIsRefused() {
        int[] trials = {0};
        PerformanceEstimator quiet =
                new Searches.Scripted(
                        "quiet",
                        (candidate, context) -> {
                            trials[0]++;
                            return Estimate.of(0.5, new Cost(Duration.ZERO, 10, 0));
                        });
        SearchSpec search =
                SearchSpec.of(
                                Searches.task(Spaces.nasBench201(), 7),
                                new Nsga2(),
                                quiet,
                                Budget.trials(5))
                        .objectives(Objective.SCORE, Objective.minimize("latency"));
        assertThatIllegalArgumentException()
                .isThrownBy(new SearchLoop(search)::run)
                .withMessageContaining("reports compute, parameters, score");
        assertThat(trials[0]).isEqualTo(1);
    }

    @Test
    void anUnknownNumberOfParametersIsNotZero() {
        SearchSpec search =
                SearchSpec.of(
                        Searches.task(Spaces.nasBench201(), 7),
                        new Nsga2(),
                        Searches.SUM,
                        Budget.trials(5));
        assertThatIllegalArgumentException()
                .isThrownBy(new SearchLoop(search)::run)
                .withMessageStartingWith("objective \"parameters\" is not reported by sum");
    }

    @Test
    void aStrategyThatCannotUseTheObjectivesSaysSoBeforeItStarts() {
        List<String> heard = new ArrayList<>();
        SearchSpec search =
                Searches.blind(Budget.trials(3))
                        .objectives(Objective.SCORE, Objective.minimize("compute"))
                        .listener(
                                event -> {
                                    if (event instanceof SearchEvent.Started started) {
                                        heard.addAll(started.search().warnings());
                                    }
                                });
        RunResult finished = new SearchLoop(search).run();
        assertThat(heard)
                .singleElement()
                .asString()
                .startsWith("BLIND optimises the score only; the objectives (maximize score,")
                .contains("pareto()");
        assertThat(finished.warnings()).isEqualTo(heard);
        assertThat(search.objectives(Objective.SCORE).warnings()).isEmpty();
    }

    /** Better scores cost more size: opposite wishes lead to opposite populations. */
    @Test
    void whatTheSearchStatesLeadsTheStrategy() {
        assertThat(meanSize(Objective.minimize("size")))
                .isLessThan(meanSize(Objective.maximize("size")) - 3);
    }

    private static double meanSize(Objective size) {
        SearchSpec search = sized(new Nsga2().population(10)).objectives(Objective.SCORE, size);
        List<Double> sizes =
                new SearchLoop(search)
                        .run().history().scored().stream()
                                .map(trial -> Math.abs(size.value(trial).orElseThrow()))
                                .toList();
        return sizes.subList(100, 200).stream().mapToDouble(v -> v).average().orElseThrow();
    }

    private static SearchSpec sized(Nsga2 strategy) {
        PerformanceEstimator sized =
                new Searches.Scripted(
                        "sized",
                        (candidate, context) -> {
                            List<Integer> choices = candidate.architecture().choices();
                            double sum = choices.stream().mapToInt(choice -> choice).sum();
                            return new Estimate(
                                    choices.get(0), Map.of("size", sum), List.of(), Cost.ZERO);
                        });
        return SearchSpec.of(
                Searches.task(Spaces.nasBench201(), 7), strategy, sized, Budget.trials(200));
    }

    @Test
    void aJournalHoldsTheObjectivesThatDecideWhichTrialsAreMade() {
        Header small = header(Objective.minimize("size"));
        assertThat(small.settings()).containsEntry("objectives", "[maximize score, minimize size]");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                SearchIdentity.requireSame(
                                        Path.of("j"), small, header(Objective.maximize("size"))))
                .withMessageContaining("objectives is [maximize score, minimize size] there");
        assertThat(
                        Searches.blind(Budget.trials(1))
                                .objectives(Objective.minimize("compute"))
                                .identity()
                                .settings())
                .doesNotContainKey("objectives");
    }

    private static Header header(Objective size) {
        return sized(new Nsga2()).objectives(Objective.SCORE, size).identity();
    }
}
