package io.nas4j.execute;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Attempt;
import io.nas4j.search.TrialExecutor;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Place;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Several trials at once in threads of this JVM, for estimators that are {@linkplain
 * PerformanceEstimator#concurrent() concurrent}. Each thread has a session of its own.
 *
 * @param threads how many trials run at once, at least 1
 */
public record ThreadExecutor(int threads) implements TrialExecutor {

    /**
     * Of slots: a trial may take some 50 times as long as the others before any is idle, as a whole
     * training does among first rungs of 1/27. More would spend a budget without hearing of it.
     */
    static final int WINDOW = 64;

    /** Of slots: while the searching thread sees to those that have ended, none is idle. */
    private static final int AHEAD = 2;

    private static final int LEAST_AHEAD = 16;

    /** So short is what the next trial may be handed over ahead of; a hand-over takes 0.1 ms. */
    private static final long QUICK_NANOS = 10_000_000;

    /** The slots do not run out of trials meanwhile. */
    private static final long NAP_NANOS = 100_000;

    private static final long PATIENCE_MILLIS = 2_000;

    public ThreadExecutor {
        require(threads >= 1, "parallel trials must be at least 1, but were %d. Try 2.", threads);
    }

    /**
     * Opens a session a thread.
     *
     * @throws IllegalArgumentException when the estimator cannot run in several threads
     */
    @Override
    public Session open(Task task, PerformanceEstimator estimator) {
        require(
                threads == 1 || estimator.concurrent(),
                "%s cannot run in several threads of one JVM: what trains shares DJL's one gradient"
                        + " collector, and an estimator of your own must say that it can, by"
                        + " concurrent(). Try .workers(%d), which are processes.",
                estimator,
                threads);
        return new Pool(threads, task, estimator);
    }

    @Override
    public String toString() {
        return threads + " threads";
    }

    private static final class Pool implements Session {
        private final List<Slot> all = new ArrayList<>();
        private final BlockingQueue<Work> ready = new LinkedBlockingQueue<>();
        private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
        private News newest = new News(null);

        /** Trials that were submitted and not returned. */
        private int underWay;

        /** Whether the trial that was returned last was over in no time. */
        private boolean quick;

        private boolean interrupted;

        /** How often trials were interrupted: some of them are still to be taken up then. */
        private final AtomicInteger stops = new AtomicInteger();

        Pool(int threads, Task task, PerformanceEstimator estimator) {
            try {
                for (int i = 0; i < threads; i++) {
                    all.add(new Slot(i, estimator.open(task), ready, ended, newest));
                }
            } catch (RuntimeException | Error e) {
                close();
                throw e;
            }
            all.forEach(Slot::start);
        }

        @Override
        public int slots() {
            return all.size();
        }

        @Override
        public int window() {
            return WINDOW * all.size();
        }

        @Override
        public int ahead() {
            return quick ? Math.max(LEAST_AHEAD, AHEAD * all.size()) : 0;
        }

        @Override
        public void submit(Candidate candidate, TrialContext context) {
            if (underWay >= all.size() + ahead()) {
                throw new IllegalStateException("all " + all.size() + " threads have a trial.");
            }
            boolean waits = underWay >= all.size();
            underWay++;
            int before = stops.get();
            ready.add(
                    slot -> {
                        if (stops.get() > before) {
                            slot.interrupt();
                        }
                        return slot.attempt(candidate, context, waits);
                    });
        }

        /** Whoever was interrupted has told the contexts by the time it asks again. */
        @Override
        public Completion next() throws InterruptedException {
            if (underWay == 0) {
                throw new IllegalStateException("no trial is under way. Try submit first.");
            }
            if (interrupted) {
                interrupted = false;
                stops.incrementAndGet();
                all.forEach(Thread::interrupt);
            }
            try {
                Ended one = take();
                underWay--;
                quick = one.quick;
                return one.completion;
            } catch (InterruptedException e) {
                interrupted = true;
                throw e;
            }
        }

        /** To be woken for each trial would take longer than to see to it. */
        private Ended take() throws InterruptedException {
            Ended one = ended.poll();
            if (one == null && ready.size() >= all.size()) {
                LockSupport.parkNanos(NAP_NANOS);
            }
            return one == null ? ended.take() : one;
        }

        @Override
        public void tell(Trial trial) {
            News news = new News(trial);
            newest.next = news;
            newest = news;
        }

        @Override
        public void close() {
            ready.clear();
            all.forEach(slot -> ready.add(Work.LAST));
            for (Slot slot : all) {
                slot.end();
            }
        }
    }

    private interface Work {
        Work LAST = slot -> null;

        Ended run(Slot slot);
    }

    /** A finished trial and those that follow: told once, heard by each slot in its own time. */
    private static final class News {
        private final Trial trial;
        private volatile News next;

        News(Trial trial) {
            this.trial = trial;
        }
    }

    private record Ended(Completion completion, boolean quick) {}

    private static final class Slot extends Thread {
        private final Place place;
        private final PerformanceEstimator.Session session;
        private final BlockingQueue<Work> ready;
        private final BlockingQueue<Ended> ended;

        /** The last that its session has heard. */
        private News heard;

        Slot(
                int index,
                PerformanceEstimator.Session session,
                BlockingQueue<Work> ready,
                BlockingQueue<Ended> ended,
                News heard) {
            super("nas4j-trials-" + index);
            setDaemon(true);
            this.place = new Place("thread " + index, "");
            this.session = session;
            this.ready = ready;
            this.ended = ended;
            this.heard = heard;
        }

        @Override
        public void run() {
            try (session) {
                while (true) {
                    Work next;
                    try {
                        next = ready.take();
                    } catch (InterruptedException e) {
                        continue; // its trial has ended meanwhile, or is told when it is taken up
                    }
                    if (next == Work.LAST) {
                        return;
                    }
                    ended.add(next.run(this));
                }
            }
        }

        /** A trial that has waited may be wanted no more. */
        private Ended attempt(Candidate candidate, TrialContext context, boolean waited) {
            long start = System.nanoTime();
            Completion completion =
                    Attempt.estimate(
                            (its, ask) -> {
                                if (waited && !ask.proceed()) {
                                    throw new CancellationException("stopped before it began");
                                }
                                ask.placed(place);
                                return estimate(its, ask);
                            },
                            candidate,
                            context);
            boolean quick =
                    completion.outcome() instanceof Outcome.Completed
                            && System.nanoTime() - start < QUICK_NANOS;
            return new Ended(completion, quick);
        }

        private Estimate estimate(Candidate candidate, TrialContext context) throws Exception {
            for (News news = heard.next; news != null; news = news.next) {
                heard = news;
                session.tell(news.trial);
            }
            return session.estimate(candidate, context);
        }

        /** A trial that does not heed the stop goes on as a daemon. */
        void end() {
            if (getState() == State.NEW) {
                session.close();
                return;
            }
            boolean again = false;
            try {
                join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                again = true;
            }
            if (again) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
