package io.nas4j.gradient;

import io.nas4j.strategy.SearchStrategy;
import io.nas4j.supernet.SupernetPath;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The dry run of a supernet that runs one path at a time, and what follows from it. */
final class PathDryRun implements DryRun.Work {

    private final Task task;
    private final LoadedSupernet supernet;
    private final PathTrainer trainer;
    private final SupernetDryRun dryRun;
    private final RandomGenerator random = new SplittableRandom(1);
    private final SupernetPath largest;

    PathDryRun(String name, Task task, LoadedSupernet supernet, PathTrainer trainer) {
        this.task = task;
        this.supernet = supernet;
        this.trainer = trainer;
        dryRun = new SupernetDryRun(name, task, supernet, trainer.settings.batch(), this);
        largest =
                Stream.generate(this::drawn)
                        .limit(SupernetDryRun.DRAWS)
                        .max(Comparator.comparingLong(SupernetPath::activations))
                        .orElseThrow();
    }

    private SupernetPath drawn() {
        return supernet.net.path(task.space().sample(random));
    }

    /**
     * Looks, on a few images, whether the memory is enough.
     *
     * @param session what the supernet is searched in; closed when it is not
     * @return the session
     * @throws IllegalArgumentException when it is not
     */
    <S extends SearchStrategy.Session> S requireFits(S session) {
        return dryRun.requireFits(session);
    }

    /** Measures. */
    DryRun run() throws InterruptedException {
        return dryRun.run();
    }

    /**
     * What all epochs will take.
     *
     * @param run of this
     * @param architectures that are scored in each
     * @param rewards of each, of a batch
     */
    ResourceEstimate epochs(DryRun run, int architectures, int rewards) {
        int batch = trainer.settings.batch();
        double evaluations =
                architectures * supernet.evaluations(batch)
                        + (double) rewards / LoadedSupernet.EVALUATED;
        return run.estimate(batch, trainer.settings.epochs(), trainer.steps(), evaluations);
    }

    /**
     * What it will take to score so many architectures, each with statistics of its own.
     *
     * @param run of this
     */
    ResourceEstimate candidates(DryRun run, int architectures) {
        int batch = trainer.settings.batch();
        double gathering = (double) PathTrainer.GATHERED / LoadedSupernet.EVALUATED;
        double evaluations = gathering + supernet.evaluations(batch);
        return run.estimate(batch, architectures, 0, evaluations, architectures + " candidates");
    }

    @Override
    public void step(int images) {
        trainer.tryStep(drawn(), images);
    }

    @Override
    public void largest(int images) {
        trainer.tryStep(largest, images);
        supernet.evaluate(images, trainer.along(largest));
    }

    @Override
    public int variety() {
        return SupernetDryRun.VARIETY;
    }

    @Override
    public void evaluate(int images) {
        supernet.evaluate(images, trainer.along(drawn()));
    }
}
