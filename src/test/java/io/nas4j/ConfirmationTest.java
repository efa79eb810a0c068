package io.nas4j;

import static io.nas4j.Nas.CIFAR100;
import static io.nas4j.Nas.EVOLUTION;
import static io.nas4j.Nas.nasBench201;
import static io.nas4j.Nas.seeds;
import static io.nas4j.Nas.tabular;
import static io.nas4j.Nas.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.analysis.Confirmation;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.Tabular;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfirmationTest {

    private static final Tabular NOISY = tabular(CIFAR100).oneSeed();

    private static Search search(PerformanceEstimator estimator) {
        return Nas.space(nasBench201()).quiet().estimator(estimator).budget(trials(60));
    }

    private static List<Trial> confirmations(SearchResult result) {
        return result.history().trials().stream().filter(Confirmation::isOne).toList();
    }

    @Test
    void theFiveBestAreEstimatedAgainWithThreeNewSeedsEach() {
        SearchResult result = search(NOISY).confirm(5, seeds(3)).run();
        SearchResult plain = search(NOISY).run();
        assertThat(result.history().trials().subList(0, 60)).isEqualTo(plain.history().trials());
        List<Trial> again = confirmations(result);
        assertThat(again).hasSize(15);
        assertThat(again.stream().map(Trial::seed)).doesNotHaveDuplicates();
        Set<Object> best =
                plain.history().scored().stream()
                        .sorted(Comparator.comparingDouble(t -> -t.score().getAsDouble()))
                        .map(Trial::architecture)
                        .distinct()
                        .limit(5)
                        .collect(Collectors.toSet());
        assertThat(again.stream().map(Trial::architecture).collect(Collectors.toSet()))
                .isEqualTo(best);
    }

    @Test
    void theAnswerIsTheBestByTheMeanOfTheNewScores() {
        SearchResult result = search(NOISY).confirm(5, seeds(3)).run();
        List<Confirmation.Candidate> found = result.confirmed();
        assertThat(found).hasSize(5).allMatch(candidate -> candidate.scores().size() == 3);
        Confirmation.Candidate answer =
                found.stream()
                        .max(Comparator.comparingDouble(c -> c.mean().getAsDouble()))
                        .orElseThrow();
        assertThat(result.architecture()).isEqualTo(answer.trial().architecture());
        assertThat(result.bestScore()).isEqualTo(answer.mean().getAsDouble());
        assertThat(result.render().text())
                .contains("mean of 3 new seeds", "15 confirmations of the best came on top");
    }

    @Test
    void confirmationsComeOnTopOfTheBudgetAndTheirCostIsCounted() {
        SearchResult result = search(NOISY).confirm(5, seeds(3)).run();
        assertThat(result.history().size()).isEqualTo(75);
        assertThat(result.history().scored()).hasSize(60);
        assertThat(confirmations(result)).allMatch(t -> !t.cost().compute().isZero());
        assertThat(result.reason()).contains("60 trials");
    }

    @Test
    void aSearchThatWasKilledWhileItConfirmedGoesOnWithTheNextOne(@TempDir Path folder)
            throws IOException {
        Path journal = folder.resolve("search.jsonl");
        Search search = search(NOISY).confirm(5, seeds(3)).journal(journal);
        SearchResult whole = search.run();
        List<String> lines = Files.readAllLines(journal);
        assertThat(lines).hasSize(76);
        Files.write(journal, lines.subList(0, 68));
        SearchResult resumed = search.run();
        assertThat(resumed.history().trials()).isEqualTo(whole.history().trials());
        assertThat(resumed.best()).isEqualTo(whole.best());
        assertThat(search.run().history().size()).isEqualTo(75);
    }

    /** Of the mean regret over 60 searches; the noise of a training is worth some tenths. */
    @Test
    void onANoisyTableConfirmingLowersTheRegret() {
        assertThat(gain(NOISY)).isPositive();
    }

    /** The twin: where new seeds say nothing new, nothing changes. */
    @Test
    void onATableOfMeansConfirmingChangesNothing() {
        assertThat(gain(tabular(CIFAR100))).isZero();
    }

    /** Mean regret without less mean regret with confirmation. */
    private static double gain(Tabular estimator) {
        double gain = 0;
        for (int seed = 0; seed < 60; seed++) {
            Search search = search(estimator).strategy(EVOLUTION).seed(seed);
            SearchResult plain = search.run();
            SearchResult confirmed = search.confirm(5, seeds(3)).run();
            gain += NOISY.regret(plain.architecture()) - NOISY.regret(confirmed.architecture());
        }
        return gain / 60;
    }

    @Test
    void aConfirmationThatFailsLosesNothing() {
        AtomicInteger asked = new AtomicInteger();
        PerformanceEstimator fragile =
                PerformanceEstimator.of(
                        "fragile",
                        candidate -> {
                            if (asked.incrementAndGet() > 60 && asked.get() % 2 == 0) {
                                throw new IllegalStateException("loss became NaN");
                            }
                            return new SplittableRandom(candidate.architecture().hashCode())
                                    .nextDouble();
                        });
        SearchResult result = search(fragile).confirm(4, seeds(2)).run();
        assertThat(result.confirmed()).hasSize(4);
        assertThat(result.confirmed().stream().mapToInt(c -> c.scores().size()).sum()).isEqualTo(4);
        assertThat(confirmations(result)).hasSize(8);
        assertThat(result.bestScore()).isPositive();
    }

    @Test
    void aStoppedConfirmationIsJudgedByItsWholeRounds() {
        AtomicInteger asked = new AtomicInteger();
        PerformanceEstimator stopped =
                PerformanceEstimator.of(
                        "stopped",
                        candidate -> {
                            if (asked.incrementAndGet() == 67) {
                                Thread.currentThread().interrupt();
                            }
                            return asked.get();
                        });
        SearchResult result = search(stopped).confirm(4, seeds(3)).run();
        assertThat(Thread.interrupted()).isTrue();
        // the first round is trials 61 to 64, the second is not whole
        assertThat(result.confirmed().stream().map(Confirmation.Candidate::scores))
                .containsExactly(List.of(61.0), List.of(62.0), List.of(63.0), List.of(64.0));
        assertThat(result.bestScore()).isEqualTo(64);
        assertThat(result.reason()).contains("interrupted");
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> search(NOISY).confirm(0, seeds(3)))
                .hasMessageContaining("at least 1, but was 0. Try confirm(5, seeds(3))");
        assertThatThrownBy(() -> seeds(0)).hasMessageContaining("seeds must be at least 1");
    }
}
