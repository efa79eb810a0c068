package io.nas4j.search;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;

/** One slot; the trial runs when its end is waited for. */
enum SerialExecutor implements TrialExecutor {
    INSTANCE;

    @Override
    public TrialExecutor.Session open(Task task, PerformanceEstimator estimator) {
        return new Session(estimator.open(task));
    }

    @Override
    public String toString() {
        return "serial";
    }

    private static final class Session implements TrialExecutor.Session {
        private final PerformanceEstimator.Session estimator;
        private Candidate candidate;
        private TrialContext context;

        Session(PerformanceEstimator.Session estimator) {
            this.estimator = estimator;
        }

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void submit(Candidate next, TrialContext its) {
            if (candidate != null) {
                throw new IllegalStateException(
                        "the executor has 1 slot, but trial "
                                + candidate.trial()
                                + " is still under way.");
            }
            candidate = next;
            context = its;
        }

        @Override
        public Completion next() {
            if (candidate == null) {
                throw new IllegalStateException("no trial is under way. Try submit first.");
            }
            Candidate current = candidate;
            candidate = null;
            return Attempt.estimate(estimator, current, context);
        }

        @Override
        public void tell(Trial trial) {
            estimator.tell(trial);
        }

        @Override
        public void close() {
            estimator.close();
        }
    }
}
