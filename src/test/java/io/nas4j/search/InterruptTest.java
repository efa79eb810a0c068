package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.search.Searches.Scripted;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptTest {

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void anInterruptStopsTheTrialKeepsTheHistoryAndIsRestored() {
        List<SearchEvent> events = new ArrayList<>();
        SearchLoop loop =
                new SearchLoop(
                        search(
                                        (candidate, context) -> {
                                            if (candidate.trial() == 3) {
                                                assertThat(context.report(1, 0.25)).isTrue();
                                                Thread.currentThread().interrupt();
                                                assertThat(context.report(2, 0.5)).isFalse();
                                            }
                                            return Estimate.of(candidate.trial());
                                        })
                                .listener(events::add));
        RunResult finished = loop.run();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(finished.end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(finished.reason()).isEqualTo("interrupted");
        assertThat(finished.history().size()).isEqualTo(4);
        Outcome.Stopped stopped = (Outcome.Stopped) finished.history().trials().get(3).outcome();
        assertThat(stopped.reason()).isEqualTo("interrupted");
        assertThat(stopped.curve()).containsExactly(new Point(1, 0.25), new Point(2, 0.5));
        assertThat(loop.history()).isSameAs(finished.history());
        assertThat(loop.history().best().orElseThrow().number()).isEqualTo(2);
        assertThat(events.get(events.size() - 1)).isInstanceOf(SearchEvent.Ended.class);
        assertThat(events.get(events.size() - 1).now().fraction()).isLessThan(1);
    }

    @Test
    void aTrialThatCompletesAfterTheInterruptCounts() {
        RunResult finished =
                new SearchLoop(
                                search(
                                        (candidate, context) -> {
                                            Thread.currentThread().interrupt();
                                            return Estimate.of(1);
                                        }))
                        .run();
        assertThat(finished.end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(finished.history().best()).isPresent();
    }

    @Test
    void blockingWorkThatIsInterruptedIsNoFailure() {
        RunResult finished =
                new SearchLoop(
                                search(
                                        (candidate, context) -> {
                                            Thread.currentThread().interrupt();
                                            new CountDownLatch(1).await();
                                            return Estimate.of(1);
                                        }))
                        .run();
        assertThat(finished.end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(finished.history().trials().get(0).outcome())
                .isInstanceOf(Outcome.Stopped.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void anotherThreadStopsASearchAndSeesItsHistory() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        SearchLoop loop =
                new SearchLoop(
                        search(
                                (candidate, context) -> {
                                    if (candidate.trial() == 2) {
                                        running.countDown();
                                        while (context.proceed()) {
                                            Thread.onSpinWait();
                                        }
                                    }
                                    return Estimate.of(1);
                                }));
        List<RunResult> result = new ArrayList<>();
        Thread searching = new Thread(() -> result.add(loop.run()));
        searching.start();
        running.await();
        assertThat(loop.history().size()).isEqualTo(2);
        loop.stop();
        searching.join();
        assertThat(result.get(0).end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(result.get(0).reason()).isEqualTo("stopped");
        assertThat(loop.history().size()).isEqualTo(3);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aListenerThatThrowsIsAWarningOnly() {
        List<SearchEvent> heard = new ArrayList<>();
        RunResult finished =
                new SearchLoop(
                                search((candidate, context) -> Estimate.of(1))
                                        .budget(Budget.trials(5))
                                        .listener(
                                                event -> {
                                                    throw new NoClassDefFoundError("kernel/Gone");
                                                })
                                        .listener(heard::add))
                        .run();
        assertThat(finished.end()).isEqualTo(EndReason.BUDGET);
        assertThat(finished.warnings())
                .containsExactly("a listener failed: NoClassDefFoundError: kernel/Gone");
        // preparing, started, five trials of two events, ended
        assertThat(heard).hasSize(13);
    }

    @Test
    void eventsComeInOrder() {
        List<String> heard = new ArrayList<>();
        SearchSpec search =
                search(
                                (candidate, context) -> {
                                    context.progress(0.5);
                                    context.phase("on the way");
                                    context.report(1, 0.3);
                                    return Estimate.of(1);
                                })
                        .budget(Budget.trials(1))
                        .listener(
                                event ->
                                        heard.add(
                                                event.getClass().getSimpleName()
                                                        + " "
                                                        + event.now().history().size()));
        new SearchLoop(search).run();
        assertThat(heard)
                .containsExactly(
                        "Preparing 0",
                        "Started 0",
                        "TrialStarted 0",
                        "TrialProgressed 0",
                        "TrialEntered 0",
                        "TrialReported 0",
                        "TrialFinished 1",
                        "Ended 1");
    }

    @Test
    void aSearchThatIsRefusedWasPreparedAndNeverStarted() {
        List<String> heard = new ArrayList<>();
        SearchSpec refused =
                SearchSpec.of(
                                Searches.task(Spaces.nasBench201(), 5),
                                new RandomSearch(),
                                new Closed(),
                                Budget.trials(1))
                        .listener(
                                event ->
                                        heard.add(
                                                event instanceof SearchEvent.Refused told
                                                        ? told.reason()
                                                        : event.getClass().getSimpleName()));
        assertThatThrownBy(() -> new SearchLoop(refused).run()).hasMessage("the data are gone.");
        assertThat(heard).containsExactly("Preparing", "the data are gone.");
    }

    /** Cannot be opened. */
    private record Closed() implements io.nas4j.estimate.PerformanceEstimator {
        @Override
        public Session open(io.nas4j.trial.Task task) {
            throw new IllegalArgumentException("the data are gone.");
        }

        @Override
        public String measure() {
            return "closed";
        }
    }

    private static SearchSpec search(io.nas4j.estimate.PerformanceEstimator.Session session) {
        return SearchSpec.of(
                Searches.task(Spaces.nasBench201(), 5),
                new RandomSearch(),
                new Scripted("scripted", session),
                Budget.trials(100));
    }
}
