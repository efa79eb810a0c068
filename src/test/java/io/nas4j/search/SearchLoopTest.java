package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Searches.Scripted;
import io.nas4j.space.Architecture;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchLoopTest {

    private static final SearchSpace PAIR =
            SearchSpace.of(
                    "pair",
                    Grammar.choice("only", Grammar.norConv(1), Grammar.norConv(3)),
                    Grammar.classifier());

    @Test
    void aSearchRunsItsBudgetAndFindsTheBest() {
        RunResult finished = new SearchLoop(Searches.blind(Budget.trials(50))).run();
        assertThat(finished.end()).isEqualTo(EndReason.BUDGET);
        assertThat(finished.reason()).isEqualTo("the budget is spent: 50 trials");
        assertThat(finished.history().trials().stream().filter(t -> !t.reused())).hasSize(50);
        double best = finished.history().best().orElseThrow().score().getAsDouble();
        assertThat(finished.history().trials())
                .allMatch(trial -> trial.score().getAsDouble() <= best)
                .extracting(Trial::number)
                .isEqualTo(IntStream.range(0, finished.history().size()).boxed().toList());
    }

    @Test
    void theSameSeedGivesTheSameTrialsAndAnotherSeedOthers() {
        SearchSpec search = Searches.blind(Budget.trials(30));
        List<Architecture> first = architectures(new SearchLoop(search).run());
        assertThat(architectures(new SearchLoop(search).run())).isEqualTo(first);
        SearchSpec other =
                SearchSpec.of(
                        Searches.task(Spaces.nasBench201(), 8),
                        new RandomSearch(),
                        Searches.SUM,
                        Budget.trials(30));
        assertThat(architectures(new SearchLoop(other).run())).isNotEqualTo(first);
    }

    @Test
    void anEqualNetworkIsServedItsEarlierEstimateAndIsNoTrialOfTheBudget() {
        RunResult finished = new SearchLoop(pair().budget(Budget.trials(2))).run();
        List<Trial> trials = finished.history().trials();
        assertThat(trials.stream().filter(t -> !t.reused())).hasSize(2);
        for (Trial trial : trials) {
            if (trial.outcome() instanceof Outcome.Completed completed && trial.reused()) {
                Trial earlier = trials.get(completed.reuses().getAsInt());
                assertThat(earlier.reused()).isFalse();
                assertThat(earlier.architecture()).isEqualTo(trial.architecture());
                assertThat(earlier.score()).isEqualTo(trial.score());
            }
        }
    }

    @Test
    void anExhaustedSpaceEndsTheSearch() {
        RunResult finished = new SearchLoop(pair().budget(Budget.trials(3)).patience(40)).run();
        assertThat(finished.end()).isEqualTo(EndReason.EXHAUSTED);
        assertThat(finished.reason())
                .isEqualTo("the space seems exhausted: 40 proposals in a row were nothing new");
        assertThat(finished.history().trials().stream().filter(t -> !t.reused())).hasSize(2);
    }

    @Test
    void repeatsAreEstimatedAgainWhereAllowed() {
        RunResult finished = new SearchLoop(pair().budget(Budget.trials(20)).repeats(true)).run();
        assertThat(finished.end()).isEqualTo(EndReason.BUDGET);
        assertThat(finished.history().trials()).hasSize(20).noneMatch(Trial::reused);
    }

    @Test
    void aFailingTrialIsARowAndTheSearchGoesOn() {
        PerformanceEstimator odd =
                PerformanceEstimator.of(
                        "odd",
                        candidate -> {
                            switch (candidate.trial() % 4) {
                                case 1 -> throw new java.io.IOException("no such file", null);
                                case 2 ->
                                        throw new IllegalStateException(
                                                "outer",
                                                new IllegalArgumentException("inner reason"));
                                case 3 -> throw new OutOfMemoryError("heap");
                                default -> {
                                    return candidate.trial() == 4 ? Double.NaN : 0.5;
                                }
                            }
                        });
        RunResult finished = new SearchLoop(with(odd).budget(Budget.trials(8))).run();
        assertThat(finished.end()).isEqualTo(EndReason.BUDGET);
        assertThat(finished.history().trials())
                .extracting(SearchLoopTest::failure)
                .containsExactly(
                        "",
                        "IOException: no such file",
                        "inner reason",
                        "out of memory (heap). Try a smaller width, resolution or batch",
                        "the score is NaN",
                        "IOException: no such file",
                        "inner reason",
                        "out of memory (heap). Try a smaller width, resolution or batch");
        Outcome.Failed failed = (Outcome.Failed) finished.history().trials().get(2).outcome();
        assertThat(failed.detail())
                .startsWith("java.lang.IllegalStateException: outer\ncaused by ")
                .contains("SearchLoopTest")
                .hasLineCount(15);
        assertThat(finished.history().best().orElseThrow().number()).isZero();
    }

    @Test
    void aMetricThatIsNoNumberFailsTheTrialAndIsNamed() {
        PerformanceEstimator odd =
                new Searches.Scripted(
                        "odd",
                        (candidate, context) ->
                                new Estimate(
                                        0.5,
                                        Map.of(
                                                "latency",
                                                candidate.trial() == 1
                                                        ? Double.NaN
                                                        : candidate.trial() == 2
                                                                ? Double.POSITIVE_INFINITY
                                                                : 3.0),
                                        List.of(),
                                        Cost.ZERO));
        RunResult finished = new SearchLoop(with(odd).budget(Budget.trials(4))).run();
        assertThat(finished.history().trials())
                .extracting(SearchLoopTest::failure)
                .containsExactly(
                        "",
                        "the metric \"latency\" is NaN",
                        "the metric \"latency\" is Infinity",
                        "");
    }

    @Test
    void tenFailuresInARowEndTheSearch() {
        PerformanceEstimator broken =
                PerformanceEstimator.of(
                        "broken",
                        candidate -> {
                            if (candidate.trial() > 2) {
                                throw new IllegalStateException("disk gone");
                            }
                            return 1;
                        });
        RunResult finished = new SearchLoop(with(broken).budget(Budget.trials(100))).run();
        assertThat(finished.end()).isEqualTo(EndReason.FAILURES);
        assertThat(finished.reason())
                .isEqualTo("10 trials failed in a row, the last one because: disk gone");
        assertThat(finished.history().trials()).hasSize(13);
    }

    @Test
    void aMissingLibraryEndsTheSearchAtOnce() {
        PerformanceEstimator unlinked =
                PerformanceEstimator.of(
                        "unlinked",
                        candidate -> {
                            throw new UnsatisfiedLinkError("no torch in java.library.path");
                        });
        RunResult finished = new SearchLoop(with(unlinked).budget(Budget.trials(100))).run();
        assertThat(finished.end()).isEqualTo(EndReason.FAILURES);
        assertThat(finished.reason())
                .isEqualTo(
                        "trials cannot run here: UnsatisfiedLinkError: no torch in"
                                + " java.library.path");
        assertThat(finished.history().trials()).hasSize(1);
    }

    @Test
    void anInvalidProposalNamesTheStrategyAndKeepsTheTrials() {
        Asks wrong =
                new Asks(
                        history ->
                                new Proposal.Evaluate(
                                        history.size() < 3
                                                ? architecture(history.size())
                                                : new Architecture(
                                                        "nas-bench-201", List.of(9, 0, 0, 0, 0, 0)),
                                        Fidelity.NONE));
        SearchLoop loop = new SearchLoop(with(wrong));
        assertThatIllegalStateException()
                .isThrownBy(loop::run)
                .withMessage(
                        "strategy asks failed at proposal 3: an answer to \"cell/v1/1<-0\" must be"
                                + " in [0, 5), but was 9.");
        assertThat(loop.history().trials()).hasSize(3);
    }

    @Test
    void whatAStrategyThrowsNamesIt() {
        Asks throwing =
                new Asks(
                        history -> {
                            throw new IndexOutOfBoundsException("Index 3");
                        });
        assertThatIllegalStateException()
                .isThrownBy(new SearchLoop(with(throwing))::run)
                .withMessage(
                        "strategy asks failed at proposal 0: IndexOutOfBoundsException: Index 3")
                .withCauseInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aStrategyWithoutAnotherProposalEndsTheSearch() {
        SearchStrategy three =
                (task, fidelity) ->
                        (history, random) ->
                                history.size() < 3
                                        ? Optional.of(
                                                new Proposal.Evaluate(
                                                        architecture(history.size()), fidelity))
                                        : Optional.empty();
        RunResult finished = new SearchLoop(with(three)).run();
        assertThat(finished.end()).isEqualTo(EndReason.STRATEGY);
        assertThat(finished.history().trials()).hasSize(3);
    }

    @Test
    void aTrialOfLessFidelityIsNotRanked() {
        SearchStrategy cheap =
                (task, fidelity) ->
                        (history, random) ->
                                Optional.of(
                                        new Proposal.Evaluate(
                                                architecture(history.size()),
                                                history.size() == 0
                                                        ? fidelity.withEpochs(1)
                                                        : fidelity));
        PerformanceEstimator ten =
                new PerformanceEstimator() {
                    @Override
                    public Session open(io.nas4j.trial.Task task) {
                        return (candidate, context) -> Estimate.of(1.0 / (1 + candidate.trial()));
                    }

                    @Override
                    public Fidelity fidelity() {
                        return Fidelity.epochs(10);
                    }

                    @Override
                    public String measure() {
                        return "train(epochs=10)";
                    }
                };
        SearchSpec search =
                SearchSpec.of(Searches.task(Spaces.nasBench201(), 1), cheap, ten, Budget.trials(3));
        RunResult finished = new SearchLoop(search).run();
        assertThat(finished.history().trials())
                .extracting(Trial::measure)
                .containsExactly(
                        "train(epochs=10) at epochs=1", "train(epochs=10)", "train(epochs=10)");
        assertThat(finished.history().best().orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void aContinuedTrialNamesTheOneThatWasReallyTrained() {
        Architecture same = architecture(3);
        SearchStrategy again =
                (task, fidelity) ->
                        (history, random) ->
                                Optional.of(
                                        history.size() < 2
                                                ? new Proposal.Evaluate(same, Fidelity.epochs(1))
                                                : new Proposal.Evaluate(
                                                        same,
                                                        Fidelity.epochs(2),
                                                        OptionalInt.of(1),
                                                        io.nas4j.space.OptionWeights.NONE));
        List<OptionalInt> heard = new java.util.ArrayList<>();
        Scripted estimator =
                new Scripted(
                        "scripted",
                        (candidate, context) -> {
                            heard.add(candidate.continues());
                            return Estimate.of(0.5);
                        });
        SearchSpec search =
                SearchSpec.of(
                        Searches.task(Spaces.nasBench201(), 1), again, estimator, Budget.trials(2));
        RunResult finished = new SearchLoop(search).run();
        assertThat(heard).containsExactly(OptionalInt.empty(), OptionalInt.of(0));
        assertThat(finished.history().trials().get(2).continues()).hasValue(1);
    }

    @Test
    void aLoopRunsOnce() {
        SearchLoop loop = new SearchLoop(Searches.blind(Budget.trials(1)));
        loop.run();
        assertThatIllegalStateException().isThrownBy(loop::run).withMessageContaining("runs once");
    }

    static List<Architecture> architectures(RunResult finished) {
        return finished.history().trials().stream().map(Trial::architecture).toList();
    }

    static Architecture architecture(int number) {
        return new Architecture(
                "nas-bench-201", List.of(number % 5, number / 5 % 5, number / 25 % 5, 3, 3, 3));
    }

    private static String failure(Trial trial) {
        return trial.outcome() instanceof Outcome.Failed failed ? failed.reason() : "";
    }

    private static SearchSpec pair() {
        return SearchSpec.of(
                Searches.task(PAIR, 1), new Searches.Blind(), Searches.SUM, Budget.trials(1));
    }

    private static SearchSpec with(PerformanceEstimator estimator) {
        return SearchSpec.of(
                Searches.task(Spaces.nasBench201(), 7),
                new RandomSearch(),
                estimator,
                Budget.trials(100));
    }

    private static SearchSpec with(SearchStrategy strategy) {
        return SearchSpec.of(
                Searches.task(Spaces.nasBench201(), 7), strategy, Searches.SUM, Budget.trials(100));
    }

    private record Asks(java.util.function.Function<io.nas4j.trial.History, Proposal> next)
            implements SearchStrategy {
        @Override
        public Session open(io.nas4j.trial.Task task, Fidelity fidelity) {
            return (history, random) -> Optional.of(next.apply(history));
        }

        @Override
        public String toString() {
            return "asks";
        }
    }
}
