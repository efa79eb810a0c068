package io.nas4j.hardware;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * MnasNet's weighted product: an estimator's score times {@code (metric / target)^w}, so that one
 * number, which every strategy can maximise, weighs accuracy against latency or size. What the
 * score was before is the metric {@code unweighted_score}; the curve stays as it was.
 *
 * @param estimator whose scores are at least 0 and which reports the metric
 * @param metric less of it is better; above 0
 * @param target of the metric, above 0
 * @param below w where the metric is at most the target, at most 0
 * @param above w where it is more, at most 0
 * @see <a href="https://arxiv.org/abs/1807.11626">Tan et al., 2019, equation 2</a>
 */
public record Weighted(
        PerformanceEstimator estimator, String metric, double target, double below, double above)
        implements PerformanceEstimator {

    public Weighted {
        require(target > 0, "a target of %s must be above 0, but was %s.", metric, target);
        require(
                below <= 0 && above <= 0,
                "exponents must be at most 0, so that less of %s is better, but were %s and %s. Try"
                        + " -0.07.",
                metric,
                below,
                above);
    }

    /**
     * A soft target: twice the latency is worth 5 percent of the accuracy.
     *
     * @param estimator that reports the metric
     * @param metric less of it is better
     * @param target above 0
     * @return with both exponents -0.07
     */
    public static Weighted soft(PerformanceEstimator estimator, String metric, double target) {
        return new Weighted(estimator, metric, target, -0.07, -0.07);
    }

    /**
     * A hard target: nothing is gained below it, and beyond it the score falls in proportion.
     *
     * @param estimator that reports the metric
     * @param metric less of it is better
     * @param target above 0
     * @return with the exponents 0 and -1
     */
    public static Weighted hard(PerformanceEstimator estimator, String metric, double target) {
        return new Weighted(estimator, metric, target, 0, -1);
    }

    @Override
    public Session open(Task task) {
        Set<String> known = estimator.reported();
        require(
                known.isEmpty() || known.contains(metric),
                "a weighted score needs an estimator that reports \"%s\", but %s reports %s.",
                metric,
                estimator.measure(),
                known);
        Session session = estimator.open(task);
        return new Session() {
            @Override
            public Estimate estimate(Candidate candidate, TrialContext context) throws Exception {
                return weighted(session.estimate(candidate, context));
            }

            @Override
            public void tell(Trial trial) {
                session.tell(unweighted(trial));
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }

    private Estimate weighted(Estimate estimate) {
        Double value = estimate.values().get(metric);
        require(
                value != null && value > 0,
                "a weighted score needs \"%s\" above 0, but an estimate reported %s.",
                metric,
                value);
        double factor = Math.pow(value / target, value <= target ? below : above);
        Map<String, Double> metrics = new LinkedHashMap<>(estimate.metrics());
        metrics.put(Metrics.UNWEIGHTED_SCORE, estimate.score());
        return new Estimate(estimate.score() * factor, metrics, estimate.curve(), estimate.cost());
    }

    /** The trial as the estimator made it. */
    private Trial unweighted(Trial trial) {
        if (!(trial.outcome() instanceof Outcome.Completed completed)
                || !trial.measure().startsWith(measure())) {
            return trial;
        }
        Estimate estimate = completed.estimate();
        Map<String, Double> metrics = new LinkedHashMap<>(estimate.metrics());
        Double score = metrics.remove(Metrics.UNWEIGHTED_SCORE);
        return new Trial(
                trial.number(),
                trial.architecture(),
                estimator.measure() + trial.measure().substring(measure().length()),
                trial.fidelity(),
                trial.seed(),
                trial.continues(),
                new Outcome.Completed(
                        new Estimate(
                                score == null ? estimate.score() : score,
                                metrics,
                                estimate.curve(),
                                estimate.cost()),
                        completed.learned(),
                        completed.reuses()));
    }

    @Override
    public Fidelity fidelity() {
        return estimator.fidelity();
    }

    @Override
    public Set<String> reported() {
        Set<String> names = new HashSet<>(estimator.reported());
        if (!names.isEmpty()) {
            names.add(Metrics.UNWEIGHTED_SCORE);
        }
        return names;
    }

    @Override
    public Object key(SearchSpace space, Architecture architecture) {
        return estimator.key(space, architecture);
    }

    @Override
    public boolean concurrent() {
        return estimator.concurrent();
    }

    @Override
    public boolean inherits() {
        return estimator.inherits();
    }

    /** For example {@code train(epochs=3) times (latency/5.0)^-0.07}. */
    @Override
    public String measure() {
        String power = below == above ? "" + above : below + " or " + above;
        return estimator.measure() + " times (" + metric + "/" + target + ")^" + power;
    }

    @Override
    public String toString() {
        return measure();
    }
}
