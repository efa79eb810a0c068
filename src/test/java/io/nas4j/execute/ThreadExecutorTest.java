package io.nas4j.execute;

import static io.nas4j.Nas.RANDOM;
import static io.nas4j.Nas.lowFidelity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.Nas;
import io.nas4j.SearchResult;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.SmallBench;
import io.nas4j.estimate.Tabular;
import io.nas4j.search.Budget;
import io.nas4j.search.EndReason;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchListener;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Searches;
import io.nas4j.search.TrialExecutor;
import io.nas4j.search.TrialExecutorContract;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ThreadExecutorTest extends TrialExecutorContract {

    @Override
    protected TrialExecutor executor() {
        return new ThreadExecutor(3);
    }

    /** The scripted estimator of the contract says nothing of threads. */
    @Override
    protected TrialExecutor single() {
        return new ThreadExecutor(1);
    }

    private static SearchSpec search(PerformanceEstimator estimator, int trials) {
        return SearchSpec.of(
                        Searches.task(Spaces.nasBench201(), 3),
                        RANDOM,
                        estimator,
                        Budget.trials(trials))
                .executor(new ThreadExecutor(4));
    }

    @Test
    void trialsRunAtOnce() {
        CyclicBarrier four = new CyclicBarrier(4);
        PerformanceEstimator meeting =
                PerformanceEstimator.of("meeting", candidate -> four.await());
        RunResult result = new SearchLoop(search(meeting, 8)).run();
        assertThat(result.history().scored()).hasSize(8);
    }

    @Test
    void theSameTrialsAsOneAfterTheOther() {
        Tabular table = Tabular.of(SmallBench.FASHION_MNIST);
        List<Trial> one = trials(table, 1);
        assertThat(trials(table, 4)).isEqualTo(one);
    }

    private static List<Trial> trials(PerformanceEstimator estimator, int threads) {
        SearchResult result =
                Nas.space(Spaces.smallBench())
                        .strategy(RANDOM)
                        .estimator(estimator)
                        .budget(Nas.trials(40))
                        .parallel(threads)
                        .quiet()
                        .run();
        return result.history().trials();
    }

    /** Whose trials wait for ever. */
    private static final class Endless {
        private final CountDownLatch begun;
        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

        Endless(int trials) {
            begun = new CountDownLatch(trials);
        }

        PerformanceEstimator estimator() {
            return PerformanceEstimator.of(
                    "endless",
                    candidate -> {
                        threads.add(Thread.currentThread());
                        begun.countDown();
                        new CountDownLatch(1).await();
                        return 1;
                    });
        }
    }

    @Test
    void anInterruptEndsTheTrialsThatWait() throws InterruptedException {
        Endless endless = new Endless(4);
        AtomicReference<RunResult> result = new AtomicReference<>();
        Thread searching =
                new Thread(() -> result.set(new SearchLoop(search(endless.estimator(), 8)).run()));
        searching.start();
        endless.begun.await();
        searching.interrupt();
        searching.join();
        assertThat(result.get().end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(endless.threads).hasSize(4);
        for (Thread thread : endless.threads) {
            thread.join();
        }
    }

    /** As where the interrupt comes between two looks at whether to go on. */
    @Test
    void anInterruptThatTheLoopTakesOffItsThreadReachesTheTrialsToo() {
        Endless endless = new Endless(0);
        SearchListener interrupts =
                event -> {
                    if (event instanceof SearchEvent.TrialStarted started && started.trial() == 3) {
                        Thread.currentThread().interrupt();
                    }
                };
        RunResult result =
                new SearchLoop(search(endless.estimator(), 8).listener(interrupts)).run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(result.history().trials())
                .hasSize(4)
                .allMatch(trial -> trial.outcome() instanceof Outcome.Stopped);
    }

    /** Some have been taken up by their thread when the interrupt comes, and some have not. */
    @Test
    void aTrialThatHasJustBeenSubmittedIsInterruptedToo() throws InterruptedException {
        Task task = Searches.task(Spaces.smallBench(), 1);
        PerformanceEstimator endless = new Endless(0).estimator();
        for (int i = 0; i < 200; i++) {
            try (TrialExecutor.Session session = new ThreadExecutor(2).open(task, endless)) {
                session.submit(candidate(task, i), TrialContext.silent(1));
                Thread.currentThread().interrupt();
                assertThatExceptionOfType(InterruptedException.class).isThrownBy(session::next);
                assertThat(session.next().outcome()).isInstanceOf(Outcome.Failed.class);
            }
        }
    }

    /** Until it has seen that trials are short, none waits; nor where they fail. */
    @Test
    void onlyWhatIsShortIsHandedAhead() throws InterruptedException {
        Task task = Searches.task(Spaces.smallBench(), 1);
        PerformanceEstimator failing =
                PerformanceEstimator.of(
                        "failing",
                        candidate -> {
                            throw new java.io.IOException("gone");
                        });
        try (TrialExecutor.Session session = new ThreadExecutor(2).open(task, failing)) {
            assertThat(session.ahead()).isZero();
            session.submit(candidate(task, 0), TrialContext.silent(1));
            session.next();
            assertThat(session.ahead()).isZero();
        }
        try (TrialExecutor.Session session = quick(task, PerformanceEstimator.of("one", c -> 1))) {
            assertThat(session.ahead()).isGreaterThanOrEqualTo(2);
        }
    }

    /** Of one thread, which has run short trials. */
    private static TrialExecutor.Session quick(Task task, PerformanceEstimator estimator)
            throws InterruptedException {
        TrialExecutor.Session session = new ThreadExecutor(1).open(task, estimator);
        while (session.ahead() == 0) {
            session.submit(candidate(task, 0), TrialContext.silent(1));
            session.next();
        }
        return session;
    }

    @Test
    void whatWaitsWhenTheSearchStopsDoesNotBegin() throws InterruptedException {
        Task task = Searches.task(Spaces.smallBench(), 1);
        CountDownLatch released = new CountDownLatch(1);
        List<Integer> begun = new CopyOnWriteArrayList<>();
        PerformanceEstimator held =
                PerformanceEstimator.of(
                        "held",
                        candidate -> {
                            if (candidate.trial() > 0) {
                                begun.add(candidate.trial());
                                released.await();
                            }
                            return 1;
                        });
        try (TrialExecutor.Session session = quick(task, held)) {
            session.submit(candidate(task, 1), TrialContext.silent(1));
            session.submit(candidate(task, 2), new Refusing());
            released.countDown();
            assertThat(session.next().outcome()).isInstanceOf(Outcome.Completed.class);
            assertThat(session.next().outcome()).isInstanceOf(Outcome.Stopped.class);
        }
        assertThat(begun).containsExactly(1);
    }

    /** Of a search that is to stop. */
    private record Refusing() implements TrialContext {
        @Override
        public long seed() {
            return 1;
        }

        @Override
        public boolean report(int step, double score) {
            return false;
        }

        @Override
        public boolean proceed() {
            return false;
        }
    }

    /** Each thread has a session of its own, which hears before it estimates. */
    @Test
    void everySessionHearsOfAllTrialsInOrder() throws InterruptedException {
        Listening listening = new Listening(3);
        Task task = Searches.task(Spaces.smallBench(), 1);
        try (TrialExecutor.Session session = new ThreadExecutor(3).open(task, listening)) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 3; i++) {
                    session.submit(candidate(task, 3 * round + i), TrialContext.silent(1));
                }
                for (int i = 0; i < 3; i++) {
                    assertThat(session.next().outcome()).isInstanceOf(Outcome.Completed.class);
                }
                for (int i = 0; i < 3; i++) {
                    session.tell(trial(task, 3 * round + i));
                }
            }
        }
        assertThat(listening.heard).hasSize(3).allMatch(List.of(0, 1, 2, 3, 4, 5)::equals);
    }

    /** Its sessions meet in each trial, so that none has two of a round. */
    private static final class Listening implements PerformanceEstimator {
        private final List<List<Integer>> heard = new ArrayList<>();
        private final CyclicBarrier all;

        Listening(int sessions) {
            all = new CyclicBarrier(sessions);
        }

        @Override
        public Session open(Task task) {
            List<Integer> own = new ArrayList<>();
            heard.add(own);
            return new Session() {
                @Override
                public Estimate estimate(Candidate candidate, TrialContext context)
                        throws Exception {
                    all.await();
                    return Estimate.of(1);
                }

                @Override
                public void tell(Trial trial) {
                    own.add(trial.number());
                }
            };
        }

        @Override
        public String measure() {
            return "listening";
        }

        @Override
        public boolean concurrent() {
            return true;
        }
    }

    private static Candidate candidate(Task task, int number) {
        return new Candidate(
                number,
                task.space(),
                task.space().sample(new SplittableRandom(number)),
                Fidelity.NONE,
                OptionalInt.empty());
    }

    private static Trial trial(Task task, int number) {
        return new Trial(
                number,
                candidate(task, number).architecture(),
                "listening",
                Fidelity.NONE,
                1,
                OptionalInt.empty(),
                new Outcome.Completed(Estimate.of(1)));
    }

    @Test
    void whatTrainsIsRefusedWithTheRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nas.space(Nas.cells()).parallel(2).quiet().run())
                .withMessageContaining("train(epochs=5) cannot run in several threads")
                .withMessageContaining("Try .workers(2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nas.space(Nas.cells()).parallel(0))
                .withMessage("parallel trials must be at least 1, but were 0. Try 2.");
        assertThat(lowFidelity(1).concurrent()).isFalse();
    }
}
