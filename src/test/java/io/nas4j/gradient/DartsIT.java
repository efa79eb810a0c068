package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.data.Data;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.CollapseDoctor;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DartsIT {

    private static final Darts TINY = new Darts().epochs(2).batch(8).resolution(0);

    static List<SearchSpace> spaces() {
        return List.of(
                Spaces.cells(4, 3, 2),
                Spaces.darts(4, 3),
                Spaces.nasBench201(4, 1),
                Spaces.nasnet(4, 3, 2),
                Spaces.hierarchical());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void searchesEverySpaceOfCells(SearchSpace space) throws Exception {
        try (SearchStrategy.Session session = open(space, TINY.epochs(1), 7)) {
            Slice.Step step = advance(session);
            space.walk(step.architecture());
            assertThat(step.estimate().score()).isBetween(0.0, 1.0);
            assertThat(step.learned().byDecision().keySet())
                    .containsAll(
                            space.walk(step.architecture()).decisions().stream()
                                    .map(d -> d.id())
                                    .toList());
            assertThat(ask(session)).isEmpty();
            assertThat(session.conclude(History.empty("train"))).isEmpty();
        }
    }

    @Test
    void theSameSeedGivesTheSameSearchAndAnotherSeedAnother() throws Exception {
        assertThat(run(7, false)).isEqualTo(run(7, false)).isNotEqualTo(run(8, false));
    }

    @Test
    void aSearchResumedFromItsCheckpointEqualsOneThatWasNeverStopped() throws Exception {
        assertThat(run(7, true)).isEqualTo(run(7, false));
    }

    private static List<?> run(long seed, boolean stopped) throws Exception {
        SearchSpace space = Spaces.cells(4, 3, 2);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        Slice.Step first;
        Slice.Step second;
        try (SearchStrategy.Session session = open(space, TINY, seed)) {
            first = advance(session);
            ((SearchStrategy.Checkpointed) session).save(saved);
            second = advance(session);
        }
        if (stopped) {
            try (SearchStrategy.Session session = open(space, TINY, seed)) {
                ((SearchStrategy.Checkpointed) session)
                        .restore(new ByteArrayInputStream(saved.toByteArray()));
                second = advance(session);
            }
        }
        return List.of(
                first.learned(),
                second.learned(),
                second.architecture(),
                second.estimate().score(),
                second.estimate().metrics());
    }

    @Test
    void anInterruptedEpochLeavesNoTrace() throws Exception {
        SearchSpace space = Spaces.cells(4, 3, 2);
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        try (SearchStrategy.Session session = open(space, TINY, 7)) {
            advance(session);
            ((SearchStrategy.Checkpointed) session).save(before);
            Slice slice = ((Proposal.Advance) ask(session).orElseThrow()).slice();
            assertThatThrownBy(() -> slice.advance(new Context(2)))
                    .isInstanceOf(InterruptedException.class);
            ((SearchStrategy.Checkpointed) session).save(after);
        }
        assertThat(after.toByteArray()).isEqualTo(before.toByteArray());
    }

    @Test
    void whatCannotBeSearchedIsRefusedBeforeAnythingTrains() {
        assertThatThrownBy(() -> open(Spaces.chain(), TINY, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no continuous relaxation");
        assertThatThrownBy(() -> open(Spaces.mlp(), TINY, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no place in a supernet");
        assertThatThrownBy(() -> open(Spaces.cells(4, 3, 2), TINY.batch(500), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Try batch(");
        assertThatThrownBy(() -> TINY.epochs(0)).hasMessageContaining("at least 1 epoch");
    }

    /**
     * Convolutions that never learn against skip connections: the search runs into the latter, and
     * through them to the first epoch whose cell holds as many as the limit.
     */
    @Test
    void aForcedCollapseFiresTheSkipRuleAndTheCellBeforeItIsKept() throws Exception {
        History history = search(COLLAPSING.guards(Guards.NONE.skips(2)));
        CollapseDoctor doctor = CollapseDoctor.of(SKIPS, history);
        assertThat(doctor.rule()).isEqualTo("skip rule");
        assertThat(doctor.epochs()).hasSizeLessThan(6);
        assertThat(doctor.epochs().get(doctor.epochs().size() - 1).skips())
                .isGreaterThanOrEqualTo(2);
        assertThat(doctor.epochs().get(doctor.kept() - 1).skips()).isLessThan(2);
        assertThat(doctor.verdict()).contains("skip rule fired").contains("is kept");
    }

    @Test
    void withoutGuardsTheSameSearchGoesOnIntoTheCollapse() throws Exception {
        CollapseDoctor doctor = CollapseDoctor.of(SKIPS, search(COLLAPSING.guards(Guards.NONE)));
        assertThat(doctor.rule()).isEmpty();
        assertThat(doctor.epochs()).hasSize(6);
        assertThat(doctor.epochs().get(3).skips()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void betaDecayKeepsAlphaUndecidedForLonger() throws Exception {
        assertThat(lastEntropy(Guards.NONE.betaDecay(50)))
                .isGreaterThan(lastEntropy(Guards.NONE) + 0.01);
    }

    private static double lastEntropy(Guards guards) throws Exception {
        CollapseDoctor doctor = CollapseDoctor.of(SKIPS, search(COLLAPSING.guards(guards)));
        return doctor.epochs().get(doctor.epochs().size() - 1).entropy();
    }

    @Test
    void droppedSkipsAndEigenvaluesAreRecorded() throws Exception {
        Darts guarded = TINY.guards(Guards.NONE.dropSkips(0.5).eigenvalue(100));
        CollapseDoctor doctor = CollapseDoctor.of(SKIPS, search(guarded));
        assertThat(doctor.epochs()).hasSize(2);
        assertThat(doctor.epochs()).allMatch(e -> e.eigenvalue().isPresent());
        CollapseDoctor bare = CollapseDoctor.of(SKIPS, search(TINY.guards(Guards.NONE)));
        assertThat(bare.epochs()).allMatch(e -> e.eigenvalue().isEmpty());
        assertThat(bare.epochs().get(1).entropy()).isNotEqualTo(doctor.epochs().get(1).entropy());
    }

    private static final SearchSpace SKIPS = Spaces.cells(4, 3, 2);
    private static final Darts COLLAPSING = TINY.epochs(6).weightRate(1e-9, 1e-9).alphaRate(0.1);

    /** All epochs, as the loop would run them, and the answer. */
    private static History search(Darts darts) throws Exception {
        History history = History.empty("train");
        try (SearchStrategy.Session session = open(SKIPS, darts, 7)) {
            Optional<Proposal> proposal = session.ask(history, new SplittableRandom(1));
            while (proposal.isPresent()) {
                Slice slice = ((Proposal.Advance) proposal.get()).slice();
                Slice.Step step = slice.advance(new Context(Integer.MAX_VALUE));
                history =
                        history.plus(
                                new Trial(
                                        history.size(),
                                        step.architecture(),
                                        slice.measure(),
                                        slice.fidelity(),
                                        1,
                                        OptionalInt.empty(),
                                        new Outcome.Completed(
                                                step.estimate(),
                                                step.learned(),
                                                OptionalInt.empty())));
                proposal = session.ask(history, new SplittableRandom(1));
            }
            Architecture answer = session.conclude(history).orElseThrow().architecture();
            CollapseDoctor doctor = CollapseDoctor.of(SKIPS, history);
            assertThat(session.conclude(history).orElseThrow().fidelity())
                    .isEqualTo(Fidelity.epochs(3));
            assertThat(answer).isEqualTo(history.trials().get(doctor.kept() - 1).architecture());
        }
        return history;
    }

    private static SearchStrategy.Session open(SearchSpace space, Darts darts, long seed) {
        return darts.open(new Task(space, data(), new Seeds(seed), "cpu"), Fidelity.epochs(3));
    }

    private static Optional<Proposal> ask(SearchStrategy.Session session) {
        return session.ask(History.empty("train"), new SplittableRandom(1));
    }

    private static Slice.Step advance(SearchStrategy.Session session) throws Exception {
        return ((Proposal.Advance) ask(session).orElseThrow())
                .slice()
                .advance(new Context(Integer.MAX_VALUE));
    }

    /** Lets so many batches run. */
    private static final class Context implements TrialContext {
        private int left;

        Context(int batches) {
            left = batches;
        }

        @Override
        public long seed() {
            return 1;
        }

        @Override
        public boolean report(int step, double score) {
            return true;
        }

        @Override
        public boolean proceed() {
            return left-- > 0;
        }
    }

    /** 96 images of three classes: where the bright quarter lies. */
    private static Data data() {
        int side = 8;
        SplittableRandom random = new SplittableRandom(5);
        int[] labels = new int[96];
        byte[] pixels = new byte[labels.length * side * side];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3;
            for (int p = 0; p < side * side; p++) {
                boolean bright = (p / side) / 4 == labels[i] / 2 && (p % side) / 4 == labels[i] % 2;
                pixels[i * side * side + p] = (byte) (random.nextInt(100) + (bright ? 120 : 0));
            }
        }
        return Data.images("quarters", pixels, 1, side, side, labels, List.of("a", "b", "c"));
    }
}
