package io.nas4j.oneshot;

import io.nas4j.sharing.SupernetSession;
import io.nas4j.sharing.SupernetStrategy;
import io.nas4j.sharing.SupernetTraining;
import io.nas4j.train.Cosine;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * Single-path one-shot search: a supernet is trained on paths drawn uniformly, so that no operation
 * is favoured; then an evolution looks for the architecture that scores best with its weights.
 * {@link #fair()} is FairNAS, whose paths favour no operation in any single step either.
 *
 * <p>Each epoch is a trial of measure {@code supernet}: the mean accuracy of a few architectures,
 * always the same, and the best of them. Each candidate of the evolution is a trial of measure
 * {@code one-shot}, scored by {@link #scoring}; where its path runs for that, on the validation
 * data, it is normalised by statistics that are gathered for it on training batches. The scores
 * stand in its metrics one by one, and its cost is that of its own network, so that scores can be
 * compared with the number of parameters. At the end the best candidate is scored by the search's
 * estimator.
 *
 * <p>The defaults are for small machines; {@link #paper()} has the paper's evolution.
 *
 * @param training of the supernet, one path a step
 * @param paths what a step learns from
 * @param evolution over its scores
 * @param scoring how candidates are scored
 * @see <a href="https://arxiv.org/abs/1904.00420">Guo et al., 2020</a>
 */
public record OneShot(
        SupernetTraining training, PathSampling paths, PathEvolution evolution, PathScoring scoring)
        implements SupernetStrategy<OneShot> {

    /**
     * For small machines: 15 epochs in batches of 16, then 5 generations of 20 candidates. Many
     * steps on few images each rank paths better than few steps on many.
     */
    public OneShot() {
        this(
                new SupernetTraining().epochs(15).batch(16),
                PathSampling.UNIFORM,
                new PathEvolution(20, 5, 5, 0.1),
                new PathScoring());
    }

    /**
     * FairNAS for small machines: {@link #fair()}, and as many paths in all as by default.
     *
     * @return for choices between five operations
     */
    public static OneShot fairNas() {
        OneShot usual = new OneShot();
        return usual.fair().epochs(Math.max(1, usual.training.epochs() / 5));
    }

    /**
     * The paper's evolution, of 1,000 candidates, and its training: 120 epochs at 0.5 (batches of
     * 1,024), falling to 0; there linearly, here on a cosine. Statistics on 25,600 images.
     *
     * @return for large data on a large machine
     */
    public static OneShot paper() {
        SupernetTraining weights =
                new SupernetTraining()
                        .epochs(120)
                        .batch(1024)
                        .rate(Cosine.of(0.5, 0))
                        .resolution(0);
        return new OneShot(weights, PathSampling.UNIFORM, new PathEvolution(), PathScoring.paper());
    }

    @Override
    public OneShot training(SupernetTraining other) {
        return new OneShot(other, paths, evolution, scoring);
    }

    /**
     * FairNAS: a step learns one batch along as many paths as a decision has options, so that each
     * option learns equally often. An epoch takes as many times longer.
     *
     * @return a copy
     * @see <a href="https://arxiv.org/abs/1907.01845">Chu et al., 2021</a>
     */
    public OneShot fair() {
        return paths(PathSampling.FAIR);
    }

    /**
     * Sets what a step learns from.
     *
     * @param sampling default {@link PathSampling#UNIFORM}
     * @return a copy
     */
    public OneShot paths(PathSampling sampling) {
        return new OneShot(training, sampling, evolution, scoring);
    }

    /**
     * Sets how long the evolution is.
     *
     * @param population candidates a generation, at least 2; a quarter of them have offspring;
     *     default 20
     * @param generations at least 1, the first is random; default 5
     * @return a copy
     */
    public OneShot evolution(int population, int generations) {
        return evolution(
                new PathEvolution(
                        population,
                        generations,
                        Math.max(1, population / 4),
                        evolution.mutation()));
    }

    /**
     * Sets the evolution.
     *
     * @param other for example {@code new PathEvolution()}, the paper's
     * @return a copy
     */
    public OneShot evolution(PathEvolution other) {
        return new OneShot(training, paths, other, scoring);
    }

    /**
     * Sets how many images the batch statistics of a candidate are gathered on.
     *
     * @param images of the training data, at least 2; default 256
     * @return a copy
     */
    public OneShot recalibration(int images) {
        return scoring(scoring.recalibration(images));
    }

    /**
     * Sets what a candidate's path is scored by. The published searches take {@link
     * PathScore#ACCURACY} alone; where a path has had some thousand steps, that prefers operations
     * without weights, which need none.
     *
     * @param all one or more; default {@link PathScore#ANGLE} and {@link PathScore#LIKELIHOOD}
     * @return a copy
     */
    public OneShot scoredBy(PathScore... all) {
        return scoring(scoring.scores(all));
    }

    /**
     * Sets how long a candidate's path learns by itself before its answers are taken.
     *
     * @param steps at least 0; default 20
     * @return a copy
     */
    public OneShot tuning(int steps) {
        return scoring(scoring.tuning(steps));
    }

    /**
     * Sets how candidates are scored.
     *
     * @param other for example {@link PathScoring#paper()}
     * @return a copy
     */
    public OneShot scoring(PathScoring other) {
        return new OneShot(training, paths, evolution, other);
    }

    @Override
    public OptionalInt slices() {
        return OptionalInt.of(training.epochs() + evolution.candidates());
    }

    @Override
    public String name() {
        return paths == PathSampling.FAIR ? "FairNAS" : "one-shot search";
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new OneShotSession(this, task, fidelity).requireFits();
    }

    @Override
    public Optional<ResourceEstimate> dryRun(Task task, Fidelity fidelity)
            throws InterruptedException {
        return SupernetSession.estimate(new OneShotSession(this, task, fidelity));
    }

    /** For example {@code oneShot(epochs=8)}: the epochs, and what is not the default. */
    @Override
    public String toString() {
        OneShot usual = new OneShot();
        StringJoiner text = new StringJoiner(", ", "oneShot(", ")");
        training.describe(text, usual.training);
        SupernetTraining.add(text, "paths", paths, usual.paths);
        SupernetTraining.add(text, "evolution", evolution, usual.evolution);
        scoring.describe(text, usual.scoring);
        return text.toString();
    }
}
