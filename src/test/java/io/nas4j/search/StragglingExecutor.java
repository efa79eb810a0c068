package io.nas4j.search;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Several slots, without any thread: every fifth trial ends only when the search can do nothing
 * else, the others in an arbitrary order, while the strategy goes on proposing.
 *
 * @param slots how many
 * @param window of the session
 * @param seed of the order
 */
record StragglingExecutor(int slots, int window, long seed) implements TrialExecutor {

    static boolean isStraggler(int trial) {
        return trial % 5 == 0;
    }

    @Override
    public Session open(Task task, PerformanceEstimator estimator) {
        PerformanceEstimator.Session session = estimator.open(task);
        SplittableRandom random = new SplittableRandom(seed);
        return new Session() {
            private final List<Candidate> candidates = new ArrayList<>();
            private final List<TrialContext> contexts = new ArrayList<>();

            @Override
            public int slots() {
                return slots;
            }

            @Override
            public int window() {
                return window;
            }

            @Override
            public void submit(Candidate candidate, TrialContext context) {
                candidates.add(candidate);
                contexts.add(context);
            }

            @Override
            public Completion next() {
                List<Integer> quick = new ArrayList<>();
                for (int i = 0; i < candidates.size(); i++) {
                    if (!isStraggler(candidates.get(i).trial())) {
                        quick.add(i);
                    }
                }
                int next = quick.isEmpty() ? 0 : quick.get(random.nextInt(quick.size()));
                return Attempt.estimate(session, candidates.remove(next), contexts.remove(next));
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }
}
