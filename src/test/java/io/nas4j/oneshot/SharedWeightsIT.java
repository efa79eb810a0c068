package io.nas4j.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.PerformanceEstimatorContract;
import io.nas4j.search.Budget;
import io.nas4j.search.EndReason;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.sharing.SupernetSearchContract;
import io.nas4j.sharing.TinySearch;
import io.nas4j.space.Architecture;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.GridSearch;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SharedWeightsIT extends PerformanceEstimatorContract {

    private static final OneShot SUPERNET =
            new OneShot().epochs(2).batch(8).resolution(0).evolution(4, 1).tuning(1);

    @TempDir Path folder;

    @Override
    protected PerformanceEstimator estimator() {
        return SharedWeights.of(SUPERNET);
    }

    @Override
    protected Optional<PerformanceEstimator> other() {
        return Optional.of(SharedWeights.of(SUPERNET.epochs(3)));
    }

    @Override
    protected Task task() {
        return new Task(Spaces.nasBench201(4, 1), TinySearch.data(), new Seeds(1), "cpu");
    }

    private RunResult run(PerformanceEstimator estimator, SearchStrategy strategy, Task task) {
        return new SearchLoop(SearchSpec.of(task, strategy, estimator, Budget.trials(4))).run();
    }

    private static List<Double> scores(RunResult finished) {
        return finished.history().trials().stream().map(t -> t.score().orElseThrow()).toList();
    }

    /** The evolution of a one-shot search asks for these; its weights are the same. */
    @Test
    void scoresAreThoseOfTheOneShotSearch() throws Exception {
        List<Trial> candidates =
                TinySearch.epochs(task().space(), SUPERNET, 1).trials().stream()
                        .filter(trial -> trial.measure().equals("one-shot"))
                        .toList();
        assertThat(candidates).hasSize(4);
        try (PerformanceEstimator.Session session = estimator().open(task())) {
            for (Trial trial : candidates) {
                double score =
                        session.estimate(
                                        candidate(trial.architecture()),
                                        new TinySearch.Context(1000))
                                .score();
                assertThat(score).isEqualTo(trial.score().orElseThrow());
            }
        }
    }

    @Test
    void theOperationThatIsRightScoresBest() {
        Task task = SupernetSearchContract.gratings(false, 1);
        OneShot accuracy = SUPERNET.epochs(4).tuning(0).scoredBy(PathScore.ACCURACY);
        RunResult finished = run(SharedWeights.of(accuracy), new GridSearch(), task);
        Map<Integer, Double> scores =
                finished.history().trials().stream()
                        .collect(
                                Collectors.toMap(
                                        trial -> trial.architecture().choices().get(0),
                                        trial -> trial.score().orElseThrow()));
        assertThat(scores).hasSize(3);
        assertThat(scores.get(SupernetSearchContract.CONVOLUTION)).isGreaterThan(0.9);
        assertThat(scores.get(0)).isLessThan(0.85);
    }

    @Test
    void onlyTheFirstCandidateTrains() throws Exception {
        TinySearch.Context first = new TinySearch.Context(1000);
        TinySearch.Context second = new TinySearch.Context(1000);
        try (PerformanceEstimator.Session session = estimator().open(task())) {
            session.estimate(candidate(architectures().get(0)), first);
            session.estimate(candidate(architectures().get(1)), second);
        }
        assertThat(first.phases).containsExactly("the supernet is trained");
        assertThat(second.phases).isEmpty();
    }

    /** Stopped in the second epoch, the first one is kept. */
    @Test
    void aTrainingThatIsStoppedGoesOnWithTheNextCandidate() throws Exception {
        try (PerformanceEstimator.Session session = estimator().open(task())) {
            Candidate candidate = candidate(architectures().get(0));
            TinySearch.Context stopped = new TinySearch.Context(12);
            assertThatThrownBy(() -> session.estimate(candidate, stopped))
                    .isInstanceOf(InterruptedException.class)
                    .hasMessageContaining("epoch 2");
            double score = session.estimate(candidate, new TinySearch.Context(1000)).score();
            try (PerformanceEstimator.Session other = estimator().open(task())) {
                assertThat(other.estimate(candidate, new TinySearch.Context(1000)).score())
                        .isEqualTo(score);
            }
        }
    }

    private Candidate candidate(Architecture architecture) {
        return new Candidate(
                0, task().space(), architecture, estimator().fidelity(), OptionalInt.empty());
    }

    @Test
    void anotherStrategySearchesByTheseScores() {
        RunResult finished = run(estimator(), new Evolution().population(2).tournament(1), task());
        assertThat(scores(finished)).hasSize(4).allMatch(score -> score >= 0 && score <= 1);
        assertThat(finished.history().trials())
                .allMatch(trial -> trial.measure().equals("shared(" + SUPERNET + ")"));
    }

    @Test
    void aResumedSearchMakesTheSameTrials() {
        SearchSpec search =
                SearchSpec.of(task(), new RandomSearch(), estimator(), Budget.trials(4));
        List<Double> whole = scores(new SearchLoop(search).run());
        SearchSpec journaled = search.journal(folder.resolve("journal.jsonl"));
        RunResult stopped =
                new SearchLoop(
                                journaled.listener(
                                        event -> {
                                            if (event instanceof SearchEvent.TrialStarted started
                                                    && started.trial() == 2) {
                                                Thread.currentThread().interrupt();
                                            }
                                        }))
                        .run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(scores(new SearchLoop(journaled).run())).isEqualTo(whole);
    }

    @Test
    void aFileKeepsTheWeightsAndIsReadBack() throws IOException {
        Path file = folder.resolve("supernet");
        SharedWeights kept = SharedWeights.of(SUPERNET).file(file);
        RunResult first = run(kept, new RandomSearch(), task());
        assertThat(file).exists();
        byte[] written = Files.readAllBytes(file);
        assertThat(scores(run(kept, new RandomSearch(), task()))).isEqualTo(scores(first));
        assertThat(Files.readAllBytes(file)).isEqualTo(written);
    }

    @Test
    void aFileOfSomethingElseIsRefusedBeforeAnythingTrains() throws IOException {
        Path file = folder.resolve("supernet");
        SharedWeights kept = SharedWeights.of(SUPERNET).file(file);
        run(kept, new RandomSearch(), task());
        Task usual = task();
        Task wider = new Task(Spaces.nasBench201(8, 1), usual.data(), usual.seeds(), "cpu");
        assertRefused(kept, wider, "keeps a supernet of other space", "Try another file");
        Task seeded = new Task(usual.space(), usual.data(), new Seeds(2), "cpu");
        assertRefused(kept, seeded, "other seed", "seed 1", "seed 2");
        SharedWeights longer = SharedWeights.of(SUPERNET.epochs(3)).file(file);
        assertRefused(longer, usual, "other settings");
        Files.write(file, new byte[] {0, 0, 0, 9, 1});
        assertRefused(kept, usual, "no kept supernet");
    }

    private static void assertRefused(SharedWeights kept, Task task, String... parts) {
        assertThatThrownBy(() -> kept.open(task))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }
}
