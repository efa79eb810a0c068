package io.nas4j.curve;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Trains the first epochs of a training and scores by where the learning curve leads. The learning
 * rate is that of the whole training, which is cut: its curve is not that of a short training with
 * a schedule of its own.
 *
 * <p>The score is the predicted accuracy after the last epoch; the metrics {@link
 * Metrics#SCORE_LOW} and {@link Metrics#SCORE_HIGH} are a 90 % interval of it, {@link
 * Metrics#LAST_SCORE} is the accuracy that was reached. The cost is that of the epochs that were
 * trained.
 *
 * @param whole the training, of at least 2 epochs; its estimates have a curve
 * @param epochs that are trained, at least 1, fewer than the whole
 * @param extrapolation of the curve
 */
public record Extrapolated(PerformanceEstimator whole, int epochs, Extrapolation extrapolation)
        implements PerformanceEstimator {

    public Extrapolated {
        int all = whole.fidelity().epochs();
        require(
                all >= 2,
                "an extrapolated estimator must train at least 2 epochs, but %s trains %d. Try"
                        + " lowFidelity(30).",
                whole.measure(),
                all);
        require(
                epochs >= 1 && epochs < all,
                "the epochs to extrapolate from must be in [1, %d], but were %d. Try %d.",
                all - 1,
                epochs,
                Math.max(1, all / 3));
    }

    /**
     * From a third of the epochs.
     *
     * @param whole the training, of at least 2 epochs
     */
    public Extrapolated(PerformanceEstimator whole) {
        this(whole, Math.max(1, whole.fidelity().epochs() / 3), new Extrapolation());
    }

    /**
     * Sets {@link #epochs}.
     *
     * @param trained at least 1, fewer than the whole; default a third
     * @return a copy
     */
    public Extrapolated from(int trained) {
        return new Extrapolated(whole, trained, extrapolation);
    }

    /**
     * Sets {@link #extrapolation}.
     *
     * @param other of the curve
     * @return a copy
     */
    public Extrapolated extrapolation(Extrapolation other) {
        return new Extrapolated(whole, epochs, other);
    }

    @Override
    public Fidelity fidelity() {
        return whole.fidelity().cutAt(epochs);
    }

    @Override
    public String measure() {
        return "extrapolated(" + whole.measure() + ", from=" + epochs + others() + ")";
    }

    @Override
    public boolean concurrent() {
        return whole.concurrent();
    }

    @Override
    public boolean inherits() {
        return whole.inherits();
    }

    private String others() {
        return extrapolation.equals(new Extrapolation()) ? "" : ", " + extrapolation;
    }

    @Override
    public Set<String> reported() {
        if (whole.reported().isEmpty()) {
            return Set.of();
        }
        Set<String> all = new HashSet<>(whole.reported());
        all.addAll(List.of(Metrics.LAST_SCORE, Metrics.SCORE_LOW, Metrics.SCORE_HIGH));
        return all;
    }

    @Override
    public Object key(SearchSpace space, Architecture architecture) {
        return whole.key(space, architecture);
    }

    @Override
    public Session open(Task task) {
        return new Predictions(whole.open(task));
    }

    @Override
    public String toString() {
        return measure();
    }

    private final class Predictions implements Session {
        private final Session training;

        /** Curves of trials that may be continued, where an estimate holds the new epochs only. */
        private final Map<Integer, List<Point>> curves = new HashMap<>();

        Predictions(Session training) {
            this.training = training;
        }

        @Override
        public Estimate estimate(Candidate candidate, TrialContext context) throws Exception {
            Estimate begun = training.estimate(candidate, context);
            List<Point> curve = joined(candidate.continues(), begun.curve());
            curves.put(candidate.trial(), curve);
            if (curve.isEmpty()) {
                if (Double.isNaN(begun.score())) {
                    return begun; // told to stop before its first epoch
                }
                throw new IllegalStateException(
                        "an extrapolated estimator needs a learning curve, but "
                                + whole.measure()
                                + " reports none. Try lowFidelity(30).");
            }
            int end = Math.max(candidate.fidelity().horizon(), last(curve).step());
            Forecast forecast =
                    extrapolation.forecast(
                            curve, end, new Seeds(context.seed()).random(0, "extrapolation"));
            Map<String, Double> metrics = new LinkedHashMap<>(begun.metrics());
            metrics.put(Metrics.LAST_SCORE, last(curve).score());
            metrics.put(Metrics.SCORE_LOW, forecast.quantile(0.05));
            metrics.put(Metrics.SCORE_HIGH, forecast.quantile(0.95));
            return new Estimate(forecast.score(), metrics, begun.curve(), begun.cost());
        }

        /** What is continued may have been estimated by another session, or before a resume. */
        @Override
        public void tell(Trial trial) {
            training.tell(trial);
            if (trial.outcome() instanceof Outcome.Completed completed && !trial.reused()) {
                curves.putIfAbsent(
                        trial.number(), joined(trial.continues(), completed.estimate().curve()));
            }
        }

        private List<Point> joined(OptionalInt continues, List<Point> curve) {
            if (continues.isEmpty() || curve.isEmpty()) {
                return curve;
            }
            int first = curve.get(0).step();
            List<Point> all =
                    new java.util.ArrayList<>(curves.getOrDefault(continues.getAsInt(), List.of()));
            all.removeIf(point -> point.step() >= first);
            all.addAll(curve);
            return all;
        }

        private Point last(List<Point> curve) {
            return curve.get(curve.size() - 1);
        }

        @Override
        public void close() {
            training.close();
        }
    }
}
