package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Prediction;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.List;

/** A session with a model of the scores, as normal quantiles of their ranks. */
abstract class PredictingSession extends FoldedSession {

    PredictingSession(Task task, Fidelity fidelity) {
        super(task, fidelity);
    }

    /** Whether enough was learned for a model. */
    abstract boolean isReady();

    /**
     * Of one architecture, by the model of all that was learned.
     *
     * @return mean and standard deviation
     */
    abstract double[] predict(Architecture architecture);

    /** Learns a history, and answers in the units of its scores. */
    final Surrogate.Belief belief(History history) {
        List<Double> scores = new ArrayList<>();
        for (Trial trial : history.scored()) {
            scores.add(trial.score().getAsDouble());
            learn(trial, true);
        }
        require(
                isReady(),
                "a model needs more scored trials than its random beginning, but had %d. Try a"
                        + " smaller startup.",
                scores.size());
        ScoreQuantiles units = ScoreQuantiles.of(scores);
        return architecture -> {
            double[] predicted = predict(architecture);
            double low = units.score(predicted[0] - predicted[1]);
            double high = units.score(predicted[0] + predicted[1]);
            return new Surrogate.Believed(units.score(predicted[0]), (high - low) / 2);
        };
    }

    /** Predicts each scored trial, then learns it. */
    final List<Prediction> predictions(History history) {
        List<Prediction> result = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (Trial trial : history.scored()) {
            scores.add(trial.score().getAsDouble());
            if (isReady()) {
                double[] predicted = predict(trial.architecture());
                double observed = NormalScores.of(scores)[scores.size() - 1];
                result.add(new Prediction(trial.number(), predicted[0], predicted[1], observed));
            }
            learn(trial, true);
        }
        return List.copyOf(result);
    }
}
