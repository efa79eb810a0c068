package io.nas4j.predictor;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Bayesian;
import io.nas4j.strategy.Surrogate;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * A learned predictor: the first candidates are really estimated, and a surrogate model of their
 * scores predicts the others, in milliseconds. A prediction is in the units of the real scores, and
 * its metric {@code uncertainty} is the model's standard deviation; a real estimate has no such
 * metric.
 *
 * <p>The best found is never a prediction: a candidate whose prediction comes within one standard
 * deviation of the best real score is really estimated, and the model learns from it. At another
 * fidelity than the estimator's own every candidate is.
 *
 * <p>Within a search the model learns from all its earlier trials, those of a resumed journal
 * included; with several trials at once, from those that had ended.
 *
 * @param real what is predicted
 * @param after how many real estimates come first, at least the model's own random beginning
 * @param by the strategy whose model predicts
 */
public record Predicted(PerformanceEstimator real, int after, Surrogate by)
        implements PerformanceEstimator {

    public Predicted {
        require(
                after >= by.startup(),
                "a predictor must learn from at least %d real estimates, but was to begin after %d."
                        + " Try after(%d), or by(BAYESIAN.startup(%d)).",
                by.startup(),
                after,
                by.startup(),
                Math.max(2, after));
    }

    /**
     * A Gaussian process, after 20 real estimates.
     *
     * @param real what is predicted
     * @return an estimator
     */
    public static Predicted of(PerformanceEstimator real) {
        return new Predicted(real, 20, new Bayesian());
    }

    /**
     * Sets {@link #after}.
     *
     * @param estimates at least the model's own random beginning; default 20
     * @return a copy
     */
    public Predicted after(int estimates) {
        return new Predicted(real, estimates, by);
    }

    /**
     * Sets {@link #by}.
     *
     * @param model for example {@code BANANAS}; default {@code BAYESIAN}
     * @return a copy
     */
    public Predicted by(Surrogate model) {
        return new Predicted(real, after, model);
    }

    @Override
    public Fidelity fidelity() {
        return real.fidelity();
    }

    @Override
    public Object key(SearchSpace space, Architecture architecture) {
        return real.key(space, architecture);
    }

    @Override
    public boolean concurrent() {
        return real.concurrent();
    }

    /** From real estimates only: what is predicted has no weights. */
    @Override
    public boolean inherits() {
        return real.inherits();
    }

    /** What predictions report, too: they count nothing. */
    @Override
    public Set<String> reported() {
        return Set.of(Metrics.SCORE, Metrics.COMPUTE);
    }

    /** For example {@code predicted(train(epochs=10)).after(20)}. */
    @Override
    public String measure() {
        String model = by.equals(new Bayesian()) ? "" : ".by(" + by + ")";
        return "predicted(" + real.measure() + ").after(" + after + ")" + model;
    }

    @Override
    public String toString() {
        return measure();
    }

    @Override
    public Session open(Task task) {
        return new Predicting(task, real.open(task));
    }

    private final class Predicting implements Session {
        private final Task task;
        private final Session truth;
        private final NavigableMap<Integer, Trial> known = new TreeMap<>();
        private Surrogate.Belief belief;
        private List<Trial> learned = List.of();

        Predicting(Task task, Session truth) {
            this.task = task;
            this.truth = truth;
        }

        @Override
        public Estimate estimate(Candidate candidate, TrialContext context) throws Exception {
            List<Trial> before = List.copyOf(known.headMap(candidate.trial()).values());
            if (before.size() < after || !candidate.fidelity().equals(fidelity())) {
                return train(candidate, context);
            }
            long start = System.nanoTime();
            learn(before);
            Surrogate.Believed predicted = belief.of(candidate.architecture());
            double best =
                    before.stream().mapToDouble(t -> t.score().getAsDouble()).max().orElseThrow();
            if (predicted.mean() + predicted.deviation() >= best) {
                return train(candidate, context);
            }
            return new Estimate(
                    predicted.mean(),
                    Map.of(Metrics.UNCERTAINTY, predicted.deviation()),
                    List.of(),
                    Cost.of(Duration.ofNanos(System.nanoTime() - start)));
        }

        private Estimate train(Candidate candidate, TrialContext context) throws Exception {
            Estimate estimate = truth.estimate(candidate, context);
            if (candidate.fidelity().equals(fidelity()) && Double.isFinite(estimate.score())) {
                know(candidate.trial(), candidate.architecture(), estimate.score());
            }
            return estimate;
        }

        private void know(int number, Architecture architecture, double score) {
            known.put(
                    number,
                    new Trial(
                            number,
                            architecture,
                            real.measure(),
                            fidelity(),
                            0,
                            OptionalInt.empty(),
                            new Outcome.Completed(Estimate.of(score))));
        }

        private void learn(List<Trial> before) {
            if (before.equals(learned)) {
                return;
            }
            History history = History.empty(real.measure());
            for (Trial trial : before) {
                history = history.plus(trial.renumbered(trial.number() - history.size()));
            }
            belief = by.belief(task, history);
            learned = before;
        }

        @Override
        public void tell(Trial trial) {
            boolean isReal =
                    trial.measure().equals(measure())
                            && trial.fidelity().equals(fidelity())
                            && trial.real();
            if (isReal) {
                know(trial.number(), trial.architecture(), trial.score().getAsDouble());
            } else {
                known.remove(trial.number());
            }
        }

        @Override
        public void close() {
            truth.close();
        }
    }
}
