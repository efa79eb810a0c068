package io.nas4j.strategy;

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
