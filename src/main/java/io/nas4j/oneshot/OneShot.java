package io.nas4j.oneshot;

import static io.nas4j.space.Require.require;

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
 *
 * <p>Each epoch is a trial of measure {@code supernet}: the mean accuracy of a few architectures,
 * always the same, and the best of them. Each candidate of the evolution is a trial of measure
 * {@code one-shot}: its accuracy on the validation data, normalised by statistics that are gathered
 * for it on training batches. At the end the best candidate is scored by the search's estimator.
 *
 * <p>The defaults are for small machines; {@link #paper()} has the paper's evolution.
 *
 * @param training of the supernet, one path a step
 * @param evolution over its scores
 * @param recalibration training images that a candidate's batch statistics are gathered on, at
 *     least 2, rounded up to whole batches. The authors' code gathers them on 25,600, which takes
 *     longer than all else here; a mean over 256 images of 14×14 pixels is one over some 50,000
 *     values a channel already
 * @see <a href="https://arxiv.org/abs/1904.00420">Guo et al., 2020</a>
 */
public record OneShot(SupernetTraining training, PathEvolution evolution, int recalibration)
        implements SupernetStrategy<OneShot> {

    public OneShot {
        require(
                recalibration >= 2,
                "recalibration must gather statistics on at least 2 images, but was %d. Try 256.",
                recalibration);
    }

    /** For small machines: 8 epochs, then 5 generations of 20 candidates. */
    public OneShot() {
        this(new SupernetTraining(), new PathEvolution(20, 5, 5, 0.1), 256);
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
        return new OneShot(weights, new PathEvolution(), 25_600);
    }

    @Override
    public OneShot training(SupernetTraining other) {
        return new OneShot(other, evolution, recalibration);
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
        return new OneShot(training, other, recalibration);
    }

    /**
     * Sets how many images the batch statistics of a candidate are gathered on.
     *
     * @param images of the training data, at least 2; default 256
     * @return a copy
     */
    public OneShot recalibration(int images) {
        return new OneShot(training, evolution, images);
    }

    @Override
    public OptionalInt slices() {
        return OptionalInt.of(training.epochs() + evolution.candidates());
    }

    @Override
    public String name() {
        return "one-shot search";
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
        SupernetTraining.add(text, "evolution", evolution, usual.evolution);
        SupernetTraining.add(text, "recalibration", recalibration, usual.recalibration);
        return text.toString();
    }
}
