package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.data.Data;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
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
            Optional<Proposal.Evaluate> last = session.conclude(History.empty("train"));
            assertThat(last.orElseThrow().architecture()).isEqualTo(step.architecture());
            assertThat(last.orElseThrow().fidelity()).isEqualTo(Fidelity.epochs(3));
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
