package io.nas4j.search;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Several slots whose trials end in an arbitrary order, without any thread.
 *
 * @param slots how many
 * @param seed of the order
 */
record ShuffledExecutor(int slots, long seed) implements TrialExecutor {

    @Override
    public Session open(Task task, PerformanceEstimator estimator) {
        PerformanceEstimator.Session session = estimator.open(task);
        SplittableRandom random = new SplittableRandom(seed);
        return new Session() {
            private final List<Work> underWay = new ArrayList<>();

            @Override
            public int slots() {
                return slots;
            }

            @Override
            public void submit(Candidate candidate, TrialContext context) {
                if (underWay.size() == slots) {
                    throw new IllegalStateException("all " + slots + " slots are taken.");
                }
                underWay.add(new Work(candidate, context));
            }

            @Override
            public Completion next() {
                if (underWay.isEmpty()) {
                    throw new IllegalStateException("no trial is under way.");
                }
                Work work = underWay.remove(random.nextInt(underWay.size()));
                return Attempt.estimate(session, work.candidate, work.context);
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }

    private record Work(Candidate candidate, TrialContext context) {}
}
