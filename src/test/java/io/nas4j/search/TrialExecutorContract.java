package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Searches.Scripted;
import io.nas4j.search.TrialExecutor.Completion;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every executor promises. */
public abstract class TrialExecutorContract {

    private static final Task TASK = Searches.task(Spaces.nasBench201(), 1);

    protected abstract TrialExecutor executor();

    /** For an estimator that cannot run in several threads. */
    protected TrialExecutor single() {
        return executor();
    }

    @Test
    void everyTrialComesBackOnceWithItsOwnOutcome() throws InterruptedException {
        PerformanceEstimator number =
                PerformanceEstimator.of("number", candidate -> candidate.trial());
        try (TrialExecutor.Session session = executor().open(TASK, number)) {
            assertThat(session.slots()).isPositive();
            for (int round = 0; round < 3; round++) {
                Set<Integer> back = new TreeSet<>();
                for (int i = 0; i < session.slots(); i++) {
                    session.submit(candidate(round * 100 + i), context(9));
                }
                for (int i = 0; i < session.slots(); i++) {
                    Completion completion = session.next();
                    assertThat(back.add(completion.trial())).isTrue();
                    assertThat(((Outcome.Completed) completion.outcome()).estimate().score())
                            .isEqualTo(completion.trial());
                    assertThat(completion.fatal()).isFalse();
                }
                assertThat(back).hasSize(session.slots()).allMatch(n -> n < round(n));
            }
        }
    }

    @Test
    void whatThrowsFailsAndTheNextTrialRuns() throws InterruptedException {
        PerformanceEstimator second =
                PerformanceEstimator.of(
                        "second",
                        candidate -> {
                            if (candidate.trial() == 0) {
                                throw new java.io.IOException("gone");
                            }
                            return 1;
                        });
        try (TrialExecutor.Session session = executor().open(TASK, second)) {
            session.submit(candidate(0), context(9));
            Outcome.Failed failed = (Outcome.Failed) session.next().outcome();
            assertThat(failed.reason()).isEqualTo("IOException: gone");
            session.submit(candidate(1), context(9));
            assertThat(session.next().outcome()).isInstanceOf(Outcome.Completed.class);
        }
    }

    @Test
    void aTrialThatIsToldToStopComesBackStoppedWithItsCurve() throws InterruptedException {
        Scripted patient =
                new Scripted(
                        "patient",
                        (candidate, context) -> {
                            int epoch = 1;
                            while (context.report(epoch, epoch / 10.0)) {
                                epoch++;
                            }
                            return Estimate.of(1);
                        });
        try (TrialExecutor.Session session = single().open(TASK, patient)) {
            session.submit(candidate(0), context(2));
            Outcome.Stopped stopped = (Outcome.Stopped) session.next().outcome();
            assertThat(stopped.curve())
                    .containsExactly(new Point(1, 0.1), new Point(2, 0.2), new Point(3, 0.3));
        }
    }

    @Test
    void whatItIsHandedAheadRunsToo() throws InterruptedException {
        try (TrialExecutor.Session session = executor().open(TASK, Searches.SUM)) {
            session.submit(candidate(0), context(9));
            session.next();
            int all = session.slots() + session.ahead();
            for (int i = 1; i <= all; i++) {
                session.submit(candidate(i), context(9));
            }
            Set<Integer> back = new TreeSet<>();
            for (int i = 1; i <= all; i++) {
                assertThat(back.add(session.next().trial())).isTrue();
            }
            assertThat(back).hasSize(all).doesNotContain(0);
        }
    }

    @Test
    void moreTrialsThanSlotsAreRefused() {
        try (TrialExecutor.Session session = executor().open(TASK, Searches.SUM)) {
            for (int i = 0; i < session.slots(); i++) {
                session.submit(candidate(i), context(9));
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> session.submit(candidate(99), context(9)));
        }
    }

    private static int round(int number) {
        return number / 100 * 100 + 100;
    }

    private static Candidate candidate(int trial) {
        return new Candidate(
                trial,
                TASK.space(),
                SearchLoopTest.architecture(trial),
                Fidelity.NONE,
                OptionalInt.empty());
    }

    /** Says stop after so many reports. */
    private static TrialContext context(int reports) {
        return new TrialContext() {
            private int left = reports;

            @Override
            public long seed() {
                return 1;
            }

            @Override
            public boolean report(int step, double score) {
                return left-- > 0;
            }

            @Override
            public boolean proceed() {
                return left > 0;
            }
        };
    }
}
