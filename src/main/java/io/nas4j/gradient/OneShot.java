package io.nas4j.gradient;

import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import java.util.Optional;
import java.util.OptionalInt;

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
 * @param training of the supernet
 * @param evolution over its scores
 * @see <a href="https://arxiv.org/abs/1904.00420">Guo et al., 2020</a>
 */
public record OneShot(PathTraining training, PathEvolution evolution) implements SearchStrategy {

    /** For small machines: 5 generations of 20 candidates. */
    public OneShot() {
        this(new PathTraining(), new PathEvolution(20, 5, 5, 0.1));
    }

    /**
     * The paper's evolution, of 1,000 candidates, and its training: 120 epochs at 0.5 (batches of
     * 1,024), falling to 0; there linearly, here on a cosine.
     *
     * @return for large data on a large machine
     */
    public static OneShot paper() {
        return new OneShot(new PathTraining(120, 1024, 0.5, 0, 1, 0), new PathEvolution());
    }

    public OneShot epochs(int epochs) {
        return training(training.epochs(epochs));
    }

    public OneShot batch(int images) {
        return training(training.batch(images));
    }

    public OneShot weightRate(double first, double last) {
        return training(training.weightRate(first, last));
    }

    public OneShot data(double share) {
        return training(training.data(share));
    }

    public OneShot resolution(int pixels) {
        return training(training.resolution(pixels));
    }

    public OneShot training(PathTraining other) {
        return new OneShot(other, evolution);
    }

    /**
     * How long the evolution is.
     *
     * @param population candidates a generation; a quarter of them have offspring
     * @param generations the first is random
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

    public OneShot evolution(PathEvolution other) {
        return new OneShot(training, other);
    }

    @Override
    public OptionalInt slices() {
        return OptionalInt.of(training.epochs() + evolution.candidates());
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new OneShotSession(this, task, fidelity).requireFits();
    }

    @Override
    public Optional<ResourceEstimate> dryRun(Task task, Fidelity fidelity)
            throws InterruptedException {
        try (OneShotSession session = new OneShotSession(this, task, fidelity)) {
            return Optional.of(session.dryRun());
        }
    }
}
