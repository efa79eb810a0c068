package io.nas4j.execute;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** One trial as a task of Spark: what it says, it says to the search by the worker's connection. */
final class SparkTask implements Function<Integer, Boolean> {

    private static final long serialVersionUID = 1;
    private static final String GPU = "gpu";

    private final Broadcast<SparkJob> job;

    SparkTask(Broadcast<SparkJob> job) {
        this.job = job;
    }

    /**
     * Runs it.
     *
     * @param trial its number
     */
    @Override
    public Boolean call(Integer trial) throws IOException, InterruptedException {
        TaskContext task = TaskContext.get();
        String device =
                task.resourcesJMap().containsKey(GPU)
                        ? GPU + ":" + task.resourcesJMap().get(GPU).addresses()[0]
                        : "";
        SparkJob common = job.value();
        Optional<SparkWorker> idle = common.take(device);
        SparkWorker worker =
                idle.isPresent()
                        ? idle.get()
                        : SparkWorker.open(common, SparkEnv.get().executorId(), device);
        boolean well = false;
        try {
            worker.run(trial, task.attemptNumber());
            well = true;
        } finally {
            if (well) {
                common.give(worker);
                well = !worker.isOver() || !common.drop(worker);
            }
            if (!well) {
                worker.close();
            }
        }
        return true;
    }
}
