package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.search.Searches.Hand;
import io.nas4j.search.Searches.Scripted;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTest {

    @Test
    void nothingAndLessAreRefused() {
        refused(() -> Budget.trials(0), "trials must be at least 1, but was 0. Try trials(50).");
        refused(() -> Budget.trials(-3), "but was -3");
        refused(() -> Budget.minutes(0), "minutes must be more than 0, but was 0.0. Try");
        refused(() -> Budget.minutes(Double.NaN), "but was NaN");
        refused(() -> Budget.minutes(-1), "but was -1.0");
        refused(() -> Budget.compute(Duration.ofSeconds(-1)), "but was PT-1S. Try Duration");
        refused(() -> Budget.compute(Duration.ZERO), "but was PT0S");
        refused(() -> Budget.steady(0), "steady trials must be at least 1, but was 0");
    }

    @Test
    void budgetsPrintAsTheyAreWritten() {
        assertThat(Budget.trials(50).or(Budget.minutes(1.5)).toString())
                .isEqualTo("50 trials or 1.50 min");
        assertThat(Budget.trials(1).and(Budget.compute(Duration.ofHours(1))).toString())
                .isEqualTo("(1 trial and 60 min of compute)");
        assertThat(Budget.trials(1)).isEqualTo(Budget.trials(1));
    }

    @Test
    void orEndsWithTheFirstAndAndWithTheLast() {
        BudgetUsage spent = new BudgetUsage(5, Duration.ofMinutes(1), Duration.ZERO, 0);
        Budget reached = Budget.trials(5);
        Budget open = Budget.minutes(4);
        assertThat(reached.or(open).isSpent(spent)).isTrue();
        assertThat(reached.and(open).isSpent(spent)).isFalse();
        assertThat(open.fraction(spent)).isEqualTo(0.25);
        assertThat(reached.or(open).fraction(spent)).isEqualTo(1);
        assertThat(reached.and(open).fraction(spent)).isEqualTo(0.25);
    }

    @Test
    void minutesAreThoseOfTheClockAndARunningTrialIsStopped() {
        Hand clock = new Hand();
        Scripted slow =
                new Scripted(
                        "slow",
                        (candidate, context) -> {
                            for (int epoch = 1; epoch <= 4; epoch++) {
                                clock.advance(Duration.ofMinutes(1));
                                if (!context.report(epoch, epoch / 4.0)) {
                                    break;
                                }
                            }
                            return Estimate.of(1);
                        });
        RunResult finished = run(slow, Budget.minutes(10), clock);
        assertThat(finished.end()).isEqualTo(EndReason.BUDGET);
        assertThat(finished.elapsed()).isEqualTo(Duration.ofMinutes(10));
        List<Trial> trials = finished.history().trials();
        assertThat(trials).hasSize(3);
        Outcome.Stopped last = (Outcome.Stopped) trials.get(2).outcome();
        assertThat(last.reason()).isEqualTo("over budget");
        assertThat(last.curve()).hasSize(2);
    }

    @Test
    void theFirstTrialIsNotStoppedByTheClock() {
        Hand clock = new Hand();
        Scripted slow =
                new Scripted(
                        "slow",
                        (candidate, context) -> {
                            clock.advance(Duration.ofMinutes(30));
                            return Estimate.of(context.proceed() ? 1 : 0);
                        });
        RunResult finished = run(slow, Budget.minutes(10), clock);
        assertThat(finished.history().best().orElseThrow().score()).hasValue(1);
        assertThat(finished.history().trials()).hasSize(1);
    }

    /** The clock of a JVM begins anywhere: the time of earlier runs comes from the journal. */
    @Test
    void aResumedSearchGoesOnWithTheTimeOfEarlierRunsWhateverItsClockSays(@TempDir Path folder) {
        Hand clock = new Hand();
        Scripted minute =
                new Scripted(
                        "minute",
                        (candidate, context) -> {
                            clock.advance(Duration.ofMinutes(1));
                            if (candidate.trial() == 6) {
                                Thread.currentThread().interrupt();
                            }
                            return Estimate.of(candidate.trial());
                        });
        SearchSpec search =
                SearchSpec.of(
                                Searches.task(Spaces.nasBench201(), 3),
                                new RandomSearch(),
                                minute,
                                Budget.minutes(10))
                        .clock(clock);
        for (int hours : new int[] {-1, 1}) {
            SearchSpec one = search.journal(folder.resolve("minutes" + hours + ".jsonl"));
            RunResult first = new SearchLoop(one).run();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(first.elapsed()).isEqualTo(Duration.ofMinutes(7));
            clock.advance(Duration.ofHours(hours));
            RunResult second = new SearchLoop(one).run();
            assertThat(second.end()).isEqualTo(EndReason.BUDGET);
            assertThat(second.elapsed()).isEqualTo(Duration.ofMinutes(10));
            assertThat(second.history().scored()).hasSize(10);
        }
    }

    @Test
    void computeIsTheSumOfTheTrialsOwnCost() {
        RunResult finished =
                run(Searches.costly(), Budget.compute(Duration.ofMinutes(7)), new Hand());
        assertThat(finished.elapsed()).isZero();
        assertThat(finished.history().trials().stream().filter(t -> !t.reused())).hasSize(7);
    }

    @Test
    void steadyEndsWhenNothingBetterComes() {
        Scripted peak =
                new Scripted(
                        "peak",
                        (candidate, context) -> Estimate.of(Math.min(6, candidate.trial())));
        RunResult finished = run(peak, Budget.steady(5), new Hand());
        // trial 6 is the first to score 6; five more equal it
        assertThat(finished.history().trials()).hasSize(12);
        assertThat(finished.history().best().orElseThrow().number()).isEqualTo(6);
    }

    @Test
    void theBudgetsFractionAndTheTimeThatIsLeftAreTold() {
        Hand clock = new Hand();
        Scripted minute =
                new Scripted(
                        "minute",
                        (candidate, context) -> {
                            clock.advance(Duration.ofMinutes(1));
                            return Estimate.of(1);
                        });
        java.util.List<Snapshot> heard = new java.util.ArrayList<>();
        SearchSpec search =
                SearchSpec.of(
                                Searches.task(Spaces.nasBench201(), 3),
                                new RandomSearch(),
                                minute,
                                Budget.trials(4))
                        .clock(clock)
                        .listener(
                                event -> {
                                    if (event instanceof SearchEvent.TrialFinished) {
                                        heard.add(event.now());
                                    }
                                });
        new SearchLoop(search).run();
        assertThat(heard).extracting(Snapshot::fraction).containsExactly(0.25, 0.5, 0.75, 1.0);
        assertThat(heard.get(0).remaining()).contains(Duration.ofMinutes(3));
        assertThat(heard.get(0).history().size()).isEqualTo(1);
    }

    private static RunResult run(
            io.nas4j.estimate.PerformanceEstimator estimator, Budget budget, Hand clock) {
        return new SearchLoop(
                        SearchSpec.of(
                                        Searches.task(Spaces.nasBench201(), 3),
                                        new RandomSearch(),
                                        estimator,
                                        budget)
                                .clock(clock))
                .run();
    }

    private static void refused(Runnable budget, String message) {
        assertThatIllegalArgumentException().isThrownBy(budget::run).withMessageContaining(message);
    }
}
