package io.nas4j.execute;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Attempt;
import io.nas4j.search.TrialExecutor;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Place;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * As many workers as one likes, on a virtual clock: the search is the real one, but a trial takes
 * the time that its estimate says it cost, a table's training time for example. For one run: its
 * clock is the search's clock.
 *
 * <pre>{@code
 * SimulatedWorkers hundred = new SimulatedWorkers(100, 0.5, 0.01, 1);
 * new SearchLoop(search.executor(hundred).clock(hundred)).run();
 * hundred.busy();
 * }</pre>
 *
 * <p>Whether a trial is stopped is asked when it begins, not in the course of its virtual time.
 */
public final class SimulatedWorkers implements TrialExecutor, LongSupplier {

    private static final int MOST = 100_000;

    private final int workers;
    private final double spread;
    private final double loss;
    private final SplittableRandom random;
    private final TreeMap<Integer, Duration> ends = new TreeMap<>();
    private long now;
    private double area;
    private double areaAtSubmit;
    private long lastSubmit;
    private boolean used;

    /**
     * Workers.
     *
     * @param workers at least 1
     * @param spread of a trial's duration: the standard deviation of its logarithm, at least 0; at
     *     0.5 one trial in a hundred takes three times as long as the mean
     * @param loss the probability that a trial loses its worker half-way, in [0, 1); it is then run
     *     once more, and has failed where that worker is lost too
     * @param seed of durations and losses
     */
    public SimulatedWorkers(int workers, double spread, double loss, long seed) {
        require(
                workers >= 1 && workers <= MOST,
                "simulated workers must be in [1, %d], but were %d. Try 100.",
                MOST,
                workers);
        require(spread >= 0, "the spread of durations must be at least 0, but was %s.", spread);
        require(
                loss >= 0 && loss < 1,
                "the probability of a loss must be in [0, 1), but was %s. Try 0.01.",
                loss);
        this.workers = workers;
        this.spread = spread;
        this.loss = loss;
        this.random = new SplittableRandom(seed);
    }

    /**
     * The virtual time.
     *
     * @return nanoseconds since the search began
     */
    @Override
    public long getAsLong() {
        return now;
    }

    /**
     * The share of the workers' time that trials took, until the last one was handed out.
     *
     * @return in [0, 1]
     */
    public double busy() {
        return lastSubmit == 0 ? 1 : areaAtSubmit / ((double) lastSubmit * workers);
    }

    /**
     * When each trial ended, by the virtual clock.
     *
     * @return by the trial's number; without repeats, which take no time
     */
    public java.util.Map<Integer, Duration> ends() {
        return Collections.unmodifiableMap(new TreeMap<>(ends));
    }

    @Override
    public Session open(Task task, PerformanceEstimator estimator) {
        if (used) {
            throw new IllegalStateException(
                    "simulated workers are for one run, since their clock goes on. Try new ones.");
        }
        used = true;
        return new Pool(estimator.open(task));
    }

    @Override
    public String toString() {
        return workers + " simulated workers";
    }

    private record Running(long end, int order, int worker, Completion completion)
            implements Comparable<Running> {
        @Override
        public int compareTo(Running other) {
            int byTime = Long.compare(end, other.end);
            return byTime != 0 ? byTime : Integer.compare(order, other.order);
        }
    }

    private final class Pool implements Session {
        private final PerformanceEstimator.Session session;
        private final PriorityQueue<Running> running = new PriorityQueue<>();
        private final Deque<Integer> free = new ArrayDeque<>();
        private int order;

        Pool(PerformanceEstimator.Session session) {
            this.session = session;
            for (int i = 0; i < workers; i++) {
                free.add(i);
            }
        }

        @Override
        public int slots() {
            return workers;
        }

        @Override
        public int window() {
            return ThreadExecutor.WINDOW * workers;
        }

        @Override
        public void submit(Candidate candidate, TrialContext context) {
            Integer worker = free.poll();
            if (worker == null) {
                throw new IllegalStateException("all " + workers + " workers have a trial.");
            }
            areaAtSubmit = area;
            lastSubmit = now;
            context.placed(new Place("worker " + worker, ""));
            Completion completion = Attempt.estimate(session, candidate, context);
            long duration = duration(completion.outcome());
            if (random.nextDouble() < loss) {
                // half of it in vain
                long half = duration / 2;
                if (random.nextDouble() < loss) {
                    completion = lost(candidate.trial(), 2 * half);
                    duration = 2 * half;
                } else {
                    duration += half;
                }
            }
            running.add(new Running(now + duration, order++, worker, completion));
        }

        private Completion lost(int trial, long nanos) {
            return new Completion(
                    trial,
                    new Outcome.Failed(
                            "two simulated workers were lost",
                            "",
                            Cost.of(Duration.ofNanos(nanos))),
                    false);
        }

        /** At least a nanosecond, so that time goes on. */
        private long duration(Outcome outcome) {
            Duration cost =
                    outcome instanceof Outcome.Completed completed
                            ? completed.estimate().cost().compute()
                            : outcome instanceof Outcome.Stopped stopped
                                    ? stopped.cost().compute()
                                    : ((Outcome.Failed) outcome).cost().compute();
            // of mean 1, whatever the spread
            double factor = Math.exp(spread * random.nextGaussian() - spread * spread / 2);
            return Math.max(1, Math.round(cost.toNanos() * factor));
        }

        @Override
        public Completion next() {
            if (running.isEmpty()) {
                throw new IllegalStateException("no trial is under way. Try submit first.");
            }
            Running next = running.remove();
            area += (double) (next.end() - now) * (running.size() + 1);
            now = next.end();
            free.add(next.worker());
            ends.put(next.completion().trial(), Duration.ofNanos(now));
            return next.completion();
        }

        @Override
        public void tell(Trial trial) {
            session.tell(trial);
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
