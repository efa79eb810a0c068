package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.analysis.CollapseDoctor;
import io.nas4j.sharing.SupernetSearchContract;
import io.nas4j.sharing.SupernetSession;
import io.nas4j.sharing.TinySearch;
import io.nas4j.space.Grammar;
import io.nas4j.space.Node;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.train.Augmentation;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class DartsIT extends SupernetSearchContract {

    private static final Darts TINY = new Darts().epochs(2).batch(8).warmUp(0);

    @Override
    protected SearchStrategy strategy(int epochs, double weightRate) {
        return TINY.epochs(epochs).guards(Guards.NONE).weightRate(weightRate, weightRate);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void recordsTheSharesOfEveryDecision(SearchSpace space) throws Exception {
        try (SearchStrategy.Session session = TinySearch.open(space, TINY.epochs(1), 7)) {
            Slice.Step step = TinySearch.advance(session);
            assertThat(step.learned().byDecision().keySet())
                    .containsAll(
                            space.walk(step.architecture()).decisions().stream()
                                    .map(d -> d.id())
                                    .toList());
            assertThat(TinySearch.ask(session)).isEmpty();
            assertThat(session.conclude(History.empty("train"))).isEmpty();
        }
    }

    /** 7, 4 and 2 pixels: every reduction rounds up, on all ways that meet behind it. */
    @ParameterizedTest
    @MethodSource("spaces")
    void searchesMapsOfOddSize(SearchSpace space) throws Exception {
        Darts odd = TINY.epochs(1).resolution(7);
        try (SearchStrategy.Session session = TinySearch.open(space, odd, 7)) {
            assertThat(TinySearch.advance(session).estimate().score()).isBetween(0.0, 1.0);
        }
    }

    /** Of 8 pixels: moved by one, mirrored, a square of two hidden. */
    @Test
    void byDefaultImagesAreChangedAsTheirSizeBears() throws Exception {
        Augmentation mild = new Augmentation(1, true, 2);
        Object usual = scores(TINY);
        assertThat(scores(TINY.augmentation(mild))).isEqualTo(usual);
        assertThat(scores(TINY.augmentation(Augmentation.NONE))).isNotEqualTo(usual);
    }

    private static List<?> scores(Darts darts) throws Exception {
        return TinySearch.epochs(SKIPS, darts, 7).trials().stream()
                .map(trial -> ((Outcome.Completed) trial.outcome()).estimate().metrics())
                .toList();
    }

    /** On one level nothing is held out, and alpha learns all the same. */
    @Test
    void alphaLearnsFromEitherLossOrBoth() throws Exception {
        List<OptionWeights> learned = new ArrayList<>();
        for (double share : new double[] {0, 0.5, 1}) {
            try (SearchStrategy.Session session =
                    TinySearch.open(SKIPS, TINY.trainLoss(share), 7)) {
                Slice.Step step = TinySearch.advance(session);
                assertThat(step.estimate().metrics())
                        .containsKey(Metrics.TRAIN_LOSS)
                        .doesNotContainKey(Metrics.ALPHA_RESTS);
                assertThat(step.estimate().metrics().containsKey(Metrics.VALIDATION_LOSS))
                        .isEqualTo(share < 1);
                learned.add(step.learned());
            }
        }
        assertThat(learned).doesNotHaveDuplicates();
    }

    @Test
    void theLookAtTheMemoryLeavesNoTrace() throws Exception {
        Slice.Step looked;
        try (SupernetSession session = tiny().requireFits()) {
            looked = TinySearch.advance(session);
        }
        try (DartsSession session = tiny()) {
            Slice.Step other = TinySearch.advance(session);
            assertThat(looked.learned()).isEqualTo(other.learned());
            assertThat(looked.estimate().metrics()).isEqualTo(other.estimate().metrics());
        }
    }

    private static DartsSession tiny() {
        return TINY.session(
                new Task(Spaces.cells(4, 3, 2), TinySearch.data(), new Seeds(7), "cpu"),
                Fidelity.epochs(1));
    }

    @Test
    void anInterruptedEpochLeavesNoTrace() throws Exception {
        SearchSpace space = Spaces.cells(4, 3, 2);
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        try (SearchStrategy.Session session = TinySearch.open(space, TINY, 7)) {
            TinySearch.advance(session);
            ((SearchStrategy.Checkpointed) session).save(before);
            Slice slice = ((Proposal.Advance) TinySearch.ask(session).orElseThrow()).slice();
            assertThatThrownBy(() -> slice.advance(new TinySearch.Context(2)))
                    .isInstanceOf(InterruptedException.class);
            ((SearchStrategy.Checkpointed) session).save(after);
        }
        assertThat(after.toByteArray()).isEqualTo(before.toByteArray());
    }

    @Test
    void aSpaceWithNothingToRelaxIsRefused() {
        assertThatThrownBy(() -> TinySearch.open(oneOperation(), TINY, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one operation per edge, sep_conv_3x3")
                .hasMessageContaining("Try two or more operations");
        // numbers of filters are integers
        assertThatThrownBy(() -> TinySearch.open(Spaces.zophLe(), TINY, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no continuous relaxation")
                .hasMessageContaining("Try a space of cells");
    }

    @Test
    void aHalfOfTheTrainingDataMustBeABatch() {
        assertThatThrownBy(() -> TinySearch.open(Spaces.cells(4, 3, 2), TINY.batch(500), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Try batch(");
    }

    @Test
    void aResolutionAboveTheDatasIsRefused() {
        assertThatThrownBy(() -> TinySearch.open(SKIPS, TINY.resolution(14), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resolution (14) must be at most that of the data, 8×8");
    }

    /** Cells that choose their edges, but nothing on them. */
    private static SearchSpace oneOperation() {
        Node edge0 = Grammar.chain(Grammar.input(0), Grammar.choice("op", Grammar.sepConv(3)));
        Node edge1 = Grammar.chain(Grammar.input(1), Grammar.choice("op", Grammar.sepConv(3)));
        Node vertex = new Node.Subset("edges", 1, Node.Merge.SUM, List.of(edge0, edge1));
        return SearchSpace.of(
                "one operation",
                Grammar.stem(4),
                new Node.Cell(2, List.of(vertex), Node.Merge.CONCAT),
                Grammar.classifier());
    }

    /** Of three seeds the entropies were 0.999 with the decay, and 0.971 to 0.976 without. */
    @Test
    void betaDecayKeepsAlphaUndecidedForLonger() throws Exception {
        assertThat(lastEntropy(Guards.NONE.betaDecay(50)))
                .isGreaterThan(lastEntropy(Guards.NONE) + 0.01);
    }

    private static double lastEntropy(Guards guards) throws Exception {
        CollapseDoctor doctor = CollapseDoctor.of(SKIPS, epochs(UNLEARNT.guards(guards)));
        return doctor.epochs().get(doctor.epochs().size() - 1).entropy();
    }

    @Test
    void droppedSkipsAndEigenvaluesAreRecorded() throws Exception {
        Darts guarded = TINY.guards(Guards.NONE.dropSkips(0.5).eigenvalue(100));
        CollapseDoctor doctor = CollapseDoctor.of(SKIPS, epochs(guarded));
        assertThat(doctor.epochs()).hasSize(2);
        assertThat(doctor.epochs()).allMatch(e -> e.eigenvalue().isPresent());
        CollapseDoctor bare = CollapseDoctor.of(SKIPS, epochs(TINY.guards(Guards.NONE)));
        assertThat(bare.epochs()).allMatch(e -> e.eigenvalue().isEmpty());
        assertThat(bare.epochs().get(1).entropy()).isNotEqualTo(doctor.epochs().get(1).entropy());
    }

    private static final SearchSpace SKIPS = Spaces.cells(4, 3, 2);

    /** Images as they are: mirrored, two of the three classes would be one. */
    private static final Darts UNLEARNT =
            TINY.epochs(6).weightRate(1e-9, 1e-9).alphaRate(0.03).augmentation(Augmentation.NONE);

    private static History epochs(Darts darts) throws Exception {
        History history = TinySearch.epochs(SKIPS, darts, 7);
        CollapseDoctor doctor = CollapseDoctor.of(SKIPS, history);
        try (SearchStrategy.Session session = TinySearch.open(SKIPS, darts, 7)) {
            Proposal.Evaluate answer = session.conclude(history).orElseThrow();
            assertThat(answer.fidelity()).isEqualTo(Fidelity.epochs(3));
            assertThat(answer.architecture())
                    .isEqualTo(history.trials().get(doctor.kept() - 1).architecture());
        }
        return history;
    }
}
