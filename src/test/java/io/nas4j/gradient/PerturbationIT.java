package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.search.RunResult;
import io.nas4j.sharing.SupernetSearchContract;
import io.nas4j.sharing.TinySearch;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** DARTS-PT: trained with alpha at rest, chosen by perturbation. */
@Tag("slow")
class PerturbationIT extends SupernetSearchContract {

    private static final Darts TINY =
            new Darts().perturbation().batch(8).resolution(0).guards(Guards.NONE);

    @Override
    protected SearchStrategy strategy(int epochs, double weightRate) {
        return TINY.epochs(epochs).weightRate(weightRate, weightRate);
    }

    /** Alpha never moved from its start of a thousandth: what chose is the accuracy. */
    @Test
    void theOperationThatIsMissedMostStaysThoughAlphaNeverLearned() {
        for (long seed = 1; seed <= 3; seed++) {
            RunResult finished = run(strategy(6, 0.05), gratings(false, seed));
            assertThat(operation(finished)).isEqualTo(CONVOLUTION);
            List<Trial> trials = finished.history().trials();
            assertThat(trials).extracting(Trial::measure).endsWith("selection", "constant");
            assertThat(learned(trials.get(5)).get("op"))
                    .allSatisfy(share -> assertThat(share).isCloseTo(1 / 3.0, within(0.01)));
            assertThat(learned(trials.get(6)).get("op")).containsExactly(0.0, 0.0, 1.0);
        }
    }

    @Test
    void everyRoundSettlesItsPartOfTheDecisionsForGood() throws Exception {
        SearchSpace space = Spaces.cells(4, 3, 2);
        Darts darts = TINY.epochs(1).selection(new Selection(4, 0.5, true));
        List<Trial> trials = TinySearch.epochs(space, darts, 7).trials();
        assertThat(trials).hasSize(5).hasSize(darts.slices().orElseThrow());
        long decisions =
                learned(trials.get(0)).keySet().stream().filter(PerturbationIT::isOp).count();
        for (int round = 1; round <= 4; round++) {
            Map<String, List<Double>> now = learned(trials.get(round));
            long settled =
                    now.keySet().stream()
                            .filter(PerturbationIT::isOp)
                            .filter(id -> now.get(id).stream().allMatch(s -> s == 0 || s == 1))
                            .count();
            // operations before edges; of these only three into one vertex are a question
            long questions = decisions + 2;
            assertThat(settled)
                    .isEqualTo(Math.min(decisions, (long) Math.ceil(questions * round / 4.0)));
            space.check(trials.get(round).architecture());
        }
        // of three edges into the second vertex two are left
        Map<String, List<Double>> last = learned(trials.get(4));
        for (String cell : List.of("normal", "reduce")) {
            assertThat(last.get(cell + "/v3/edges").stream().filter(share -> share == 0))
                    .hasSize(1);
        }
    }

    private static boolean isOp(String id) {
        return id.endsWith("op");
    }

    private static Map<String, List<Double>> learned(Trial trial) {
        return ((Outcome.Completed) trial.outcome()).learned().byDecision();
    }

    @Test
    void aRoundThatIsStoppedLeavesNoTrace() throws Exception {
        SearchSpace space = Spaces.cells(4, 3, 2);
        Darts darts = TINY.epochs(1);
        History whole = TinySearch.epochs(space, darts, 7);
        try (SearchStrategy.Session session = TinySearch.open(space, darts, 7)) {
            TinySearch.advance(session);
            assertThatThrownBy(() -> TinySearch.advance(session, new TinySearch.Context(4)))
                    .isInstanceOf(InterruptedException.class);
            assertThat(TinySearch.advance(session).learned())
                    .isEqualTo(((Outcome.Completed) whole.trials().get(1).outcome()).learned());
        }
    }

    @Test
    void edgesWithSharesOfTheirOwnAreSettledToo() throws Exception {
        SearchSpace space = Spaces.cells(4, 3, 2);
        PcDarts partial = new PcDarts().epochs(1).batch(8).resolution(0).part(2).perturbation();
        List<Trial> trials = TinySearch.epochs(space, partial, 7).trials();
        Map<String, List<Double>> last = learned(trials.get(trials.size() - 1));
        assertThat(last.get("normal/v3/edges")).containsExactlyInAnyOrder(0.0, 0.5, 0.5);
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> new Selection(0, 1, true)).hasMessageContaining("Try 6 rounds");
        assertThatThrownBy(() -> new Selection(-1, 1, false)).hasMessageContaining("Try 6");
        assertThatThrownBy(() -> new Selection(6, -1, false)).hasMessageContaining("Try 0.5");
        assertThatThrownBy(() -> new Gdas().perturbation()).hasMessageContaining("or DARTS");
    }
}
