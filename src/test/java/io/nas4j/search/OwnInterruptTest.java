package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.journal.JournalContent;
import io.nas4j.search.Searches.Scripted;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an estimator's own interrupts are, beside those that stop the search. */
class OwnInterruptTest {

    @TempDir Path folder;

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void anEstimatorThatThrowsAnInterruptedExceptionIsAFailedTrial() throws IOException {
        assertFails(
                () -> {
                    throw new InterruptedException("too slow for me");
                },
                "InterruptedException: too slow for me");
        assertFails(
                () -> {
                    throw new InterruptedIOException("read timed out");
                },
                "InterruptedIOException: read timed out");
        assertFails(
                () -> {
                    throw new IllegalStateException(new InterruptedException("inside"));
                },
                "InterruptedException: inside");
    }

    @Test
    void anEstimatorThatCancelsItsOwnWorkerIsAFailedTrial() throws IOException {
        assertFails(
                () -> {
                    ExecutorService pool = Executors.newSingleThreadExecutor();
                    try {
                        Future<?> worker = pool.submit(OwnInterruptTest::waits);
                        worker.cancel(true);
                        worker.get();
                    } finally {
                        pool.shutdownNow();
                    }
                },
                "CancellationException");
    }

    @Test
    void anInterruptInAWorkerOfItsOwnIsAFailedTrial() throws IOException {
        assertFails(
                () -> {
                    ExecutorService pool = Executors.newSingleThreadExecutor();
                    try {
                        CountDownLatch running = new CountDownLatch(1);
                        Callable<Void> waiting =
                                () -> {
                                    running.countDown();
                                    new CountDownLatch(1).await();
                                    return null;
                                };
                        Future<?> worker = pool.submit(waiting);
                        running.await();
                        pool.shutdownNow();
                        worker.get();
                    } finally {
                        pool.shutdownNow();
                    }
                },
                "InterruptedException");
    }

    /** Trial 2 does so; the others, before and after it, are scored and recorded. */
    private void assertFails(Step step, String reason) throws IOException {
        Path journal = folder.resolve(reason.replaceAll("\\W", "") + ".jsonl");
        RunResult finished =
                new SearchLoop(
                                search(
                                                candidate -> {
                                                    if (candidate.trial() == 2) {
                                                        step.run();
                                                    }
                                                })
                                        .journal(journal))
                        .run();
        assertThat(finished.end()).isEqualTo(EndReason.BUDGET);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Outcome third = finished.history().trials().get(2).outcome();
        assertThat(third).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) third).reason()).isEqualTo(reason);
        assertThat(finished.history().scored()).hasSize(5);
        assertThat(JournalContent.read(journal).entries()).hasSize(6);
    }

    @Test
    void theStopButtonInABlockingCallStopsTheSearchHoweverItIsWrapped() throws IOException {
        List<Step> waits =
                List.of(
                        () -> new CountDownLatch(1).await(),
                        () -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException("wrapped", e);
                            }
                        },
                        () -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                                throw new IllegalStateException("told by the flag alone");
                            }
                        },
                        () -> {
                            try (PipedInputStream in =
                                    new PipedInputStream(new PipedOutputStream())) {
                                in.read();
                            }
                        });
        for (int i = 0; i < waits.size(); i++) {
            Step wait = waits.get(i);
            Path journal = folder.resolve("stopped" + i + ".jsonl");
            RunResult stopped =
                    new SearchLoop(
                                    search(
                                                    candidate -> {
                                                        if (candidate.trial() == 2) {
                                                            Thread.currentThread().interrupt();
                                                            wait.run();
                                                        }
                                                    })
                                            .journal(journal))
                            .run();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(stopped.end()).as("wait %d", i).isEqualTo(EndReason.INTERRUPTED);
            Outcome third = stopped.history().trials().get(2).outcome();
            assertThat(third).isInstanceOf(Outcome.Stopped.class);
            // not recorded, so that a resumed search runs it again
            assertThat(JournalContent.read(journal).entries()).hasSize(2);
        }
    }

    /** A worker thread of an executor is not the searching one: its flag stops nothing. */
    @Test
    void anInterruptThatTheSearchKnowsNothingOfDoesNotReachTheNextTrial() {
        PerformanceEstimator.Session session =
                (candidate, context) -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("mine");
                };
        Candidate candidate =
                new Candidate(
                        0,
                        Spaces.nasBench201(),
                        Spaces.nasBench201().sample(new SplittableRandom(1)),
                        Fidelity.NONE,
                        java.util.OptionalInt.empty());
        assertThat(Attempt.estimate(session, candidate, TrialContext.silent(1)).outcome())
                .isInstanceOf(Outcome.Failed.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static Void waits() throws InterruptedException {
        new CountDownLatch(1).await();
        return null;
    }

    private interface Step {
        void run() throws Exception;
    }

    private interface Trials {
        void run(Candidate candidate) throws Exception;
    }

    private static SearchSpec search(Trials trials) {
        return SearchSpec.of(
                Searches.task(Spaces.nasBench201(), 5),
                new RandomSearch(),
                new Scripted(
                        "scripted",
                        (candidate, context) -> {
                            trials.run(candidate);
                            return Estimate.of(candidate.trial());
                        }),
                Budget.trials(6));
    }
}
