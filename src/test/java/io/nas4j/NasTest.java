package io.nas4j;

import static io.nas4j.Nas.BAYESIAN;
import static io.nas4j.Nas.CIFAR10;
import static io.nas4j.Nas.CIFAR100;
import static io.nas4j.Nas.EVOLUTION;
import static io.nas4j.Nas.LOCAL_SEARCH;
import static io.nas4j.Nas.NSGA2;
import static io.nas4j.Nas.RANDOM;
import static io.nas4j.Nas.TPE;
import static io.nas4j.Nas.nasBench201;
import static io.nas4j.Nas.tabular;
import static io.nas4j.Nas.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.analysis.Lineage;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Outcome;
import io.nas4j.view.MimeBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facade, as a notebook cell uses it. */
class NasTest {

    private final Search base =
            Nas.space(nasBench201()).estimator(tabular(CIFAR100)).budget(trials(60)).quiet();

    @Test
    void oneLineSearchesATable() {
        SearchResult result = base.strategy(EVOLUTION).run();
        assertThat(result.history().scored()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(result.bestScore()).isBetween(0.6, 0.735);
        assertThat(result.network().size()).isEqualTo(1);
        assertThat(result.reason()).contains("60 trials");
    }

    @Test
    void aSearchIsAValueToBranchFrom() {
        Search evolution = base.strategy(EVOLUTION).seed(3);
        double first = evolution.run().bestScore();
        base.strategy(TPE).run();
        assertThat(evolution.run().bestScore()).isEqualTo(first);
        assertThat(base.result()).isEmpty();
    }

    @Test
    void theLatestResultIsRemembered() {
        Search search = base.strategy(LOCAL_SEARCH);
        SearchResult result = search.run();
        assertThat(search.result()).containsSame(result);
        assertThat(Nas.last()).isPresent();
    }

    @Test
    void aResultDrawsItselfAndTellsInWords() {
        SearchResult result = base.strategy(BAYESIAN).run();
        MimeBundle bundle = result.render();
        assertThat(bundle.data()).containsKeys("text/html", "image/svg+xml", "text/plain");
        assertThat(result.toString()).contains("best of", "nas-bench-201");
        assertThat(result.table().rowCount()).isEqualTo(result.history().size());
        assertThat(result.trials().toString()).contains("score");
        assertThat(result.plots().toString()).contains("best so far");
        assertThat(result.charts().exploration().toString()).isNotBlank();
        assertThat(result.film().alt()).contains("bayesian", result.history().counted());
        assertThat(io.nas4j.json.Json.architecture(nasBench201(), result.json()))
                .isEqualTo(result.architecture());
    }

    @Test
    void aResultWithoutAScoreDrawsWhatToDo() {
        SearchResult failed =
                base.estimator(
                                "broken",
                                candidate -> {
                                    throw new IllegalStateException("no disk");
                                })
                        .budget(trials(2))
                        .run();
        assertThat(failed.render().data()).containsKeys("text/html", "image/svg+xml");
        assertThat(failed.toString()).contains("2 trials", "no disk", "Try ");
        assertThat(failed.plots().toString()).contains("no points");
        assertThat(failed.film().svg().document()).contains("No trial has a score yet");
    }

    @Test
    void aResultIsComparedWithLuck() {
        SearchResult random = base.strategy(RANDOM).run();
        assertThat(base.strategy(TPE).budget(trials(200)).run().compare(random).luck())
                .isBetween(0.0, 0.5);
    }

    @Test
    void whatAStrategyHasLearnedIsShownInItsOwnPicture() {
        SearchResult random = base.strategy(RANDOM).run();
        assertThat(base.strategy(BAYESIAN).run().charts().insight().alt()).contains("Predicted");
        assertThat(base.strategy(EVOLUTION).run().charts().insight().alt()).contains("Population");
        assertThat(base.strategy(Nas.REINFORCE).run().charts().insight().alt())
                .contains("nas-bench-201");
        assertThat(base.strategy(TPE).run().plots(random).toString()).contains("Better than luck");
        assertThat(random.charts().scores(random).toString()).contains("mean of 20");
    }

    @Test
    void severalObjectivesGiveAFrontThatNobodyDominates() {
        SearchResult result =
                base.objectives(Objective.SCORE, Objective.minimize("parameters"))
                        .strategy(NSGA2)
                        .run();
        assertThat(result.pareto()).isNotEmpty();
        assertThat(result.pareto()).contains(result.best());
        assertThat(result.pareto()).hasSizeGreaterThan(2);
        // NSGA2's own are the same, and so is what pareto() then ranks by
        assertThat(base.strategy(NSGA2).run().pareto()).isEqualTo(result.pareto());
    }

    @Test
    void otherObjectivesGiveAnotherSearchAndAnotherFront() {
        Objective latency = Objective.minimize("latency");
        SearchResult quick =
                base.objectives(Objective.SCORE, latency).strategy(NSGA2.population(10)).run();
        SearchResult slow =
                base.objectives(Objective.SCORE, Objective.maximize("latency"))
                        .strategy(NSGA2.population(10))
                        .run();
        assertThat(speed(quick, latency)).isGreaterThan(speed(slow, latency));
        assertThatThrownBy(() -> base.objectives(Objective.minimize("energy")).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"energy\"")
                .hasMessageContaining("compute, latency, parameters, score");
    }

    /** The mean over the second half of a search. */
    private static double speed(SearchResult result, Objective latency) {
        return result.history().scored().stream()
                .skip(30)
                .mapToDouble(trial -> latency.value(trial).orElseThrow())
                .average()
                .orElseThrow();
    }

    @Test
    void evolutionHasALineageAndOtherStrategiesHaveNone() {
        SearchResult result = base.strategy(EVOLUTION.population(10)).budget(trials(60)).run();
        List<Lineage.Member> line = result.analysis().lineage().ancestors(result.best());
        assertThat(line.get(0).parent()).isEmpty();
        assertThat(line.get(line.size() - 1).trial()).isEqualTo(result.best());
        // a mutation changes one decision: so does each child that was born after the first ten
        assertThat(result.analysis().lineage().members().stream().skip(10))
                .allSatisfy(member -> assertThat(member.changes()).hasSize(1));
        assertThat(result.charts().population().toString()).contains("from parent to child");
        assertThatThrownBy(base.strategy(RANDOM).run().analysis()::lineage)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("strategy(EVOLUTION)");
    }

    @Test
    void aStrategyOfOnesOwnIsALambda() {
        SearchStrategy first =
                (task, fidelity) ->
                        (history, random) ->
                                history.isEmpty()
                                        ? Optional.of(
                                                new Proposal.Evaluate(
                                                        task.space().sample(random), fidelity))
                                        : Optional.empty();
        assertThat(base.strategy(first).run().history().size()).isEqualTo(1);
    }

    @Test
    void anEstimatorOfOnesOwnIsALambdaAndItsNanIsAFailedTrial() {
        SearchResult result =
                Nas.space(nasBench201())
                        .estimator(
                                "nothing", candidate -> candidate.trial() == 1 ? 0.5 : Double.NaN)
                        .budget(trials(4))
                        .quiet()
                        .run();
        assertThat(result.bestScore()).isEqualTo(0.5);
        assertThat(result.history().trials().get(0).outcome()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aSearchWithoutAnyScoreSaysWhy() {
        SearchResult result =
                Nas.space(nasBench201())
                        .estimator(
                                "broken",
                                candidate -> {
                                    throw new IllegalStateException("the disk is full");
                                })
                        .quiet()
                        .run();
        assertThat(result.history().size()).isEqualTo(10);
        assertThatThrownBy(result::best).hasMessageContaining("the disk is full");
        assertThat(result.toString()).contains("the disk is full");
    }

    @Test
    void aJournalResumesAndAnotherSearchIsRefused(@TempDir Path folder) {
        Path file = folder.resolve("search.jsonl");
        Search search = base.strategy(EVOLUTION).journal(file);
        assertThat(search.budget(trials(20)).run().history().size()).isEqualTo(20);
        SearchResult resumed = search.run();
        assertThat(resumed.history().trials())
                .isEqualTo(base.strategy(EVOLUTION).run().history().trials());
        assertThatThrownBy(() -> base.strategy(TPE).journal(file).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Try");
    }

    @Test
    void partsThatDoNotFitAreRefusedBeforeTheFirstTrial() {
        assertThatThrownBy(
                        () -> Nas.space(Spaces.cells()).estimator(tabular(CIFAR10)).quiet().run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nas-bench-201");
        assertThatThrownBy(() -> trials(-1)).hasMessageContaining("at least 1, but was -1");
        assertThatThrownBy(() -> Nas.lowFidelity(0)).hasMessageContaining("Try");
        assertThatThrownBy(() -> base.strategy(EVOLUTION.tournament(50)).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tournament (50)");
    }

    @Test
    void aSearchPrintsWhatItWillDo() {
        assertThat(base.strategy(EVOLUTION).toString())
                .contains("nas-bench-201", "60 trials", "seed 0");
    }
}
