package io.nas4j.execute;

import static io.nas4j.space.Require.require;

import io.nas4j.data.DataReference;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.json.Job;
import io.nas4j.json.Json;
import io.nas4j.json.Message;
import io.nas4j.json.Vocabulary;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Task;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * What workers are given: a job each, whose text differs by the device.
 *
 * @param task of the search
 * @param data where a worker finds the examples
 * @param estimator as it is written
 * @param own the user's own types that it is made of
 * @param vocabulary the types that it may be made of
 */
record Shipment(
        Task task,
        DataReference data,
        PerformanceEstimator estimator,
        List<Class<?>> own,
        Vocabulary vocabulary) {

    private static final Vocabulary SERIALIZED =
            KnownTypes.vocabulary().with(List.of(Serialized.class));

    /**
     * Of an estimator that is data.
     *
     * @param folder where the examples are written
     * @throws IllegalArgumentException when the space or the estimator is code
     */
    static Shipment of(Task task, PerformanceEstimator estimator, Path folder) throws IOException {
        return of(task, estimator, KnownTypes.vocabulary(), folder);
    }

    /**
     * Of what {@link #form} gave.
     *
     * @param folder where the examples are written
     */
    static Shipment serialized(Task task, PerformanceEstimator form, Path folder)
            throws IOException {
        return of(task, form, SERIALIZED, folder);
    }

    /**
     * What can be written of an estimator that is data, or at least a serialisable object.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static PerformanceEstimator form(PerformanceEstimator estimator) {
        try {
            var unused = ownTypes(estimator, SERIALIZED);
            return estimator;
        } catch (IllegalArgumentException e) {
            if (!(estimator instanceof Serializable)) {
                throw e;
            }
        }
        try {
            return Serialized.of(estimator);
        } catch (IllegalArgumentException e) {
            throw refusal(estimator, e);
        }
    }

    private static Shipment of(
            Task task, PerformanceEstimator estimator, Vocabulary known, Path folder)
            throws IOException {
        requireData(task.space());
        List<Class<?>> own = ownTypes(estimator, known);
        return new Shipment(
                task, DataReference.of(task.data(), folder), estimator, own, known.with(own));
    }

    /** Refused at once: what workers cannot be told of. */
    static void requireData(SearchSpace space) {
        require(
                space.ownOperations().isEmpty(),
                "a space with operations of your own (%s) runs in this process only: what they"
                        + " are made of is code. Try without workers.",
                space.ownOperations().stream().map(operation -> operation.name()).toList());
    }

    static List<Class<?>> ownTypes(PerformanceEstimator estimator, Vocabulary known) {
        try {
            List<Class<?>> own = OwnTypes.of(estimator, known);
            var unused = Json.write(estimator, known.with(own));
            return own;
        } catch (IllegalArgumentException e) {
            throw refusal(estimator, e);
        }
    }

    private static IllegalArgumentException refusal(
            PerformanceEstimator estimator, IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "estimator "
                        + estimator
                        + " runs in this process only: "
                        + cause.getMessage()
                        + " Try .parallel("
                        + 2
                        + "), or a record of your own in a class on the class path.",
                cause);
    }

    /** Constraints stay here: what a worker gets has met them. */
    Message job(int worker, String device) {
        SearchSpace space = task.space();
        SearchSpace grammar = SearchSpace.of(space.name(), space.root(), space.shared());
        Job job = new Job(grammar, data, task.seeds(), device, estimator);
        return Message.of("open").with("worker", worker).with("job", Json.write(job, vocabulary));
    }
}
