package io.nas4j.execute;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaFutureAction;

/** A trial that is a job of Spark, and the connection that it is on once a task has begun it. */
final class SparkTrial {

    private final WorkerTrial trial;
    private Optional<JavaFutureAction<List<Boolean>>> job = Optional.empty();
    private Optional<SparkLine> line = Optional.empty();

    SparkTrial(WorkerTrial trial) {
        this.trial = trial;
    }

    WorkerTrial trial() {
        return trial;
    }

    int number() {
        return trial.candidate().trial();
    }

    /** For the first time, or once more. */
    void started(JavaFutureAction<List<Boolean>> by) {
        job = Optional.of(by);
    }

    boolean isGivenUp() {
        return job.filter(JavaFutureAction::isDone).isPresent();
    }

    /** Why Spark has given it up. */
    String failure() throws InterruptedException {
        return job.isEmpty() ? "" : SparkCluster.failure(job.get());
    }

    void cancel() {
        job.ifPresent(begun -> begun.cancel(true));
    }

    Optional<SparkLine> line() {
        return line;
    }

    void begun(SparkLine by) {
        line = Optional.of(by);
    }

    void lost() {
        line = Optional.empty();
    }
}
