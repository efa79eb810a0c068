package io.nas4j.strategy;

import io.nas4j.space.Architecture;
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

    /**
     * What its model, having seen a history, believes of any architecture.
     *
     * @param task the search's
     * @param history with at least {@link #startup()} scored trials
     * @return the same for the same arguments
     */
    Belief belief(Task task, History history);

    /** A model of the scores. */
    @FunctionalInterface
    interface Belief {

        /**
         * Predicts.
         *
         * @param architecture of the task's space
         * @return in the units of the scores
         */
        Believed of(Architecture architecture);
    }

    /**
     * A predicted score.
     *
     * @param mean expected
     * @param deviation how unsure the model is, at least 0
     */
    record Believed(double mean, double deviation) {}
}
