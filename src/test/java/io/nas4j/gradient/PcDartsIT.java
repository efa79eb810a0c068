package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.sharing.SupernetSearchContract;
import io.nas4j.sharing.TinySearch;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class PcDartsIT {

    private static final PcDarts TINY =
            new PcDarts().epochs(2).batch(8).resolution(0).part(2).warmUp(0.5);

    static List<SearchSpace> spaces() {
        return SupernetSearchContract.spaces();
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void searchesEverySpaceOfCells(SearchSpace space) throws Exception {
        try (SearchStrategy.Session session = TinySearch.open(space, TINY.warmUp(0), 7)) {
            Slice.Step step = TinySearch.advance(session);
            space.walk(step.architecture());
            assertThat(step.learned().byDecision().keySet())
                    .containsAll(
                            space.walk(step.architecture()).decisions().stream()
                                    .map(d -> d.id())
                                    .toList());
        }
    }

    @Test
    void alphaRestsAtFirstAndSaysSo() throws Exception {
        SearchSpace space = Spaces.cells(4, 3, 2);
        try (SearchStrategy.Session session = TinySearch.open(space, TINY.trainLoss(0), 7)) {
            TinySearch.Context first = new TinySearch.Context(1000);
            Slice.Step rested = TinySearch.advance(session, first);
            TinySearch.Context second = new TinySearch.Context(1000);
            Slice.Step learned = TinySearch.advance(session, second);
            assertThat(first.phases).containsExactly("alpha rests");
            assertThat(second.phases).isEmpty();
            assertThat(rested.estimate().metrics())
                    .containsKey(Metrics.ALPHA_RESTS)
                    .doesNotContainKey(Metrics.VALIDATION_LOSS);
            assertThat(learned.estimate().metrics())
                    .containsKey(Metrics.VALIDATION_LOSS)
                    .doesNotContainKey(Metrics.ALPHA_RESTS);
            assertThat(learned.learned()).isNotEqualTo(rested.learned());
        }
        try (SearchStrategy.Session session = TinySearch.open(space, TINY.epochs(5), 7)) {
            List<Slice.Step> steps =
                    List.of(TinySearch.advance(session), TinySearch.advance(session));
            // a start of 1e-3 · N(0, 1) that two epochs have not moved
            assertThat(steps.get(0).learned()).isEqualTo(steps.get(1).learned());
        }
    }

    @Test
    void alphaBetaAndTheCellAreRecordedForEveryEpoch() throws Exception {
        SearchSpace space = Spaces.cells(4, 3, 2);
        History history = TinySearch.epochs(space, TINY.alphaRate(0.1), 7);
        assertThat(history.size()).isEqualTo(2);
        for (Trial trial : history.trials()) {
            var learned = ((Outcome.Completed) trial.outcome()).learned().byDecision();
            // shares of edges: a distribution over the two, or three, that enter a vertex
            assertThat(learned.get("normal/v2/edges")).hasSize(2);
            assertThat(learned.get("normal/v3/edges")).hasSize(3);
            for (List<Double> shares : learned.values()) {
                double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
                assertThat(sum).isCloseTo(1, within(1e-5));
            }
            space.walk(trial.architecture());
        }
        var last = ((Outcome.Completed) history.trials().get(1).outcome()).learned().byDecision();
        double even = 1 / 3.0;
        assertThat(last.get("normal/v3/edges")).anyMatch(share -> Math.abs(share - even) > 0.01);
    }

    @Test
    void aSeedGivesItsSearchAgain() throws Exception {
        SearchSpace space = Spaces.cells(4, 3, 2);
        assertThat(learned(TinySearch.epochs(space, TINY, 7)))
                .isEqualTo(learned(TinySearch.epochs(space, TINY, 7)))
                .isNotEqualTo(learned(TinySearch.epochs(space, TINY, 8)));
    }

    private static List<?> learned(History history) {
        return history.trials().stream()
                .map(trial -> ((Outcome.Completed) trial.outcome()).learned())
                .toList();
    }

    @Test
    void partsThatDoNotFitAreRefusedBeforeAnythingTrains() {
        assertThatThrownBy(() -> TinySearch.open(Spaces.cells(6, 3, 2), TINY.part(4), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one of 4 channels")
                .hasMessageContaining("6 channels")
                .hasMessageContaining("Try");
        assertThatThrownBy(() -> TINY.part(1)).hasMessageContaining("part must be at least 2");
    }

    @Test
    void thePaperFreezesAlphaFor15Of50Epochs() {
        assertThat(PcDarts.paper().training().warmUpEpochs()).isEqualTo(15);
        assertThat(PcDarts.paper())
                .hasToString(
                        "pcDarts(part=4, epochs=50, batch=256,"
                                + " weightRate=0.1, lastWeightRate=0.0, resolution=0,"
                                + " augmentation=Augmentation[shift=4, flip=true, cutout=0],"
                                + " alphaRate=6.0E-4, guards="
                                + Guards.NONE
                                + ", averaged=0.0, trainLoss=0.0)");
    }
}
