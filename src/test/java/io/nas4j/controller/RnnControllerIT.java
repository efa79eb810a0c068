package io.nas4j.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.data.Data;
import io.nas4j.estimate.NasBench201;
import io.nas4j.space.Architecture;
import io.nas4j.space.Grammar;
import io.nas4j.space.Node;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.SearchStrategyContract;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The controller as a strategy: the contract, what it learns, and that it beats luck. */
@Tag("slow")
class RnnControllerIT {

    @Nested
    class ZophLe extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return RnnController.zophLe();
        }
    }

    @Nested
    class FastPpo extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return new RnnController().ppo().batch(4).learningRate(0.01).entropyWeight(1e-3);
        }
    }

    @Nested
    class Enas extends SearchStrategyContract {
        @Override
        protected SearchStrategy strategy() {
            return RnnController.enas();
        }
    }

    /**
     * Default settings, seeds 0 to 10, 500 trials each, paired with random search of the same seed.
     * One-sided sign test: 10 wins of 11 have p = 12/2048 = 0.006. For a strategy that wins with
     * probability 0.97 the test's power is 0.96, for one no better than luck it passes with 0.006.
     */
    @ParameterizedTest
    @EnumSource(NasBench201.class)
    void betterThanRandomOnNasBench201(NasBench201 table) {
        assertThat(wins(table, new RnnController(), 0)).isGreaterThanOrEqualTo(10);
        // the twin: luck against other luck
        assertThat(wins(table, new RandomSearch(), 100)).isLessThan(10);
    }

    private static int wins(NasBench201 table, SearchStrategy strategy, int firstSeed) {
        int wins = 0;
        for (int i = 0; i <= 10; i++) {
            wins +=
                    best(strategy, table, firstSeed + i) > best(new RandomSearch(), table, i)
                            ? 1
                            : 0;
        }
        return wins;
    }

    private static double best(SearchStrategy strategy, NasBench201 table, long seed) {
        History history =
                search(
                        strategy,
                        Spaces.nasBench201(),
                        seed,
                        500,
                        architecture ->
                                table.find(architecture, 200, OptionalLong.empty())
                                        .orElseThrow()
                                        .score());
        return history.best().orElseThrow().score().getAsDouble();
    }

    @Test
    void policySharpensOnWhatEarns() {
        SearchSpace space = bandit();
        // only the last answer of the first three decisions earns
        History history =
                search(
                        new RnnController(),
                        space,
                        5,
                        400,
                        a -> a.choices().subList(0, 3).stream().filter(c -> c == 3).count() / 3.0);
        List<OptionWeights> learned = learned(history);
        assertThat(entropy(learned.get(0))).isGreaterThan(0.99 * 6 * Math.log(4));
        OptionWeights last = learned.get(learned.size() - 1);
        for (String id : List.of("arm 0", "arm 1", "arm 2")) {
            assertThat(last.byDecision().get(id).get(3)).as(id).isGreaterThan(0.8);
        }
    }

    @Test
    void policyFlattensUnderAnEntropyBonusAlone() {
        // nothing to gain anywhere: the bonus keeps it uniform
        History history =
                search(new RnnController().entropyWeight(0.1), bandit(), 5, 200, a -> 0.5);
        OptionWeights last = learned(history).get(199);
        assertThat(entropy(last)).isGreaterThan(0.999 * 6 * Math.log(4));
    }

    @Test
    void cubedRewardsAndNegativeScoresKeepTheirOrder() {
        History history =
                search(
                        new RnnController().rewardPower(3),
                        bandit(),
                        6,
                        400,
                        a -> -1 - a.choices().get(0));
        OptionWeights last = learned(history).get(399);
        assertThat(last.byDecision().get("arm 0").get(0)).isGreaterThan(0.8);
    }

    @Test
    void failuresAreAvoided() {
        History history =
                search(
                        new RnnController(),
                        bandit(),
                        7,
                        400,
                        a -> a.choices().get(0) == 2 ? Double.NaN : 0.5 + 0.1 * a.choices().get(1));
        List<OptionWeights> learned = learned(history);
        OptionWeights last = learned.get(learned.size() - 1);
        assertThat(last.byDecision().get("arm 0").get(2)).isLessThan(0.1);
    }

    @Test
    void probabilitiesSumToOneAndMarginalsToThePicks() {
        for (SearchSpace space : List.of(Spaces.chain(), Spaces.zophLe(3), subsets())) {
            History history = search(new RnnController(), space, 8, 30, a -> a.choices().get(0));
            for (Trial trial : history.trials()) {
                OptionWeights learned = ((Outcome.Completed) trial.outcome()).learned();
                space.walk(trial.architecture())
                        .decisions()
                        .forEach(
                                decision ->
                                        assertThat(
                                                        learned
                                                                .byDecision()
                                                                .get(decision.id())
                                                                .stream()
                                                                .mapToDouble(p -> p)
                                                                .sum())
                                                .isCloseTo(decision.picks(), within(1e-9)));
                assertThat(learned.byDecision()).hasSameSizeAs(trial.architecture().choices());
            }
        }
    }

    @Test
    void aLongSearchIsResumedAsIfNeverStopped() {
        SearchSpace space = Spaces.zophLe(3);
        RnnController controller = new RnnController().batch(4).ppo();
        History all = search(controller, space, 9, 150, a -> a.choices().hashCode() % 97 / 97.0);
        try (SearchStrategy.Session session = controller.open(task(space, 9), Fidelity.NONE)) {
            History history = History.empty("m");
            for (Trial trial : all.trials().subList(0, 149)) {
                history = history.plus(trial);
            }
            Proposal.Evaluate next =
                    (Proposal.Evaluate)
                            session.ask(history, new Seeds(9).random(149, "ask")).orElseThrow();
            Trial last = all.trials().get(149);
            assertThat(next.architecture()).isEqualTo(last.architecture());
            assertThat(next.learned()).isEqualTo(((Outcome.Completed) last.outcome()).learned());
        }
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> new RnnController().batch(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batch must be at least 1, but was 0. Try 8.");
        assertThatThrownBy(() -> new RnnController().ppo(3, 0))
                .hasMessageContaining("clip must be above 0 for PPO, but was 0.0. Try 0.2.");
        assertThatThrownBy(() -> new RnnController().learningRate(-1))
                .hasMessageContaining("learning rate must be above 0, but was -1.0.");
    }

    private static SearchSpace bandit() {
        List<Node> arms = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            arms.add(
                    Grammar.choice(
                            "arm " + i,
                            Grammar.skip(),
                            Grammar.norConv(1),
                            Grammar.norConv(3),
                            Grammar.avgPool(3)));
        }
        return SearchSpace.of("bandit", arms.toArray(Node[]::new));
    }

    private static SearchSpace subsets() {
        Node operations =
                new Node.Subset(
                        "operations",
                        2,
                        Node.Merge.SUM,
                        List.of(
                                Grammar.skip(),
                                Grammar.norConv(1),
                                Grammar.norConv(3),
                                Grammar.avgPool(3)));
        return SearchSpace.of(
                "subsets",
                operations,
                Grammar.choice("a", Grammar.skip(), Grammar.norConv(3)),
                Grammar.choice("b", Grammar.skip(), Grammar.norConv(3)),
                Grammar.choice("c", Grammar.skip(), Grammar.norConv(3)));
    }

    private static double entropy(OptionWeights weights) {
        return weights.byDecision().values().stream()
                .flatMap(List::stream)
                .mapToDouble(p -> p > 0 ? -p * Math.log(p) : 0)
                .sum();
    }

    private static List<OptionWeights> learned(History history) {
        return history.trials().stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Completed)
                .map(trial -> ((Outcome.Completed) trial.outcome()).learned())
                .toList();
    }

    /** One trial after the other; NaN is a failure. */
    static History search(
            SearchStrategy strategy,
            SearchSpace space,
            long seed,
            int trials,
            ToDoubleFunction<Architecture> score) {
        Task task = task(space, seed);
        History history = History.empty("m");
        try (SearchStrategy.Session session = strategy.open(task, Fidelity.NONE)) {
            for (int i = 0; i < trials; i++) {
                Optional<Proposal> next = session.ask(history, task.seeds().random(i, "ask"));
                Proposal.Evaluate proposal = (Proposal.Evaluate) next.orElseThrow();
                double value = score.applyAsDouble(proposal.architecture());
                Trial trial =
                        new Trial(
                                i,
                                proposal.architecture(),
                                "m",
                                proposal.fidelity(),
                                0,
                                OptionalInt.empty(),
                                Double.isNaN(value)
                                        ? new Outcome.Failed("NaN", "", Cost.ZERO)
                                        : new Outcome.Completed(
                                                Estimate.of(value),
                                                proposal.learned(),
                                                OptionalInt.empty()));
                history = history.plus(trial);
                session.tell(trial);
            }
        }
        return history;
    }

    static Task task(SearchSpace space, long seed) {
        return new Task(
                space,
                Data.rows("rows", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("no", "yes")),
                new Seeds(seed));
    }
}
