package io.nas4j.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Hyperband, ASHA and BOHB on a simulated clock: a trial takes as long as it has new epochs. */
class FidelityStrategiesTest {

    private static final SearchSpace SPACE = Spaces.nasBench201(1, 1);

    /** A running trial and when it ends. */
    private record Running(Proposal.Evaluate proposal, int order, long ends) {}

    /** What a simulated search left behind. */
    private record Simulation(History history, long clock, long busy) {}

    private static double score(Proposal.Evaluate proposal) {
        double quality =
                new SplittableRandom(proposal.architecture().choices().hashCode()).nextDouble();
        return quality * (1 - 0.5 / proposal.fidelity().epochs());
    }

    private static Simulation simulate(
            SearchStrategy strategy, int epochs, int trials, int workers) {
        Task task = SearchStrategyContract.task(SPACE, 1);
        History history = History.empty("full");
        List<Running> running = new ArrayList<>();
        long clock = 0;
        long busy = 0;
        int asked = 0;
        try (SearchStrategy.Session session = strategy.open(task, Fidelity.epochs(epochs))) {
            while (history.size() < trials) {
                while (running.size() < workers) {
                    var next = session.ask(history, task.seeds().random(asked, "ask"));
                    if (next.isEmpty()) {
                        break;
                    }
                    Proposal.Evaluate proposal = (Proposal.Evaluate) next.get();
                    int before =
                            proposal.continues().isPresent()
                                    ? history.trials()
                                            .get(proposal.continues().getAsInt())
                                            .fidelity()
                                            .epochs()
                                    : 0;
                    long takes = proposal.fidelity().epochs() - before;
                    busy += takes;
                    running.add(new Running(proposal, asked++, clock + takes));
                }
                Running done =
                        running.stream()
                                .min(
                                        Comparator.comparingLong(Running::ends)
                                                .thenComparingInt(Running::order))
                                .orElseThrow();
                running.remove(done);
                clock = done.ends();
                Proposal.Evaluate proposal = done.proposal();
                Trial trial =
                        new Trial(
                                history.size(),
                                proposal.architecture(),
                                proposal.fidelity().epochs() == epochs
                                        ? "full"
                                        : "at " + proposal.fidelity(),
                                proposal.fidelity(),
                                0,
                                proposal.continues(),
                                new Outcome.Completed(Estimate.of(score(proposal))));
                history = history.plus(trial);
                session.tell(trial);
            }
        }
        return new Simulation(history, clock, busy);
    }

    private static Map<Integer, Integer> perEpochs(List<Trial> trials) {
        Map<Integer, Integer> result = new TreeMap<>();
        trials.forEach(trial -> result.merge(trial.fidelity().epochs(), 1, Integer::sum));
        return result;
    }

    private static List<String> plan(int least, int most, int eta) {
        return Brackets.of(least, most, eta).all().stream()
                .map(
                        bracket ->
                                String.join(
                                        " ",
                                        bracket.stream()
                                                .map(r -> r.architectures() + "@" + r.epochs())
                                                .toList()))
                .toList();
    }

    @Test
    void bracketsAreTheTextbooks() {
        assertThat(plan(1, 27, 3))
                .containsExactly("27@1 9@3 3@9 1@27", "12@3 4@9 1@27", "6@9 2@27", "4@27");
        // Li et al., algorithm 1: R = 81, eta = 3
        assertThat(plan(1, 81, 3))
                .containsExactly(
                        "81@1 27@3 9@9 3@27 1@81",
                        "34@3 11@9 3@27 1@81",
                        "15@9 5@27 1@81",
                        "8@27 2@81",
                        "5@81");
        assertThat(plan(1, 1, 3)).containsExactly("1@1");
    }

    @Test
    void hyperbandSpendsTheTextbooksBudgetInEachBracket() {
        Simulation round = simulate(new Hyperband(), 27, 40 + 17 + 8 + 4, 1);
        List<Trial> trials = round.history().trials();
        assertThat(perEpochs(trials.subList(0, 40))).isEqualTo(Map.of(1, 27, 3, 9, 9, 3, 27, 1));
        assertThat(perEpochs(trials.subList(40, 57))).isEqualTo(Map.of(3, 12, 9, 4, 27, 1));
        assertThat(perEpochs(trials.subList(57, 65))).isEqualTo(Map.of(9, 6, 27, 2));
        assertThat(perEpochs(trials.subList(65, 69))).isEqualTo(Map.of(27, 4));
        // from scratch 27·4, 12·3·3 - 9, 6·9·2, 4·27 epochs; going on saves what was trained
        long continued = (27 + 9 * 2 + 3 * 6 + 18) + (36 + 4 * 6 + 18) + (54 + 2 * 18) + 108;
        assertThat(round.clock()).isEqualTo(continued);
    }

    /** The sampler says which architectures, never how many epochs. */
    @Test
    void bohbSpendsHyperbandsBudgetInEachBracket() {
        List<Trial> bohb = simulate(new Bohb(), 27, 69, 1).history().trials();
        List<Trial> hyperband = simulate(new Hyperband(), 27, 69, 1).history().trials();
        assertThat(bohb.stream().map(trial -> trial.fidelity().epochs()))
                .containsExactlyElementsOf(
                        hyperband.stream().map(trial -> trial.fidelity().epochs()).toList());
        assertThat(bohb.stream().map(trial -> trial.continues().isPresent()))
                .containsExactlyElementsOf(
                        hyperband.stream().map(trial -> trial.continues().isPresent()).toList());
    }

