package io.nas4j.strategy;

import io.nas4j.trial.History;
import io.nas4j.trial.Prediction;
import io.nas4j.trial.Task;
import java.util.List;

/** A strategy that predicts scores with a model before it asks for them. */
public interface Surrogate extends SearchStrategy {

    /**
     * What its model, having seen the trials before only, predicts of each scored trial. The search
     * is replayed, so this costs as much as its asks did.
     *
     * @param task the search's
     * @param history the search's, or that of another strategy on the same task
     * @return oldest first, from the first trial after the random ones at the beginning
     */
    List<Prediction> predictions(Task task, History history);
}
