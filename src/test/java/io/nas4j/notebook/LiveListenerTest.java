package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.gradient.Darts;
import io.nas4j.search.Budget;
import io.nas4j.search.EndReason;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Snapshot;
import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.Repeated;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.view.MimeBundle;
import io.nas4j.view.ThreeBoxes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LiveListenerTest {

    private static final SearchSpace SPACE = Spaces.cells();

    private final RecordedSink recorder = new RecordedSink();
    private long now = 1_000_000_000_000L;
    private final LiveListener listener = new LiveListener(recorder, () -> now);
    private History history = History.empty("train");

    private static SearchSpec search(SearchSpace space, Budget budget) {
        Data data =
                Data.rows(
                        "dots",
                        new float[] {0, 1, 2, 3},
                        1,
                        new int[] {0, 1, 0, 1},
                        List.of("a", "b"));
        return SearchSpec.of(
                new Task(space, data, new Seeds(7)),
                new RandomSearch(),
                PerformanceEstimator.of("train", candidate -> 0.5),
                budget);
    }

    private void start() {
        listener.on(new SearchEvent.Started(snapshot(0), search(SPACE, Budget.trials(50))));
    }

    private Snapshot snapshot(double fraction) {
        return new Snapshot(history, fraction, Duration.ofSeconds(42));
    }

    private void trial(Outcome outcome, String measure) {
        int number = history.size();
        Architecture architecture = SPACE.sample(new SplittableRandom(number));
        Trial trial =
                new Trial(
                        number,
                        architecture,
                        measure,
                        Fidelity.NONE,
                        0,
                        OptionalInt.empty(),
                        outcome);
        history = history.plus(trial);
        listener.on(new SearchEvent.TrialFinished(snapshot(history.size() / 50.0), trial));
    }

    private void trial(double score) {
        trial(new Outcome.Completed(Estimate.of(score)), "train");
    }

    @Test
    void isDisplayedOnceAndUpdatedAtMostTwiceASecond() {
        start();
        for (int i = 0; i < 20; i++) {
            now += 1_000_000L * 100;
            trial(0.5 + i / 100.0);
        }
        // two seconds: one display, four updates
        assertThat(recorder.calls)
                .containsExactly("display", "update", "update", "update", "update");
        assertThat(recorder.last().text()).startsWith("random search on cells  20/50 trials");
    }

    @Test
    void ofSeveralSeedsItTellsWhichOneRuns() {
        SearchSpec several =
                search(SPACE, Budget.trials(50)).strategy(new Repeated(new Darts(), 3));
        listener.on(new SearchEvent.Started(snapshot(0), several));
        assertThat(recorder.last().text()).startsWith("DARTS on cells, seed 1 of 3  ");
        trial(0.7);
        now += 1_000_000_000L;
        trial(new Outcome.Completed(Estimate.of(0.3)), "supernet");
        assertThat(recorder.last().text()).startsWith("DARTS on cells, seed 2 of 3  ");
    }

    @Test
    void theMemoryIsToldWhereItIsKnown() {
        LiveListener informed =
                new LiveListener(recorder, () -> now, () -> OptionalLong.of(840_000_000L));
        informed.on(new SearchEvent.Started(snapshot(0), search(SPACE, Budget.trials(50))));
        assertThat(recorder.last().text()).contains("0:42, memory 0.8 GB");
        assertThat(recorder.last().data().get(MimeBundle.HTML)).contains("memory 0.8 GB");
        start();
        assertThat(recorder.last().text()).doesNotContain("memory");
    }

    @Test
    void theLastFrameComesHoweverSoonAndIsWhole() {
        start();
        trial(0.7);
        listener.on(new SearchEvent.Ended(snapshot(1), EndReason.BUDGET, "1 trial"));
        assertThat(recorder.calls).containsExactly("display", "complete");
        assertThat(recorder.last().data().get(MimeBundle.HTML))
                .contains("value=\"1000\"", "done: 1 trial", "0.7000")
                .doesNotContain("alt=\"Diagram");
    }

    @Test
    void aSearchThatWasStoppedShowsItsNetworkSinceNoResultDoes() {
        start();
        trial(0.7);
        listener.on(new SearchEvent.Ended(snapshot(0.1), EndReason.INTERRUPTED, "interrupted"));
        assertThat(recorder.last().data().get(MimeBundle.HTML)).contains("alt=\"Diagram");
    }

    @Test
    void theComponentAtWorkIsLit() {
        start();
        assertThat(lit()).isEqualTo("strategy");
        now += 1_000_000_000L * 1;
        listener.on(
                new SearchEvent.TrialStarted(
                        snapshot(0),
                        0,
                        Optional.of(SPACE.sample(new SplittableRandom(1))),
                        "train",
                        Fidelity.epochs(3)));
        assertThat(lit()).isEqualTo("estimation");
        now += 1_000_000_000L * 1;
        trial(0.7);
        assertThat(lit()).isEqualTo("strategy");
        listener.on(new SearchEvent.Ended(snapshot(1), EndReason.BUDGET, "1 trial"));
        assertThat(lit()).isEmpty();
    }

    @Test
    void theSummaryOfASearchHasNoLight() {
        SearchSpec search = search(SPACE, Budget.trials(3));
        ThreeBoxes summary = LiveBoxes.summary(search, History.empty("train"));
        assertThat(summary.lit()).isEmpty();
        assertThat(summary)
                .hasToString(
                        "search space (cells, 79,101,562,500 architectures, 24 decisions) -> search strategy"
                                + " (random search, 0 trials) <-> performance estimation (train)");
    }

    /** Which box of the last frame has the bright ground. */
    private String lit() {
        String html = recorder.last().data().get(MimeBundle.HTML);
        String image = html.substring(html.indexOf("base64,") + 7);
        String svg =
                new String(
                        java.util.Base64.getDecoder()
                                .decode(image.substring(0, image.indexOf('"'))),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(svg).contains(">Search space<", ">Search strategy<", ">Performance estimation<");
        return svg.contains("#cfe2f5") ? "strategy" : svg.contains("#f5e7b0") ? "estimation" : "";
    }

    @Test
    void theCourseGrowsAndStaysSmall() {
        start();
        for (int i = 0; i < 500; i++) {
            now += 1_000_000_000L * 1;
            trial(0.5 + Math.sin(i) * 0.1);
        }
        assertThat(recorder.last().data().get(MimeBundle.HTML)).contains("alt=\"Chart of");
        assertThat(recorder.frames)
                .allMatch(f -> f.data().values().stream().mapToInt(String::length).sum() <= 50_000);
    }

    @Test
    void theEpochsOfASupernetAreACourseToo() {
        start();
        for (int i = 0; i < 3; i++) {
            now += 1_000_000_000L * 1;
            trial(new Outcome.Completed(Estimate.of(0.4 + 0.1 * i)), "supernet");
        }
        assertThat(recorder.last().data().get(MimeBundle.HTML))
                .contains("alt=\"Chart of accuracy of the supernet over epoch\"");
    }

    @Test
    void aSearchThatEndsByItselfHasAFullBar() {
        start();
        trial(0.7);
        listener.on(new SearchEvent.Ended(snapshot(0.02), EndReason.STRATEGY, "nothing left"));
        assertThat(recorder.last().data().get(MimeBundle.HTML)).contains("value=\"1000\"");
    }

    @Test
    void anInterruptShowsHowFarItCame() {
        start();
        for (int i = 0; i < 17; i++) {
            trial(0.5);
        }
        listener.on(new SearchEvent.Ended(snapshot(0.34), EndReason.INTERRUPTED, "interrupted"));
        assertThat(recorder.last().text()).contains("interrupted after 17/50");
        assertThat(recorder.last().data().get(MimeBundle.HTML)).contains("value=\"340\"");
    }

    /** Ends by itself after six slices, with an answer. */
    private record SixSlices() implements SearchStrategy {
        @Override
        public Session open(Task task, Fidelity fidelity) {
            return (history, random) -> Optional.empty();
        }

        @Override
        public OptionalInt slices() {
            return OptionalInt.of(6);
        }
    }

    @Test
    void anAnswerAndRepeatsComeOnTopOfTheBudgetsTrials() {
        SearchSpec search = search(SPACE, Budget.trials(6)).strategy(new SixSlices());
        listener.on(new SearchEvent.Started(snapshot(0), search));
        for (int i = 0; i < 7; i++) {
            now += 1_000_000_000L * 1;
            trial(0.5);
        }
        assertThat(recorder.last().text()).contains("6/6 trials + the answer, ");
        now += 1_000_000_000L * 1;
        trial(
                new Outcome.Completed(Estimate.of(0.5), OptionWeights.NONE, OptionalInt.of(3)),
                "train");
        assertThat(recorder.last().text()).contains("6/6 trials + the answer, 1 repeat, ");
    }

    @Test
    void whatAReaderShouldKnowIsSaidBeforeTheFirstTrial() {
        SearchSpec search =
                search(SPACE, Budget.trials(6))
                        .objectives(Objective.SCORE, Objective.minimize("compute"));
        listener.on(new SearchEvent.Started(snapshot(0), search));
        assertThat(recorder.last().text()).contains("note: random search optimises the score only");
        assertThat(recorder.last().data().get(MimeBundle.HTML)).contains("the score only");
    }

    @Test
    void everyFrameHasTheSameTypesAndIsSmall() {
        start();
        for (int i = 0; i < 5; i++) {
            now += 1_000_000_000L * 1;
            trial(0.5 + i);
        }
        assertThat(recorder.frames)
                .hasSize(6)
                .allMatch(f -> f.data().keySet().equals(recorder.frames.get(0).data().keySet()))
                .allMatch(f -> f.data().values().stream().mapToInt(String::length).sum() <= 50_000);
    }

    @Test
    void whatRunsNowIsSaid() {
        start();
        now += 1_000_000_000L * 1;
        Architecture candidate = SPACE.sample(new SplittableRandom(1));
        listener.on(
                new SearchEvent.TrialStarted(
                        snapshot(0), 3, Optional.of(candidate), "train", Fidelity.epochs(3)));
        assertThat(recorder.last().text()).contains("trial 3, train (" + candidate.id() + ")");
        now += 1_000_000_000L * 1;
        listener.on(new SearchEvent.TrialReported(snapshot(0), 3, 2, 0.8));
        assertThat(recorder.last().text()).contains("trial 3, epoch 2: 0.8000");
        now += 1_000_000_000L * 1;
        listener.on(new SearchEvent.TrialProgressed(snapshot(0), 3, 0.25));
        assertThat(recorder.last().text()).contains("trial 3, 25 %");
        now += 1_000_000_000L * 1;
        listener.on(new SearchEvent.TrialEntered(snapshot(0), 3, "alpha rests"));
        assertThat(recorder.last().text()).contains("trial 3, 25 %, alpha rests");
        now += 1_000_000_000L * 1;
        trial(new Outcome.Failed("loss became NaN", "", io.nas4j.trial.Cost.ZERO), "train");
        assertThat(recorder.last().text()).contains("last failure: trial 0, loss became NaN");
    }

    @Test
    void aSupernetShowsItsWeights() {
        Map<String, List<Double>> weights = new LinkedHashMap<>();
        for (Decision decision : SPACE.decisions()) {
            List<Double> row = new ArrayList<>(Collections.nCopies(decision.options(), 0.05));
            row.set(0, 0.77);
            weights.put(decision.id(), row);
        }
        start();
        now += 1_000_000_000L * 1;
        Outcome slice =
                new Outcome.Completed(
                        Estimate.of(0.4), new OptionWeights(weights), OptionalInt.empty());
        trial(slice, "supernet");
        assertThat(recorder.last().text()).contains("max_pool_3x3 0.77");
        // the final training is the search's own measure: now the cell itself
        now += 1_000_000_000L * 1;
        trial(0.9);
        assertThat(recorder.last().text()).doesNotContain("0.77").contains("c_{k}");
    }

    @Test
    void nothingIsDrawnWhereNobodyWatches() {
        LiveListener unseen = new LiveListener(new SilentSink(), () -> now);
        unseen.on(new SearchEvent.Started(snapshot(0), search(SPACE, Budget.trials(2))));
        unseen.on(new SearchEvent.Ended(snapshot(1), EndReason.BUDGET, "2 trials"));
        assertThat(recorder.calls).isEmpty();
    }

    @Test
    void aBrokenFrontEndLeavesTheSearchAlone() {
        NotebookSink broken =
                new NotebookSink() {
                    @Override
                    public boolean isAttached() {
                        return true;
                    }

                    @Override
                    public String display(MimeBundle bundle) {
                        throw new NoClassDefFoundError("gone");
                    }

                    @Override
                    public void update(String id, MimeBundle bundle) {
                        throw new StackOverflowError();
                    }
                };
        SearchSpec search =
                search(Spaces.nasBench201(), Budget.trials(20))
                        .listener(new LiveListener(broken, () -> now));
        assertThat(new SearchLoop(search).run().warnings()).isEmpty();
    }

    @Test
    void aRealSearchEndsWithAWholeFrame() {
        SearchSpec search = search(Spaces.nasBench201(), Budget.trials(20)).listener(listener);
        assertThat(new SearchLoop(search).run().end()).isEqualTo(EndReason.BUDGET);
        assertThat(recorder.calls).startsWith("display").endsWith("complete");
        assertThat(recorder.last().text()).contains("20/20 trials", "done: ", "nas-bench-201");
    }

    /** Looks at what was shown by the time that it is opened. */
    private record Opened(Runnable look) implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            look.run();
            return (candidate, context) -> Estimate.of(0.5);
        }

        @Override
        public String measure() {
            return "opened";
        }
    }

    @Test
    void theFirstFrameComesBeforeAnythingIsOpenedAndIsReplacedInItsPlace() {
        List<String> before = new ArrayList<>();
        PerformanceEstimator estimator =
                new Opened(() -> before.add(recorder.calls + " " + recorder.last().text()));
        SearchSpec search =
                SearchSpec.of(
                                search(SPACE, Budget.trials(3)).task(),
                                new RandomSearch(),
                                estimator,
                                Budget.trials(3))
                        .listener(listener);
        new SearchLoop(search).run();
        assertThat(before)
                .singleElement()
                .asString()
                .startsWith("[display] random search on cells  0/3 trials, 0 %")
                .endsWith("preparing: opened (plan: 3 trials on dots, seed 7)");
        assertThat(recorder.calls).startsWith("display", "update").endsWith("complete");
        assertThat(recorder.calls.stream().filter("display"::equals)).hasSize(1);
        assertThat(recorder.frames.subList(1, recorder.frames.size()))
                .noneMatch(frame -> frame.text().contains("preparing"));
    }

    @Test
    void theFirstFrameShowsTheThreeBoxesAndWhatASupernetMeasures() {
        SearchSpec darts = search(SPACE, Budget.trials(6)).strategy(new Darts());
        listener.on(new SearchEvent.Preparing(snapshot(0), darts));
        assertThat(lit()).isEqualTo("strategy");
        assertThat(recorder.last().text())
                .contains("train, and a few steps of DARTS, whose memory is measured (plan: ");
    }

    @Test
    void ofASearchThatIsRefusedNothingIsLeft() {
        SearchSpec search =
                SearchSpec.of(
                                search(SPACE, Budget.trials(3)).task(),
                                new RandomSearch(),
                                new Opened(
                                        () -> {
                                            throw new IllegalArgumentException("no such data.");
                                        }),
                                Budget.trials(3))
                        .listener(listener);
        assertThatThrownBy(() -> new SearchLoop(search).run()).hasMessage("no such data.");
        assertThat(recorder.calls).containsExactly("display", "withdraw");
        assertThat(recorder.last().data().values()).allMatch(String::isEmpty);
    }

    @Test
    void anotherSearchIsAnotherOutput() {
        SearchSpec search = search(Spaces.nasBench201(), Budget.trials(3)).listener(listener);
        new SearchLoop(search).run();
        new SearchLoop(search).run();
        assertThat(recorder.calls.stream().filter("display"::equals)).hasSize(2);
    }

    private void tries(int number, Architecture architecture) {
        now += 1_000_000_000L;
        listener.on(
                new SearchEvent.TrialStarted(
                        snapshot(0), number, Optional.of(architecture), "train", Fidelity.NONE));
    }

    @Test
    void theCandidateIsDrawnBesideTheBestAndTheBestOnlyOnce() {
        start();
        tries(0, SPACE.sample(new SplittableRandom(0)));
        assertThat(recorder.last().text()).contains("candidate of trial 0\n");
        assertThat(diagrams()).isEqualTo(1);
        trial(0.7);
        tries(1, SPACE.sample(new SplittableRandom(1)));
        assertThat(recorder.last().text())
                .containsSubsequence("candidate of trial 1\n", "best so far: trial 0, 0.7000\n");
        assertThat(diagrams()).isEqualTo(2);
        tries(2, SPACE.sample(new SplittableRandom(0)));
        assertThat(recorder.last().text()).doesNotContain("candidate of trial 2\n");
        assertThat(diagrams()).isEqualTo(1);
    }

    private long diagrams() {
        String html = recorder.last().data().get(MimeBundle.HTML);
        return html.split("alt=\"Diagram", -1).length - 1;
    }

    @Test
    void aSupernetShowsTheCellThatItWouldGiveNow() {
        start();
        now += 1_000_000_000L;
        Map<String, List<Double>> weights = new LinkedHashMap<>();
        for (Decision decision : SPACE.decisions()) {
            weights.put(
                    decision.id(),
                    Collections.nCopies(decision.options(), 1.0 / decision.options()));
        }
        Outcome slice =
                new Outcome.Completed(
                        Estimate.of(0.4), new OptionWeights(weights), OptionalInt.empty());
        trial(slice, "supernet");
        assertThat(recorder.last().text())
                .containsSubsequence(
                        "the cell that it would give now\n", "c_{k}", "as it learns\n");
        assertThat(diagrams()).isEqualTo(2);
    }

    @Test
    void aFrameWithACandidateIsSmallInEverySpace() {
        for (SearchSpace space :
                List.of(
                        SPACE,
                        Spaces.darts(),
                        Spaces.nasnet(),
                        Spaces.chain(),
                        Spaces.hierarchical(),
                        Spaces.mobile(),
                        Spaces.zophLe(),
                        Spaces.nasBench201())) {
            listener.on(new SearchEvent.Started(snapshot(0), search(space, Budget.trials(50))));
            for (int i = 0; i < 4; i++) {
                Architecture architecture = space.sample(new SplittableRandom(i));
                tries(i, architecture);
                Trial trial =
                        new Trial(
                                i,
                                architecture,
                                "train",
                                Fidelity.NONE,
                                0,
                                OptionalInt.empty(),
                                new Outcome.Completed(Estimate.of(0.5 - i / 10.0)));
                history = history.plus(trial);
                now += 1_000_000_000L;
                listener.on(new SearchEvent.TrialFinished(snapshot(0.5), trial));
            }
            assertThat(diagrams()).as(space.name()).isEqualTo(2);
            history = History.empty("train");
        }
        assertThat(recorder.frames)
                .allMatch(f -> f.data().values().stream().mapToInt(String::length).sum() <= 50_000);
    }
}