    @Test
    void hyperbandPromotesTheBestAndContinuesThem() {
        List<Trial> trials = simulate(new Hyperband(), 27, 36, 1).history().trials();
        List<Integer> best =
                trials.subList(0, 27).stream()
                        .sorted(Comparator.comparingDouble(trial -> -trial.score().getAsDouble()))
                        .limit(9)
                        .map(Trial::number)
                        .toList();
        assertThat(trials.subList(27, 36).stream().map(trial -> trial.continues().getAsInt()))
                .containsExactlyElementsOf(best);
    }

    @Test
    void hyperbandsWorkersWaitForTheRungAndSpendTheSame() {
        Simulation alone = simulate(new Hyperband(), 27, 69, 1);
        Simulation together = simulate(new Hyperband(), 27, 69, 4);
        assertThat(perEpochs(together.history().trials()))
                .isEqualTo(perEpochs(alone.history().trials()));
        assertThat(together.busy()).isEqualTo(alone.busy());
        assertThat(together.clock()).isLessThan(alone.clock() / 2);
    }

    /** A third of each rung, and the few that belonged to it before better ones came: about √n. */
    @Test
    void ashaPromotesAThirdOfEachRung() {
        List<Trial> trials = simulate(new Asha(), 27, 400, 1).history().trials();
        Map<Integer, Integer> counts = perEpochs(trials);
        assertThat(counts.keySet()).containsExactly(1, 3, 9, 27);
        assertPromoted(counts.get(3), counts.get(1));
        assertPromoted(counts.get(9), counts.get(3));
        assertPromoted(counts.get(27), counts.get(9));
    }

    private static void assertPromoted(int promoted, int of) {
        assertThat(promoted).isBetween(of / 3, of / 3 + (int) Math.ceil(Math.sqrt(of)));
    }

    @Test
    void ashaKeepsEveryWorkerBusy() {
        Simulation asha = simulate(new Asha(), 27, 400, 8);
        // what still ran at the end is counted as busy, but the clock stops before
        assertThat(asha.busy()).isGreaterThanOrEqualTo(8 * asha.clock());
        Map<Integer, Integer> counts = perEpochs(asha.history().trials());
        assertThat(counts.get(3)).isBetween(counts.get(1) / 3 - 8, counts.get(1) / 3 + 8);
    }

    /** Six decisions: seven good trials and seven others. */
    @Test
    void bohbDrawsAtRandomUntilGoodTrialsAndOthersAreMoreThanDecisions() {
        assertThat(bohbDrawsAtRandom(13)).isTrue();
        assertThat(bohbDrawsAtRandom(14)).isFalse();
    }

    private static boolean bohbDrawsAtRandom(int trials) {
        Task task = SearchStrategyContract.task(SPACE, 2);
        History history = History.empty("full");
        for (Trial trial : additive(new Hyperband(), trials)) {
            assertThat(trial.fidelity().epochs()).isEqualTo(1);
            history = history.plus(trial);
        }
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            random.nextDouble(); // whether this one is drawn at random anyway
            try (SearchStrategy.Session session =
                    new Bohb().random(0).open(task, Fidelity.epochs(27))) {
                Proposal.Evaluate next =
                        (Proposal.Evaluate)
                                session.ask(history, new SplittableRandom(seed)).orElseThrow();
                if (!next.architecture().equals(SPACE.sample(random))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Once 14 trials of one level are known, BOHB's architectures are better than random ones. */
    @Test
    void bohbLearnsFromTheHighestRungThatIsFull() {
        Map<String, Double> means = new LinkedHashMap<>();
        for (SearchStrategy strategy : List.of(new Hyperband(), new Bohb().random(0))) {
            List<Trial> trials = additive(strategy, 69 * 3);
            means.put(
                    strategy.getClass().getSimpleName(),
                    trials.stream()
                            .skip(69)
                            .filter(trial -> trial.continues().isEmpty())
                            .mapToDouble(trial -> quality(trial.architecture().choices()))
                            .average()
                            .orElseThrow());
        }
        assertThat(means.get("Bohb")).isGreaterThan(means.get("Hyperband") + 3);
    }

    @Test
    void tooFewEpochsAreRefusedBeforeTheFirstTrial() {
        assertThatThrownBy(
                        () ->
                                new Hyperband()
                                        .least(4)
                                        .open(
                                                SearchStrategyContract.task(SPACE, 1),
                                                Fidelity.epochs(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("epochs (3)")
                .hasMessageContaining("(4)")
                .hasMessageContaining("Try");
    }

    private static double quality(List<Integer> choices) {
        return choices.stream().mapToInt(Integer::intValue).sum();
    }

    private static List<Trial> additive(SearchStrategy strategy, int trials) {
        Task task = SearchStrategyContract.task(SPACE, 2);
        History history = History.empty("full");
        try (SearchStrategy.Session session = strategy.open(task, Fidelity.epochs(27))) {
            while (history.size() < trials) {
                Proposal.Evaluate next =
                        (Proposal.Evaluate)
                                session.ask(history, task.seeds().random(history.size(), "ask"))
                                        .orElseThrow();
                history =
                        history.plus(
                                new Trial(
                                        history.size(),
                                        next.architecture(),
                                        next.fidelity().toString(),
                                        next.fidelity(),
                                        0,
                                        next.continues(),
                                        new Outcome.Completed(
                                                Estimate.of(
                                                        quality(next.architecture().choices())))));
            }
        }
        return history.trials();
    }
}
