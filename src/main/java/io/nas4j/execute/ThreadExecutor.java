package io.nas4j.execute;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Attempt;
import io.nas4j.search.TrialExecutor;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Place;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

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
        private final Deque<Slot> free = new ArrayDeque<>();
        private final List<Slot> all = new ArrayList<>();
        private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
        private News newest = new News(null);
        private boolean interrupted;

        Pool(int threads, Task task, PerformanceEstimator estimator) {
            try {
                for (int i = 0; i < threads; i++) {
                    Slot slot = new Slot(i, estimator.open(task), ended, newest);
                    all.add(slot);
                    free.add(slot);
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
        public void submit(Candidate candidate, TrialContext context) {
            Slot slot = free.poll();
            if (slot == null) {
                throw new IllegalStateException("all " + all.size() + " threads have a trial.");
            }
            context.placed(slot.place);
            slot.work.add(() -> Attempt.estimate(slot::estimate, candidate, context));
        }

        /** Whoever was interrupted has told the contexts by the time it asks again. */
        @Override
        public Completion next() throws InterruptedException {
            if (free.size() == all.size()) {
                throw new IllegalStateException("no trial is under way. Try submit first.");
            }
            if (interrupted) {
                interrupted = false;
                all.stream().filter(slot -> !free.contains(slot)).forEach(Thread::interrupt);
            }
            try {
                Ended one = ended.take();
                free.add(one.slot);
                return one.completion;
            } catch (InterruptedException e) {
                interrupted = true;
                throw e;
            }
        }

        @Override
        public void tell(Trial trial) {
            News news = new News(trial);
            newest.next = news;
            newest = news;
        }

        @Override
        public void close() {
            all.forEach(slot -> slot.work.add(Work.LAST));
            for (Slot slot : all) {
                slot.end();
            }
        }
    }

    private interface Work {
        Work LAST = () -> null;

        Completion run();
    }

    /** A finished trial and those that follow: told once, heard by each slot in its own time. */
    private static final class News {
        private final Trial trial;
        private volatile News next;

        News(Trial trial) {
            this.trial = trial;
        }
    }

    private record Ended(Slot slot, Completion completion) {}

    private static final class Slot extends Thread {
        private final Place place;
        private final PerformanceEstimator.Session session;
        private final BlockingQueue<Work> work = new LinkedBlockingQueue<>();
        private final BlockingQueue<Ended> ended;

        /** The last that its session has heard. */
        private News heard;

        Slot(
                int index,
                PerformanceEstimator.Session session,
                BlockingQueue<Ended> ended,
                News heard) {
            super("nas4j-trials-" + index);
            setDaemon(true);
            this.place = new Place("thread " + index, "");
            this.session = session;
            this.ended = ended;
            this.heard = heard;
        }

        @Override
        public void run() {
            try (session) {
                while (true) {
                    Work next;
                    try {
                        next = work.take();
                    } catch (InterruptedException e) {
                        continue; // meant for a trial that has ended meanwhile
                    }
                    if (next == Work.LAST) {
                        return;
                    }
                    ended.add(new Ended(this, next.run()));
                }
            }
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
